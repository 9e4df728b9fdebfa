"""The lexicon's table: English headwords with their translations, in a form that a person can read and correct."""

from __future__ import annotations

from collections.abc import Iterator

from tests.conftest import ROOT

TABLE = ROOT / "ingest" / "lexicon" / "lexicon.tsv"
COLUMNS = ["en", "pos", "nl", "de", "fr", "it"]
PARTS_OF_SPEECH = {"n", "v", "adj", "adv", "phr", "name", "abbr", "num"}


def rows() -> Iterator[tuple[int, list[str]]]:
    head, *lines = TABLE.read_text(encoding="utf-8").splitlines()
    assert head.split("\t") == COLUMNS
    for number, line in enumerate(lines, start=2):
        yield number, line.split("\t")


def test_every_row_has_a_headword_its_part_of_speech_and_four_languages() -> None:
    for number, cells in rows():
        assert len(cells) == len(COLUMNS), f"line {number}"
        assert cells[1] in PARTS_OF_SPEECH, f"line {number}"


def test_every_translation_is_one_term_said_once() -> None:
    for number, cells in rows():
        for cell in cells[2:]:
            terms = cell.split("|")
            assert all(term and term == " ".join(term.split()) for term in terms), f"line {number}: {cell!r}"
            assert len(set(terms)) == len(terms) <= 6, f"line {number}: {cell!r}"


def test_a_headword_stands_once_for_each_part_of_speech() -> None:
    headwords = [(cells[0], cells[1]) for _, cells in rows()]
    assert len(set(headwords)) == len(headwords)


def test_the_table_has_the_size_that_closes_most_of_the_gap_between_languages() -> None:
    assert sum(1 for _ in rows()) >= 5_000
