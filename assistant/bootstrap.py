"""The one place where the parts of the assistant are chosen and put together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from assistant.answer import Assistant
from assistant.retrieve import Retriever
from assistant.settings import AssistantSettings
from ingest.catalog import Catalog
from ingest.embed import open_embedder
from ingest.errors import IndexDamaged
from ingest.index import IndexReader, open_reader
from ingest.live import LiveIndex
from ingest.settings import IndexSettings
from ingest.writer import open_writer


@contextmanager
def open_assistant(index_settings: IndexSettings, settings: AssistantSettings) -> Iterator[Assistant]:
    """An assistant over an index, which follows the index's syncs until the block ends.

    Raises:
        IndexMissing: nothing was synced there.
        IndexMismatch: the index belongs to another embedding model or a newer program.
    """
    embedder = open_embedder(index_settings.embedding_model, index_settings.model_cache)
    with (
        closing(Catalog.open(index_settings.index, index_settings.catalog_secret)) as catalog,
        closing(LiveIndex(lambda: _whole(index_settings, embedder.name), catalog.generation)) as live,
    ):
        yield Assistant(live, Retriever(embedder, settings.candidates), settings)


def _whole(settings: IndexSettings, model: str) -> IndexReader:
    """The newest reader; stores that were damaged are built anew from the catalog first."""
    try:
        return open_reader(settings, model)
    except IndexDamaged:
        with open_writer(settings, model) as writer:
            writer.rebuild()
        return open_reader(settings, model)
