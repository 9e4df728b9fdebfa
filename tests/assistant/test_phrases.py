from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.language import SPOKEN
from assistant.phrases import Sort, phrases_of


@pytest.mark.parametrize(
    ("language", "text", "phrases"),
    [
        ("en", "How does CERN choose the winning bid for supplies?", ["CERN", "choose", "winning bid", "supplies"]),
        ("nl", "Wanneer is een bedrijf een kleine onderneming?", ["bedrijf", "kleine onderneming"]),
        ("de", "Darf ein kleines Unternehmen zum CERN?", ["kleines Unternehmen", "CERN"]),
        ("fr", "Où F4E a-t-il l'usine ?", ["F4E", "usine"]),
        ("it", "Chi guida l'agenzia dell'Elettra?", ["guida", "agenzia", "Elettra"]),
    ],
)
def test_phrases_stand_between_the_small_words(language: str, text: str, phrases: list[str]) -> None:
    assert [phrase.text for phrase in phrases_of(text, language)] == phrases


def test_a_phrase_knows_its_preposition_and_what_it_looks_like() -> None:
    supplies, year, name = phrases_of("for the supplies in 2015 at the BSBF", "en")
    assert (supplies.preposition, supplies.sort, supplies.is_noun) == ("for", Sort.WORDS, True)
    assert (year.text, year.sort) == ("2015", Sort.YEAR)
    assert (name.text, name.sort) == ("BSBF", Sort.NAME)


def test_a_known_name_is_one_phrase_with_its_small_words() -> None:
    known = re.compile("Fusion for Energy")
    assert [phrase.text for phrase in phrases_of("Who runs Fusion for Energy?", "en", known)] == [
        "runs",
        "Fusion for Energy",
    ]


@settings(deadline=None)
@given(st.text(max_size=120), st.sampled_from(SPOKEN))
def test_a_phrase_is_verbatim_where_it_says(text: str, language: str) -> None:
    for phrase in phrases_of(text, language):
        assert text[phrase.start : phrase.end] == phrase.text
