"""Tells the headings of a PDF, and how deep they lie: by its outline, else by their type."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.load.furniture import Place
from ingest.load.layout import Layout, Piece, usual_size

DEEPEST = 6
_LARGER = 1.12  # of the usual font size
_LONGEST = 150  # characters
_LONGEST_BOLD = 120
_LONGEST_CAPITALS = 80
_MOST_LINES = 3
_NUMBER = re.compile(
    r"(?:(?:chapter|section|article|annex|hoofdstuk|artikel|kapitel|chapitre)\s+)?[\divx]{1,5}(?:\.\d{1,3})*[.)]?\s+",
    re.IGNORECASE,
)
_PARTS = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s")
_CAPITALS = re.compile(r"(?=.*[^\W\d_]{3})(?:[^\W_a-zß-öø-ÿ]|[ ,'’&/()–.-])+")
_UNFINISHED = re.compile(r"[.,;]$")

Style = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the outline: where it leads (page from 1) and how deep it lies (from 1)."""

    title: str
    page: int
    depth: int


def headings(layouts: Sequence[Layout], outline: Sequence[OutlineEntry], others: Collection[Place]) -> dict[Place, int]:
    """The pieces that are headings, each with its level from 1; `others` are known to be something else.

    What the outline names is a heading of the outline's depth; of the rest, what is set larger than the text, or short
    and bold, or short and in capitals.
    """
    named = dict(_named(layouts, outline, others))
    looking = {place: piece for place, piece in _looking_like_headings(layouts) if place not in others}
    levels = _levels({_style(piece) for piece in looking.values()}, _named_levels(layouts, named))
    parts = {place: _parts(layouts[place[0]], piece) for place, piece in looking.items()}
    fewest: dict[Style, int] = {}
    for place, piece in looking.items():
        fewest[_style(piece)] = min(parts[place], fewest.get(_style(piece), DEEPEST))
    # "2.1 Terms" lies below "2 Scope" even where both look alike.
    found = {
        place: min(levels[_style(piece)] + parts[place] - fewest[_style(piece)], DEEPEST)
        for place, piece in looking.items()
    }
    return found | named


def _named(
    layouts: Sequence[Layout], outline: Sequence[OutlineEntry], others: Collection[Place]
) -> Iterator[tuple[Place, int]]:
    keys: dict[int, dict[str, int]] = {}
    for entry in outline:
        page = entry.page - 1
        if not 0 <= page < len(layouts):
            continue
        if page not in keys:
            pieces = enumerate(layouts[page].pieces)
            keys[page] = {
                _key(_text(layouts[page], piece)): number for number, piece in pieces if (page, number) not in others
            }
        number = keys[page].get(_key(entry.title))
        if number is not None and not layouts[page].pieces[number].row:
            yield (page, number), min(entry.depth, DEEPEST)


def _key(title: str) -> str:
    """A heading without its number, spaces and signs: outlines leave them out or write them differently."""
    bare = _NUMBER.sub("", title, count=1) if _NUMBER.match(title) else title
    return "".join(filter(str.isalnum, (bare or title).casefold()))


def _text(layout: Layout, piece: Piece) -> str:
    return layout.text[piece.start : piece.end]


def _looking_like_headings(layouts: Sequence[Layout]) -> Iterator[tuple[Place, Piece]]:
    body = usual_size(layouts)
    bold_text = _is_mostly_bold(layouts)
    for page, layout in enumerate(layouts):
        for number, piece in enumerate(layout.pieces):
            text = _text(layout, piece)
            if (
                piece.row
                or piece.lines > _MOST_LINES
                or _UNFINISHED.search(text)
                or (piece.marker and not piece.marker.printed)
            ):
                continue
            stands_out = _stands_out(text, piece, body, bold_text=bold_text)
            if stands_out or (piece.size >= 0.95 * body and _is_capitals(text) and _has_text_below(layout, number)):
                yield (page, number), piece


def _is_mostly_bold(layouts: Iterable[Layout]) -> bool:
    lengths = Counter[bool]()
    for layout in layouts:
        for piece in layout.pieces:
            lengths[piece.bold] += piece.end - piece.start
    return lengths[True] > lengths[False]


def _stands_out(text: str, piece: Piece, body: float, *, bold_text: bool) -> bool:
    """Larger than the text, or bold in a text that is not."""
    if sum(map(str.isalpha, text)) < 3:
        return False
    if piece.size >= _LARGER * body:
        return len(text) <= _LONGEST
    return piece.bold and not bold_text and piece.size >= 0.95 * body and len(text) <= _LONGEST_BOLD


def _is_capitals(text: str) -> bool:
    return len(text) <= _LONGEST_CAPITALS and _CAPITALS.fullmatch(text) is not None


def _has_text_below(layout: Layout, number: int) -> bool:
    """A paragraph of some length, or a list: what a line of capitals in a program does not have."""
    below = layout.pieces[number + 1 : number + 2]
    return any(piece.lines > 1 or piece.marker is not None for piece in below)


def _style(piece: Piece) -> Style:
    return (round(piece.size * 2) / 2, piece.bold)


def _named_levels(layouts: Sequence[Layout], named: Mapping[Place, int]) -> dict[Style, int]:
    """The level that the outline gives most headings of a style."""
    levels: dict[Style, Counter[int]] = defaultdict(Counter)
    for (page, number), level in named.items():
        levels[_style(layouts[page].pieces[number])][level] += 1
    return {style: counts.most_common(1)[0][0] for style, counts in levels.items()}


def _levels(styles: Collection[Style], named: Mapping[Style, int]) -> dict[Style, int]:
    """Larger type lies higher, bold above plain of the same size; styles that the outline knows have its level."""
    levels: dict[Style, int] = {}
    level = 0
    for style in sorted({*styles, *named}, reverse=True):
        level = min(named.get(style, level + 1), DEEPEST)
        levels[style] = level
    return levels


def _parts(layout: Layout, piece: Piece) -> int:
    """2 for "2.1 Terms"; what has no number counts as 1."""
    parts = _PARTS.match(_text(layout, piece))
    return parts[1].count(".") + 1 if parts else 1
