from __future__ import annotations

from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieve import Weights, fused
from ingest.index import open_reader
from ingest.settings import IndexSettings
from ingest.types import Audience, Kind
from ingest.validity import Scope
from tests.conftest import TODAY
from tests.fakes import HashingEmbedder

SCORES = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.01, 50), max_size=6)


def test_the_best_of_both_halves_comes_first() -> None:
    ranked = fused({"a": 10.0, "b": 5.0}, {"b": 0.8, "c": 0.4}, Weights(0.5, 0.5))
    assert [id_ for id_, _ in ranked] == ["b", "a", "c"]
    assert ranked[0][1].total == pytest.approx(0.5 * 0.5 + 0.5)


def test_a_weak_half_cannot_outvote_the_other() -> None:
    assert fused({"a": 10.0, "b": 1.0}, {"b": 0.9, "a": 0.1}, Weights(0.9, 0.1))[0][0] == "a"


def test_what_a_translation_loses_is_given_back() -> None:
    found = {"own": 10.0, "abroad": 9.8}
    assert fused(found, {}, Weights(1, 0))[0][0] == "own"
    assert fused(found, {}, Weights(1, 0), abroad={"abroad"})[0][0] == "abroad"


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


@pytest.mark.parametrize(
    "narrowed", [{"kinds": frozenset({Kind.CONTACT})}, {"organisations": frozenset({"cern"})}, {"kinds": frozenset()}]
)
def test_few_chunks_are_found_alone_as_they_are_among_all(
    library: IndexSettings, narrowed: dict[str, frozenset[Kind]], monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder, scope = HashingEmbedder(), Scope(Audience.STAFF, TODAY, TODAY, **narrowed)
    found = []
    for few in (500, -1):
        monkeypatch.setattr("ingest.index._FEW", few)
        with closing(open_reader(library, embedder.name)) as reader:
            found.append(reader.search_dense(embedder.embed_query("The office of capital"), scope, 10))
    assert found[0] == pytest.approx(found[1])
    assert found[0]
