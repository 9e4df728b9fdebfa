"""The one place where the parts of the assistant are chosen and put together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from assistant.answer import Assistant
from assistant.desk import Desk
from assistant.generative import ChatEngine, open_chat
from assistant.keys import KeyFile
from assistant.retrieve import Retriever
from assistant.settings import AssistantSettings
from ingest.catalog import Catalog
from ingest.embed import Embedder, open_embedder
from ingest.errors import IndexDamaged
from ingest.index import IndexReader, open_reader
from ingest.journal import Journal
from ingest.lexicon.lexicon import lexicon_of
from ingest.live import LiveIndex
from ingest.settings import IndexSettings
from ingest.writer import open_writer


@contextmanager
def open_assistant(index_settings: IndexSettings, settings: AssistantSettings) -> Iterator[Assistant]:
    """An assistant over an index, which follows the index's syncs until the block ends.

    Raises:
        IndexMissing: nothing was synced there.
        IndexMismatch: the index belongs to another embedding model or a newer program.
        ChatUnavailable: the chat model of the settings cannot be opened.
        LexiconError: a list of `LIAISON_LEXICONS` is malformed.
    """
    embedder = open_embedder(index_settings.embedding_model, index_settings.model_cache)
    lexicon = lexicon_of(index_settings)
    with (
        closing(Catalog.open(index_settings.index, index_settings.catalog_secret)) as catalog,
        closing(LiveIndex(lambda: _whole(index_settings, embedder), catalog.generation)) as live,
    ):
        yield Assistant(live, Retriever(embedder, settings.candidates, lexicon), settings, chat=_chat(settings))


@contextmanager
def open_desk(index_settings: IndexSettings, settings: AssistantSettings) -> Iterator[Desk]:
    """An assistant with the journal of its index, for a server.

    Raises:
        IndexMissing, IndexMismatch: as `open_assistant`.
        JournalUnavailable: the catalog's database cannot be written.
    """
    with (
        open_assistant(index_settings, settings) as assistant,
        closing(Journal.open(index_settings.index, index_settings.catalog_secret)) as journal,
    ):
        yield Desk(assistant, journal, settings)


def key_file(index_settings: IndexSettings, settings: AssistantSettings) -> KeyFile:
    """The file of keys that goes with an index."""
    return KeyFile(settings.keys_file or index_settings.index / "keys.json")


def _chat(settings: AssistantSettings) -> ChatEngine | None:
    """The chat model, where one is set."""
    return open_chat(settings) if settings.chat_model else None


def _whole(settings: IndexSettings, embedder: Embedder) -> IndexReader:
    """The newest reader; stores that were damaged are built anew from the catalog first."""
    try:
        return open_reader(settings, embedder.name)
    except IndexDamaged:
        with open_writer(settings, embedder) as writer:
            writer.rebuild()
        return open_reader(settings, embedder.name)
