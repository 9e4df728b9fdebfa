"""Documents as a reader may see them; what is hidden from a reader is not there for that reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.difference import Stretch, difference
from assistant.types import InForce
from ingest.index import IndexReader
from ingest.load import Drawing, Painter, Picture
from ingest.types import Audience, Page, Version

_PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Opened:
    """A document as opened: one version of it, all that may be opened, and the numbers of its pages."""

    version: Version
    versions: Sequence[Version]
    pages: Sequence[int]


@dataclass(frozen=True, slots=True)
class OpenedPage:
    """A page of a version, with the sections that stand on it."""

    version: Version
    page: Page
    sections: Sequence[str]


class Library:
    """One reader's view of one generation of the index."""

    def __init__(self, index: IndexReader, audience: Audience, today: date) -> None:
        self._index, self._audience, self._today = index, audience, today

    def documents(self, as_of: date | None = None) -> list[Version]:
        """The version of each document that is in force on a day, today if none is given, by title."""
        timeline, day = self._index.timeline, as_of or self._today
        found = (timeline.current(document, day) for document in timeline.documents)
        visible = [v for v in found if v is not None and timeline.may_see(v, self._audience)]
        return sorted(visible, key=lambda version: (version.title.casefold(), version.document))

    def open(self, document: str, version: str | None = None) -> Opened | None:
        """A version of a document: the one named, else the one in force, else the latest; None where there is none."""
        history = self._history(document)
        if not history:
            return None
        wanted = self._index.timeline.current(document, self._today) or history[-1]
        chosen = next((v for v in history if v.id == version), None) if version is not None else wanted
        if chosen is None:
            return None
        return Opened(chosen, history, self._index.page_numbers(chosen.id))

    def page(self, document: str, number: int, version: str | None = None) -> OpenedPage | None:
        """A page of a version of a document."""
        opened = self.open(document, version)
        page = self._index.page(opened.version.id, number) if opened is not None else None
        if opened is None or page is None:
            return None
        sections = dict.fromkeys(self._index.sections(opened.version.id, number))
        return OpenedPage(opened.version, page, [section for section in sections if section])

    def file(self, document: str, version: str | None = None) -> tuple[Version, bytes] | None:
        """The original file of a version of a document."""
        opened = self.open(document, version)
        content = self._index.file(opened.version) if opened is not None else None
        return (opened.version, content) if opened is not None and content is not None else None

    def in_force(self, version: Version) -> InForce:
        """When a version is in force, and whether it is today; a day that only a hidden document gives is not told."""
        timeline = self._index.timeline
        period = timeline.period_told(version.id, self._audience)
        return InForce(version, period, today=timeline.in_force(version.id, self._today))

    def succession(self, document: str) -> list[InForce]:
        """The versions of a document, of those it supersedes and of those that supersede it, the oldest rule first."""
        related = [self.in_force(version) for name in self._related(document) for version in self._history(name)]
        return sorted(related, key=lambda one: (one.period.first or date.min, one.version.recorded))

    def difference(self, document: str, old: str, new: str) -> list[Stretch] | None:
        """What changed between two versions of a document's succession; None where one of them is not in it."""
        versions = {one.version.id for one in self.succession(document)}
        return difference(self._text(old), self._text(new)) if {old, new} <= versions else None

    def picture(self, opened: OpenedPage, start: int, end: int, width: int, painter: Painter) -> Picture | None:
        """A page so many pixels wide with characters `[start, end)` of its text marked; None if it is none of a PDF.

        Raises:
            RefusedFile: the file cannot be drawn within the painter's limits.
        """
        content = self._index.file(opened.version) if opened.version.media_type == _PDF else None
        if content is None:
            return None
        return painter.paint(Drawing(content, opened.page.number, opened.page.text, start, end, width))

    def _related(self, document: str) -> set[str]:
        """The documents linked by `supersedes`, as far as the reader sees the links."""
        links = [(v.document, v.supersedes) for v in self._index.timeline.versions.values() if self._visible(v)]
        related, nearest = set[str](), {document}
        while nearest:
            related |= nearest
            nearest = {one for link in links for one in link if one and related & set(link)} - related
        return related

    def _history(self, document: str) -> list[Version]:
        return [version for version in self._index.timeline.history(document) if self._visible(version)]

    def _text(self, version: str) -> str:
        pages = (self._index.page(version, number) for number in self._index.page_numbers(version))
        return "\n\n".join(page.text for page in pages if page is not None)

    def shown(self, version: Version) -> Version:
        """The version as the reader may see it: a document that is hidden is not named as what it supersedes."""
        superseded = self._index.timeline.history(version.supersedes or "")
        return version if all(self._visible(one) for one in superseded) else replace(version, supersedes=None)

    def _visible(self, version: Version) -> bool:
        return self._index.timeline.may_see(version, self._audience)
