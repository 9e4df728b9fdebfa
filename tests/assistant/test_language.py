from __future__ import annotations

from dataclasses import fields

import pytest

from assistant.language import SPOKEN, Phrases, of_question, phrases
from assistant.types import Turn


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Does CERN invest capital?", "en"),
        ("What is an ILO?", "en"),
        ("Wat is het budget van INNO INFRA SHARE?", "nl"),
        ("Wer bezahlt?", "de"),
        ("Wie hoch ist die Schwelle?", "de"),
        ("Quel est le budget ?", "fr"),
        ("Chi decide sugli acquisti?", "it"),
    ],
)
def test_the_language_of_a_short_question_is_found(question: str, language: str) -> None:
    assert of_question(question) == language


def test_a_follow_up_leans_to_the_language_of_its_conversation() -> None:
    history = [Turn("user", "Boven welk bedrag maakt CERN aankopen bekend?"), Turn("assistant", "CHF 200,000.")]
    assert of_question("En daaronder?", history) == "nl"
    assert of_question("ESA?", history) == "nl"


@pytest.mark.parametrize("language", SPOKEN)
def test_everything_the_program_says_is_said_in_every_language(language: str) -> None:
    said = phrases(language)
    assert all(getattr(said, field.name) for field in fields(Phrases))
    assert set(said.languages) == set(SPOKEN)
    assert language == "en" or said != phrases("en")
