"""Who may see what, on every route: each is asked as a public reader, as staff and with a wrong key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api import create_app
from assistant.settings import AssistantSettings
from ingest.folder import folder_of
from ingest.settings import IndexSettings
from ingest.sync import sync
from tests.assistant.conftest import STAFF_KEY, opened
from tests.conftest import TODAY, document
from tests.fakes import HashingEmbedder
from tests.ingest.load.drawn import lines, pdf

STAFF = {"Authorization": f"Bearer {STAFF_KEY}"}
WRONG = {"Authorization": "Bearer wrong"}
CANARIES = ("17 percent", "18 percent", "margin is", "Internal note", "Hidden office", "orerunner", "Planned site")
ASKED = "What is the canary margin?"

# One way at least to call each route with what would reach the internal documents; a new route fails until it is here.
CALLS: dict[str, list[dict[str, Any]]] = {
    "POST /chat": [
        {"json": {"question": ASKED}},
        {"json": {"question": ASKED, "as_of": "2020-01-01"}},
        {"json": {"question": ASKED}, "headers": {"Accept": "text/event-stream"}},
        {"json": {"question": "And?", "history": [{"role": "user", "content": ASKED}]}},
    ],
    "POST /answers/{answer_id}/feedback": [{"json": {"useful": True}, "path": {"answer_id": "nothing"}}],
    "POST /v1/chat/completions": [
        {"json": {"messages": [{"role": "user", "content": ASKED}]}},
        {"json": {"messages": [{"role": "user", "content": ASKED}], "stream": True}},
    ],
    "GET /v1/models": [{}],
    "GET /search": [{"params": {"q": "canary margin"}}, {"params": {"q": "canary", "kinds": "note"}}],
    "GET /documents": [{}, {"params": {"as_of": "2020-01-01"}}],
    "GET /documents/{document}": [{"path": {"document": "internal"}}, {"path": {"document": "successor"}}],
    "GET /documents/{document}/pages/{number}": [{"path": {"document": "internal", "number": 1}}],
    "GET /documents/{document}/pages/{number}/image": [{"path": {"document": "internal", "number": 1}}],
    "GET /documents/{document}/file": [{"path": {"document": "internal"}}],
    "GET /documents/{document}/difference": [{"path": {"document": "internal"}}],
    "GET /contacts": [{}, {"params": {"organisation": "canary"}}],
    "GET /infrastructures": [{}, {"params": {"field": "canary"}}],
    "GET /health": [{}],
    "GET /metrics": [{}],
    "GET /ready": [{}],
}
BESIDE = [
    "GET /",
    "GET /web/main.js",
    "GET /docs",
    "GET /openapi.json",
    "GET /no-such-page",
    "POST /documents",
    "GET /mcp",
    "POST /mcp",
]
HIDDEN = [call for call in CALLS if "{document}" in call]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A public rule, an office and an infrastructure; an internal PDF of two versions, and internal records."""
    folder = tmp_path_factory.mktemp("corpus")
    settings = IndexSettings(index=tmp_path_factory.mktemp("index"))
    for name, text in {
        "rule.md": document("# Rule\n\nThe margin of a contract is public.", organisation="CERN"),
        "office.md": document("# Office\n\nText.", kind="contact", organisation="CERN", url="https://example.org"),
        "site.md": document("# Site\n\nText.", kind="infrastructure", contact="[office, hidden]", fields="[canary]"),
        "successor.md": document("# Successor\n\nText.", supersedes="forerunner"),
        "forerunner.md": document("# Secret forerunner\n\nText.", audience="staff"),
        "hidden.md": document("# Hidden office\n\nText.", kind="contact", organisation="Canary", audience="staff"),
        "planned.md": document("# Planned site\n\nText.", kind="infrastructure", fields="[canary]", audience="staff"),
        "internal.pdf.yaml": "title: Internal note\naudience: staff\n",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    for margin in (17, 18):
        pdf(folder / "internal.pdf", lines(f"The canary margin is {margin} percent."))
        sync(folder_of(folder, settings), settings, HashingEmbedder(), TODAY)
    keys = AssistantSettings.model_validate({"staff_keys": STAFF_KEY})
    with TestClient(create_app(lambda: opened(settings, HashingEmbedder(), keys), keys)) as ready:
        versions = ready.get("/documents/internal", headers=STAFF).json()["versions"]
        CALLS["GET /documents/{document}/difference"][0]["params"] = {
            "old": versions[0]["version"],
            "new": versions[-1]["version"],
        }
        yield ready


def calls() -> list[Any]:
    described = [(route, call) for route, ways in CALLS.items() for call in ways]
    return [pytest.param(*pair, id=f"{pair[0]} {number}") for number, pair in enumerate(described)]


def request(client: TestClient, route: str, call: dict[str, Any], headers: dict[str, str] | None = None) -> Any:
    method, template = route.split()
    given = {name: value for name, value in call.items() if name not in ("path", "headers")}
    told = {**call.get("headers", {}), **(headers or {})}
    return client.request(method, template.format(**call.get("path", {})), headers=told, **given)


def test_every_route_is_called_here(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods} == set(CALLS)


def test_what_stands_outside_the_schema_is_called_here_too(client: TestClient) -> None:
    application = client.app
    assert isinstance(application, FastAPI)
    outside = set(places(application.routes)) - set(application.openapi()["paths"])
    assert outside == {"/", "/web", "/docs", "/openapi.json", "/mcp"}
    assert all(any(call.split()[1].startswith(place) for call in BESIDE) for place in outside)


def places(routes: Iterable[Any]) -> Iterator[str]:
    """The paths of routes, those of groups among them."""
    for route in routes:
        group = getattr(route, "original_router", None)
        yield from [route.path] if group is None else places(group.routes)


@pytest.mark.parametrize("route", BESIDE)
def test_what_stands_outside_the_schema_holds_nothing_internal(client: TestClient, route: str) -> None:
    response = request(client, route, {})
    assert not [canary for canary in CANARIES if canary in response.text + repr(response.headers)]


@pytest.mark.parametrize(("route", "call"), calls())
def test_no_response_to_a_public_reader_holds_anything_internal(
    client: TestClient, route: str, call: dict[str, Any]
) -> None:
    client.post("/chat", json={"question": ASKED}, headers=STAFF)
    response = request(client, route, call)
    told = response.text + repr(response.headers)
    assert not [canary for canary in CANARIES if canary in told]
    assert response.status_code in (200, 404)


def test_staff_see_what_is_internal(client: TestClient) -> None:
    asked = ("POST /chat", "POST /v1/chat/completions", "GET /search", *HIDDEN)
    seen = [request(client, route, CALLS[route][0], STAFF).text for route in asked]
    assert [any(canary in text for canary in CANARIES) for text in seen].count(False) == 2  # a picture and a PDF


@pytest.mark.parametrize("route", HIDDEN)
def test_a_hidden_document_looks_like_one_that_does_not_exist(client: TestClient, route: str) -> None:
    call = CALLS[route][0]
    hidden = request(client, route, call)
    missing = request(client, route, {**call, "path": {**call["path"], "document": "nothing"}})
    assert (hidden.status_code, hidden.content) == (404, missing.content)
    assert request(client, route, call, STAFF).status_code == 200


@pytest.mark.parametrize("route", [*CALLS, *BESIDE])
def test_a_wrong_key_is_401_everywhere(client: TestClient, route: str) -> None:
    call = CALLS.get(route, [{}])[0]
    response = request(client, route, call, WRONG)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    form = "application/json" if "/v1/" in route else "application/problem+json"
    assert response.headers["content-type"] == form
    assert "wrong" not in response.text


def test_only_who_may_see_an_answer_may_judge_it(client: TestClient) -> None:
    def judged(answer: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
        response = client.post(f"/answers/{answer}/feedback", json={"useful": True}, headers=headers)
        return response.status_code, response.content

    internal = client.post("/chat", json={"question": ASKED}, headers=STAFF).json()["answer_id"]
    public = client.post("/chat", json={"question": ASKED}).json()["answer_id"]
    assert judged(internal) == judged("never-given")
    assert judged(internal)[0] == 404
    assert [judged(internal, STAFF)[0], judged(public)[0], judged(public, STAFF)[0]] == [204, 204, 204]
