from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.bootstrap import open_assistant
from assistant.settings import AssistantSettings
from assistant.types import AnswerStatus, Question
from ingest.embed import open_embedder
from ingest.errors import IndexMissing
from ingest.folder import folder_of
from ingest.settings import IndexSettings
from ingest.sync import sync
from ingest.types import Audience
from tests.conftest import TODAY, Write, document

QUESTION = Question("Does CERN invest capital in spin-offs?", Audience.PUBLIC)


@pytest.mark.parametrize("store", ["vectors", "lexical", ""], ids=["vectors lost", "lexical index lost", "both lost"])
def test_damaged_stores_are_built_anew_when_the_index_is_opened(
    write: Write, corpus: Path, settings: IndexSettings, store: str
) -> None:
    write("a.md", document("# Policy\n\nCERN does not invest capital in spin-off companies."))
    embedder = open_embedder(settings.embedding_model, settings.model_cache)
    sync(folder_of(corpus, settings), settings, embedder, TODAY)
    shutil.rmtree(settings.index / "stores" / "000001" / store)
    with open_assistant(settings, AssistantSettings()) as assistant:
        answer = assistant.answer(QUESTION)
    assert answer.status is AnswerStatus.ANSWERED


def test_without_an_index_it_says_what_to_run(settings: IndexSettings) -> None:
    with (
        pytest.raises(IndexMissing, match="python -m ingest CORPUS"),
        open_assistant(settings, AssistantSettings()),
    ):
        pass
