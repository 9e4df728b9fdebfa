"""Documents as a reader may see them; what is hidden from a reader is not there for that reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ingest.index import IndexReader
from ingest.types import Audience, Page, Version


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
        history = [v for v in self._index.timeline.history(document) if self._visible(v)]
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

    def _visible(self, version: Version) -> bool:
        return self._index.timeline.may_see(version, self._audience)
