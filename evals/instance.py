"""An instance of the program that can be asked: what a measurement needs of it, and the one over an index at hand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

import assistant as assistant_package
import ingest as ingest_package
from assistant.answer import Assistant
from assistant.bootstrap import open_assistant
from assistant.errors import AssistantError
from assistant.library import Library
from assistant.prompting import load_prompt
from assistant.settings import AssistantSettings
from assistant.types import Question
from assistant.wire import answer_as_json
from evals.types import Case, CitedPage, Found, Reply
from ingest.errors import IngestError
from ingest.settings import IndexSettings
from ingest.types import Audience, Hit

_PROMPTS = ("answer", "standalone")
_OF_NO_ANSWER = {
    *("index", "model_cache", "lock_seconds", "host", "port", "keys_file", "rate_limit", "cors_origins"),
    *("log_format", "log_questions", "log_days"),
}


class Instance(Protocol):
    """What is asked."""

    def ask(self, case: Case) -> Reply:
        """What the instance gives for a question."""
        ...

    def page(self, audience: Audience, document: str, version: str, number: int) -> CitedPage:
        """A page as a reader of that audience opens it."""
        ...

    def in_force(self, audience: Audience, day: date | None) -> frozenset[str]:
        """The versions that such a reader is told are in force on a day; None is today."""
        ...

    def described(self) -> Mapping[str, object]:
        """What is asked: where it is, its settings without secrets, the versions of its parts."""
        ...


class LocalInstance:
    """The program in this process, over an index at hand."""

    def __init__(self, assistant: Assistant, index: IndexSettings, settings: AssistantSettings) -> None:
        self._assistant, self._settings = assistant, (index, settings)

    def ask(self, case: Case) -> Reply:
        """The answer with the passages that it was made from; a fault of the program is told, not raised."""
        question = Question(case.question, case.audience, case.history, case.as_of)
        try:
            answer = self._assistant.answer(question)
        except (AssistantError, IngestError) as error:
            return Reply(None, error=f"{type(error).__name__}: {error}")
        return Reply(answer_as_json(answer), tuple(_found(hit) for hit in answer.explanation.hits))

    def page(self, audience: Audience, document: str, version: str, number: int) -> CitedPage:
        """A page as `GET /documents/{id}/pages/{n}` shows it."""
        with self._library(audience) as library:
            opened = library.page(document, number, version)
        return CitedPage(audience, document, version, number, opened.page.text if opened else None)

    def in_force(self, audience: Audience, day: date | None) -> frozenset[str]:
        """The versions that `GET /documents` lists."""
        with self._library(audience) as library:
            return frozenset(version.id for version in library.documents(day))

    def described(self) -> Mapping[str, object]:
        """Its settings, the program with a digest of its code, and the model of the index."""
        with self._assistant.index.reader() as index:
            model = index.model
        return {
            "instance": "local",
            "settings": {name: value for part in self._settings for name, value in _plain(part).items()},
            "program": f"{version('liaison')} ({_code_digest()})",
            "embedding_model": model,
            "prompts": [load_prompt(name).stamp for name in _PROMPTS] if self._settings[1].chat_model else [],
        }

    @contextmanager
    def _library(self, audience: Audience) -> Iterator[Library]:
        with self._assistant.index.reader() as index:
            yield Library(index, audience, self._assistant.today())


@contextmanager
def open_local(index: IndexSettings, settings: AssistantSettings) -> Iterator[LocalInstance]:
    """The program as the settings have it, until the block ends.

    Raises:
        IndexMissing: nothing was synced there.
        IndexMismatch: the index belongs to another embedding model or a newer program.
    """
    with open_assistant(index, settings) as assistant:
        yield LocalInstance(assistant, index, settings)


def _found(hit: Hit) -> Found:
    return Found(hit.version.document, hit.chunk.section, hit.chunk.spans[0].page)


def _plain(settings: IndexSettings | AssistantSettings) -> Mapping[str, object]:
    """The settings that an answer can depend on, but for those that are secret."""
    secret = {name for name, field in type(settings).model_fields.items() if "Secret" in str(field.annotation)}
    return settings.model_dump(mode="json", exclude=secret | _OF_NO_ANSWER)


@cache
def _code_digest() -> str:
    """Tells apart states of the program that have one version number."""
    digest = hashlib.sha256()
    for package in (ingest_package, assistant_package):
        root = Path(str(package.__file__)).parent
        for path in sorted(root.rglob("*.py")):
            digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]
