"""A PDF page as drawn, before anyone knows its lines: what a PDF library hands to the layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Bounds = tuple[float, float, float, float]  # left, bottom, right, top; of the page as shown: left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Run:
    """Characters drawn one after the other on one baseline in one style.

    `text[i]` is character `first + i` of the page as the library counts. Coordinates are points, y upwards, turned so
    that the text reads from left to right. `glued` says that no space parts it from the run before.
    """

    text: str
    first: int
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False
    colour: int = 0
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line, level or upright, at `position` on the other axis, from `start` to `end`."""

    position: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """The visible text of a page in the order in which it was drawn.

    `turned` holds text that runs in another direction than most of the page, one tuple for each direction, each turned
    to read from left to right. `hidden` counts characters that no reader sees, by reason. `failed` says that the page
    could not be loaded.
    """

    number: int
    bottom: float
    top: float
    runs: tuple[Run, ...]
    level: tuple[Ruling, ...] = ()
    upright: tuple[Ruling, ...] = ()
    turned: tuple[tuple[Run, ...], ...] = ()
    hidden: Mapping[str, int] = field(default_factory=dict)
    failed: bool = False
