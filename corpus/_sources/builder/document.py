"""A source as every shape sees it: its fields, and its text in blocks; nothing here knows an outside library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


class SourceError(Exception):
    """A source, or the list of shapes, that cannot be built; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style; `source` is the key of the publication that it cites, if it does."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    source: str = ""


Text = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    text: Text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that belong together."""

    text: Text


@dataclass(frozen=True, slots=True)
class Listing:
    """A bulleted or numbered list; `depth` counts the lists of its own sort that it lies in, from 0."""

    numbered: bool
    start: int
    depth: int
    items: tuple[Item, ...]

    @property
    def labels(self) -> list[str]:
        """What stands before each item: a bullet, 1. 2. 3., inside that (a) (b) (c), inside that (i) (ii) (iii)."""
        numbers = range(self.start, self.start + len(self.items))
        return [_number(number, self.depth) if self.numbered else "•–"[min(self.depth, 1)] for number in numbers]


@dataclass(frozen=True, slots=True)
class Item:
    """The text beside a bullet or number, and what is below it in the same item."""

    text: Text
    below: tuple[Paragraph | Listing, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header row and the rows below it."""

    header: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]


Block = Heading | Paragraph | Listing | Table


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that the text cites by its key."""

    key: str
    title: str
    organisation: str = ""
    url: str = ""
    date: str = ""

    @property
    def origin(self) -> str:
        """Who published it, and when, as far as known."""
        return ", ".join(part for part in (self.organisation, self.date) if part)


@dataclass(frozen=True, slots=True)
class Document:
    """One source, read; `front_matter` is its fields as they were written."""

    title: str
    organisation: str
    language: str
    published: str
    sources: Mapping[str, Source]
    blocks: tuple[Block, ...]
    front_matter: str

    def headings(self) -> Iterator[Heading]:
        """The headings in the order of the text."""
        return (block for block in self.blocks if isinstance(block, Heading))


def plain(text: Text) -> str:
    """The words without their style."""
    return "".join(run.text for run in text)


_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def _number(number: int, depth: int) -> str:
    if depth == 0:
        return f"{number}."
    return f"({chr(ord('a') + number - 1)})" if depth == 1 else f"({_roman(number)})"


def _roman(number: int) -> str:
    letters = ""
    for value, letter in _ROMAN:
        count, number = divmod(number, value)
        letters += letter * count
    return letters
