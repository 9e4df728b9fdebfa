from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assistant.unanswered import gaps
from ingest.journal import Given
from ingest.types import Audience

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
VAIN = Given(
    "a", NOON, Audience.PUBLIC, "no_evidence", "extractive", 0.1, "en", "What does it cost?", nearest=("fees",)
)


def test_questions_near_the_same_document_are_one_gap_and_the_one_met_most_comes_first() -> None:
    other = replace(VAIN, question="Who repairs it?", nearest=("repair", "fees"))
    first, second = gaps([other, VAIN, replace(VAIN, question="Is there a fee?")])
    assert (first.nearest, [asked.question for asked in first.questions]) == (
        ("fees",),
        ["Is there a fee?", "What does it cost?"],
    )
    assert second.nearest == ("repair", "fees")


def test_the_same_words_are_one_question_and_its_latest_form_is_shown() -> None:
    later = replace(VAIN, question="what does it  COST", given=NOON + timedelta(days=1), status="partial")
    (gap,) = gaps([later, VAIN])
    (asked,) = gap.questions
    assert (asked.question, asked.times, asked.statuses) == ("what does it  COST", 2, ("partial", "no_evidence"))
    assert asked.last == NOON + timedelta(days=1)


@pytest.mark.parametrize(
    ("given", "counts"),
    [
        (replace(VAIN, status="answered"), False),
        (replace(VAIN, status="answered", useful=True), False),
        (replace(VAIN, status="answered", useful=False, comment="wrong year"), True),
        (replace(VAIN, status="declined"), False),
        (replace(VAIN, status="clarify"), False),
        (replace(VAIN, status="partial"), True),
        (replace(VAIN, question=None), False),
    ],
    ids=["answered", "useful", "not useful", "declined", "asked back", "in part", "question not kept"],
)
def test_what_counts_as_asked_in_vain(given: Given, counts: bool) -> None:
    assert bool(gaps([given])) is counts


def test_what_readers_said_is_shown_and_a_question_near_nothing_too() -> None:
    (gap,) = gaps([replace(VAIN, nearest=(), comment="I need the price")])
    assert (gap.nearest, gap.questions[0].comments) == ((), ("I need the price",))
