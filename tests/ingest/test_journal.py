"""The journal on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest

from ingest.errors import JournalUnavailable
from ingest.journal import Given, Journal
from ingest.settings import IndexSettings
from ingest.types import Audience
from tests.conftest import Sync, Write, document

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def given(answer: str, question: str | None = None, at: datetime = NOON) -> Given:
    return Given(answer, at, Audience.PUBLIC, "no_evidence", "extractive", 0.2, "en", question)


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def journal(request: pytest.FixtureRequest, settings: IndexSettings) -> Iterator[Journal]:
    url = request.getfixturevalue("postgres").get_secret_value() if request.param == "PostgreSQL" else None
    with closing(Journal.open(settings.index, url)) as opened:
        yield opened


def test_an_answer_comes_back_as_it_was_given(journal: Journal) -> None:
    whole = Given(
        answer="a1",
        given=NOON,
        audience=Audience.STAFF,
        status="answered",
        engine="extractive",
        evidence=0.83,
        language="nl",
        question="Wat?",
        earlier_turns=2,
        as_of=date(2015, 6, 30),
        cited=("policy",),
        nearest=("policy", "note"),
    )
    journal.remember(whole)
    assert journal.find("a1") == whole
    assert journal.find("a2") is None


def test_the_last_word_on_an_answer_counts(journal: Journal) -> None:
    journal.remember(given("a1"))
    journal.judge("a1", useful=True)
    journal.judge("a1", useful=False, comment="not my country")
    found = journal.find("a1")
    assert found is not None
    assert (found.useful, found.comment) == (False, "not my country")


def test_only_answers_with_their_questions_are_questions(journal: Journal) -> None:
    journal.remember(given("a1", "First?"))
    journal.remember(given("a2"))
    journal.remember(given("a3", "Second?", NOON + timedelta(hours=1)))
    assert [found.question for found in journal.questions()] == ["First?", "Second?"]
    assert [found.question for found in journal.questions(NOON + timedelta(minutes=1))] == ["Second?"]


def test_what_says_nothing_is_forgotten_before_what_says_something(journal: Journal) -> None:
    for answer, question in (("bare", None), ("asked", "What?"), ("judged", None)):
        journal.remember(given(answer, question))
    journal.remember(given("old", "What?", NOON - timedelta(days=100)))
    journal.judge("judged", useful=True)
    journal.forget(bare_before=NOON + timedelta(hours=1), before=NOON - timedelta(days=90))
    left = {answer for answer in ("bare", "asked", "judged", "old") if journal.find(answer) is not None}
    assert left == {"asked", "judged"}


def test_the_audit_log_keeps_who_did_what_in_order(journal: Journal) -> None:
    journal.note("key created", "desk", {"audience": "staff"})
    journal.note("key revoked", "desk", {})
    created, revoked = journal.entries()
    assert (created.action, created.subject, created.details) == ("key created", "desk", {"audience": "staff"})
    assert created.by
    assert created.at <= revoked.at
    assert journal.last("key revoked") == revoked


def test_every_sync_is_in_the_audit_log(write: Write, run_sync: Sync, settings: IndexSettings) -> None:
    write("a.md", document("Some text."))
    write("b.md", document("Other text.", audiense="public"))
    run_sync()
    with closing(Journal.open(settings.index, None)) as opened:
        (entry,) = opened.entries()
    assert entry.subject == "generation 1"
    assert entry.details["counts"] == {"indexed": 1, "refused": 1}
    assert "audiense" in str(entry.details["refused"])


def test_a_database_that_cannot_be_opened_is_told(settings: IndexSettings) -> None:
    settings.index.mkdir()
    (settings.index / "catalog.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(JournalUnavailable, match="cannot be opened"):
        Journal.open(settings.index, None)
