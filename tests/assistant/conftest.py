"""An assistant over a small corpus, and a client of its API."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from fastapi.testclient import TestClient

from assistant.answer import Assistant
from assistant.api import create_app
from assistant.retrieve import Retriever
from assistant.settings import AssistantSettings
from ingest.catalog import Catalog
from ingest.index import open_reader
from ingest.live import LiveIndex
from ingest.settings import IndexSettings
from tests.conftest import TODAY, Sync, Write, document
from tests.fakes import HashingEmbedder

STAFF_KEY = "staff-key-for-tests"


@pytest.fixture
def library(write: Write, run_sync: Sync) -> None:
    """Four documents: two public, one of them superseded, one internal, one contact."""
    write(
        "policy.md",
        document(
            "# Spin-off policy\n\n## Money\n\nCERN does not invest capital in spin-off companies. "
            "CERN gives advice.\n\n## Labels\n\nA spin-off may use the CERN label after approval.",
            organisation="CERN",
            effective_from="2018-08-01",
        ),
    )
    write(
        "old.md",
        document("# Old policy\n\nCERN may invest capital in spin-off companies.", organisation="CERN"),
    )
    write(
        "new.md",
        document(
            "# Old policy, ended\n\nThe old policy on capital ended.", supersedes="old", effective_from="2018-08-01"
        ),
    )
    write("internal.md", document("# Internal note\n\nThe canary margin is 17 percent.", audience="staff"))
    write(
        "whom.md",
        document(
            "# Transfer office\n\nThe office helps.", kind="contact", organisation="CERN", url="https://example.org/kt"
        ),
    )
    run_sync()


@contextmanager
def opened(settings: IndexSettings, embedder: HashingEmbedder) -> Iterator[Assistant]:
    with (
        closing(Catalog.open(settings.index, None)) as catalog,
        closing(LiveIndex(lambda: open_reader(settings, embedder.name), catalog.generation)) as live,
    ):
        yield Assistant(live, Retriever(embedder, 100), AssistantSettings(), today=lambda: TODAY)


@pytest.fixture
def assistant(library: None, settings: IndexSettings, embedder: HashingEmbedder) -> Iterator[Assistant]:
    with opened(settings, embedder) as ready:
        yield ready


@pytest.fixture
def client(library: None, settings: IndexSettings, embedder: HashingEmbedder) -> Iterator[TestClient]:
    keys = AssistantSettings.model_validate({"staff_keys": f"{STAFF_KEY}, another-key"})
    with TestClient(create_app(lambda: opened(settings, embedder), keys)) as ready:
        yield ready
