"""What a sync did and what an index holds, for people and for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from ingest.catalog import Catalog
from ingest.check import Checked, Finding
from ingest.settings import IndexSettings
from ingest.types import FileReport, Outcome, SyncReport


def as_json(report: SyncReport) -> dict[str, object]:
    """The receipt of a sync as `ingest --json` prints it."""
    return {
        "generation": report.generation,
        "documents": [_file_as_json(file) for file in report.files],
        "counts": dict(report.counts),
        "embedded": report.chunks_embedded,
        "seconds": round(report.seconds, 3),
    }


def _file_as_json(file: FileReport) -> dict[str, object]:
    row: dict[str, object] = {"path": file.path, "id": file.id, "outcome": file.outcome.value}
    if file.reason is not None:
        row["reason"] = file.reason
    if file.warnings:
        row["warnings"] = list(file.warnings)
    return row


def as_text(report: SyncReport) -> str:
    """The receipt for people: what was refused or needs a look, then one sentence."""
    lines = [line for file in report.files for line in _lines(file)]
    return "\n".join([*lines, _sentence(report)])


def _lines(file: FileReport) -> Iterator[str]:
    if file.outcome is Outcome.REFUSED:
        yield f"refused  {file.path}: {file.reason}"
    elif file.outcome is Outcome.RETIRED:
        yield f"retired  {file.path}"
    for warning in file.warnings if file.outcome is not Outcome.UNCHANGED else ():
        yield f"note     {file.path}: {warning}"


def _sentence(report: SyncReport) -> str:
    changed = {Outcome.INDEXED, Outcome.REPLACED, Outcome.RETIRED} & {file.outcome for file in report.files}
    counts = ", ".join(f"{number} {outcome}" for outcome, number in report.counts.items())
    nothing = "" if changed else "Nothing to do: "
    return (
        f"{nothing}{counts}; {report.chunks_embedded} passages embedded in {report.seconds:.1f} s. "
        f"Readers see generation {report.generation}."
    )


def exit_code(report: SyncReport) -> int:
    """0 when all documents are in, 1 when some were refused, 2 when none came in."""
    refused = report.counts.get(Outcome.REFUSED, 0)
    if not refused:
        return 0
    return 1 if refused < len(report.files) else 2


def findings_as_json(checked: Checked) -> dict[str, object]:
    """What a check found as `ingest check --json` prints it."""
    return {
        "documents": checked.documents,
        "counts": _tally(finding.severity.value for finding in checked.findings),
        "findings": [asdict(finding) for finding in checked.findings],
    }


def findings_as_text(checked: Checked) -> str:
    """What a check found for people: each finding with what to do about it, then one sentence."""
    lines = [line for finding in checked.findings for line in _finding_lines(finding)]
    tally = _tally(finding.severity.value for finding in checked.findings)
    counts = ", ".join(f"{count} {severity}{'s' * (count > 1)}" for severity, count in tally.items())
    return "\n".join([*lines, f"{checked.documents} documents checked: {counts or 'nothing wrong'}."])


def _finding_lines(finding: Finding) -> Iterator[str]:
    place = finding.path if finding.line is None else f"{finding.path}:{finding.line}"
    yield f"{finding.severity:<8} {place}: {finding.what}: {finding.problem}"
    yield f"{'':<8} → {finding.remedy}"


def status(settings: IndexSettings) -> dict[str, object]:
    """What the index holds; documents are counted as they stand now, versions over all time.

    Raises:
        IndexMissing: nothing was synced here.
    """
    catalog = Catalog.open(settings.index, settings.catalog_secret)
    try:
        snapshot = catalog.snapshot()
    finally:
        catalog.close()
    timeline = snapshot.timeline
    latest = [timeline.history(document)[-1] for document in timeline.documents]
    kept = [version for version in latest if version.withdrawn is None]
    return {
        "generation": snapshot.generation,
        "documents": len(kept),
        "versions": len(timeline.versions),
        "chunks": sum(snapshot.chunk_counts.values()),
        "model": snapshot.model,
        "lexicon": snapshot.lexicon,
        "kinds": _tally(version.kind.value for version in kept),
        "languages": _tally(version.language for version in kept),
        "audiences": _tally(version.audience.value for version in kept),
    }


def _tally(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))


def status_as_text(values: Mapping[str, object]) -> str:
    """The status for people, one line a figure."""
    return "\n".join(f"{name:<12}{_shown(value)}" for name, value in values.items())


def _shown(value: object) -> str:
    return ", ".join(f"{name} {count}" for name, count in value.items()) if isinstance(value, dict) else str(value)


class _Rate(ProgressColumn):
    """Items a second."""

    def render(self, task: Task) -> Text:
        """The rate so far."""
        return Text(f"{task.speed:.1f}/s" if task.speed else "–/s", style="progress.data.speed")


@contextmanager
def progress(what: str, *, hidden: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar with a count, a rate and the time left, on the error stream; it goes away when done."""
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), _Rate(), TextColumn("left"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=hidden) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
