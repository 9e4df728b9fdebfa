"""The three stores as one, read at one generation, whatever a sync does meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache, partial
from itertools import count
from pathlib import Path

from ingest.analyse import terms
from ingest.catalog import Catalog, Snapshot, StoredChunk, version_of
from ingest.embed import FloatVector
from ingest.errors import IndexDamaged, IndexMismatch, IndexMissing
from ingest.lexical import Lexical, LexicalQuery
from ingest.lexicon.sense import Sense
from ingest.settings import IndexSettings
from ingest.types import Page, TermGroup, Version
from ingest.validity import SHELVES, Scope, Shelf, Timeline
from ingest.vectors import Vectors

STORES = "stores"  # below the index folder: one folder of vectors and lexical index for each of the last generations
SHELF_NAMES = tuple(shelf.name for shelf in SHELVES)
# Chunks, as those of all contact points: of so few each is looked at. The stores would be asked for twice as many again
# and again until enough of what they give is among them, and for all they have where there are not enough.
_FEW = 500
_SCOPES = 64  # remembered: an audience's contact points and glossary, and what its readers narrow their questions to


class IndexReader:
    """One generation of an index; every chunk it gives was resolved through the catalog for the asker's scope."""

    def __init__(self, catalog: Catalog, vectors: Vectors, lexical: Lexical, snapshot: Snapshot) -> None:
        self._catalog, self._vectors, self._lexical = catalog, vectors, lexical
        self._snapshot = snapshot
        self._few = lru_cache(maxsize=_SCOPES)(partial(_few_in, catalog, snapshot.timeline))

    @property
    def generation(self) -> int:
        """The number of the sync that this reader shows."""
        return self._snapshot.generation

    @property
    def model(self) -> str | None:
        """The embedding model that the vectors come from; None for an empty index."""
        return self._snapshot.model

    @property
    def timeline(self) -> Timeline:
        """All committed versions, and which of them are in force when."""
        return self._snapshot.timeline

    @property
    def glossary(self) -> tuple[Sense, ...]:
        """What the corpus's glossary says, which goes ahead of the lexicon."""
        return self._snapshot.glossary

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the documents, the most frequent first."""
        counted = Counter(version.language for version in self.timeline.versions.values())
        return tuple(language for language, _ in counted.most_common())

    @property
    def chunk_counts(self) -> Mapping[Shelf, int]:
        """How many chunks stand on each shelf."""
        return {shelf: self._snapshot.chunk_counts.get(shelf.name, 0) for shelf in SHELVES}

    def search_lexical(self, query: LexicalQuery, scope: Scope, limit: int) -> dict[str, float]:
        """The ids of at most `limit` chunks in scope that match, best first, with their BM25 scores."""
        shelves, few = [shelf.name for shelf in scope.shelves], self._few(scope)
        return self._in_scope(lambda wanted: self._lexical.search(query, shelves, wanted, few), scope, limit)

    def search_dense(self, vector: FloatVector, scope: Scope, limit: int) -> dict[str, float]:
        """The ids of at most `limit` chunks in scope nearest to the vector, best first, with their cosines."""
        few = self._few(scope)
        if few is not None:
            return self._in_scope(lambda wanted: self._nearest_of(few, vector)[:wanted], scope, limit)
        return self._in_scope(lambda wanted: self._nearest(vector, scope, wanted), scope, limit)

    def vectors_of(self, ids: Sequence[str]) -> Mapping[str, FloatVector]:
        """The vectors of these chunks, of length 1, by id.

        The catalog gives 60 of them in 1 ms, Chroma in 4 ms.
        """
        return self._catalog.vectors_of(self.model, ids) if self.model else {}

    def inverse_frequency(self, group: TermGroup) -> float:
        """How much a group of terms says, by BM25's measure."""
        return self._lexical.inverse_frequency(group)

    def near(self, word: str) -> list[tuple[str, float]]:
        """The index terms most like a word that no document has, with their likeness from 0 to 1."""
        return self._lexical.vocabulary.near(word)

    def holds(self, word: str) -> bool:
        """Whether a document holds a word, in any form that its language gives it."""
        return any(self._lexical.holds(term) for code in self.languages for term in terms(word.casefold(), code))

    def language_of(self, chunk: str) -> str:
        """The language of a chunk's document."""
        return self.timeline.versions[version_of(chunk)].language

    def chunks(self, ids: Sequence[str]) -> Mapping[str, StoredChunk]:
        """The texts of these chunks, by id."""
        return self._catalog.chunks(ids)

    def page(self, version: str, number: int) -> Page | None:
        """A page of a version."""
        return self._catalog.page(version, number)

    def page_numbers(self, version: str) -> list[int]:
        """The numbers of a version's pages."""
        return self._catalog.page_numbers(version)

    def sections(self, version: str, number: int) -> Sequence[str]:
        """The heading paths under which the text of a page stands, in reading order."""
        chunks = (stored.chunk for stored in self._catalog.chunks_of([version]))
        return [chunk.section for chunk in chunks if any(span.page == number for span in chunk.spans)]

    def file(self, version: Version) -> bytes | None:
        """The original file behind a version."""
        return self._catalog.file(version.id)

    def close(self) -> None:
        """Gives back memory and files."""
        self._vectors.close()
        self._catalog.close()

    def _nearest_of(self, versions: Sequence[str], vector: FloatVector) -> list[tuple[str, float]]:
        found = self._catalog.vectors_in(self.model, versions) if self.model else {}
        return sorted(((id_, float(own @ vector)) for id_, own in found.items()), key=lambda hit: -hit[1])

    def _nearest(self, vector: FloatVector, scope: Scope, limit: int) -> list[tuple[str, float]]:
        found = [hit for shelf in scope.shelves for hit in self._vectors.search(shelf.name, vector, limit)]
        return sorted(found, key=lambda hit: -hit[1])[:limit]

    def _in_scope(self, search: Callable[[int], list[tuple[str, float]]], scope: Scope, limit: int) -> dict[str, float]:
        """Asks for more until `limit` hits are in scope or the store has no more."""
        for doubling in count():
            wanted = limit << doubling
            raw = search(wanted)
            kept: dict[str, float] = {}
            for id_, score in raw:
                if id_ not in kept and scope.permits(self.timeline, version_of(id_)):
                    kept[id_] = score
            if len(kept) >= limit or len(raw) < wanted:
                break
        return dict(list(kept.items())[:limit])


