from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.language import SPOKEN, Phrases, also_likely, listing, of_question, phrases
from assistant.types import Turn
from ingest.lexicon.lexicon import open_lexicon
from ingest.settings import IndexSettings

DATA = Path(__file__).parents[1] / "data"


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


def test_a_lexicon_tells_the_language_of_most_questions_of_one_to_three_words() -> None:
    lines = (DATA / "short-questions.tsv").read_text(encoding="utf-8").splitlines()
    listed = listing(open_lexicon(IndexSettings().model_cache, None))
    wrong = [line for line in lines if of_question(line.split("\t")[1], (), listed) != line.split("\t")[0]]
    assert len(wrong) <= 0.1 * len(lines), wrong


@pytest.mark.parametrize(
    ("question", "language"), [("minimum order size ESRF open quotation", "en"), ("omvang imec.icon project", "nl")]
)
def test_a_lexicon_tells_the_language_of_search_words_however_many(question: str, language: str) -> None:
    assert of_question(question, (), listing(open_lexicon(IndexSettings().model_cache, None))) == language


@pytest.mark.parametrize("language", SPOKEN)
def test_everything_the_program_says_is_said_in_every_language(language: str) -> None:
    said = phrases(language)
    assert all(getattr(said, field.name) for field in fields(Phrases))
    assert set(said.languages) == set(SPOKEN)
    assert language == "en" or said != phrases("en")


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Welke industrial liaison officer helpt?", "nl"),
        ("Wie is de technology transfer officer van CERN?", "nl"),
        ("Was ist Technology Transfer?", "de"),
        ("Quel est le budget Horizon Europe ?", "fr"),
        ("Come funziona Horizon Europe?", "it"),
        ("What does Projektträger DESY do?", "en"),
        ("Where is PARK INNOVAARE?", "en"),
    ],
)
def test_names_and_terms_of_another_language_do_not_turn_a_question(question: str, language: str) -> None:
    assert of_question(question) == language


@settings(deadline=None)
@given(st.text(max_size=200), st.lists(st.builds(Turn, st.sampled_from(["user", "assistant"]), st.text(max_size=50))))
def test_every_text_has_a_language_that_is_spoken(text: str, history: list[Turn]) -> None:
    assert of_question(text, history) in SPOKEN


def test_a_few_words_leave_the_language_open_and_a_sentence_does_not() -> None:
    assert also_likely("PMI", "en")
    assert also_likely("Welke bedrijven mogen een offerte indienen bij het instituut?", "nl") == ()
