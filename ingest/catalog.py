"""The catalog: what exists, which version counts, and every text; all SQL is here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from pydantic import TypeAdapter
from sqlalchemy import (
    Column,
    Connection,
    Date,
    Engine,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    String,
    Table,
    Text,
    bindparam,
    create_engine,
    delete,
    event,
    func,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.exc import SQLAlchemyError

from ingest.embed import FloatMatrix, FloatVector
from ingest.errors import IndexDamaged, IndexMismatch, IndexMissing
from ingest.lexicon.sense import Sense
from ingest.types import Chunk, Page, Version
from ingest.validity import Timeline

SCHEMA = 1
_FILE = "catalog.sqlite"
_BATCH = 500  # rows a statement: SQLite takes at most 999 variables in its oldest builds

_tables = MetaData()
_meta = Table("meta", _tables, Column("key", String(64), primary_key=True), Column("value", Text, nullable=False))
_files = Table(
    "files", _tables, Column("digest", String(64), primary_key=True), Column("content", LargeBinary, nullable=False)
)
_versions = Table(
    "versions",
    _tables,
    Column("id", String(64), primary_key=True),
    Column("document", Text, nullable=False, index=True),
    Column("path", Text, nullable=False),
    Column("stamp", String(64), nullable=False),
    Column("file", String(64), nullable=False),
    Column("recorded", Integer, nullable=True),  # NULL: staged, no reader sees it
    Column("withdrawn", Date, nullable=True),
    Column("shelf", String(32), nullable=True),
    Column("content", Text, nullable=False),
    Column("warnings", Text, nullable=False),
)
_pages = Table(
    "pages",
    _tables,
    Column("version", ForeignKey("versions.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("content", Text, nullable=False),
)
_chunks = Table(
    "chunks",
    _tables,
    Column("id", String(80), primary_key=True),
    Column("version", ForeignKey("versions.id"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("content", Text, nullable=False),
)
_vectors = Table(
    "vectors",
    _tables,
    Column("model", String(200), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)
_COMMITTED = select(_versions.c.content, _versions.c.recorded, _versions.c.withdrawn, _versions.c.path).where(
    _versions.c.recorded.is_not(None)
)
# What every question asks for; to put such a statement together takes as long as to run it.
_CHUNKS_BY_ID = select(_chunks).where(_chunks.c.id.in_(bindparam("ids", expanding=True)))
_VECTORS_OF_MODEL = (
    select(_chunks.c.id, _vectors.c.vector)
    .join(_vectors, _vectors.c.digest == _chunks.c.digest)
    .where(_vectors.c.model == bindparam("model"))
)
_VECTORS_BY_CHUNK = _VECTORS_OF_MODEL.where(_chunks.c.id.in_(bindparam("ids", expanding=True)))
_VECTORS_BY_VERSION = _VECTORS_OF_MODEL.where(_chunks.c.version.in_(bindparam("ids", expanding=True)))
_PAGE_BY_NUMBER = select(_pages.c.content).where(
    _pages.c.version == bindparam("version"), _pages.c.number == bindparam("number")
)
_VERSION = TypeAdapter(Version)
_PAGE = TypeAdapter(Page)
_CHUNK = TypeAdapter(Chunk)
_SENSES = TypeAdapter(tuple[Sense, ...])
_WARNINGS = TypeAdapter(tuple[str, ...])
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Draft:
    """A version with everything that is stored of it, before any reader sees it."""

    version: Version
    stamp: str
    file_digest: str
    content: bytes
    pages: tuple[Page, ...]
    chunks: tuple[Chunk, ...]
    digests: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What the catalog remembers of the file behind a document's latest version."""

    document: str
    version: str
    stamp: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChunkKey:
    """A chunk by its id, its version, and the digest under which its vector is cached."""

    id: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class StoredChunk:
    """A chunk with its id and the digest under which its vector is cached."""

    id: str
    version: str
    digest: str
    chunk: Chunk


