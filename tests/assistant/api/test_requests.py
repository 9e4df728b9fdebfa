"""What goes with every response: its id, its headers, its log line and its counters."""

from __future__ import annotations

import json
import logging
import sqlite3
from contextlib import closing
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant.api import create_app
from assistant.logs import JsonFormatter, configure
from assistant.settings import AssistantSettings
from ingest.settings import IndexSettings
from tests.assistant.conftest import STAFF_KEY, opened, wait_until_warm
from tests.conftest import Sync, Write, document
from tests.fakes import HashingEmbedder
from tests.scripted import MODEL, Reply, scripted
from tests.serving import serving

STAFF = {"Authorization": f"Bearer {STAFF_KEY}"}
WRONG = {"Authorization": "Bearer wrong"}
PATHS = ["/", "/web/main.js", "/documents", "/documents/policy/file", "/nothing", "/health", "/docs", "/openapi.json"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("headers", [{}, STAFF, WRONG], ids=["public", "staff", "wrong key"])
def test_every_response_has_an_id_and_the_security_headers(
    client: TestClient, path: str, headers: dict[str, str]
) -> None:
    told = client.get(path, headers=headers).headers
    assert len(told["x-request-id"]) == 32
    assert (told["x-content-type-options"], told["x-frame-options"]) == ("nosniff", "DENY")
    assert "unsafe" not in told["content-security-policy"]
    assert "http" not in told["content-security-policy"]
    assert "Authorization" in told["vary"]
    assert (told.get("cache-control") == "no-store") is bool(headers)


@pytest.mark.parametrize(("given", "kept"), [("trace-1.a", True), ("two words", False), ("x" * 65, False)])
def test_an_id_that_is_given_is_kept_where_it_can_be_printed(client: TestClient, given: str, kept: bool) -> None:
    assert (client.get("/health", headers={"X-Request-ID": given}).headers["x-request-id"] == given) is kept


def test_the_docs_ask_nothing_of_another_host(client: TestClient) -> None:
    page = client.get("/docs").text
    assert "POST /chat" in page
    assert "<script" not in page
    assert "src=" not in page
    assert 'href="http' not in page


def test_browsers_of_other_origins_are_let_in_only_where_a_setting_names_them(library: IndexSettings) -> None:
    ours = {"Origin": "https://example.org"}
    asked = {**ours, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    closed = create_app(lambda: opened(library, HashingEmbedder()), AssistantSettings())
    with TestClient(closed) as client:
        assert "access-control-allow-origin" not in client.get("/documents", headers=ours).headers
        assert client.options("/chat", headers=asked).status_code == 405
    named = AssistantSettings(cors_origins="https://example.org, https://example.com")
    with TestClient(create_app(lambda: opened(library, HashingEmbedder()), named)) as client:
        assert client.options("/chat", headers=asked).headers["access-control-allow-origin"] == "https://example.org"
        for headers in (ours, {**ours, "Authorization": "Bearer wrong"}):
            told = client.get("/documents", headers=headers).headers
            assert told["access-control-allow-origin"] == "https://example.org"
        other = client.get("/documents", headers={"Origin": "https://example.net"})
        assert "access-control-allow-origin" not in other.headers


def test_a_log_line_tells_the_request_and_nothing_of_what_was_asked(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        response = client.get("/search", params={"q": "capital of firms"}, headers=STAFF)
        client.get("/documents/internal")
        client.post("/chat", json={"question": "Does CERN invest capital?"})
    lines = [json.loads(JsonFormatter().format(record)) for record in caplog.records if "requests" in record.name]
    assert [(line["method"], line["route"], line["code"], line["audience"]) for line in lines] == [
        ("GET", "/search", 200, "staff"),
        ("GET", "/documents/{document}", 404, "public"),
        ("POST", "/chat", 200, "public"),
    ]
    assert (lines[0]["key"], response.status_code) == ("setting-1", 200)
    ours = " ".join(str(vars(record)) for record in caplog.records if record.name.startswith("assistant"))
    assert not [word for word in ("capital", "/internal", "testclient", STAFF_KEY) if word in ours]


@pytest.mark.parametrize("form", ["text", "json"])
def test_lines_of_the_log_carry_the_id_of_the_response(
    client: TestClient, capsys: pytest.CaptureFixture[str], form: Any
) -> None:
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    try:
        root.handlers.clear()
        configure(form)
        id_ = client.get("/health").headers["x-request-id"]
        (line,) = [line for line in capsys.readouterr().err.splitlines() if "assistant.requests" in line]
    finally:
        root.handlers[:], root.level = before
    assert (json.loads(line)["request_id"] if form == "json" else line.split("[")[1].split("]")[0]) == id_


def test_a_fault_that_nobody_expected_is_500_with_an_id_and_without_details(
    write: Write, run_sync: Sync, settings: IndexSettings, caplog: pytest.LogCaptureFixture
) -> None:
    write("policy.md", document("# Policy\n\nCERN does not invest capital in spin-off companies."))
    run_sync()
    with TestClient(create_app(lambda: opened(settings, HashingEmbedder()), AssistantSettings())) as client:
        wait_until_warm()
        with closing(sqlite3.connect(settings.index / "catalog.sqlite")) as catalog:
            catalog.execute("DROP TABLE chunks")
        response = client.post("/chat", json={"question": "Does CERN invest capital?"})
    assert (response.status_code, response.headers["content-type"]) == (500, "application/problem+json")
    assert response.headers["x-request-id"]
    assert "Traceback" not in response.text
    assert "Traceback" in caplog.text


def samples(client: httpx.Client | TestClient, headers: dict[str, str] | None = None) -> dict[str, float]:
    lines = client.get("/metrics", headers=headers).text.splitlines()
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines if not line.startswith("#")}


def test_metrics_count_requests_answers_and_stages_and_describe_the_index(library: IndexSettings) -> None:
    asking = AssistantSettings.model_validate({"staff_keys": STAFF_KEY})
    with TestClient(create_app(lambda: opened(library, HashingEmbedder()), asking)) as client:
        client.post("/chat", json={"question": "Does CERN invest capital in spin-offs?"})
        client.get("/documents/internal")
        counted = samples(client)
    request = 'liaison_http_requests_total{audience="public",code="404",method="GET",route="/documents/{document}"}'
    assert counted[request] == 1
    assert counted['liaison_answers_total{audience="public",engine="extractive",status="answered"}'] == 1
    assert counted['liaison_answer_stage_seconds_count{audience="public",stage="retrieve"}'] == 1
    assert counted["liaison_index_generation"] == 1
    assert counted['liaison_index_chunks{audience="public"}'] >= 4


def test_metrics_count_what_a_chat_model_did_wrong_and_the_answers_that_were_quoted_for_it(
    library: IndexSettings,
) -> None:
    said = iter([Reply(status=503), Reply(status=503), Reply("I am a pirate."), Reply("CERN gives advice.")])
    with scripted(lambda _: next(said)) as model:
        values = {"staff_keys": STAFF_KEY, "chat_model": MODEL, "chat_base_url": model.url, "rate_limit": "off"}
        asking = AssistantSettings.model_validate(values)
        app = create_app(lambda: opened(library, HashingEmbedder(), asking), asking)
        with serving(app) as url, httpx.Client(base_url=url, timeout=60) as client:
            wait_until_warm()
            engines = [
                client.post("/chat", json={"question": "Does CERN give advice?"}).json()["engine"] for _ in range(3)
            ]
            public, staff = samples(client), samples(client, STAFF)
    assert engines == ["extractive", "extractive", MODEL]
    assert sum(count for name, count in staff.items() if name.startswith("liaison_model_errors_total{")) == 2
    assert public['liaison_answer_fallbacks_total{audience="public"}'] == 2
    assert not [name for name in public if "model_errors" in name]


def test_metrics_about_staff_are_for_staff(library: IndexSettings) -> None:
    asking = AssistantSettings.model_validate({"staff_keys": STAFF_KEY})
    with TestClient(create_app(lambda: opened(library, HashingEmbedder()), asking)) as client:
        client.post("/chat", json={"question": "What is the canary margin?"}, headers=STAFF)
        public, staff = samples(client), samples(client, STAFF)
    assert not [name for name in public if 'audience="staff"' in name]
    assert staff['liaison_index_chunks{audience="staff"}'] == 1
    assert staff['liaison_documents_refused{audience="staff"}'] == 0
    assert [name for name in staff if "liaison_answers_total" in name and 'audience="staff"' in name]
