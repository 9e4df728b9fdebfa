from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieve import Weights, fused

SCORES = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.01, 50), max_size=6)


def test_the_best_of_both_halves_comes_first() -> None:
    ranked = fused({"a": 10.0, "b": 5.0}, {"b": 0.8, "c": 0.4}, Weights(0.5, 0.5))
    assert [id_ for id_, _ in ranked] == ["b", "a", "c"]
    assert ranked[0][1].total == pytest.approx(0.5 * 0.5 + 0.5)


def test_a_weak_half_cannot_outvote_the_other() -> None:
    assert fused({"a": 10.0, "b": 1.0}, {"b": 0.9, "a": 0.1}, Weights(0.9, 0.1))[0][0] == "a"


@given(SCORES, SCORES, st.floats(0, 1))
def test_every_chunk_found_is_ranked_once_between_nothing_and_one(
    lexical: dict[str, float], dense: dict[str, float], share: float
) -> None:
    ranked = fused(lexical, dense, Weights(share, 1 - share))
    assert sorted(id_ for id_, _ in ranked) == sorted(lexical.keys() | dense.keys())
    totals = [scores.total for _, scores in ranked]
    assert totals == sorted(totals, reverse=True)
    assert all(0 <= total <= 1 + 1e-9 for total in totals)
    assert fused(lexical, dense, Weights(share, 1 - share), limit=2) == ranked[:2]