@dataclass(frozen=True, slots=True)
class Commit:
    """What a sync changes.

    The stores that count from now on and how many chunks were removed from them since they were built; staged versions
    to record; days of withdrawal, new paths and new shelves by version; new digests by chunk, and the version of the
    lexicon that chunks are glossed with, with the glossary ahead of it.
    """

    stores: str
    removed: int
    recorded: Sequence[str]
    withdrawn: Mapping[str, date]
    paths: Mapping[str, str]
    shelves: Mapping[str, str | None]
    digests: Mapping[str, str]
    lexicon: str
    glossary: tuple[Sense, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a reader of one generation may rely on.

    `stores` names the folder of its vectors and lexical index, `chunk_counts` says how many chunks each shelf of
    them must hold, `removed` how many were taken out of them since they were built, `lexicon` which version of the
    lexicon their glosses were made with, empty where there are none, `glossary` what goes ahead of it.
    """

    generation: int
    stores: str | None
    model: str | None
    timeline: Timeline
    chunk_counts: Mapping[str, int]
    removed: int
    lexicon: str
    glossary: tuple[Sense, ...]


class Catalog:
    """The SQL side of an index."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, directory: Path, url: str | None, *, create: bool = False) -> Catalog:
        """The catalog at `url`, or in the folder.

        Raises:
            IndexMissing: there is none, and `create` is not set.
            IndexMismatch: it was made by a newer program.
        """
        file = directory / _FILE
        if url is None and not create and not file.exists():
            raise IndexMissing(f"no index in {directory}: run `python -m ingest CORPUS --index {directory}` first")
        engine = open_engine(directory, url)
        if create:
            _tables.create_all(engine)
        elif not inspect(engine).has_table("meta"):
            engine.dispose()
            raise IndexMissing("the catalog is empty: run `python -m ingest CORPUS` first")
        catalog = cls(engine)
        catalog._check_schema(create)
        return catalog

    def _check_schema(self, create: bool) -> None:
        found = int(self._read("schema") or SCHEMA)
        if found != SCHEMA:
            self.close()
            age = "a newer" if found > SCHEMA else "an older"
            raise IndexMismatch(
                f"the index was made by {age} program (schema {found}, this one reads {SCHEMA}): "
                "use that program, or sync into a new folder with `--index DIR`"
            )
        if create:
            self._write({"schema": str(SCHEMA)})

    def close(self) -> None:
        """Gives back connections and files."""
        self._engine.dispose()

    # --- what counts ---------------------------------------------------------------------------------------------

    def generation(self) -> int:
        """The number of the last committed sync, 0 before the first.

        Raises:
            IndexDamaged: the catalog cannot be read any more.
        """
        try:
            return int(self._read("generation") or 0)
        except SQLAlchemyError as error:
            raise IndexDamaged(f"the catalog cannot be read: {error}") from error

    def model(self) -> str | None:
        """The name of the embedding model that the vectors come from."""
        return self._read("model")

    def set_model(self, name: str) -> None:
        """Remembers the embedding model; done once for an index."""
        self._write({"model": name})

    def snapshot(self) -> Snapshot:
        """One consistent view of all that is committed."""
        with self._engine.begin() as connection:
            meta = dict(connection.execute(select(_meta.c.key, _meta.c.value)).all())
            # Row by row: all rows at once would take twice the memory of the versions, which no system gets back.
            timeline = Timeline(map(_version, connection.execute(_COMMITTED)))
            counts = connection.execute(
                select(_versions.c.shelf, func.count())
                .join(_chunks, _chunks.c.version == _versions.c.id)
                .where(_versions.c.recorded.is_not(None), _versions.c.shelf.is_not(None))
                .group_by(_versions.c.shelf)
            )
            chunk_counts: dict[str, int] = dict(counts.all())
        return Snapshot(
            generation=int(meta.get("generation", 0)),
            stores=meta.get("stores"),
            model=meta.get("model"),
            timeline=timeline,
            chunk_counts=chunk_counts,
            removed=int(meta.get("removed", 0)),
            lexicon=meta.get("lexicon", ""),
            glossary=_SENSES.validate_json(meta.get("glossary", "[]")),
        )

    def stored_files(self) -> Mapping[str, StoredFile]:
        """By path, the latest version of every document that is not withdrawn."""
        query = (
            select(_versions)
            .where(_versions.c.recorded.is_not(None), _versions.c.withdrawn.is_(None))
            .order_by(_versions.c.recorded)
        )
        with self._engine.connect() as connection:
            latest = {row.document: row for row in connection.execute(query)}
        return {
            row.path: StoredFile(row.document, row.id, row.stamp, _WARNINGS.validate_json(row.warnings))
            for row in latest.values()
        }

    def shelves(self) -> Mapping[str, str | None]:
        """By version, the shelf of the stores that its chunks stand on since the last committed sync."""
        with self._engine.connect() as connection:
            query = select(_versions.c.id, _versions.c.shelf).where(_versions.c.recorded.is_not(None))
            return dict(connection.execute(query).all())

    # --- texts ---------------------------------------------------------------------------------------------------

    def page(self, version: str, number: int) -> Page | None:
        """A page of a version."""
        with self._engine.connect() as connection:
            content = connection.scalar(_PAGE_BY_NUMBER, {"version": version, "number": number})
        return _PAGE.validate_json(content) if content is not None else None

    def page_numbers(self, version: str) -> list[int]:
        """The numbers of a version's pages, ascending."""
        query = select(_pages.c.number).where(_pages.c.version == version).order_by(_pages.c.number)
        with self._engine.connect() as connection:
            return list(connection.scalars(query))

    def file(self, version: str) -> bytes | None:
        """The original file behind a version."""
        query = select(_files.c.content).join(_versions, _versions.c.file == _files.c.digest)
        with self._engine.connect() as connection:
            return connection.scalar(query.where(_versions.c.id == version))

    def chunks(self, ids: Sequence[str]) -> Mapping[str, StoredChunk]:
        """The chunks with these ids that exist, by id."""
        found: dict[str, StoredChunk] = {}
        with self._engine.connect() as connection:
            for batch in batched(ids, _BATCH):
                for row in connection.execute(_CHUNKS_BY_ID, {"ids": batch}):
                    found[row.id] = _stored_chunk(row)
        return found

    def chunks_of(self, versions: Iterable[str]) -> Iterator[StoredChunk]:
        """The chunks of these versions, in reading order within each."""
        return map(_stored_chunk, self._in_reading_order(select(_chunks), versions))

    def chunk_keys_of(self, versions: Iterable[str]) -> Iterator[ChunkKey]:
        """The keys of the chunks of these versions, in the order of `chunks_of`, without reading what they say."""
        query = select(_chunks.c.id, _chunks.c.version, _chunks.c.digest)
        return (ChunkKey(*row) for row in self._in_reading_order(query, versions))

    def _in_reading_order(self, query: Select[Any], versions: Iterable[str]) -> Iterator[Any]:
        with self._engine.connect() as connection:
            for batch in batched(versions, _BATCH):
                of_batch = query.where(_chunks.c.version.in_(batch))
                yield from connection.execute(of_batch.order_by(_chunks.c.version, _chunks.c.ordinal))

    def chunk_count(self, versions: Iterable[str]) -> int:
        """The number of chunks of these versions."""
        query = select(func.count()).select_from(_chunks)
        with self._engine.connect() as connection:
            counts = (connection.scalar(query.where(_chunks.c.version.in_(b))) for b in batched(versions, _BATCH))
            return sum(count or 0 for count in counts)

    def versions(self, ids: Sequence[str]) -> Mapping[str, Version]:
        """Those of these versions that are stored, staged ones included, by id."""
        found: dict[str, Version] = {}
        with self._engine.connect() as connection:
            for batch in batched(ids, _BATCH):
                rows = connection.execute(select(_versions).where(_versions.c.id.in_(batch)))
                found.update((row.id, _version(row)) for row in rows)
        return found

    # --- vectors, cached by the digest of the text and the model ---------------------------------------------------

    def vectors(self, model: str, digests: Sequence[str]) -> Mapping[str, FloatMatrix]:
        """The cached vectors of these texts, by digest."""
        found: dict[str, FloatMatrix] = {}
        with self._engine.connect() as connection:
            for batch in batched(sorted(set(digests)), _BATCH):
                query = select(_vectors.c.digest, _vectors.c.vector)
                rows = connection.execute(query.where(_vectors.c.model == model, _vectors.c.digest.in_(batch)))
                found.update((row.digest, np.frombuffer(row.vector, dtype=np.float32)) for row in rows)
        return found

    def vectors_of(self, model: str, chunks: Sequence[str]) -> Mapping[str, FloatVector]:
        """The cached vectors of these chunks, by chunk id."""
        return self._vectors_by(_VECTORS_BY_CHUNK, model, chunks)

    def vectors_in(self, model: str, versions: Sequence[str]) -> Mapping[str, FloatVector]:
        """The cached vectors of all chunks of these versions, by chunk id."""
        return self._vectors_by(_VECTORS_BY_VERSION, model, versions)

    def _vectors_by(self, query: Select[Any], model: str, ids: Sequence[str]) -> Mapping[str, FloatVector]:
        found: dict[str, FloatVector] = {}
        with self._engine.connect() as connection:
            for batch in batched(ids, _BATCH):
                rows = connection.execute(query, {"model": model, "ids": batch}).all()
                found.update((id_, np.frombuffer(vector, dtype=np.float32)) for id_, vector in rows)
        return found

    def known_vectors(self, model: str, digests: Sequence[str]) -> set[str]:
        """Those of the digests whose vectors are cached."""
        known: set[str] = set()
        with self._engine.connect() as connection:
            for batch in batched(sorted(set(digests)), _BATCH):
                query = select(_vectors.c.digest).where(_vectors.c.model == model, _vectors.c.digest.in_(batch))
                known.update(connection.scalars(query))
        return known

    def cache_vectors(self, model: str, digests: Sequence[str], vectors: FloatMatrix) -> None:
        """Keeps the vectors of new digests; row i belongs to digest i."""
        rows = [
            {"model": model, "digest": digest, "vector": vector.astype(np.float32).tobytes()}
            for digest, vector in zip(digests, vectors, strict=True)
        ]
        with self._engine.begin() as connection:
            _insert(connection, _vectors, rows)

    # --- a sync: stage, commit, sweep --------------------------------------------------------------------------------

    def stage(self, drafts: Sequence[Draft]) -> None:
        """Stores new versions where no reader sees them; one that is there already stays as it is."""
        with self._engine.begin() as connection:
            drafts = _unstored(connection, drafts)
            files = {draft.file_digest: draft.content for draft in drafts}
            known = set(connection.scalars(select(_files.c.digest).where(_files.c.digest.in_(list(files)))))
            _insert(connection, _files, [{"digest": d, "content": c} for d, c in files.items() if d not in known])
            _insert(connection, _versions, [_version_row(draft) for draft in drafts])
            _insert(connection, _pages, [row for draft in drafts for row in _page_rows(draft)])
            _insert(connection, _chunks, [row for draft in drafts for row in _chunk_rows(draft)])

    def commit(self, generation: int, changes: Commit) -> None:
        """The one transaction that makes a sync count: readers see all of it from then on."""
        with self._engine.begin() as connection:
            for batch in batched(changes.recorded, _BATCH):
                values = {"recorded": generation, "withdrawn": None}
                connection.execute(update(_versions).where(_versions.c.id.in_(batch)).values(values))
            for column, by_version in (("withdrawn", changes.withdrawn), ("path", changes.paths)):
                for version, value in by_version.items():
                    connection.execute(update(_versions).where(_versions.c.id == version).values({column: value}))
            for shelf in set(changes.shelves.values()):
                moved = [version for version, place in changes.shelves.items() if place == shelf]
                for batch in batched(moved, _BATCH):
                    connection.execute(update(_versions).where(_versions.c.id.in_(batch)).values(shelf=shelf))
            for chunk, digest in changes.digests.items():
                connection.execute(update(_chunks).where(_chunks.c.id == chunk).values(digest=digest))
            told = {
                "generation": generation,
                "stores": changes.stores,
                "removed": changes.removed,
                "lexicon": changes.lexicon,
                "glossary": _SENSES.dump_json(changes.glossary).decode(),
            }
            _put(connection, {key: str(value) for key, value in told.items()})

    def sweep(self) -> None:
        """Drops what a sync staged and never committed, and files that nothing refers to."""
        staged = select(_versions.c.id).where(_versions.c.recorded.is_(None))
        with self._engine.begin() as connection:
            if connection.scalar(staged.limit(1)) is None:
                return
            connection.execute(delete(_chunks).where(_chunks.c.version.in_(staged)))
            connection.execute(delete(_pages).where(_pages.c.version.in_(staged)))
            connection.execute(delete(_versions).where(_versions.c.recorded.is_(None)))
            connection.execute(delete(_files).where(_files.c.digest.not_in(select(_versions.c.file))))

    # --- what the index says of itself ------------------------------------------------------------

    def _read(self, key: str) -> str | None:
        with self._engine.connect() as connection:
            return connection.scalar(select(_meta.c.value).where(_meta.c.key == key))

    def _write(self, values: Mapping[str, str]) -> None:
        with self._engine.begin() as connection:
            _put(connection, values)


def open_engine(directory: Path, url: str | None) -> Engine:
    """The database at `url`, or the catalog's file in the folder, set up so that readers and a writer do not block."""
    engine = create_engine(url or f"sqlite:///{directory / _FILE}")
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _configure_sqlite)
    return engine


