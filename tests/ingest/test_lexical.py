from __future__ import annotations

from pathlib import Path

import pytest

from ingest.analyse import neighbours, terms
from ingest.lexical import Lexical, LexicalEntry, LexicalQuery
from ingest.types import TermGroup, Variant

TEXTS = {
    "a": "inflationary gaps and biodiversity",
    "b": "The market survey of magnets",
    "c": "A survey of markets, a survey",
}


@pytest.fixture
def lexical(tmp_path: Path) -> Lexical:
    index = Lexical(tmp_path, ["now"])
    index.write((("now", LexicalEntry(id_, id_, terms(text, "en"))) for id_, text in TEXTS.items()), [])
    return index


def found(index: Lexical, *groups: TermGroup) -> list[str]:
    return [id_ for id_, _ in index.search(LexicalQuery(groups), ["now"], 10)]


def test_a_variant_of_several_terms_needs_them_all(lexical: Lexical) -> None:
    assert found(lexical, TermGroup((Variant(("market", "magnet")),))) == ["b"]


def test_a_group_counts_once_however_many_variants_a_chunk_holds(lexical: Lexical) -> None:
    both = TermGroup((Variant(("market",)), Variant(("survey",))))
    one = TermGroup((Variant(("survey",)),))
    scores = dict(lexical.search(LexicalQuery((both,)), ["now"], 10))
    assert scores == pytest.approx(dict(lexical.search(LexicalQuery((one,)), ["now"], 10)))


def test_a_rare_variant_weighs_no_more_than_a_frequent_one(lexical: Lexical) -> None:
    group = TermGroup((Variant(("market",)), Variant(("magnet",), 0.7)))
    assert lexical.inverse_frequency(group) == lexical.inverse_frequency(TermGroup((Variant(("market",)),)))


def test_a_search_can_be_kept_to_some_versions(lexical: Lexical) -> None:
    survey = LexicalQuery((TermGroup((Variant(("survey",)),)),))
    everywhere = dict(lexical.search(survey, ["now"], 10))
    assert dict(lexical.search(survey, ["now"], 10, ["b"])) == {"b": everywhere["b"]}
    assert lexical.search(survey, ["now"], 10, []) == []


def test_what_stands_on_another_shelf_is_left_out(tmp_path: Path) -> None:
    index = Lexical(tmp_path, ["now", "once"])
    index.write([("now", LexicalEntry("a", "a", ["fee"])), ("once", LexicalEntry("b", "b", ["fee"]))], [])
    assert found(index, TermGroup((Variant(("fee",)),))) == ["a"]


def test_words_alike_are_found_by_their_pieces_and_a_known_word_has_none(lexical: Lexical) -> None:
    assert [term for term, _ in lexical.vocabulary.near("inflationar")] == terms("inflationary", "en")
    assert [term for term, _ in lexical.vocabulary.near("biodiversitat")] == terms("biodiversity", "en")
    assert lexical.vocabulary.near("survey") == []
    assert lexical.vocabulary.near("xylophon") == []


def test_words_of_later_writes_are_known_too(lexical: Lexical) -> None:
    lexical.write([("now", LexicalEntry("d", "d", ["maastricht"]))], [])
    assert [term for term, _ in lexical.vocabulary.near("maastrich")] == ["maastricht"]


def test_a_word_that_is_said_again_counts_little_more(tmp_path: Path) -> None:
    """BM25 with k1 = 0.6, of two texts of one length: 2 (0.6 + 1) / (2 + 0.6) to 1 (0.6 + 1) / (1 + 0.6)."""
    index = Lexical(tmp_path, ["now"])
    texts = {"once": "fee survey", "twice": "fee fee"}
    index.write((("now", LexicalEntry(id_, id_, text.split())) for id_, text in texts.items()), [])
    scores = dict(index.search(LexicalQuery((TermGroup((Variant(("fee",)),)),)), ["now"], 10))
    assert scores["twice"] / scores["once"] == pytest.approx(2 * 1.6 / 2.6)


def test_neighbours_raise_a_chunk_that_has_the_words_too(tmp_path: Path) -> None:
    index = Lexical(tmp_path, ["now"])
    texts = {"apart": "the fee of any other market", "together": "any other market of the fee", "neither": "of the"}
    entries = [LexicalEntry(id_, id_, terms(text, "en"), neighbours(text, "en")) for id_, text in texts.items()]
    index.write((("now", entry) for entry in entries), [])
    fee = TermGroup((Variant(("fee",)),))
    hits = index.search(LexicalQuery((fee,), tuple(neighbours("of the fee", "en"))), ["now"], 10)
    assert [id_ for id_, _ in hits] == ["together", "apart"]
