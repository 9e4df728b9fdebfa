from __future__ import annotations

import pytest

from assistant.bootstrap import open_assistant
from assistant.settings import AssistantSettings
from assistant.types import AnswerStatus, Question
from ingest.embed import open_embedder
from ingest.folder import folder_of
from ingest.settings import IndexSettings
from ingest.sync import sync
from ingest.types import Audience
from tests.conftest import TODAY, Write, document


@pytest.fixture
def synced(write: Write, settings: IndexSettings) -> IndexSettings:
    """A document about the labs of Flanders Make, in an index of the default model."""
    text = "# Flanders Make\n\nCompanies use the labs of Flanders Make to make new products."
    folder = write("make.md", document(text, organisation="Flanders Make")).parent
    embedder = open_embedder(settings.embedding_model, settings.model_cache)
    sync(folder_of(folder, settings), settings, embedder, TODAY)
    return settings


@pytest.mark.parametrize(
    "question", ["Hoe maak ik stoofvlees?", "How do I make a cherry pie?", "Wie bekomme ich Flecken aus dem Teppich?"]
)
def test_a_question_far_from_every_document_is_out_of_scope(synced: IndexSettings, question: str) -> None:
    with open_assistant(synced, AssistantSettings()) as assistant:
        answer = assistant.answer(Question(question, Audience.PUBLIC))
    assert answer.status is AnswerStatus.OUT_OF_SCOPE
    assert not answer.contacts


def test_a_question_about_the_weather_needs_a_document_that_is_nearer(synced: IndexSettings) -> None:
    with open_assistant(synced, AssistantSettings()) as assistant:
        answer = assistant.answer(Question("Will it rain on companies at labs?", Audience.PUBLIC))
    assert answer.status is AnswerStatus.OUT_OF_SCOPE


def test_a_question_that_names_an_organisation_is_none_of_these(synced: IndexSettings) -> None:
    with open_assistant(synced, AssistantSettings()) as assistant:
        answer = assistant.answer(Question("Who is the cook of Flanders Make?", Audience.PUBLIC))
    assert answer.status is not AnswerStatus.OUT_OF_SCOPE
