from __future__ import annotations

from dataclasses import replace

from evals.metrics.languages import own_words, speaks
from tests.evals.answers import ANSWER, CASE, QUOTE

DUTCH = "De beschikbare documenten zeggen het niet, en niets daarin beantwoordt de vraag die u stelt."


def test_own_words_are_what_is_left_without_quotations_titles_and_the_question() -> None:
    answer = replace(ANSWER, answer=f"Volgens “Buying” (CERN): {QUOTE} [1]", notes=(f"Gevraagd: {CASE.question}",))
    assert own_words(answer, CASE.question) == "Volgens : Gevraagd:"


def test_a_question_of_no_words_takes_none_away() -> None:
    assert own_words(replace(ANSWER, answer="Volgens haar", notes=()), " ") == "Volgens haar"


def test_the_declared_language_must_be_the_wanted_one() -> None:
    assert speaks("", "nl", "nl")
    assert not speaks("", "en", "nl")


def test_enough_own_words_are_held_to_it() -> None:
    assert speaks(DUTCH, "nl", "nl")
    assert not speaks(DUTCH, "de", "de")


def test_few_words_and_languages_that_are_not_spoken_are_believed() -> None:
    assert speaks("Volgens:", "fr", "fr")
    assert speaks(DUTCH, "es", "es")
