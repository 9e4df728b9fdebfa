from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.desk import Desk
from assistant.settings import AssistantSettings
from assistant.types import AnswerStatus, Explanation, Finished, Question, Status, Token, Turn
from ingest.settings import IndexSettings
from ingest.types import Audience
from tests.assistant.conftest import opened
from tests.conftest import Sync, Write, document
from tests.fakes import HashingEmbedder

QUESTION = Question("Does CERN invest capital in spin-offs?", Audience.PUBLIC)


@pytest.fixture
def index(write: Write, run_sync: Sync, settings: IndexSettings) -> IndexSettings:
    write("policy.md", document("# Policy\n\nCERN does not invest capital in spin-off companies."))
    run_sync()
    return settings


@pytest.fixture
def desk(index: IndexSettings) -> Iterator[Desk]:
    with opened(index, HashingEmbedder()) as ready:
        yield ready


def test_by_default_an_answer_is_remembered_without_its_question(desk: Desk, index: IndexSettings) -> None:
    answer = desk.answer(QUESTION)
    found = desk.journal.find(answer.answer_id)
    assert found is not None
    assert (found.question, found.status, found.cited) == (None, "answered", ("policy",))
    assert not [file for file in index.index.rglob("catalog*") if b"invest capital in spin-offs" in file.read_bytes()]


def test_questions_are_kept_where_the_settings_say_so(index: IndexSettings) -> None:
    follow_up = Question("And in spin-offs?", Audience.STAFF, history=(Turn("user", "Does CERN invest capital?"),))
    with opened(index, HashingEmbedder(), AssistantSettings(log_questions=True)) as desk:
        desk.answer(QUESTION)
        desk.answer(follow_up)
        first, second = desk.journal.questions()
    assert (first.question, first.earlier_turns, first.audience) == (QUESTION.text, 0, Audience.PUBLIC)
    assert (second.earlier_turns, second.audience) == (1, Audience.STAFF)
    assert "CERN" in str(second.question), "a follow-up is kept as a question that stands alone"


def test_an_answer_that_nobody_waited_for_is_not_kept(index: IndexSettings) -> None:
    with opened(index, HashingEmbedder(), AssistantSettings(log_questions=True)) as desk:
        events = desk.stream(QUESTION)
        assert isinstance(next(events), Status)
        events.close()
        assert desk.journal.questions() == []


def test_a_journal_out_of_order_keeps_no_reader_from_an_answer(
    desk: Desk, index: IndexSettings, caplog: pytest.LogCaptureFixture
) -> None:
    desk.journal.close()
    for file in Path(index.index).glob("catalog.sqlite*"):
        file.rename(file.with_name(f"away-{file.name}"))
    with caplog.at_level(logging.WARNING):
        answer = desk.answer(QUESTION)
    assert answer.status in AnswerStatus
    assert "not in the journal" in caplog.text


def test_a_question_asked_again_under_the_same_name_gets_the_answer_it_had(desk: Desk) -> None:
    first, again = list(desk.stream(QUESTION, "one")), list(desk.stream(QUESTION, "one"))
    finished, repeated = first[-1], again[-1]
    assert isinstance(finished, Finished)
    assert isinstance(repeated, Finished)
    assert repeated.answer == replace(finished.answer, explanation=Explanation())
    assert "".join(event.text for event in again if isinstance(event, Token)) == finished.answer.answer
    assert desk.answer(QUESTION, "another").answer_id != finished.answer.answer_id


def test_an_answer_given_to_staff_is_none_for_others_who_know_its_name(desk: Desk) -> None:
    staff = desk.answer(replace(QUESTION, audience=Audience.STAFF), "one")
    assert desk.answer(QUESTION, "one").answer_id != staff.answer_id


def test_after_a_sync_a_question_is_worked_out_anew(desk: Desk, write: Write, run_sync: Sync) -> None:
    before = desk.answer(QUESTION, "one")
    write("policy.md", document("# Policy\n\nCERN does not invest capital.", audience="staff"))
    run_sync()
    until = time.monotonic() + 10
    while desk.answer(QUESTION, "one").answer_id == before.answer_id and time.monotonic() < until:
        time.sleep(0.1)
    assert desk.answer(QUESTION, "one").status is AnswerStatus.NO_EVIDENCE
