from __future__ import annotations

import pytest

from assistant.asked import fits_type, named_share, names_of


@pytest.mark.parametrize(
    ("question", "language", "names"),
    [
        ("What happens with IP in an ESO contract?", "en", {"ip", "eso"}),
        ("Wie is de ILO voor Vlaanderen?", "nl", {"ilo", "vlaanderen"}),
        ("Wie hoch ist die Schwelle beim CERN?", "de", {"cern"}),
        ("how do I sell magnets?", "en", set()),
        ("Does Flanders Make rent its labs?", "en", {"flanders", "make"}),
    ],
)
def test_the_names_in_a_question_are_told_from_its_words(question: str, language: str, names: set[str]) -> None:
    assert names_of(question, language) == names


def test_a_sentence_about_another_organisation_holds_none_of_the_names() -> None:
    assert named_share("Does ESO own the patents?", "en", "An ESA contractor owns the patents.") == 0
    assert named_share("Does ESO own the patents?", "en", "ESO's contractors own the patents.") == 1
    assert named_share("who owns the patents?", "en", "An ESA contractor owns the patents.") == 1


@pytest.mark.parametrize(
    ("question", "sentence", "fits"),
    [
        ("What is the budget?", "Investering: 1.632.694 euro van Interreg", True),
        ("Wat kost het?", "CERN vraagt CHF 500 per jaar.", True),
        ("What is the budget?", "The project began in 2017.", False),
        ("How many partners are there?", "There are 8 partners.", True),
        ("How many partners are there?", "Partners meet often (P21).", False),
        ("When did it begin?", "It began in January 2017.", True),
        ("What is an ILO?", "An Industrial Liaison Officer (ILO) is the person whom a country names.", True),
        ("Wat is een kmo?", "Een kmo is een onderneming met minder dan 250 personen.", True),
        ("What does in-kind contribution mean?", "An in-kind contribution is a component.", True),
        ("What is an ILO?", "Every member state has an ILO.", False),
        ("Who decides?", "The council decides in 2017.", False),
    ],
)
def test_a_sentence_is_asked_for_the_sort_of_thing_that_the_question_wants(
    question: str, sentence: str, fits: bool
) -> None:
    assert fits_type(question, sentence) is fits
