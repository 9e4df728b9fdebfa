"""Tells running headers, footers and page numbers from what a page says."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.load.layout import Layout, Piece, usual_size
from ingest.load.sheet import Sheet

_MARGIN = 0.14  # of the page's height, above and below
_NUMBER_MARGIN = 0.2  # for what is nothing but a page number
_SAME_PLACE = 6.0  # points
_FEW_PAGES = 3
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
    """The pieces that repeat from page to page near its edge, number the page, or list contents.

    Repeating means the same place and the same text, except for numbers that rise with the page.
    """
    found: set[Place] = set()
    body = usual_size(layouts)
    repeating: dict[str, list[_Seen]] = defaultdict(list)
    for page, (sheet, layout) in enumerate(zip(sheets, layouts, strict=True)):
        for number, piece in enumerate(layout.pieces):
            text = layout.text[piece.start : piece.end]
            if _CONTENTS.search(text):
                found.add((page, number))
            if _is_near_edge(sheet, piece, _NUMBER_MARGIN) and _numbers_page(text, page + 1, labels[page]):
                found.add((page, number))
            elif _is_near_edge(sheet, piece, _MARGIN) and not (piece.row and piece.row.rows > 2):
                seen = _Seen((page, number), piece.top, text, _is_prominent(piece, body))
                repeating[_NUMBER.sub("#", text)].append(seen)
    repeated = {one.place for same in repeating.values() for one in same if _repeats(one, same, pages=len(sheets))}
    return frozenset(found | _sparing_whole_pages(repeated, layouts))


def _sparing_whole_pages(repeated: set[Place], layouts: Sequence[Layout]) -> set[Place]:
    """A page whose every word repeats has a text, not only a header."""
    per_page = Counter(page for page, _ in repeated)
    return {place for place in repeated if per_page[place[0]] < len(layouts[place[0]].pieces)}


def _is_near_edge(sheet: Sheet, piece: Piece, margin: float) -> bool:
    depth = margin * (sheet.top - sheet.bottom)
    return piece.bottom >= sheet.top - depth or piece.top <= sheet.bottom + depth


def _numbers_page(text: str, page: int, label: str) -> bool:
    found = _PAGE_NUMBER.fullmatch(text)
    return found is not None and (bool(found["word"]) or found["number"] in (str(page), label))


def _is_prominent(piece: Piece, body: float) -> bool:
    """As headings are: "Annex 1" and "Annex 2" at the top of two pages are not furniture."""
    return piece.size > 1.1 * body or (piece.bold and piece.size > 0.98 * body)


def _repeats(one: _Seen, seen: Sequence[_Seen], *, pages: int) -> bool:
    others = [other for other in seen if other.place[0] != one.place[0] and abs(other.y - one.y) <= _SAME_PLACE]
    if not one.prominent and any(_counts_pages(one, other) for other in others):
        return True
    same = {other.place[0] for other in others if other.text == one.text}
    return len(same) >= (max(2, pages // 3) if one.prominent else 2 if pages > _FEW_PAGES else 1)


def _counts_pages(one: _Seen, other: _Seen) -> bool:
    """Whether a number in both differs by as much as the pages do."""
    apart = one.place[0] - other.place[0]
    return any(
        int(a) - int(b) == apart for a, b in zip(_NUMBER.findall(one.text), _NUMBER.findall(other.text), strict=True)
    )
