from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.api import create_app
from assistant.settings import AssistantSettings
from ingest.settings import IndexSettings
from tests.assistant.conftest import STAFF_KEY, opened
from tests.conftest import Sync, Write, document
from tests.fakes import HashingEmbedder

STAFF = {"Authorization": f"Bearer {STAFF_KEY}"}


def ask(client: TestClient, question: str, headers: dict[str, str] | None = None, **more: object) -> Any:
    response = client.post("/chat", json={"question": question, **more}, headers=headers)
    assert response.status_code == 200, response.text
    return response.json()


def test_chat_answers_in_the_form_of_the_design(client: TestClient) -> None:
    answer = ask(client, "Does CERN invest capital in spin-offs?")
    assert set(answer) == {
        "answer_id", "status", "language", "answer", "citations", "contacts", "notes", "engine", "prompt", "evidence",
        "timings_ms",
    }  # fmt: skip
    assert (answer["status"], answer["engine"], answer["prompt"]) == ("answered", "extractive", None)
    (cited,) = answer["citations"][:1]
    assert set(cited) == {
        "marker", "document", "version", "title", "organisation", "section", "page", "start", "end", "quote",
        "language", "effective_from", "url", "source_url",
    }  # fmt: skip


def test_a_citation_opens_at_its_quote(client: TestClient) -> None:
    (cited, *_) = ask(client, "Does CERN invest capital in spin-offs?")["citations"]
    page = client.get(cited["url"]).json()
    assert page["text"][cited["start"] : cited["end"]] == cited["quote"]
    assert page["version"] == cited["version"]


def test_as_of_reaches_the_version_of_that_day(client: TestClient) -> None:
    then = ask(client, "May CERN invest capital in spin-off companies?", as_of="2010-01-01")
    assert {cited["document"] for cited in then["citations"]} == {"old"}


def test_the_list_holds_what_is_in_force_and_the_reader_may_see(client: TestClient) -> None:
    def listed(headers: dict[str, str] | None = None) -> set[str]:
        return {row["document"] for row in client.get("/documents", headers=headers).json()["documents"]}

    assert listed() == {"policy", "new", "whom"}
    assert listed(STAFF) == {"policy", "new", "whom", "internal"}


def test_the_original_file_comes_back_as_it_was(client: TestClient) -> None:
    response = client.get("/documents/policy/file")
    assert response.content.startswith(b"---\n")
    assert response.headers["content-type"].startswith("text/markdown")
    assert response.headers["x-content-type-options"] == "nosniff"


def test_search_shows_each_hits_scores(client: TestClient) -> None:
    body = client.get("/search", params={"q": "capital for spin-offs"}).json()
    first = body["hits"][0]
    assert first["document"] == "policy"
    assert first["scores"]["total"] == pytest.approx(
        first["scores"]["weighted_lexical"] + first["scores"]["weighted_dense"], abs=1e-3
    )


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"question": " "},
        {"question": "x" * 2001},
        {"question": "x", "as_of": "soon"},
        {"question": "x", "kind": "policy"},
    ],
    ids=["nothing", "blank", "too long", "no date", "unknown field"],
)
def test_a_malformed_question_is_422(client: TestClient, body: dict[str, str]) -> None:
    assert client.post("/chat", json=body).status_code == 422


def test_health_and_readiness(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/ready").json() == {"status": "ready", "generation": 1}


@pytest.fixture
def directory(write: Write, run_sync: Sync, settings: IndexSettings, embedder: HashingEmbedder) -> Iterator[TestClient]:
    """A public office and an internal one, an infrastructure with both as contacts, and one for staff alone."""
    write("office.md", document("# Office\n\nText.", kind="contact", organisation="CERN", url="https://example.org/kt"))
    write("hidden.md", document("# Hidden\n\nText.", kind="contact", email="hidden@example.org", audience="staff"))
    write(
        "esrf.md",
        document(
            "# ESRF\n\nText.", kind="infrastructure", country="FR", services="[beam time]", contact="[office, hidden]"
        ),
    )
    write("planned.md", document("# Planned\n\nText.", kind="infrastructure", country="FR", audience="staff"))
    run_sync()
    keys = AssistantSettings.model_validate({"staff_keys": STAFF_KEY})
    with TestClient(create_app(lambda: opened(settings, embedder), keys)) as ready:
        yield ready


def test_contacts_are_records_with_their_fields(directory: TestClient) -> None:
    (contact,) = directory.get("/contacts", params={"organisation": "cern"}).json()["contacts"]
    assert contact == {
        "document": "office",
        "title": "Office",
        "organisation": "CERN",
        "language": "en",
        "source_url": "",
        "role": "",
        "office": "",
        "url": "https://example.org/kt",
        "email": "",
        "country": [],
        "organisations": [],
        "topics": [],
    }
    assert directory.get("/contacts", params={"country": "BE"}).json() == {"contacts": []}


def test_infrastructures_come_with_their_contacts(directory: TestClient) -> None:
    found = directory.get("/infrastructures", params={"country": "fr", "service": "Beam"}, headers=STAFF).json()
    (esrf,) = found["infrastructures"]
    assert (esrf["document"], esrf["country"], esrf["services"]) == ("esrf", ["FR"], ["beam time"])
    assert [contact["document"] for contact in esrf["contacts"]] == ["office", "hidden"]


def test_internal_records_are_in_no_directory_for_public_readers(directory: TestClient) -> None:
    def listed(path: str, headers: dict[str, str] | None = None) -> list[str]:
        return [row["document"] for row in directory.get(path, headers=headers).json()[path.strip("/")]]

    assert (listed("/contacts"), listed("/infrastructures")) == (["office"], ["esrf"])
    assert listed("/contacts", STAFF) == ["hidden", "office"]
    assert listed("/infrastructures", STAFF) == ["esrf", "planned"]
    assert "hidden" not in directory.get("/infrastructures").text
