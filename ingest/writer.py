"""Writing an index so that a sync counts wholly or not at all: stage, journal, write, verify, commit, sweep."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from ingest.analyse import terms
from ingest.catalog import Catalog, Draft, Move, StoredChunk, batched
from ingest.embed import Embedder, FloatMatrix
from ingest.errors import IndexDamaged, IndexLocked
from ingest.index import open_stores, require_complete, require_model
from ingest.lexical import Lexical, LexicalEntry
from ingest.settings import IndexSettings
from ingest.split import indexed_text
from ingest.types import Chunk, Version
from ingest.validity import Timeline
from ingest.vectors import Vectors

_WINDOW = 2_000  # chunks in memory at once while the stores are written


@dataclass(frozen=True, slots=True)
class Changes:
    """What a sync found: staged versions to record, files that moved, and documents whose files are gone."""

    recorded: tuple[str, ...] = ()
    paths: Mapping[str, str] = field(default_factory=dict)
    withdrawn: tuple[str, ...] = ()


class IndexWriter:
    """The one writer of an index; `open_writer` makes one."""

    def __init__(self, catalog: Catalog, vectors: Vectors, lexical: Lexical) -> None:
        self.catalog = catalog
        self._vectors, self._lexical = vectors, lexical

    def stage(self, drafts: Sequence[Draft], embedder: Embedder) -> int:
        """Embeds what was never embedded and stores new versions unseen; the number of texts embedded."""
        texts = {
            digest: indexed_text(draft.version.title, chunk)
            for draft in drafts
            for digest, chunk in zip(draft.digests, draft.chunks, strict=True)
        }
        known = self.catalog.known_vectors(embedder.name, list(texts))
        missing = {digest: text for digest, text in texts.items() if digest not in known}
        if missing:
            vectors = embedder.embed(list(missing.values()))
            self.catalog.cache_vectors(embedder.name, list(missing), vectors)
        self.catalog.stage(drafts)
        return len(missing)

    def publish(self, changes: Changes, model: str, today: date) -> int:
        """Makes the changes count, all at once; the generation that readers see from then on.

        Does nothing, and keeps the generation, where nothing changed and no version passed its last day.
        """
        generation = self.catalog.generation() + 1
        timeline = self._next_timeline(changes, generation, today)
        moves = self._moves(timeline, generation, today)
        if not (changes.recorded or changes.paths or changes.withdrawn or moves):
            return generation - 1
        self.catalog.set_model(model)
        self.catalog.journal(moves)
        self._place(moves, timeline, model)
        self._verify(moves)
        self.catalog.commit(
            generation,
            recorded=changes.recorded,
            withdrawn=dict.fromkeys(changes.withdrawn, today),
            paths=changes.paths,
        )
        self._finish(moves)
        return generation

    def recover(self) -> None:
        """Undoes what an interrupted sync left before its commit, finishes what it left after it, mends the stores."""
        committed = self.catalog.generation()
        moves = self.catalog.journalled()
        done = [move for move in moves if move.generation <= committed]
        undone = [replace(m, old_shelf=m.new_shelf, new_shelf=m.old_shelf) for m in moves if m.generation > committed]
        self._finish([*done, *undone])
        self.catalog.sweep()
        self._mend()

    def close(self) -> None:
        """Gives back memory and files."""
        self._vectors.close()
        self.catalog.close()

    def _moves(self, timeline: Timeline, generation: int, today: date) -> list[Move]:
        before = self.catalog.shelves()
        after = {version: timeline.shelf(version, today) for version in timeline.versions}
        named = {version: shelf.name if shelf else None for version, shelf in after.items()}
        return [
            Move(version, generation, before.get(version), shelf)
            for version, shelf in named.items()
            if before.get(version) != shelf
        ]

    def _next_timeline(self, changes: Changes, generation: int, today: date) -> Timeline:
        versions = dict(self.catalog.snapshot().timeline.versions)
        for id_ in changes.recorded:
            staged = versions.get(id_) or self.catalog.version(id_)
            if staged is None:
                raise IndexDamaged(f"the staged version {id_} is gone: run `python -m ingest CORPUS` again")
            versions[id_] = replace(staged, recorded=generation, withdrawn=None)
        for id_ in changes.withdrawn:
            versions[id_] = replace(versions[id_], withdrawn=today)
        return Timeline(versions.values())

    def _place(self, moves: Sequence[Move], timeline: Timeline, model: str) -> None:
        """Puts the chunks of moved versions on their new shelves."""
        arriving = _arriving(moves)
        entries = (
            (arriving[stored.version], _lexical_entry(stored, timeline.versions[stored.version]))
            for stored in self.catalog.chunks_of(arriving)
        )
        self._lexical.write(entries, [(shelf, version) for version, shelf in arriving.items()])
        for shelf, chunks in self._windows(arriving):
            cached = self.catalog.vectors(model, [stored.digest for stored in chunks])
            vectors: FloatMatrix = np.stack([cached[stored.digest] for stored in chunks])
            self._vectors.add(shelf, [stored.id for stored in chunks], vectors)

    def _verify(self, moves: Sequence[Move]) -> None:
        """Counts what was written, before it counts for readers."""
        arriving = _arriving(moves)
        expected: Counter[str] = Counter()
        for shelf, chunks in self._windows(arriving):
            expected.update(stored.version for stored in chunks)
            arrived = len(self._vectors.present(shelf, [stored.id for stored in chunks]))
            _require_equal("vectors", arrived, len(chunks))
        for version, shelf in arriving.items():
            _require_equal("lexical index", self._lexical.count_of(shelf, version), expected[version])

    def _windows(self, places: Mapping[str, str]) -> Iterator[tuple[str, list[StoredChunk]]]:
        """The chunks of versions, by the shelf each version is said to stand on, some thousands at a time."""
        for shelf in sorted(set(places.values())):
            versions = [version for version, place in places.items() if place == shelf]
            for window in batched(self.catalog.chunks_of(versions), _WINDOW):
                yield shelf, window

    def _finish(self, moves: Sequence[Move]) -> None:
        """Takes versions off the shelves that they left."""
        leaving = {move.version: move.old_shelf for move in moves if move.old_shelf is not None}
        if leaving:
            self._lexical.write([], [(shelf, version) for version, shelf in leaving.items()])
        for shelf, chunks in self._windows(leaving):
            self._vectors.remove(shelf, [stored.id for stored in chunks])
        if moves:
            self.catalog.forget_journal()

    def _mend(self) -> None:
        """Builds the stores anew from the catalog where they lack what it says they hold."""
        snapshot = self.catalog.snapshot()
        try:
            require_complete(snapshot, self._vectors, self._lexical)
        except IndexDamaged:
            self._vectors.clear()
            self._lexical.clear()
            shelves = self.catalog.shelves()
            moves = [Move(version, snapshot.generation, None, shelf) for version, shelf in shelves.items()]
            self._place(moves, snapshot.timeline, snapshot.model or "")


def draft_digest(title: str, chunk: Chunk) -> str:
    """The name under which the vector of a chunk is cached."""
    return hashlib.sha256(indexed_text(title, chunk).encode()).hexdigest()


@contextmanager
def open_writer(settings: IndexSettings, model: str) -> Iterator[IndexWriter]:
    """The index for writing, under its lock, with whatever an interrupted sync left put right.

    Raises:
        IndexLocked: another sync did not finish within the time set.
        IndexMismatch: the index belongs to another embedding model or a newer program.
    """
    settings.index.mkdir(parents=True, exist_ok=True)
    with _locked(settings.index, settings.lock_seconds):
        catalog = Catalog.open(settings.index, settings.catalog_secret, create=True)
        require_model(catalog.model(), model)
        writer = IndexWriter(catalog, *_stores_or_new(settings))
        try:
            writer.recover()
            yield writer
        finally:
            writer.close()


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


def _stores_or_new(settings: IndexSettings) -> tuple[Vectors, Lexical]:
    """The stores; files of theirs that cannot be opened are dropped, since all they hold can be made again."""
    try:
        return open_stores(settings)
    except IndexDamaged:
        for name in ("vectors", "lexical"):
            shutil.rmtree(settings.index / name, ignore_errors=True)
        return open_stores(settings)


def _arriving(moves: Sequence[Move]) -> dict[str, str]:
    return {move.version: move.new_shelf for move in moves if move.new_shelf is not None}


def _lexical_entry(stored: StoredChunk, version: Version) -> LexicalEntry:
    text = indexed_text(version.title, stored.chunk)
    return LexicalEntry(stored.id, stored.version, terms(text, version.language))


def _require_equal(store: str, held: int, expected: int) -> None:
    if held != expected:
        raise IndexDamaged(
            f"{expected} chunks were written and {held} arrived in the {store}: nothing was committed, "
            "run `python -m ingest CORPUS` again"
        )
