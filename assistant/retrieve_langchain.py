"""The index as a retriever for LangChain: passages with all that a citation needs."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Self

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field, PrivateAttr

from assistant.answer import Assistant
from assistant.bootstrap import open_assistant
from assistant.settings import assistant_settings
from assistant.types import Question
from assistant.wire import hit_as_json
from ingest.settings import index_settings
from ingest.types import Audience, Hit, Kind


class LiaisonRetriever(BaseRetriever):
    """Finds passages in an index for LangChain's chains; follows the index's syncs until it is closed.

    Each document's `page_content` is a passage; its metadata say where it stands: `document`, `version`, `title`,
    `organisation`, `section`, `page`, `start` and `end` (code points of the page's text), `quote` (that stretch),
    `language`, `effective_from`, `url`, `source_url` and `score`. A chain's readers are unknown, so that they see what
    is public unless `audience` says otherwise.

    Raises:
        IndexMissing, IndexMismatch: at the first question, where there is no index that fits.
    """

    index: Path | None = Field(None, description="folder of the index; default LIAISON_INDEX, then .liaison/")
    audience: Audience = Audience.PUBLIC
    k: int = Field(8, ge=1, description="most passages")
    as_of: date | None = None
    language: str | None = None
    kinds: frozenset[Kind] = frozenset()
    organisations: frozenset[str] = frozenset()
    _opened: ExitStack = PrivateAttr(default_factory=ExitStack)
    _assistant: Assistant | None = PrivateAttr(None)
    _lock: Any = PrivateAttr(default_factory=Lock)

    def close(self) -> None:
        """Gives back memory and files; the next question opens them again."""
        with self._lock:
            self._assistant = None
            self._opened.close()

    def __enter__(self) -> Self:
        """The retriever, which is closed at the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes the retriever."""
        self.close()

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        question = Question(
            query,
            self.audience,
            as_of=self.as_of,
            language=self.language,
            kinds=self.kinds,
            organisations=self.organisations,
        )
        return [_document(hit) for hit in self._ready().search(question, self.k).hits]

    def _ready(self) -> Assistant:
        with self._lock:
            if self._assistant is None:
                opening = open_assistant(index_settings(self.index), assistant_settings())
                self._assistant = self._opened.enter_context(opening)
            return self._assistant


def _document(hit: Hit) -> Document:
    shown = hit_as_json(hit)
    place = ("document", "version", "title", "organisation", "section", "page", "start", "end", "language", "url")
    metadata = {name: shown[name] for name in place}
    first = hit.chunk.spans[0]
    effective = hit.version.effective_from
    metadata["quote"] = hit.chunk.text[: first.end - first.start]
    metadata["effective_from"] = effective.isoformat() if effective else None
    metadata["source_url"] = hit.version.source_url
    metadata["score"] = hit.scores.total
    return Document(id=hit.chunk_id, page_content=hit.chunk.text, metadata=metadata)
