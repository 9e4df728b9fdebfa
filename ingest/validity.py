"""Which version of which document is in force on a day, and for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import product

from ingest.types import Audience, Kind, Version

_DAY = timedelta(days=1)


class Era(StrEnum):
    """Whether a version may still be in force today or later."""

    CURRENT = "current"
    PAST = "past"


@dataclass(frozen=True, slots=True, order=True)
class Shelf:
    """The part of the index that a version's chunks stand in: one Chroma collection each."""

    audience: Audience
    era: Era

    @property
    def name(self) -> str:
        """The name of the collection."""
        return f"{self.audience}-{self.era}"


SHELVES = tuple(Shelf(audience, era) for audience, era in product(Audience, Era))


@dataclass(frozen=True, slots=True)
class Period:
    """The days on which a version is in force, both ends included, open where None."""

    first: date | None
    last: date | None

    def includes(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    @property
    def is_empty(self) -> bool:
        """Whether there is no such day."""
        return self.last is not None and (self.last == date.min or (self.first is not None and self.last < self.first))


class Timeline:
    """What is in force when, over all committed versions of an index.

    A version is in force from its `effective_from` until the earliest of: its `effective_until`; the day before a later
    recorded version of the same document takes effect; the day before a document that supersedes it takes effect; the
    day before its file was withdrawn. A rule that was replaced never comes back by itself when its successor ends.

    A document's latest version says who may see all its versions, so that what was published by mistake is hidden
    wholly. A withdrawn document is for staff alone, for the days before its withdrawal.
    """

    def __init__(self, versions: Iterable[Version]) -> None:
        self._by_document = _by_document(versions)
        self._versions = {version.id: version for history in self._by_document.values() for version in history}
        self._periods = dict(_periods(self._by_document))
        public = {
            name: history for name, history in self._by_document.items() if self.audience(name) is Audience.PUBLIC
        }
        self._public = frozenset(public)
        self._public_periods = dict(_periods(public))

    @property
    def versions(self) -> Mapping[str, Version]:
        """All versions by id."""
        return self._versions

    @property
    def documents(self) -> Iterable[str]:
        """The ids of all documents."""
        return self._by_document.keys()

    def history(self, document: str) -> Sequence[Version]:
        """The versions of a document in the order in which they were recorded; empty for an unknown one."""
        return self._by_document.get(document, ())

    def period(self, version_id: str) -> Period:
        """The days on which the version is in force."""
        return self._periods[version_id]

    def period_told(self, version_id: str, audience: Audience) -> Period:
        """The days on which a version is in force as far as what that audience may see tells them.

        The day on which a hidden document takes over is not among them: it would tell of that document.
        """
        periods = self._periods if audience is Audience.STAFF else self._public_periods
        return periods[version_id]

    def audience(self, document: str) -> Audience:
        """Who may see the document, all its versions included."""
        latest = self._by_document[document][-1]
        return Audience.STAFF if latest.withdrawn else latest.audience

    def may_see(self, version: Version, audience: Audience) -> bool:
        """Whether a reader of that audience may see the version."""
        return audience is Audience.STAFF or version.document in self._public

    def in_force(self, version_id: str, day: date) -> bool:
        """Whether the version is committed and in force on the day."""
        period = self._periods.get(version_id)
        return period is not None and period.includes(day)

    def current(self, document: str, day: date) -> Version | None:
        """The version of the document that is in force on the day."""
        return next((version for version in self.history(document) if self.in_force(version.id, day)), None)

    def shelf(self, version_id: str, today: date) -> Shelf | None:
        """Where the version's chunks stand; None for one that is in force on no day."""
        period = self._periods[version_id]
        if period.is_empty:
            return None
        era = Era.PAST if period.last is not None and period.last < today else Era.CURRENT
        return Shelf(self.audience(self._versions[version_id].document), era)


@dataclass(frozen=True, slots=True)
class Scope:
    """What one question may be answered from: who asks, the day it is asked for, and what the asker narrowed it to."""

    audience: Audience
    day: date
    today: date
    kinds: frozenset[Kind] = frozenset()
    organisations: frozenset[str] = frozenset()

    @property
    def shelves(self) -> tuple[Shelf, ...]:
        """The shelves on which an answer can stand."""
        audiences = tuple(Audience) if self.audience is Audience.STAFF else (Audience.PUBLIC,)
        eras = (Era.CURRENT,) if self.day >= self.today else tuple(Era)
        return tuple(Shelf(who, era) for who, era in product(audiences, eras))

    def permits(self, timeline: Timeline, version_id: str) -> bool:
        """Whether the version is committed, for this reader's eyes, in force on the day, and of a wanted kind."""
        version = timeline.versions.get(version_id)
        return (
            version is not None
            and timeline.in_force(version_id, self.day)
            and timeline.may_see(version, self.audience)
            and (not self.kinds or version.kind in self.kinds)
            and (not self.organisations or version.organisation.casefold() in self.organisations)
        )


def _by_document(versions: Iterable[Version]) -> Mapping[str, list[Version]]:
    """The versions of each document, in the order in which they were recorded."""
    grouped: dict[str, list[Version]] = defaultdict(list)
    for version in sorted(versions, key=lambda version: version.recorded):
        grouped[version.document].append(version)
    return grouped


def _periods(by_document: Mapping[str, list[Version]]) -> Iterator[tuple[str, Period]]:
    own = {
        version.id: Period(version.effective_from, min(_own_ends(version, versions[place + 1 :]), default=None))
        for versions in by_document.values()
        for place, version in enumerate(versions)
    }
    takeovers = _takeovers(by_document, own)
    for document, versions in by_document.items():
        for version in versions:
            ends = [end for end in (own[version.id].last, takeovers.get(document)) if end is not None]
            yield version.id, Period(version.effective_from, min(ends, default=None))


def _own_ends(version: Version, later: Iterable[Version]) -> Iterator[date]:
    if version.effective_until is not None:
        yield version.effective_until
    if version.withdrawn is not None:
        yield version.withdrawn - _DAY
    for successor in later:
        yield _day_before(successor.effective_from)


def _takeovers(by_document: Mapping[str, list[Version]], own: Mapping[str, Period]) -> Mapping[str, date]:
    """The last day of each superseded document."""
    takeovers: dict[str, date] = {}
    for successor in (version for versions in by_document.values() for version in versions):
        document = successor.supersedes
        if document is None or successor.withdrawn or own[successor.id].is_empty:
            continue
        end = _day_before(successor.effective_from)
        takeovers[document] = min(end, takeovers.get(document, end))
    return takeovers


def _day_before(day: date | None) -> date:
    return date.min if day is None or day == date.min else day - _DAY
