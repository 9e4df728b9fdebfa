"""An assistant over a small corpus, and a client of its API."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from fastapi.testclient import TestClient

from assistant.answer import Assistant
from assistant.api import create_app
from assistant.desk import Desk
from assistant.generative import open_chat
from assistant.retrieve import Retriever
from assistant.settings import AssistantSettings
from ingest.catalog import Catalog
from ingest.folder import folder_of
from ingest.index import open_reader
from ingest.journal import Journal
from ingest.live import LiveIndex
from ingest.settings import IndexSettings
from ingest.sync import sync
from tests.conftest import TODAY, document
from tests.fakes import HashingEmbedder

STAFF_KEY = "staff-key-for-tests"


DOCUMENTS = {
    "policy.md": document(
        "# Spin-off policy\n\n## Money\n\nCERN does not invest capital in spin-off companies. "
        "CERN gives advice.\n\n## Labels\n\nA spin-off may use the CERN label after approval.",
        organisation="CERN",
        effective_from="2018-08-01",
    ),
    "old.md": document("# Old policy\n\nCERN may invest capital in spin-off companies.", organisation="CERN"),
    "new.md": document(
        "# Old policy, ended\n\nThe old policy on capital ended.", supersedes="old", effective_from="2018-08-01"
    ),
    "internal.md": document("# Internal note\n\nThe canary margin is 17 percent.", audience="staff"),
    "whom.md": document(
        "# Transfer office\n\nThe office helps.", kind="contact", organisation="CERN", url="https://example.org/kt"
    ),
}


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> IndexSettings:
    """An index of five documents that tests only read: two in force, one superseded, one internal, one contact."""
    folder = tmp_path_factory.mktemp("library")
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    settings = IndexSettings(index=tmp_path_factory.mktemp("index"))
    sync(folder_of(folder, settings), settings, HashingEmbedder(), TODAY)
    return settings


@contextmanager
def opened(
    settings: IndexSettings, embedder: HashingEmbedder, asking: AssistantSettings | None = None
) -> Iterator[Desk]:
    asking = asking or AssistantSettings()
    with (
        closing(Catalog.open(settings.index, None)) as catalog,
        closing(LiveIndex(lambda: open_reader(settings, embedder.name), catalog.generation)) as live,
        closing(Journal.open(settings.index, None)) as journal,
    ):
        chat = open_chat(asking) if asking.chat_model else None
        retriever = Retriever(embedder, asking.candidates)
        assistant = Assistant(live, retriever, asking, today=lambda: TODAY, chat=chat)
        yield Desk(assistant, journal, asking)


def wait_until_warm() -> None:
    """Until the first question of an application, which nobody asked, is answered."""
    for thread in threading.enumerate():
        if thread.name == "warming":
            thread.join()


@pytest.fixture(scope="session")
def assistant(library: IndexSettings) -> Iterator[Assistant]:
    with opened(library, HashingEmbedder()) as desk:
        yield desk.assistant


@pytest.fixture(scope="session")
def client(library: IndexSettings) -> Iterator[TestClient]:
    keys = AssistantSettings.model_validate({"staff_keys": f"{STAFF_KEY}, another-key"})
    with TestClient(create_app(lambda: opened(library, HashingEmbedder()), keys)) as ready:
        yield ready
