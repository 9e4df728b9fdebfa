from __future__ import annotations

import pytest

from assistant.answer import Assistant
from assistant.types import Question, Turn
from ingest.types import Audience


def understood(assistant: Assistant, message: str) -> str:
    return assistant.answer(Question(message, Audience.PUBLIC)).explanation.question


QUESTION = "Does CERN invest capital in spin-offs?"


@pytest.mark.parametrize(
    "message",
    [
        f"Hello! We are a small firm from Norway. {QUESTION} Thanks in advance.",
        f"{QUESTION} We make cooling pipes in Bavaria and have twelve staff.",
        f"{QUESTION} A short answer would be perfect.",
    ],
)
def test_who_asks_is_no_part_of_what_is_looked_for(assistant: Assistant, message: str) -> None:
    assert understood(assistant, message) == QUESTION
    assert (
        assistant.answer(Question(message, Audience.PUBLIC)).citations
        == assistant.answer(Question(QUESTION, Audience.PUBLIC)).citations
    )


@pytest.mark.parametrize(
    "message",
    [
        "We have a spin-off of CERN. Who pays for it?",
        "Our firm was founded at CERN. Which label may a young spin-off use?",
        "We work by the rules of 2010. Does CERN invest capital in spin-offs?",
        "We only look at CERN. Does it invest capital in spin-offs?",
        "We are a Belgian firm. Whom may we ask about capital for spin-offs at CERN?",
        "I would like to know what a label of CERN costs. Does CERN invest capital in spin-offs?",
    ],
)
def test_what_a_question_leans_on_stays(assistant: Assistant, message: str) -> None:
    assert understood(assistant, message) == message


def test_a_question_that_changes_the_subject_takes_nothing_over(assistant: Assistant) -> None:
    history = (Turn("user", "Wie wählt CERN seine Lieferanten aus?"), Turn("assistant", "Nach dem Preis."))
    asked = "Andere Frage: Wer zahlt die Gebühren für Patente?"
    answer = assistant.answer(Question(asked, Audience.PUBLIC, history=history))
    assert "CERN" not in answer.explanation.question
