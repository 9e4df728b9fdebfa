"""How long a sync of 1,000 Markdown documents takes: the first, one with nothing changed, one with one changed."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from evals.errors import BenchError
from evals.types import Row
from ingest.catalog import Catalog

AS_INSTALLED = ("-E",)  # no say for this shell's wishes to Python, such as not to keep compiled files
DOCUMENTS = 1_000
_SECTIONS = 3
_LONGEST = 2_000  # characters of a section, so that documents are of about one size
_CHANGED = "document-0500"


@dataclass(frozen=True, slots=True)
class SyncRun:
    """One run of the command: its seconds from start to end, those of the sync in it, and what was embedded."""

    command_seconds: float
    sync_seconds: float
    embedded: int


@dataclass(frozen=True, slots=True)
class FolderRuns:
    """The three runs, and how many chunks of the changed document are other ones than before."""

    first: SyncRun
    unchanged: SyncRun
    one_changed: SyncRun
    chunks_changed: int


def measure_folder(rows: Iterable[Row], where: Path) -> FolderRuns:
    """Writes a folder of documents below `where` and syncs it three times with the program's own command."""
    folder, index = where / "documents", where / "index"
    write_documents(rows, folder)
    first, unchanged = _sync(folder, index), _sync(folder, index)
    changed = folder / f"{_CHANGED}.md"
    head, last_section = changed.read_text(encoding="utf-8").rsplit("\n\n", maxsplit=1)
    changed.write_text(f"{head}\n\nAmended. {last_section}", encoding="utf-8")
    return FolderRuns(first, unchanged, _sync(folder, index), _chunks_changed(index))


def write_documents(rows: Iterable[Row], folder: Path) -> None:
    """Documents of three sections each, a passage a section, in the order of the passages; always the same ones."""
    folder.mkdir(parents=True)
    short = [row for row in rows if len(row.text) <= _LONGEST]
    sections = cycle(short)
    for number in range(1, DOCUMENTS + 1):
        text = _document(number, list(islice(sections, _SECTIONS)))
        (folder / f"document-{number:04}.md").write_text(text, encoding="utf-8")


def _document(number: int, rows: Sequence[Row]) -> str:
    language = rows[0].language or "en"
    head = (
        f"---\nid: document-{number:04}\nlanguage: {language}\naudience: public\nkind: note\n---\n# Document {number}"
    )
    sections = (f"## {row.title or 'Passage'}\n\n{' '.join(row.text.split())}" for row in rows)
    return "\n\n".join((head, *sections)) + "\n"


def _sync(folder: Path, index: Path) -> SyncRun:
    started = time.perf_counter()
    command = [sys.executable, *AS_INSTALLED, "-m", "ingest", str(folder), "--index", str(index), "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    seconds = time.perf_counter() - started
    if done.returncode:
        raise BenchError(f"`{' '.join(command)}` ended with exit code {done.returncode}")
    report = json.loads(done.stdout)
    return SyncRun(seconds, report["seconds"], report["embedded"])


def _chunks_changed(index: Path) -> int:
    with closing(Catalog.open(index, None)) as catalog:
        before, after = (version.id for version in catalog.snapshot().timeline.history(_CHANGED)[-2:])
        old, new = ({stored.digest for stored in catalog.chunks_of([version])} for version in (before, after))
    return len(new - old)
