from __future__ import annotations

from evals.bench.fusion import PAIR_WEIGHTS, SHARES, Halves, table
from evals.types import Qrel


def test_the_table_has_the_best_share_in_bold() -> None:
    words = {"a-0": 2.0, "b-0": 1.0}
    halves = [Halves("q", dict.fromkeys(PAIR_WEIGHTS, words), {"a-0": 0.1, "b-0": 0.9})]
    lines = table(halves, {"a-0": "a", "b-0": "b"}, [Qrel("q", "a", 1)]).splitlines()
    assert len(lines) == 2 + len(SHARES)
    assert lines[2].startswith("| 0.0 | 0.631 (1.000) |")  # meaning alone puts the right one second: 1 / log2(3)
    assert lines[-1].startswith("| 1.0 | **1.000** (1.000) |")


def test_chunks_of_one_row_count_once() -> None:
    words = {"a-0": 3.0, "a-1": 2.0, "b-0": 1.0}
    halves = [Halves("q", dict.fromkeys(PAIR_WEIGHTS, words), {})]
    rows = {"a-0": "a", "a-1": "a", "b-0": "b"}
    assert "| 1.0 | **0.631** (1.000) |" in table(halves, rows, [Qrel("q", "b", 1)])