def chunk_id(version: str, ordinal: int) -> str:
    """The id under which all three stores know a chunk."""
    return f"{version}-{ordinal}"


def version_of(chunk: str) -> str:
    """The version that a chunk id belongs to."""
    return chunk.rpartition("-")[0]


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of at most `size`."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _configure_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=30000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    for batch in batched(rows, _BATCH):
        connection.execute(insert(table), batch)


def _put(connection: Connection, values: Mapping[str, str]) -> None:
    connection.execute(delete(_meta).where(_meta.c.key.in_(list(values))))
    _insert(connection, _meta, [{"key": key, "value": value} for key, value in values.items()])


def _unstored(connection: Connection, drafts: Sequence[Draft]) -> list[Draft]:
    ids = [draft.version.id for draft in drafts]
    stored = set(connection.scalars(select(_versions.c.id).where(_versions.c.id.in_(ids))))
    return [draft for draft in drafts if draft.version.id not in stored]


def _version(row: Any) -> Version:
    version = _VERSION.validate_json(row.content)
    return replace(version, recorded=row.recorded or 0, withdrawn=row.withdrawn, path=row.path)


def _stored_chunk(row: Any) -> StoredChunk:
    return StoredChunk(row.id, row.version, row.digest, _CHUNK.validate_json(row.content))


def _version_row(draft: Draft) -> dict[str, object]:
    return {
        "id": draft.version.id,
        "document": draft.version.document,
        "path": draft.version.path,
        "stamp": draft.stamp,
        "file": draft.file_digest,
        "content": _VERSION.dump_json(draft.version).decode(),
        "warnings": _WARNINGS.dump_json(draft.warnings).decode(),
    }


def _page_rows(draft: Draft) -> Iterator[dict[str, object]]:
    for page in draft.pages:
        yield {
            "version": draft.version.id,
            "number": page.number,
            "content": _PAGE.dump_json(page).decode(),
        }


def _chunk_rows(draft: Draft) -> Iterator[dict[str, object]]:
    for ordinal, (chunk, digest) in enumerate(zip(draft.chunks, draft.digests, strict=True)):
        yield {
            "id": chunk_id(draft.version.id, ordinal),
            "version": draft.version.id,
            "ordinal": ordinal,
            "digest": digest,
            "content": _CHUNK.dump_json(chunk).decode(),
        }
