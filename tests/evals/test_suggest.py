from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.__main__ import app
from evals.errors import BadQuestionSet
from evals.question_sets import read_cases
from evals.suggest import drafts
from ingest.journal import Given, Journal
from ingest.types import Audience

AT = datetime(2026, 5, 4, 12, tzinfo=UTC)


def given(answer: str, question: str | None, status: str = "no_evidence", **more: object) -> Given:
    return Given(answer, AT, Audience.PUBLIC, status, "extractive", 0.1, "en", question, **more)  # type: ignore[arg-type]


def test_questions_that_ended_in_vain_or_in_a_bad_mark_become_drafts() -> None:
    journal = [
        given("a", "What does beam time cost?", nearest=("a", "b", "c", "d")),
        given("b", "Who pays?", "partial"),
        given("c", "Is it open?", "answered"),
        given("d", "Is it free?", "answered", useful=False, comment="out of date"),
        given("e", "Is it near?", "answered", useful=True),
        given("f", None),
    ]
    found = {draft["question"]: draft for draft in drafts(journal)}
    assert set(found) == {"What does beam time cost?", "Who pays?", "Is it free?"}
    assert found["What does beam time cost?"]["nearest"] == ["a", "b", "c"]
    assert found["Is it free?"]["ended"] == {
        "times": 1, "statuses": ["answered"], "bad_marks": 1, "comments": ["out of date"], "earlier_turns": 0,
    }  # fmt: skip


def test_what_many_asked_is_one_draft_and_comes_first() -> None:
    journal = [given("a", "Who pays?"), given("b", "What does it cost?"), given("c", "what does  it COST?", "partial")]
    first, second = drafts(journal)
    assert first["id"] == "draft-2026-05-04-001"
    assert first["question"] == "what does  it COST?"
    assert second["question"] == "Who pays?"


def test_a_draft_enters_no_set_until_a_person_says_what_is_expected(tmp_path: Path) -> None:
    (draft,) = drafts([given("a", "What does beam time cost?")])
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(draft))
    with pytest.raises(BadQuestionSet, match=r"set\.jsonl:1: expected: must not be empty"):
        read_cases(path)


def test_the_command_prints_a_draft_a_line(tmp_path: Path) -> None:
    with closing(Journal.open(tmp_path, None)) as journal:
        journal.remember(given("a", "What does beam time cost?"))
        journal.remember(given("b", "Is it open?", "answered"))
        journal.judge("b", useful=False, comment="closed since May")
    done = CliRunner().invoke(app, ["suggest", "--index", str(tmp_path)])
    assert [json.loads(line)["question"] for line in done.stdout.splitlines()] == [
        "What does beam time cost?",
        "Is it open?",
    ]
