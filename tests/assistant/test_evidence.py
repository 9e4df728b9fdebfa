from __future__ import annotations

from dataclasses import replace

import pytest

from assistant import evidence
from assistant.context import passages_of
from assistant.relevance import examine
from assistant.retrieve import Retrieved
from assistant.terms import understand
from ingest.lexicon.lexicon import Lexicon
from ingest.types import Scores
from tests.assistant.test_relevance import examined, passage

QUESTION = "What did the annual pass of Elettra cost in 2023?"


def near(cosine: float) -> evidence.Nearness:
    return lambda sentence: cosine


def signals(text: str, question: str = QUESTION, cosine: float = 0.7) -> dict[str, float]:
    hits = (passage(text, title="Elettra"),)
    asked_for = understand(question, "en", ("en",), Lexicon(), weigh=lambda group: 1.0)
    scored = tuple(replace(hit, scores=replace(hit.scores, lexical=9.0, dense=cosine)) for hit in hits)
    found = Retrieved(scored, asked_for, {"v1/0": 9.0, "v2/0": 6.0}, {"v1/0": cosine, "v2/0": 0.3})
    return dict(evidence.sides(examine(question, asked_for, passages_of(scored)), found, near(cosine))[0])


ANSWERS = "The annual pass cost EUR 90 in 2023."


def test_every_signal_has_a_coefficient_and_every_coefficient_a_signal() -> None:
    made = evidence.coefficients()
    for fitted in (made.own_language, made.other_language, made.search_words):
        assert {*fitted.coefficients, "foreign", "typed", "only_form_lacking"} == set(signals(ANSWERS))


def test_it_is_told_by_what_command_on_what_data_and_when_the_coefficients_were_made() -> None:
    assert evidence.coefficients().made["command"].startswith("python -m evals.bench.calibrate ")
    assert {"data", "date"} <= set(evidence.coefficients().made)


def test_what_has_all_that_is_asked_for_may_be_behind_what_has_more_of_the_words() -> None:
    apart = "The annual pass of Elettra was on sale in 2023. The annual pass cost EUR 80."
    assert signals(ANSWERS)["behind"] == 0
    assert 0 < signals("The annual pass of Elettra cost much. In 2023 it cost EUR 90.")["behind"] < 1
    assert signals(apart)["behind"] == 1


@pytest.mark.parametrize(
    "weaker",
    [
        "The annual pass cost EUR 80 in 2019.",
        "The annual pass was on sale in 2023.",
        "The annual pass cost EUR 90 in 2023, while no source was found for it.",
        "A monthly card is sold at the gate.",
        "No source was found for the cost of the annual pass in 2023.",
    ],
    ids=["another year", "no price", "said to be unknown", "about something else", "the very thing is unknown"],
)
def test_what_answers_less_shows_less_evidence(weaker: str) -> None:
    assert evidence.probability(signals(weaker)) < evidence.probability(signals(ANSWERS))


def test_passages_on_something_else_show_less_evidence() -> None:
    near, far = (evidence.probability(signals(ANSWERS, cosine=cosine)) for cosine in (0.7, 0.2))
    assert far < near


def test_nothing_found_is_hardly_any_evidence() -> None:
    asked_for = understand(QUESTION, "en", ("en",), Lexicon(), weigh=lambda group: 1.0)
    (found,) = evidence.sides(examine(QUESTION, asked_for, ()), Retrieved((), asked_for), near(0))
    assert evidence.probability(found) < 0.05


def test_what_names_nobody_is_no_evidence_of_who_somebody_is() -> None:
    told = "The director of Elettra decides on the annual pass."
    assert evidence.probability(signals(told, "Who is the director of Elettra?")) == 0
    named = "Since 2023 the director of Elettra, Anna Rossi, decides on the annual pass."
    assert evidence.probability(signals(named, "Who is the director of Elettra?")) > 0


def test_a_question_in_search_words_is_decided_by_a_fit_of_its_own() -> None:
    typed = signals(ANSWERS, "cost of the annual pass of elettra")
    assert typed["typed"]
    assert evidence.coefficients().fitting(typed) is evidence.coefficients().search_words
    assert evidence.coefficients().fitting(signals(ANSWERS)) is evidence.coefficients().own_language


DUTCH = passage("De jaarkaart van Elettra kostte in 2023 EUR 90.", title="Elettra", language="nl")


def test_what_answers_in_another_language_is_not_hidden_by_what_does_not_in_the_question_s_own(
    lexicon: Lexicon,
) -> None:
    asked_for = understand(QUESTION, "en", ("en", "nl"), lexicon, weigh=lambda group: 1.0)
    own = passage("Elettra sold an annual pass in 2023.", title="Elettra")
    hits = [replace(hit, rank=rank, scores=Scores(dense=0.6, lexical=9.0)) for rank, hit in enumerate((own, DUTCH), 1)]
    found = Retrieved(tuple(hits), asked_for, {"v1/0": 9.0}, {"v1/0": 0.6})
    held = examine(QUESTION, asked_for, passages_of(hits))
    sides = evidence.sides(held, found, near(0.7))
    assert sorted(side["foreign"] for side in sides) == [0.0, 1.0]
    assert evidence.probability(sides[0]) == max(map(evidence.probability, sides))
    only = evidence.answering(held, sides, threshold=evidence.probability(sides[0]))
    assert {fit.foreign for fit in evidence.answering(held, sides, threshold=0.0).fits} == {True, False}
    assert bool(sides[0]["foreign"]) in {fit.foreign for fit in only.fits}


AGREED = "The participants agreed on common actions. "


@pytest.mark.parametrize(
    ("question", "gap", "leaves_open"),
    [
        (
            "Which actions did the participants agree on?",
            "The source does not list the actions that the participants agreed on.",
            True,
        ),
        ("Which actions did the participants agree on?", "No source was found for the price of coffee.", False),
        (
            "How many actions did the participants agree on?",
            "The source does not list the actions that the participants agreed on.",
            False,
        ),
    ],
    ids=["the very thing", "another thing", "a number is there or not"],
)
def test_an_answer_is_left_open_by_its_own_document(question: str, gap: str, leaves_open: bool) -> None:
    found = examined(question, passage(AGREED + gap, title="Workshop"))
    unknown = evidence.left_open(found, {"workshop"})
    assert (unknown.text if unknown else None) == (gap if leaves_open else None)
    assert evidence.left_open(found, {"another"}) is None


def test_what_a_document_does_not_know_is_told_after_what_it_does() -> None:
    told = "Elettra sells an annual pass. No source was found for the cost of the annual pass in 2023."
    gap = evidence.gap(examined(QUESTION, passage(told, title="Elettra")))
    assert [sentence.text for sentence in gap][-1] == "No source was found for the cost of the annual pass in 2023."
    assert evidence.gap(examined(QUESTION, passage(ANSWERS, title="Elettra"))) == ()
