"""Asking a set, in this process and over HTTP, and the folder that it leaves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from evals.errors import BadRun, Unreachable
from evals.instance import Instance, LocalInstance
from evals.question_sets import read_cases
from evals.run import new_folder, run, without_staff
from evals.run_folder import Run, read_run
from evals.score import marked, scored
from evals.served import ServedInstance, open_served
from evals.types import Case, CitedPage, Reply
from ingest.types import Audience
from tests.evals.conftest import KEY


@pytest.fixture
def cases(questions: Path) -> tuple[Case, ...]:
    return read_cases(questions)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "run"


def asked(instance: Instance, cases: Sequence[Case], folder: Path) -> Run:
    run(instance, cases, folder, workers=3, quiet=True)
    return read_run(folder)


def faults(done: Run) -> dict[str, tuple[str, ...]]:
    return {question.case.id: question.faults for question in marked(done) if question.faults}


def test_a_run_holds_every_answer_whole_with_its_passages_and_pages(
    local: LocalInstance, cases: tuple[Case, ...], folder: Path
) -> None:
    done = asked(local, cases, folder)
    assert [outcome.case for outcome in done.outcomes] == list(cases)
    assert faults(done) == {}
    capital = done.outcomes[0]
    assert capital.answer is not None
    assert capital.answer.timings_ms["total"] > 0
    assert capital.found is not None
    assert capital.found[0].document == "policy"
    (cited,) = capital.answer.citations
    page = done.page_text(Audience.PUBLIC, cited)
    assert page is not None
    assert page[cited.start : cited.end] == cited.quote
    assert cited.version in done.versions_in_force(capital.case)


def test_a_run_says_what_was_asked_without_its_secrets(
    local: LocalInstance, cases: tuple[Case, ...], folder: Path
) -> None:
    settings = asked(local, cases, folder).settings
    assert settings["settings"]["evidence_threshold"] == 0.3
    assert settings["embedding_model"] == "hashing-64"
    assert settings["questions"]["count"] == len(cases)
    assert {"program", "corpus", "started", "today", "workers"} <= set(settings)
    assert KEY not in "".join(path.read_text() for path in folder.iterdir())


class Counting:
    """An instance that is the program, and remembers what it was asked; it stops answering after some questions."""

    def __init__(self, instance: Instance, answers: int = 1000) -> None:
        self._instance, self._answers = instance, answers
        self.asked: list[str] = []
        self.in_force, self.described = instance.in_force, instance.described

    def ask(self, case: Case) -> Reply:
        if len(self.asked) == self._answers:
            raise Unreachable("gone")
        self.asked.append(case.id)
        return self._instance.ask(case)

    def page(self, audience: Audience, document: str, version: str, number: int) -> CitedPage:
        return self._instance.page(audience, document, version, number)


def test_an_interrupted_run_goes_on_where_it_ended(local: LocalInstance, cases: tuple[Case, ...], folder: Path) -> None:
    with pytest.raises(Unreachable):
        run(Counting(local, answers=3), cases, folder, workers=1, quiet=True)
    done = len(read_run(folder).outcomes)
    assert 0 < done < len(cases)
    with (folder / "outcomes.jsonl").open("a") as file:
        file.write('{"id": "half')  # killed while it wrote
    again = Counting(local)
    finished = asked(again, cases, folder)
    assert again.asked == [case.id for case in cases[done:]]
    assert [outcome.case.id for outcome in finished.outcomes] == [case.id for case in cases]
    assert faults(finished) == {}


def test_a_folder_with_another_run_or_something_else_is_left_alone(
    local: LocalInstance, cases: tuple[Case, ...], folder: Path, tmp_path: Path
) -> None:
    asked(local, cases, folder)
    with pytest.raises(BadRun, match="differs in corpus, questions"):
        run(local, cases[:1], folder, workers=1, quiet=True)
    with pytest.raises(BadRun, match="holds something that is no run"):
        run(local, cases, tmp_path, workers=1, quiet=True)


def test_a_served_instance_gives_the_same_as_the_program_at_hand(
    local: LocalInstance, served_at: str, cases: tuple[Case, ...], tmp_path: Path
) -> None:
    here = asked(local, cases, tmp_path / "here")
    with open_served(served_at, KEY) as served:
        there = asked(served, cases, tmp_path / "there")
    assert faults(there) == {}
    assert there.in_force == here.in_force
    assert there.settings["corpus"] == here.settings["corpus"]
    assert there.settings["instance"] == served_at
    for ours, theirs in zip(here.outcomes, there.outcomes, strict=True):
        assert ours.answer is not None
        assert theirs.answer is not None
        assert (ours.answer.answer, ours.answer.citations) == (theirs.answer.answer, theirs.answer.citations)
        assert ours.found is not None
        assert theirs.found is not None
        assert ours.found == theirs.found[: len(ours.found)]


def test_questions_of_staff_are_left_out_without_a_key(
    cases: tuple[Case, ...], caplog: pytest.LogCaptureFixture
) -> None:
    assert [case.id for case in without_staff(cases)] == ["capital", "capital-2010", "enquiry", "giraffe"]
    assert "1 of 5 questions are for staff" in caplog.text


def test_a_key_that_is_not_known_and_an_address_where_nothing_is_are_told(
    served_at: str, cases: tuple[Case, ...], folder: Path
) -> None:
    with open_served(served_at, "wrong") as served, pytest.raises(Unreachable, match="does not know the key"):
        asked(served, cases, folder)
    with open_served("http://127.0.0.1:9", None) as nobody, pytest.raises(Unreachable, match="does not answer"):
        asked(nobody, cases, folder)


def test_a_limit_of_requests_is_waited_for_and_an_error_is_an_outcome() -> None:
    answers = iter([httpx.Response(429, headers={"Retry-After": "0"}), httpx.Response(500, text="broken")])
    with httpx.Client(base_url="http://x", transport=httpx.MockTransport(lambda request: next(answers))) as client:
        reply = ServedInstance(client, None).ask(Case("q", "Why?", ()))
    assert reply == Reply(None, error="HTTP 500: broken")


def test_an_answer_of_another_form_is_an_outcome_without_one(
    local: LocalInstance, cases: tuple[Case, ...], folder: Path
) -> None:
    asked(local, cases, folder)
    doctor(folder, 0, lambda answer: answer.update(status="fine"))
    done = read_run(folder)
    assert done.outcomes[0].answer is None
    assert "status" in done.outcomes[0].error
    assert scored(marked(done)).invariants_broken == 1


def test_a_damaged_run_is_told_by_file_and_line(local: LocalInstance, cases: tuple[Case, ...], folder: Path) -> None:
    with pytest.raises(BadRun, match=r"run\.json is missing"):
        read_run(folder)
    asked(local, cases, folder)
    path = folder / "outcomes.jsonl"
    whole = path.read_text()
    path.write_text(whole.replace('"case"', '"cause"', 1))
    with pytest.raises(BadRun, match=r"outcomes\.jsonl:1: not an outcome"):
        read_run(folder)
    path.write_text(whole[:-20] + "\n")
    with pytest.raises(BadRun, match=r"outcomes\.jsonl:5: not JSON"):
        read_run(folder)
    path.write_text("")
    with pytest.raises(BadRun, match="holds no outcome"):
        read_run(folder)


def test_a_run_that_names_no_folder_goes_into_one_named_by_the_time() -> None:
    assert new_folder(datetime(2026, 3, 4, 5, 6, 7)) == Path("evals/runs/2026-03-04T05-06-07")


def doctor(folder: Path, number: int, change: Any) -> None:
    """Changes the Answer of one outcome of a run."""
    path = folder / "outcomes.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    change(lines[number]["answer"])
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
