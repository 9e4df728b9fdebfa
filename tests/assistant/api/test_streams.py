"""Server-sent events over a real connection, and those of `/chat`."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route

from assistant.api import create_app
from assistant.api.streams import EventStream, event
from assistant.schemas import AnswerEvent, CitationEvent, Problem, StatusEvent, TokenEvent
from assistant.settings import AssistantSettings
from ingest.settings import IndexSettings
from tests.assistant.conftest import opened, wait_until_warm
from tests.conftest import Sync, Write, document
from tests.fakes import HashingEmbedder
from tests.serving import serving

SCHEMAS: dict[str, type[BaseModel]] = {
    "status": StatusEvent,
    "citation": CitationEvent,
    "token": TokenEvent,
    "answer": AnswerEvent,
    "error": Problem,
}
Damaged = Callable[[str], TestClient]
STREAM = {"Accept": "text/event-stream"}
QUESTION = {"question": "Does CERN invest capital in spin-offs?"}


def events(body: str) -> list[tuple[str, Any]]:
    """The events of a stream, each held to its schema."""
    told = []
    for block in body.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if fields:
            SCHEMAS[fields["event"]].model_validate_json(fields["data"])
            told.append((fields["event"], json.loads(fields["data"])))
    return told


def test_the_events_of_a_question_lead_to_the_answer_that_json_gives(client: TestClient) -> None:
    response = client.post("/chat", json=QUESTION, headers=STREAM)
    assert response.headers["content-type"].startswith("text/event-stream")
    told = events(response.text)
    names = [name for name, _ in told]
    answer = told[-1][1]
    assert (names[0], names[-1], names.count("answer")) == ("status", "answer", 1)
    assert "".join(data["text"] for name, data in told if name == "token") == answer["answer"]
    assert [data for name, data in told if name == "citation"] == answer["citations"]
    own = {"answer_id", "timings_ms"}
    plain = client.post("/chat", json=QUESTION).json()
    assert {key: answer[key] for key in plain.keys() - own} == {key: plain[key] for key in plain.keys() - own}


def test_a_citation_is_told_before_the_text_that_uses_it(client: TestClient) -> None:
    seen: set[int] = set()
    for name, data in events(client.post("/chat", json=QUESTION, headers=STREAM).text):
        if name == "citation":
            seen.add(data["marker"])
        if name == "token":
            assert all(f"[{marker}]" not in data["text"] or marker in seen for marker in range(1, 20))


def test_an_abstention_streams_too(client: TestClient) -> None:
    told = events(client.post("/chat", json={"question": "Who won the cup in 1974?"}, headers=STREAM).text)
    assert told[-1][1]["status"] == "no_evidence"
    assert "".join(data["text"] for name, data in told if name == "token") == told[-1][1]["answer"]


def test_a_malformed_question_is_refused_before_the_stream_begins(client: TestClient) -> None:
    response = client.post("/chat", json={"question": " "}, headers=STREAM)
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")


@pytest.fixture
def damaged(write: Write, run_sync: Sync, settings: IndexSettings) -> Iterator[Damaged]:
    """Asks for a stream after the stored pages were changed by an SQL expression, as a disk does that fails."""
    write("policy.md", document("# Policy\n\n## Money\n\nCERN does not invest capital in spin-off companies."))
    run_sync()
    with TestClient(create_app(lambda: opened(settings, HashingEmbedder()), AssistantSettings())) as client:
        wait_until_warm()

        def ask(content: str) -> TestClient:
            with closing(sqlite3.connect(settings.index / "catalog.sqlite")) as catalog, catalog:
                catalog.execute(f"UPDATE pages SET content = {content}")
            return client

        yield ask


def test_pages_that_no_longer_hold_what_is_quoted_lead_to_the_passages(damaged: Damaged) -> None:
    client = damaged("replace(content, 'capital', 'labour')")
    told = events(client.post("/chat", json=QUESTION, headers=STREAM).text)
    name, answer = told[-1]
    assert (name, answer["status"], answer["citations"]) == ("answer", "failed", [])
    assert answer["notes"] == ["Passages found: “Policy › Money” (/documents/policy/pages/1)."]
    assert "capital" not in json.dumps(told)
    response = client.post("/chat", json=QUESTION)
    assert (response.status_code, response.json()["answer"]) == (200, answer["answer"])


def test_a_fault_that_nobody_foresaw_is_told_as_the_last_event(damaged: Damaged) -> None:
    client = damaged("'no page'")
    told = events(client.post("/chat", json=QUESTION, headers=STREAM).text)
    name, problem = told[-1]
    assert [name for name, _ in told] == ["status", "status", "status", "error"]
    assert (name, problem["status"]) == ("error", 500)
    assert "the log has it" in problem["detail"]
    assert "no page" not in json.dumps(told)


class Slow:
    """Tells the time of day, slowly, and remembers whether it was stopped."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.steps, self.stopped = seconds, 0, threading.Event()

    def events(self) -> Generator[bytes, None, None]:
        try:
            for step in range(1_000):
                self.steps = step + 1
                yield event(json.dumps({"step": step}), "status")
                time.sleep(self.seconds)
        finally:
            self.stopped.set()

    def application(self, heartbeat: float) -> Starlette:
        async def tell(_request: Request) -> EventStream:
            return EventStream(self.events(), heartbeat)

        return Starlette(routes=[Route("/", tell)])


def test_a_reader_who_leaves_stops_the_work() -> None:
    slow = Slow(0.05)
    with serving(slow.application(10)) as url, closing(httpx.Client(base_url=url)) as client:
        with client.stream("GET", "/") as response:
            next(response.iter_lines())
        assert slow.stopped.wait(5)
        reached = slow.steps
        time.sleep(0.3)
    assert slow.steps == reached < 100


def test_a_reader_who_leaves_while_nothing_comes_stops_the_work() -> None:
    slow = Slow(0.6)
    with serving(slow.application(10)) as url, closing(httpx.Client(base_url=url)) as client:
        with client.stream("GET", "/") as response:
            next(response.iter_lines())
        assert slow.stopped.wait(5)
    assert slow.steps <= 2


def test_a_long_silence_is_broken_by_heartbeats() -> None:
    slow = Slow(0.5)
    with serving(slow.application(0.1)) as url, closing(httpx.Client(base_url=url)) as client:
        beats = 0
        with client.stream("GET", "/") as response:
            for line in response.iter_lines():
                beats += line.startswith(":")
                if line.startswith("data") and beats:
                    break
    assert beats >= 2


@pytest.mark.parametrize("accept", ["application/json", "*/*"])
def test_whoever_does_not_ask_for_a_stream_gets_json(client: TestClient, accept: str) -> None:
    response = client.post("/chat", json=QUESTION, headers={"Accept": accept})
    assert response.headers["content-type"] == "application/json"
