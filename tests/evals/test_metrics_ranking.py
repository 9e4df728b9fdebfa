from __future__ import annotations

from math import log2

import pytest

from evals.metrics.ranking import ranking_by_query, ranking_metrics
from evals.types import Qrel


def test_a_relevant_document_at_rank_two() -> None:
    means = ranking_metrics([Qrel("q", "b", 1)], {"q": ["a", "b", "c"]})
    assert means == {"recall@5": 1, "recall@10": 1, "ndcg@10": pytest.approx(1 / log2(3)), "mrr@10": 0.5, "map@10": 0.5}


def test_a_document_at_rank_six_is_beyond_the_first_five() -> None:
    means = ranking_metrics([Qrel("q", "f", 1)], {"q": list("abcdef")})
    assert means["recall@5"] == 0
    assert means["recall@10"] == 1
    assert means["mrr@10"] == pytest.approx(1 / 6)


def test_a_document_at_rank_eleven_counts_for_nothing() -> None:
    means = ranking_metrics([Qrel("q", "k", 1)], {"q": list("abcdefghijk")})
    assert set(means.values()) == {0}


def test_two_relevant_documents_at_ranks_one_and_three() -> None:
    means = ranking_metrics([Qrel("q", "a", 1), Qrel("q", "c", 1)], {"q": list("abc")})
    assert means["map@10"] == pytest.approx((1 / 1 + 2 / 3) / 2)
    assert means["ndcg@10"] == pytest.approx((1 + 1 / 2) / (1 + 1 / log2(3)))


def test_a_more_relevant_document_gains_more() -> None:
    means = ranking_metrics([Qrel("q", "a", 1), Qrel("q", "b", 3)], {"q": ["a", "b"]})
    assert means["ndcg@10"] == pytest.approx((1 + 3 / log2(3)) / (3 + 1 / log2(3)))


def test_a_query_without_a_ranking_stays_in_the_mean_as_zero() -> None:
    means = ranking_metrics([Qrel("q1", "a", 1), Qrel("q2", "a", 1)], {"q1": ["a"]})
    assert set(means.values()) == {0.5}


def test_a_ranking_without_a_qrel_does_not_count() -> None:
    means = ranking_metrics([Qrel("q1", "a", 1)], {"q1": ["a"], "q2": ["b"]})
    assert set(means.values()) == {1}


def test_documents_keep_the_order_they_came_in() -> None:
    names = ["z", "a", "m"]
    first = [ranking_metrics([Qrel("q", name, 1)], {"q": names})["mrr@10"] for name in names]
    assert first == [1, 0.5, pytest.approx(1 / 3)]


def test_nothing_judged_gives_no_figures() -> None:
    assert set(ranking_metrics([], {"q": ["a"]}).values()) == {None}


def test_each_query_has_its_own_figures() -> None:
    qrels = [Qrel("q1", "a", 1), Qrel("q2", "f", 1), Qrel("q3", "a", 1), Qrel("unasked", "a", 1)]
    values = ranking_by_query(qrels, {"q1": ["x", "a"], "q2": list("abcdef"), "q3": [], "unjudged": ["a"]})
    nothing = {"recall@5": 0, "ndcg@5": 0, "mrr@5": 0}
    assert values == {
        "q1": {"recall@5": 1, "ndcg@5": pytest.approx(1 / log2(3)), "mrr@5": 0.5},
        "q2": nothing,
        "q3": nothing,
    }
    assert ranking_by_query([], {"q": ["a"]}) == {}
