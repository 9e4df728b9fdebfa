"""The dense half: one Chroma collection a shelf, holding nothing but chunk ids and vectors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np

from ingest.embed import FloatMatrix, FloatVector
from ingest.errors import IndexDamaged

if TYPE_CHECKING:  # Chroma takes most of a second to import, which a sync that finds nothing to do need not wait for
    from chromadb import Collection
    from chromadb.api import ClientAPI
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.types import QueryResult

_LARGEST_BATCH = 5_000  # Chroma takes 5,461 at most
_CONFIGURATION: CreateCollectionConfiguration = {"hnsw": {"space": "cosine", "ef_search": 200, "max_neighbors": 24}}
T = TypeVar("T")


class Vectors:
    """A handle on the collections as they are now; it does not see what another process writes later.

    Every handle has a client of its own, so that an old one goes on serving while a new one is opened, and closing it
    gives its memory back.
    """

    def __init__(self, directory: Path, shelves: Sequence[str]) -> None:
        from chromadb.errors import ChromaError

        try:
            self._client = _client(directory)
        except (ChromaError, ValueError) as error:  # Chroma says ValueError of a folder that it cannot use
            raise IndexDamaged(f"Chroma cannot open {directory}: {error}") from error
        # The client forgets its system, and then cannot stop it, once another client is opened.
        self._system = cast(Any, self._client)._system
        self._collections = {shelf: self._collection(shelf) for shelf in shelves}
        self._counts: dict[str, int] = {}

    def _collection(self, shelf: str) -> Collection:
        return self._client.get_or_create_collection(shelf, embedding_function=None, configuration=_CONFIGURATION)

    def close(self) -> None:
        """Gives back memory and files; the handle is of no use afterwards."""
        self._system.stop()

    def count(self, shelf: str) -> int:
        """The number of vectors on a shelf."""
        if shelf not in self._counts:  # Chroma counts one by one, which every search would wait for
            self._counts[shelf] = self._collections[shelf].count()
        return self._counts[shelf]

    def warm(self) -> None:
        """Loads every collection, so that this handle keeps what it shows now, whatever others write."""
        for collection in self._collections.values():
            first = collection.get(limit=1, include=["embeddings"])["embeddings"]
            if first is not None and len(first):
                collection.query(query_embeddings=np.asarray(first), n_results=1, include=[])

    def add(self, shelf: str, ids: Sequence[str], vectors: FloatMatrix) -> None:
        """Puts vectors (row i for id i) on a shelf; an id that is there already is replaced."""
        self._counts.pop(shelf, None)
        for start in range(0, len(ids), _LARGEST_BATCH):
            end = start + _LARGEST_BATCH
            self._collections[shelf].upsert(ids=list(ids[start:end]), embeddings=np.asarray(vectors[start:end]))

    def remove(self, shelf: str, ids: Sequence[str]) -> None:
        """Takes vectors off a shelf; an id that is not there is no error."""
        self._counts.pop(shelf, None)
        for batch in _batched(self.present(shelf, ids), _LARGEST_BATCH):
            self._collections[shelf].delete(ids=batch)

    def present(self, shelf: str, ids: Sequence[str]) -> list[str]:
        """Those of the ids that the shelf holds."""
        found: list[str] = []
        for batch in _batched(ids, _LARGEST_BATCH):
            found.extend(self._collections[shelf].get(ids=batch, include=[])["ids"])
        return found

    def search(self, shelf: str, vector: FloatVector, limit: int) -> list[tuple[str, float]]:
        """The nearest chunks of a shelf, best first, each with its cosine similarity."""
        available = min(limit, self.count(shelf))
        if available == 0:
            return []
        result = self._collections[shelf].query(
            query_embeddings=np.asarray([vector]), n_results=available, include=["distances"]
        )
        return _neighbours(result)


def _client(directory: Path) -> ClientAPI:
    from chromadb import PersistentClient
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    # Clients of one path share one system, and with it what they saw when it was opened. Forgetting the shared ones
    # makes this client open the files anew, while earlier handles go on with theirs.
    SharedSystemClient.clear_system_cache()
    return PersistentClient(path=str(directory), settings=Settings(anonymized_telemetry=False))


def _neighbours(result: QueryResult) -> list[tuple[str, float]]:
    distances = result["distances"] or [[]]
    return [(id_, 1.0 - float(distance)) for id_, distance in zip(result["ids"][0], distances[0], strict=True)]


def _batched(items: Sequence[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
