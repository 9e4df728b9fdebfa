"""Writing an index so that a sync counts wholly or not at all: stage, copy, change, verify, commit, sweep."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from ingest.analyse import neighbours, terms
from ingest.catalog import Catalog, ChunkKey, Commit, Draft, Snapshot, StoredChunk, batched, version_of
from ingest.embed import Embedder, FloatMatrix
from ingest.errors import IndexDamaged, IndexLocked
from ingest.index import STORES, opened_stores, require_model
from ingest.lexical import Lexical, LexicalEntry
from ingest.lexicon.gloss import ENGLISH, Glosser
from ingest.lexicon.lexicon import Lexicon, lexicon_of
from ingest.lexicon.sense import Sense
from ingest.settings import IndexSettings
from ingest.split import embedded_text, indexed_text
from ingest.types import Chunk, Version
from ingest.validity import Timeline
from ingest.vectors import Vectors

_WINDOW = 2_000  # chunks in memory at once while the stores are written
# A graph that much was taken out of may no longer lead to all that is left (seen after some 25 syncs that each replaced
# a third: `make slow`), and building it anew costs 0.4 ms a chunk.
_MOST_REMOVED = 0.2
_KEPT_STORES = 3  # a reader that is changing over may still open files of the last ones


@dataclass(frozen=True, slots=True)
class Changes:
    """What a sync found: staged versions to record, files that moved, and documents whose files are gone.

    `digests` names, by chunk, vectors that take the place of older ones.
    """

    recorded: tuple[str, ...] = ()
    paths: Mapping[str, str] = field(default_factory=dict)
    withdrawn: tuple[str, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Move:
    """A version whose chunks go from one shelf of the stores to another; None is no shelf."""

    version: str
    old_shelf: str | None
    new_shelf: str | None


class IndexWriter:
    """The one writer of an index; `open_writer` makes one."""

    def __init__(self, settings: IndexSettings, catalog: Catalog, embedder: Embedder) -> None:
        self.catalog = catalog
        self._root = settings.index / STORES
        self._embedder = embedder
        self._lexicon = _lexicon(settings, embedder)
        self.lead_with(catalog.snapshot().glossary)

    def lead_with(self, glossary: Sequence[Sense]) -> None:
        """Puts a glossary ahead of the lexicon, for what is glossed from now on and for readers of the next commit."""
        self._glossary = tuple(glossary)
        self.glosser = Glosser(self._lexicon.led_by(self._glossary), self._embedder.languages)

    def stage(self, drafts: Sequence[Draft]) -> int:
        """Embeds what was never embedded and stores new versions unseen; the number of texts embedded."""
        texts = {
            digest: (draft.version, chunk)
            for draft in drafts
            for digest, chunk in zip(draft.digests, draft.chunks, strict=True)
        }
        embedded = self._embed(texts)
        self.catalog.stage(drafts)
        return embedded

    def gloss_anew(self) -> tuple[Mapping[str, str], int]:
        """By chunk, the new digests of those whose gloss is another with this lexicon, and the number embedded.

        Nothing to do where the lexicon is the one that the last commit was made with.
        """
        snapshot = self.catalog.snapshot()
        if snapshot.lexicon == self.glosser.version:
            return {}, 0
        versions = snapshot.timeline.versions
        glossed = [id_ for id_, version in versions.items() if not self.glosser.reads_itself(version.language)]
        digests: dict[str, str] = {}
        embedded = 0
        for window in batched(self.catalog.chunks_of(glossed), _WINDOW):
            changed: dict[str, tuple[Version, Chunk]] = {}
            for stored in window:
                version = versions[stored.version]
                digest = draft_digest(version, stored.chunk, self.glosser)
                if digest != stored.digest:
                    digests[stored.id] = digest
                    changed[digest] = (version, stored.chunk)
            embedded += self._embed(changed)
        return digests, embedded

    def _embed(self, texts: Mapping[str, tuple[Version, Chunk]]) -> int:
        """Keeps the vectors of those digests that have none; their number."""
        model = self._embedder.name
        known = self.catalog.known_vectors(model, list(texts))
        missing = [digest for digest in texts if digest not in known]
        if missing:
            vectors = self._embedder.embed([_embedded_text(*texts[digest], self.glosser) for digest in missing])
            self.catalog.cache_vectors(model, missing, vectors)
        return len(missing)

    def publish(self, changes: Changes, today: date) -> int:
        """Makes the changes count, all at once; the generation that readers see from then on.

        Does nothing, and keeps the generation, where nothing changed and no version passed its last day.
        """
        snapshot = self.catalog.snapshot()
        generation = snapshot.generation + 1
        timeline = self._next_timeline(snapshot, changes, generation, today)
        moves = self._moves(timeline, today, {version_of(chunk) for chunk in changes.digests})
        other_lexicon = (self.glosser.version, self._glossary) != (snapshot.lexicon, snapshot.glossary)
        if not (changes.recorded or changes.paths or changes.withdrawn or moves or other_lexicon):
            return snapshot.generation
        self.catalog.set_model(self._embedder.name)
        shelves = {move.version: move.new_shelf for move in moves}
        removed = snapshot.removed + self.catalog.chunk_count(move.version for move in moves if move.old_shelf)
        if removed > _MOST_REMOVED * sum(snapshot.chunk_counts.values()):
            moves = [Move(id_, None, shelf) for id_, shelf in {**self.catalog.shelves(), **shelves}.items()]
            stores = self._changed(None, generation, moves, timeline, changes.digests)
            removed = 0
        else:
            stores = self._changed(snapshot.stores, generation, moves, timeline, changes.digests)
        self.catalog.commit(
            generation,
            Commit(
                stores,
                removed,
                changes.recorded,
                dict.fromkeys(changes.withdrawn, today),
                changes.paths,
                shelves,
                changes.digests,
                self.glosser.version,
                self._glossary,
            ),
        )
        self._sweep_stores()
        return generation

    def recover(self) -> None:
        """Drops what an interrupted sync left, and builds stores anew that are not there any more."""
        self.catalog.sweep()
        self._sweep_stores()
        stores = self.catalog.snapshot().stores
        if stores is not None and not (self._root / stores).is_dir():
            self.rebuild()

    def rebuild(self) -> None:
        """Builds the stores anew from the catalog, as a generation of its own; nothing is embedded."""
        snapshot = self.catalog.snapshot()
        generation = snapshot.generation + 1
        moves = [Move(version, None, shelf) for version, shelf in self.catalog.shelves().items()]
        stores = self._changed(None, generation, moves, snapshot.timeline, {})
        commit = Commit(stores, 0, (), {}, {}, {}, {}, snapshot.lexicon, snapshot.glossary)
        self.catalog.commit(generation, commit)

    def _next_timeline(self, snapshot: Snapshot, changes: Changes, generation: int, today: date) -> Timeline:
        versions = dict(snapshot.timeline.versions)
        staged_versions = self.catalog.versions([id_ for id_ in changes.recorded if id_ not in versions])
        for id_ in changes.recorded:
            staged = versions.get(id_) or staged_versions.get(id_)
            if staged is None:
                raise IndexDamaged(f"the staged version {id_} is gone: run `python -m ingest CORPUS` again")
            versions[id_] = replace(staged, recorded=generation, withdrawn=None)
        for id_ in changes.withdrawn:
            versions[id_] = replace(versions[id_], withdrawn=today)
        return Timeline(versions.values())

    def _moves(self, timeline: Timeline, today: date, embedded_anew: Collection[str]) -> list[Move]:
        """The versions that change shelves, or stay on theirs with other vectors."""
        before = self.catalog.shelves()
        after = {version: timeline.shelf(version, today) for version in timeline.versions}
        named = {version: shelf.name if shelf else None for version, shelf in after.items()}
        return [
            Move(version, before.get(version), shelf)
            for version, shelf in named.items()
            if before.get(version) != shelf or (shelf and version in embedded_anew)
        ]

    def _changed(
        self,
        current: str | None,
        generation: int,
        moves: Sequence[Move],
        timeline: Timeline,
        digests: Mapping[str, str],
    ) -> str:
        """The name of stores in which the moves are made: a copy of the current ones, which readers go on with.

        Where there are no current ones, stores are built from nothing. `digests` are those that chunks get anew.
        """
        if current is not None and not moves:
            return current
        name = f"{generation:06d}"
        shutil.rmtree(self._root / name, ignore_errors=True)
        if current is not None:
            shutil.copytree(self._root / current, self._root / name)
        with opened_stores(self._root / name) as (vectors, lexical):
            self._place(moves, timeline, digests, vectors, lexical)
            self._verify(moves, vectors, lexical)
        return name

    def _place(
        self,
        moves: Sequence[Move],
        timeline: Timeline,
        digests: Mapping[str, str],
        vectors: Vectors,
        lexical: Lexical,
    ) -> None:
        """Takes the chunks of moved versions off their old shelves and puts them on their new ones."""
        leaving = {move.version: move.old_shelf for move in moves if move.old_shelf is not None}
        arriving = _arriving(moves)
        entries = (
            (arriving[stored.version], _lexical_entry(stored, timeline.versions[stored.version], self.glosser))
            for stored in self.catalog.chunks_of(arriving)
        )
        with ThreadPoolExecutor(1) as beside:
            written = beside.submit(lexical.write, entries, [(shelf, version) for version, shelf in leaving.items()])
            self._place_vectors(leaving, arriving, digests, vectors)
            written.result()

    def _place_vectors(
        self, leaving: Mapping[str, str], arriving: Mapping[str, str], digests: Mapping[str, str], vectors: Vectors
    ) -> None:
        for shelf, chunks in self._windows(leaving):
            vectors.remove(shelf, [key.id for key in chunks])
        for shelf, chunks in self._windows(arriving):
            wanted = [digests.get(key.id, key.digest) for key in chunks]
            cached = self.catalog.vectors(self._embedder.name, wanted)
            matrix: FloatMatrix = np.stack([cached[digest] for digest in wanted])
            vectors.add(shelf, [key.id for key in chunks], matrix)

    def _verify(self, moves: Sequence[Move], vectors: Vectors, lexical: Lexical) -> None:
        """Counts what was written, before it counts for readers."""
        arriving = _arriving(moves)
        expected: Counter[str] = Counter()
        for shelf, chunks in self._windows(arriving):
            expected.update(key.version for key in chunks)
            arrived = len(vectors.present(shelf, [key.id for key in chunks]))
            _require_equal("vectors", arrived, len(chunks))
        for version, shelf in arriving.items():
            _require_equal("lexical index", lexical.count_of(shelf, version), expected[version])

    def _windows(self, places: Mapping[str, str]) -> Iterator[tuple[str, list[ChunkKey]]]:
        """The keys of chunks, some thousands at once, with the shelf that their version is said to stand on."""
        for shelf in sorted(set(places.values())):
            versions = sorted(version for version, place in places.items() if place == shelf)
            for window in batched(self.catalog.chunk_keys_of(versions), _WINDOW):
                yield shelf, window

    def _sweep_stores(self) -> None:
        """Drops stores that never counted, and old ones but for the last few, which readers may still change from."""
        current = self.catalog.snapshot().stores or ""
        names = sorted(path.name for path in self._root.glob("*"))
        kept = [name for name in names if name <= current][-_KEPT_STORES:]
        for name in set(names) - set(kept):
            shutil.rmtree(self._root / name, ignore_errors=True)


def draft_digest(version: Version, chunk: Chunk, glosser: Glosser) -> str:
    """The name under which the vector of a chunk is cached: a digest of what the model reads of it."""
    return hashlib.sha256(_embedded_text(version, chunk, glosser).encode()).hexdigest()


def _embedded_text(version: Version, chunk: Chunk, glosser: Glosser) -> str:
    return glosser.as_read(embedded_text(version.title, chunk), version.language)


@contextmanager
def open_writer(settings: IndexSettings, embedder: Embedder) -> Iterator[IndexWriter]:
    """The index for writing, under its lock, with whatever an interrupted sync left put right.

    Raises:
        IndexLocked: another sync did not finish within the time set.
        IndexMismatch: the index belongs to another embedding model or a newer program.
        LexiconError: a list of `LIAISON_LEXICONS` is malformed.
    """
    settings.index.mkdir(parents=True, exist_ok=True)
    with _locked(settings.index, settings.lock_seconds):
        catalog = Catalog.open(settings.index, settings.catalog_secret, create=True)
        try:
            require_model(catalog.model(), embedder.name)
            writer = IndexWriter(settings, catalog, embedder)
            writer.recover()
            yield writer
        finally:
            catalog.close()


def _lexicon(settings: IndexSettings, embedder: Embedder) -> Lexicon:
    """The lexicon for a model; it is only opened for one that does not read every language."""
    return Lexicon() if embedder.languages is None else lexicon_of(settings)


@contextmanager
def _locked(directory: Path, seconds: float) -> Iterator[None]:
    """One writer at a time; the lock goes with the process that holds it, however that ends."""
    lock = FileLock(directory / "sync.lock", timeout=seconds)
    try:
        lock.acquire()
    except Timeout as error:
        holder = (directory / "sync.holder").read_text() if (directory / "sync.holder").exists() else "another process"
        raise IndexLocked(
            f"{holder} is syncing {directory}: wait for it, or set LIAISON_LOCK_SECONDS higher"
        ) from error
    try:
        (directory / "sync.holder").write_text(_holder())
        yield
    finally:
        lock.release()


def _holder() -> str:
    return f"process {os.getpid()} on {socket.gethostname()} (since {datetime.now(UTC):%Y-%m-%d %H:%M} UTC)"


def _arriving(moves: Sequence[Move]) -> dict[str, str]:
    return {move.version: move.new_shelf for move in moves if move.new_shelf is not None}


def _lexical_entry(stored: StoredChunk, version: Version, glosser: Glosser) -> LexicalEntry:
    text = indexed_text(version.title, stored.chunk)
    glossed = terms(glosser.as_read(text, version.language), ENGLISH) if glosser.glosses(version.language) else ()
    own, adjacent = terms(text, version.language), neighbours(text, version.language)
    return LexicalEntry(stored.id, stored.version, own, adjacent, glossed)


def _require_equal(store: str, held: int, expected: int) -> None:
    if held != expected:
        raise IndexDamaged(
            f"{expected} chunks were written and {held} arrived in the {store}: nothing was committed, "
            "run `python -m ingest CORPUS` again"
        )