def _few_in(catalog: Catalog, timeline: Timeline, scope: Scope) -> tuple[str, ...] | None:
    """The versions in a scope that is narrowed to few; None where it is not."""
    if not (scope.kinds or scope.organisations):
        return None
    versions = tuple(version for version in timeline.versions if scope.permits(timeline, version))
    return versions if len(versions) <= _FEW and catalog.chunk_count(versions) <= _FEW else None


def open_reader(settings: IndexSettings, model: str) -> IndexReader:
    """The index as its last committed sync left it.

    Raises:
        IndexMissing: nothing was synced here.
        IndexMismatch: its vectors are another model's, or it was made by a newer program.
        IndexDamaged: a store lacks chunks that the catalog says it holds.
    """
    catalog = Catalog.open(settings.index, settings.catalog_secret)
    try:
        while True:
            snapshot = catalog.snapshot()
            require_model(snapshot.model, model)
            if snapshot.stores is None:
                raise IndexMissing(f"nothing was synced into {settings.index} yet: run `python -m ingest CORPUS`")
            try:
                vectors, lexical = _whole_stores(settings.index / STORES / snapshot.stores, snapshot)
            except IndexDamaged:
                if catalog.generation() == snapshot.generation:
                    raise
                continue  # a sync was committed meanwhile and swept these stores
            return IndexReader(catalog, vectors, lexical, snapshot)
    except Exception:
        catalog.close()
        raise


def _whole_stores(directory: Path, snapshot: Snapshot) -> tuple[Vectors, Lexical]:
    if not directory.is_dir():
        raise IndexDamaged(f"{directory} is gone: run `python -m ingest CORPUS` again")
    vectors, lexical = open_stores(directory)
    try:
        require_complete(snapshot, vectors, lexical)
        vectors.warm()
    except Exception:
        vectors.close()
        raise
    return vectors, lexical


def open_stores(directory: Path) -> tuple[Vectors, Lexical]:
    """The vectors and the lexical index of a folder, made empty where they are not there.

    Raises:
        IndexDamaged: files that cannot be opened.
    """
    return Vectors(directory / "vectors", SHELF_NAMES), Lexical(directory / "lexical", SHELF_NAMES)


@contextmanager
def opened_stores(directory: Path) -> Iterator[tuple[Vectors, Lexical]]:
    """As `open_stores`, closed at the end."""
    vectors, lexical = open_stores(directory)
    try:
        yield vectors, lexical
    finally:
        vectors.close()


def require_model(found: str | None, wanted: str) -> None:
    """Refuses vectors of another model.

    Raises:
        IndexMismatch: the index was made with another embedding model.
    """
    if found is not None and found != wanted:
        raise IndexMismatch(
            f"the index was made with the embedding model {found}, the setting says {wanted}: "
            "set LIAISON_EMBEDDING_MODEL back, or sync into a new folder with `python -m ingest CORPUS --index DIR`"
        )


def require_complete(snapshot: Snapshot, vectors: Vectors, lexical: Lexical) -> None:
    """Holds the stores to the catalog's counts; they may hold more, which no reader sees.

    Raises:
        IndexDamaged: a store holds fewer chunks of a shelf than the catalog says.
    """
    for shelf, expected in snapshot.chunk_counts.items():
        for name, held in (("vectors", vectors.count(shelf)), ("lexical", lexical.count(shelf))):
            if held < expected:
                raise IndexDamaged(
                    f"the {name} of shelf {shelf} hold {held} chunks of {expected}: run `python -m ingest CORPUS` again"
                )
