from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.dates import said, spoken, without
from assistant.language import SPOKEN

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("What was the limit in 2015?", date(2015, 6, 30)),
        ("Which rule applied before 2010?", date(2009, 12, 31)),
        ("Until 2019, who decided?", date(2018, 12, 31)),
        ("What applied on 1 March 2019?", date(2019, 3, 1)),
        ("What applied on March 1, 2019?", date(2019, 3, 1)),
        ("What applied as of 2019-03-01?", date(2019, 3, 1)),
        ("Welke regel gold op 1 maart 2019?", date(2019, 3, 1)),
        ("Wat gold er in het jaar 2012?", date(2012, 6, 30)),
        ("Wat geldt er vandaag?", TODAY),
        ("Was galt am 1. März 2019?", date(2019, 3, 1)),
        ("Was galt im Jahr 2012?", date(2012, 6, 30)),
        ("Welche Empfehlung galt 2015?", date(2015, 6, 30)),
        ("Was gilt heute?", TODAY),
        ("Que disait la règle le 1er mars 2019 ?", date(2019, 3, 1)),
        ("Quel était le seuil en 2012 ?", date(2012, 6, 30)),
        ("Qual era la soglia nel 2012?", date(2012, 6, 30)),
        ("Che cosa valeva il 1 marzo 2019?", date(2019, 3, 1)),
        ("What was the rule ten or 10 years ago?", date(2016, 6, 30)),
        ("Wat was vorig jaar de drempel?", date(2025, 6, 30)),
        ("How many were there in December 2022?", date(2022, 12, 15)),
        ("What will apply in 2040?", TODAY),
    ],
)
def test_a_day_that_is_said_is_heard(question: str, day: date) -> None:
    found = said(question, TODAY)
    assert found is not None
    assert found.day == day


@pytest.mark.parametrize(
    "question",
    [
        "What does the 2008 Recommendation say?",
        "What does Horizon 2020 pay?",
        "Who came to BSBF 2022?",
        "Wer kam zum BSBF 2022?",
        "Wie viele gab es zwischen 2012 und 2016?",
        "What is Regulation 723/2009 about?",
        "How did it grow from 2012 to 2016?",
        "What happened in 2012 and in 2016?",
        "What happened on 31 June 2019?",
        "Who decides?",
    ],
)
def test_a_year_that_is_part_of_a_name_or_one_of_several_is_no_day(question: str) -> None:
    assert said(question, TODAY) is None


@pytest.mark.parametrize("question", ["Which rule was in force in 2015?", "Welke regel was van kracht in 2015?"])
def test_what_was_in_force_can_be_asked_in_so_many_words(question: str) -> None:
    found = said(question, TODAY)
    assert found is not None
    assert found.asks_in_force
    other = said("What did it cost in 2015?", TODAY)
    assert other is not None
    assert not other.asks_in_force


def test_the_words_of_a_day_can_be_left_out() -> None:
    question = "Up to which value could F4E negotiate in 2015?"
    found = said(question, TODAY)
    assert found is not None
    assert without(question, found) == "Up to which value could F4E negotiate?"


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("en", "1 March 2019"),
        ("nl", "1 maart 2019"),
        ("de", "1. März 2019"),
        ("fr", "1 mars 2019"),
        ("it", "1 marzo 2019"),
    ],
)
def test_a_day_is_said_in_the_language_of_the_answer(language: str, day: str) -> None:
    assert spoken(date(2019, 3, 1), language) == day


@settings(deadline=None)
@given(st.dates(date(1950, 1, 1), date(2026, 1, 1)), st.sampled_from(SPOKEN))
def test_every_day_that_is_said_is_heard_again(day: date, language: str) -> None:
    found = said(f"x {spoken(day, language)} y", TODAY)
    assert found is not None
    assert found.day == day


@settings(deadline=None)
@given(st.text(max_size=100))
def test_any_text_may_be_asked_for_its_day(text: str) -> None:
    found = said(text, TODAY)
    assert found is None or found.day <= TODAY
