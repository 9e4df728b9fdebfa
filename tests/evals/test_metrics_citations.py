from __future__ import annotations

from evals.metrics.citations import citation_precision, citation_recall


def test_precision_is_the_share_of_what_is_cited() -> None:
    assert citation_precision(["a", "b", "b", "x"], ["a", "b", "c", "d"]) == 2 / 3


def test_recall_is_the_share_of_what_is_relevant() -> None:
    assert citation_recall(["a", "b", "b", "x"], ["a", "b", "c", "d"]) == 2 / 4


def test_a_share_of_nothing_is_none() -> None:
    assert citation_precision([], ["a"]) is None
    assert citation_recall(["a"], []) is None
    assert citation_recall([], ["a"]) == 0.0
