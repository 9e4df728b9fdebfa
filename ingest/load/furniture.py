"""Tells running headers, footers and page numbers from what a page says."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ingest.load.layout import Layout, Piece, usual_size
from ingest.load.sheet import Sheet

_MARGIN = 0.14  # of the page's height, above and below
_NUMBER_MARGIN = 0.2  # for what is nothing but a page number
_SAME_PLACE = 6.0  # points
_FEW_PAGES = 3
_NEIGHBOURS = 6  # pages before and after: as far as running titles of a chapter are compared
_NUMBER = re.compile(r"\d{1,9}")
_PAGE_NUMBER = re.compile(
    r"[-–—|\s]*(?P<word>page|pagina|seite|pag\.?|p\.)?\s*(?P<number>\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/|van|von|de|di|sur|su)\s*\d{1,4})?[-–—|\s]*",
    re.IGNORECASE,
)
# "Scope . . . . . 7": a line of a table of contents.
_CONTENTS = re.compile(r"(?:\. ?){5,}\s*[\divxlc]{1,5}$|…{2,}\s*[\divxlc]{1,5}$", re.IGNORECASE)

Place = tuple[int, int]  # page and piece, both counted from 0


@dataclass(frozen=True, slots=True)
class _Seen:
    place: Place
    y: float
    text: str
    prominent: bool


def furniture(sheets: Sequence[Sheet], layouts: Sequence[Layout], labels: Sequence[str]) -> frozenset[Place]:
    """The pieces at the edges of pages that repeat from page to page or number the page, and lines of contents.

    Repeating means the same place and the same text, except for numbers that rise with the page.
    """
    found: set[Place] = set()
    contents: set[Place] = set()
    body = usual_size(layouts)
    candidates: dict[str, list[_Seen]] = defaultdict(list)
    for page, (sheet, layout) in enumerate(zip(sheets, layouts, strict=True)):
        for number, piece in enumerate(layout.pieces):
            place, text = (page, number), layout.text[piece.start : piece.end]
            if _CONTENTS.search(text):
                contents.add(place)
            elif _is_near_edge(sheet, piece, _NUMBER_MARGIN) and _numbers_page(text, page + 1, labels[page]):
                found.add(place)
            elif _is_near_edge(sheet, piece, _MARGIN) and not (piece.row and piece.row.rows > 2):
                candidates[_NUMBER.sub("#", text)].append(_Seen(place, piece.top, text, _is_prominent(piece, body)))
    for seen in candidates.values():
        found.update(_repeated(seen, pages=len(sheets)))
    outermost = (place for page, layout in enumerate(layouts) for place in _outermost(page, layout, found))
    return frozenset(contents.union(outermost))


def _outermost(page: int, layout: Layout, found: Collection[Place]) -> Iterator[Place]:
    """Of what was found on a page, what no other text parts from its edge; nothing where that is the whole page."""
    pieces = sorted(range(len(layout.pieces)), key=lambda number: -layout.pieces[number].top)
    top = list(takewhile(lambda number: (page, number) in found, pieces))
    bottom = takewhile(lambda number: (page, number) in found, reversed(pieces[len(top) :]))
    numbers = [*top, *bottom]
    return ((page, number) for number in numbers if len(numbers) < len(pieces))


def _is_near_edge(sheet: Sheet, piece: Piece, margin: float) -> bool:
    depth = margin * (sheet.top - sheet.bottom)
    return piece.bottom >= sheet.top - depth or piece.top <= sheet.bottom + depth


def _numbers_page(text: str, page: int, label: str) -> bool:
    found = _PAGE_NUMBER.fullmatch(text)
    return found is not None and (bool(found["word"]) or found["number"] in (str(page), label))


def _is_prominent(piece: Piece, body: float) -> bool:
    """As headings are: "Annex 1" and "Annex 2" at the top of two pages are not furniture."""
    return piece.size > 1.1 * body or (piece.bold and piece.size > 0.98 * body)


def _repeated(seen: Sequence[_Seen], *, pages: int) -> Iterator[Place]:
    """Those of the pieces that differ in numbers at most which come back on other pages."""
    places = Counter((one.text, round(one.y / _SAME_PLACE)) for one in seen)
    for index, one in enumerate(seen):
        row = round(one.y / _SAME_PLACE)
        times = sum(places[one.text, near] for near in (row - 1, row, row + 1))
        neighbours = seen[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS + 1]
        needed = max(3, pages // 3) if one.prominent else 3 if pages > _FEW_PAGES else 2
        if times >= needed or (not one.prominent and any(_counts_pages(one, other) for other in neighbours)):
            yield one.place


def _counts_pages(one: _Seen, other: _Seen) -> bool:
    """Whether two pieces at one place hold a number that differs by as much as their pages do."""
    apart = one.place[0] - other.place[0]
    if not apart or abs(one.y - other.y) > _SAME_PLACE:
        return False
    numbers = zip(_NUMBER.findall(one.text), _NUMBER.findall(other.text), strict=True)
    return any(int(number) - int(another) == apart for number, another in numbers)
