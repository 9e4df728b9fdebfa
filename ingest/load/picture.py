"""A page of a PDF as a picture: what is asked for, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.load.sheet import Bounds


@dataclass(frozen=True, slots=True)
class Drawing:
    """A page (from 1) of a PDF to be drawn so many pixels wide, with characters `[start, end)` of its text marked.

    `text` is the page's text as it was indexed: where the page reads differently now, nothing is marked.
    """

    content: bytes
    page: int
    text: str
    start: int
    end: int
    width: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, and what is marked on it: left, top, right, bottom of each line, as parts (0 to 1) of width and height."""

    png: bytes
    marks: tuple[Bounds, ...]
