"""The journal: what was asked and judged, and who changed what; it stands in the catalog's database."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.exc import SQLAlchemyError

from ingest.catalog import open_engine
from ingest.errors import JournalUnavailable
from ingest.types import Audience

_tables = MetaData()
_answers = Table(
    "answers",
    _tables,
    Column("id", String(64), primary_key=True),
    Column("given", DateTime, nullable=False, index=True),  # UTC
    Column("audience", String(16), nullable=False),
    Column("status", String(32), nullable=False),
    Column("engine", String(200), nullable=False),
    Column("evidence", Float, nullable=False),
    Column("language", String(8), nullable=False),
    Column("question", Text, nullable=True),  # NULL: questions are not kept
    Column("earlier_turns", Integer, nullable=False),
    Column("as_of", Date, nullable=True),
    Column("cited", Text, nullable=False),
    Column("nearest", Text, nullable=False),
    Column("useful", Boolean, nullable=True),  # NULL: nobody has said
    Column("comment", Text, nullable=False, default=""),
)
_audit = Table(
    "audit",
    _tables,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", DateTime, nullable=False),  # UTC
    Column("by", String(200), nullable=False),
    Column("action", String(64), nullable=False),
    Column("subject", Text, nullable=False),
    Column("details", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was given; nothing in it says who asked.

    `question` is None where the settings keep none; a follow-up is kept as the question that stands alone. `cited` are
    the documents that the answer cites, `nearest` those that were found, best first, whether the answer relies on them
    or not. `given` is in UTC.
    """

    answer: str
    given: datetime
    audience: Audience
    status: str
    engine: str
    evidence: float
    language: str
    question: str | None = None
    earlier_turns: int = 0
    as_of: date | None = None
    cited: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    useful: bool | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was done to the service: when (UTC), by which user of the machine, what, to what."""

    at: datetime
    by: str
    action: str
    subject: str
    details: Mapping[str, Any]


class Journal:
    """The journal of one index; several processes may write to it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, directory: Path, url: str | None) -> Journal:
        """The journal in the catalog's database, made where it is not there.

        Raises:
            JournalUnavailable: the database cannot be opened.
        """
        directory.mkdir(parents=True, exist_ok=True)
        journal = cls(open_engine(directory, url))
        with _told("opened"):
            _tables.create_all(journal._engine)
        return journal

    def close(self) -> None:
        """Gives back connections."""
        self._engine.dispose()

    # --- answers and what readers say of them ----------------------------------------------------------------------

    def remember(self, given: Given) -> None:
        """Keeps an answer that was given.

        Raises:
            JournalUnavailable: the database cannot be written.
        """
        with self._writing() as connection:
            connection.execute(insert(_answers), [_row(given)])

    def find(self, answer: str) -> Given | None:
        """An answer by its id."""
        with self._reading() as connection:
            row = connection.execute(select(_answers).where(_answers.c.id == answer)).one_or_none()
        return _given(row) if row is not None else None

    def judge(self, answer: str, *, useful: bool, comment: str = "") -> None:
        """Keeps what a reader says of an answer; the last word counts."""
        with self._writing() as connection:
            connection.execute(update(_answers).where(_answers.c.id == answer).values(useful=useful, comment=comment))

    def questions(self, since: datetime | None = None) -> list[Given]:
        """The answers whose questions were kept, oldest first, from a moment (UTC) on."""
        query = select(_answers).where(_answers.c.question.is_not(None)).order_by(_answers.c.given, _answers.c.id)
        if since is not None:
            query = query.where(_answers.c.given >= _stored(since))
        with self._reading() as connection:
            return [_given(row) for row in connection.execute(query)]

    def forget(self, *, bare_before: datetime, before: datetime) -> None:
        """Drops the answers given before a moment, and those with neither question nor judgement before another."""
        bare = _answers.c.question.is_(None) & _answers.c.useful.is_(None)
        with self._writing() as connection:
            connection.execute(delete(_answers).where(bare, _answers.c.given < _stored(bare_before)))
            connection.execute(delete(_answers).where(_answers.c.given < _stored(before)))

    # --- what was done to the service ------------------------------------------------------------------------------

    def note(self, action: str, subject: str, details: Mapping[str, object]) -> None:
        """Adds a line to the audit log, under the name of the user who runs the program."""
        line = {
            "at": _stored(datetime.now(UTC)),
            "by": _user(),
            "action": action,
            "subject": subject,
            "details": json.dumps(details, ensure_ascii=False, sort_keys=True),
        }
        with self._writing() as connection:
            connection.execute(insert(_audit), [line])

    def entries(self) -> list[Entry]:
        """The audit log, oldest line first."""
        with self._reading() as connection:
            return [_entry(row) for row in connection.execute(select(_audit).order_by(_audit.c.number))]

    def last(self, action: str) -> Entry | None:
        """The newest line of one sort."""
        query = select(_audit).where(_audit.c.action == action).order_by(_audit.c.number.desc()).limit(1)
        with self._reading() as connection:
            row = connection.execute(query).one_or_none()
        return _entry(row) if row is not None else None

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with _told("written"), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _told("read"), self._engine.connect() as connection:
            yield connection


@contextmanager
def _told(what: str) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise JournalUnavailable(f"the journal cannot be {what}: {error}") from error


def _row(given: Given) -> dict[str, object]:
    return {
        "id": given.answer,
        "given": _stored(given.given),
        "audience": given.audience.value,
        "status": given.status,
        "engine": given.engine,
        "evidence": given.evidence,
        "language": given.language,
        "question": given.question,
        "earlier_turns": given.earlier_turns,
        "as_of": given.as_of,
        "cited": json.dumps(given.cited),
        "nearest": json.dumps(given.nearest),
        "useful": given.useful,
        "comment": given.comment,
    }


def _given(row: Any) -> Given:
    return Given(
        answer=row.id,
        given=row.given.replace(tzinfo=UTC),
        audience=Audience(row.audience),
        status=row.status,
        engine=row.engine,
        evidence=row.evidence,
        language=row.language,
        question=row.question,
        earlier_turns=row.earlier_turns,
        as_of=row.as_of,
        cited=tuple(json.loads(row.cited)),
        nearest=tuple(json.loads(row.nearest)),
        useful=row.useful,
        comment=row.comment,
    )


def _entry(row: Any) -> Entry:
    return Entry(row.at.replace(tzinfo=UTC), row.by, row.action, row.subject, json.loads(row.details))


def _stored(moment: datetime) -> datetime:
    """A moment as both databases keep it: in UTC, which is not said again."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user may have no name
        return "unnamed"
