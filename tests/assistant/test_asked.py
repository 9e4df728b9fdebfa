from __future__ import annotations

import pytest

from assistant.asked import is_filler, names_of, says_what_it_means


@pytest.mark.parametrize(
    ("question", "language", "names"),
    [
        ("What happens with IP in an ESO contract?", "en", {"ip", "eso"}),
        ("Wie is de ILO voor Vlaanderen?", "nl", {"ilo", "vlaanderen"}),
        ("Wie hoch ist die Schwelle beim CERN?", "de", {"cern"}),
        ("how do I sell magnets?", "en", set()),
        ("Does Flanders Make rent its labs?", "en", {"flanders", "make"}),
        ("Wie steunt het ILO-netwerk?", "nl", {"ilo"}),
        ("Was sagt die KMU-Definition?", "de", {"kmu"}),
        ("What do two SMEs of the V&A need in phase C?", "en", {"sme", "c"}),
    ],
)
def test_the_names_in_a_question_are_told_from_its_words(question: str, language: str, names: set[str]) -> None:
    assert names_of(question, language) == names


@pytest.mark.parametrize(
    ("question", "sentence", "says"),
    [
        ("What is an ILO?", "An Industrial Liaison Officer (ILO) is the person whom a country names.", True),
        ("Wat is een kmo?", "Een kmo is een onderneming met minder dan 250 personen.", True),
        ("What does in-kind contribution mean?", "An in-kind contribution is a component.", True),
        ("What is an ILO?", "Every member state has an ILO.", False),
        ("Who decides?", "The council decides in 2017.", False),
    ],
)
def test_a_sentence_that_says_what_a_term_means_is_told_from_one_that_uses_it(
    question: str, sentence: str, says: bool
) -> None:
    assert says_what_it_means(question, sentence) is says


@pytest.mark.parametrize(
    ("word", "language", "asks"),
    [("today", "en", True), ("threshold", "en", False), ("krijgt", "nl", True), ("kmo", "nl", False)],
)
def test_words_that_only_ask_are_told_from_those_of_the_matter(word: str, language: str, asks: bool) -> None:
    assert is_filler(word, language) is asks
