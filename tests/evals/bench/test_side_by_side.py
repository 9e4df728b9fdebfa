from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.bench.folder import DOCUMENTS, FolderRuns, SyncRun, write_documents
from evals.bench.side_by_side import FIGURES, Goal, folder_table, sampled, table
from evals.types import Qrel, Row


@pytest.mark.parametrize(
    ("goal", "ratio", "shown"),
    [
        pytest.param(Goal(least=1.4), 1.4, "≥ 1.4: met", id="just fast enough"),
        pytest.param(Goal(least=1.4), 1.39, "≥ 1.4: missed", id="not fast enough"),
        pytest.param(Goal(most=0.5), 0.4, "≤ 0.5: met", id="small enough"),
        pytest.param(Goal(most=0.5), 0.6, "≤ 0.5: missed", id="too large"),
    ],
)
def test_a_goal_says_whether_it_is_met(goal: Goal, ratio: float, shown: str) -> None:
    assert goal.shown(ratio) == shown


def test_the_table_shows_ours_beside_theirs_with_the_ratio() -> None:
    theirs = {figure.name: 50.0 for figure in FIGURES if "evidence" not in figure.name}
    lines = table("Theirs", theirs, "Ours", {figure.name: 100.0 for figure in FIGURES}).splitlines()
    assert lines[0] == "| | Theirs | Ours | ratio | goal |"
    assert lines[2] == "| passages ingested a second | 50.0 | 100.0 | 2 | ≥ 1.4: met |"
    assert "| question with the evidence decision, p50, ms | – | 100.0 | – |  |" in lines


def test_the_table_of_syncs_names_the_goals() -> None:
    runs = FolderRuns(SyncRun(60, 58, 3_000), SyncRun(1.9, 0.3, 0), SyncRun(2.4, 0.8, 1), chunks_changed=1)
    lines = folder_table(runs).splitlines()
    assert lines[-2:] == [
        "| nothing changed | 1.90 | 0.30 | 0 | ≤ 2 s, 0 embedded |",
        "| one document changed | 2.40 | 0.80 | 1 | ≤ 3 s, 1 embedded |",
    ]


def test_documents_are_always_the_same_ones(tmp_path: Path) -> None:
    rows = [Row("a", "Access", "Beam time\nis free."), Row("b", "", "No."), Row("c", "Long", "x" * 2_001)]
    write_documents(rows, tmp_path / "once")
    write_documents(rows, tmp_path / "again")
    once, again = (sorted((tmp_path / name).iterdir()) for name in ("once", "again"))
    assert len(once) == DOCUMENTS
    assert [path.read_text() for path in once] == [path.read_text() for path in again]
    assert (
        once[0]
        .read_text()
        .endswith("## Access\n\nBeam time is free.\n\n## Passage\n\nNo.\n\n## Access\n\nBeam time is free.\n")
    )


def test_a_sample_keeps_the_passages_that_are_wanted(tmp_path: Path) -> None:
    rows = [{"_id": name, "title": name, "text": name} for name in "abcde"]
    queries = [{"_id": "q1", "text": "?"}, {"_id": "q2", "text": "?"}, {"_id": "q3", "text": "?"}]
    (tmp_path / "qrels").mkdir()
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (tmp_path / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)))
    (tmp_path / "qrels" / "dev.tsv").write_text("q1\td\t1\nq3\tb\t1\n")
    sample = sampled(tmp_path, "dev", passages=2, queries=1, folder=tmp_path / "sample")
    kept = [json.loads(line)["_id"] for line in (tmp_path / "sample" / "corpus.jsonl").read_text().splitlines()]
    asked = [json.loads(line)["_id"] for line in (tmp_path / "sample" / "queries.jsonl").read_text().splitlines()]
    assert (kept, asked) == (["a", "d"], ["q1"])
    assert (sample.passages, sample.qrels) == (2, (Qrel("q1", "d", 1),))
