"""The retriever in LangChain's hands, with the real model, and the example of README."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from langchain_core.retrievers import BaseRetriever

import assistant
from assistant import LiaisonRetriever
from assistant.bootstrap import open_assistant
from assistant.settings import AssistantSettings
from ingest.embed import open_embedder
from ingest.errors import IndexMissing
from ingest.folder import folder_of
from ingest.settings import IndexSettings
from ingest.sync import sync
from ingest.types import Audience
from tests.assistant.conftest import DOCUMENTS
from tests.conftest import ROOT, TODAY

QUESTION = "Does CERN invest capital in spin-offs?"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> IndexSettings:
    folder = tmp_path_factory.mktemp("corpus")
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    settings = IndexSettings(index=tmp_path_factory.mktemp("index"))
    embedder = open_embedder(settings.embedding_model, settings.model_cache)
    sync(folder_of(folder, settings), settings, embedder, TODAY)
    return settings


@pytest.fixture
def retriever(index: IndexSettings) -> Iterator[LiaisonRetriever]:
    with LiaisonRetriever(index=index.index, k=3) as ready:
        yield ready


def test_it_is_a_retriever_whose_documents_can_be_cited(retriever: LiaisonRetriever, index: IndexSettings) -> None:
    assert isinstance(retriever, BaseRetriever)
    found = retriever.invoke(QUESTION)
    first = found[0].metadata
    assert len(found) == 3
    assert set(first) == {
        "document", "version", "title", "organisation", "section", "page", "start", "end", "quote", "language",
        "effective_from", "url", "source_url", "score",
    }  # fmt: skip
    assert (first["document"], first["effective_from"]) == ("policy", "2018-08-01")
    with open_assistant(index, AssistantSettings()) as ready, ready.index.reader() as reader:
        page = reader.page(first["version"], first["page"])
    assert page is not None
    assert page.text[first["start"] : first["end"]] == first["quote"]
    assert [one.metadata["score"] for one in found] == sorted((one.metadata["score"] for one in found), reverse=True)


def test_it_answers_asynchronously_and_in_batches(retriever: LiaisonRetriever) -> None:
    one = asyncio.run(retriever.ainvoke(QUESTION))
    assert [document.id for document in retriever.batch([QUESTION])[0]] == [document.id for document in one]


def test_it_shows_what_is_public_unless_told_otherwise(retriever: LiaisonRetriever, index: IndexSettings) -> None:
    def found(source: LiaisonRetriever) -> set[str]:
        return {document.metadata["document"] for document in source.invoke("What is the canary margin?")}

    with LiaisonRetriever(index=index.index, audience=Audience.STAFF) as staff:
        assert "internal" in found(staff)
    assert "internal" not in found(retriever)


def test_without_an_index_it_says_what_to_run(tmp_path_factory: pytest.TempPathFactory) -> None:
    with (
        pytest.raises(IndexMissing, match="python -m ingest"),
        LiaisonRetriever(index=tmp_path_factory.mktemp("none")) as lost,
    ):
        lost.invoke(QUESTION)


def test_the_package_alone_imports_none_of_it() -> None:
    program = "import sys, assistant; print(sorted({'langchain_core', 'chromadb', 'fastapi'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        assistant.Nothing  # noqa: B018


def test_the_example_of_readme_runs(index: IndexSettings) -> None:
    example = (ROOT / "README.md").read_text(encoding="utf-8").split("```python\n", 1)[1].split("```", 1)[0]
    environment = {**os.environ, "LIAISON_INDEX": str(index.index)}
    done = subprocess.run(
        [sys.executable, "-c", example], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Spin-off policy, page 1: CERN does not invest capital in spin-off companies." in done.stdout
