"""What stands before a list item: bullets, numbers and letters; and how deep an item lies by them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple

_BULLET = re.compile(r"([•◦▪▫■□●○‣⁃∙·➢➤►▶✓✔❖✦\uf000-\uf0ff]|[-–—*](?=\s))\s*(?=\S)")
_NUMBER = re.compile(
    r"""(?P<printed>
        (?P<parts>\d{1,2}(?:\.\d{1,2})+\.?)(?=\s+[^\W\d_a-z])       # 2.1 Scope, but not 1.5 million
      | (?P<open>\(?)(?P<number>\d{1,2})(?P<close>[.)])(?!\d)       # 1.  1)  (1)
      | (?P<left>\(?)(?P<letters>[a-zA-Z]|[ivxl]{2,5}|[IVXL]{2,5})(?P<right>[.)])
    )\s+(?=\S)""",
    re.VERBOSE,
)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}
_ROMAN_PARTS = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class Marker:
    """What stands before an item: its length with the space after it, and the (style, ordinal) it can be read as.

    `printed` is the number or letter as the reader sees it, empty for a bullet; "(i)" can be read as a letter too.
    """

    length: int
    printed: str
    readings: tuple[tuple[str, int], ...]

    @property
    def is_first(self) -> bool:
        """Whether a list can start with it."""
        return any(ordinal <= 1 for _, ordinal in self.readings)


def marker(line: str) -> Marker | None:
    """The marker that a line starts with, if text follows it."""
    if bullet := _BULLET.match(line):
        return Marker(bullet.end(), "", ((bullet[1], 0),))
    number = _NUMBER.match(line)
    if number is None:
        return None
    return Marker(number.end(), number["printed"], _readings(number))


def _readings(number: re.Match[str]) -> tuple[tuple[str, int], ...]:
    if parts := number["parts"]:
        levels = parts.rstrip(".").split(".")
        return ((f"{len(levels)} parts", int(levels[-1])),)
    if number["number"]:
        return ((f"{number['open']}1{number['close']}", int(number["number"])),)
    letters, around = number["letters"], (number["left"], number["right"])
    upper = letters.isupper()
    readings = (
        [(("A" if upper else "a").join(around), ord(letters.lower()) - ord("a") + 1)] if len(letters) == 1 else []
    )
    if set(letters.lower()) <= _ROMAN_VALUES.keys():
        readings.append((("I" if upper else "i").join(around), _roman(letters.lower())))
    return tuple(readings)


def _roman(letters: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in letters]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def ordinal(number: int, style: str) -> str:
    """A number as a list prints it: in lowerLetter, upperLetter, lowerRoman, upperRoman, else in figures."""
    if style.endswith("Letter") and 1 <= number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter if style == "lowerLetter" else letter.upper()
    if style.endswith("Roman") and 1 <= number < 90:
        roman = ""
        for value, letters in _ROMAN_PARTS:
            roman += letters * (number // value)
            number %= value
        return roman if style == "lowerRoman" else roman.upper()
    return str(number)


class _Open(NamedTuple):
    """A list that is open: the style and number of its last item, and how far its items are indented."""

    style: str
    ordinal: int
    indent: float


@dataclass(slots=True)
class OpenLists:
    """The lists that are open at a place in a text, outermost first, so that the next marker finds its depth.

    `tolerance` is how much further in an item has to stand to lie deeper.
    """

    tolerance: float = 1.0
    lists: list[_Open] = field(default_factory=list)

    def continues(self, found: Marker) -> bool:
        """Whether the marker is the next one of a list that is open."""
        return any(_is_next(reading, entry) for reading in found.readings for entry in self.lists)

    def level(self, found: Marker, indent: float = 0.0) -> int:
        """Depth from 1 of the item with this marker; remembers it for those that follow."""
        depth, (style, ordinal) = self._place(found, indent)
        self.lists[depth:] = [_Open(style, ordinal, indent)]
        return depth + 1

    def close(self) -> None:
        """Nothing that was open goes on, as after a heading."""
        self.lists.clear()

    def _place(self, found: Marker, indent: float) -> tuple[int, tuple[str, int]]:
        for depth, entry in reversed(list(enumerate(self.lists))):
            for reading in found.readings:
                if _is_next(reading, entry) and (found.printed or abs(indent - entry.indent) <= self.tolerance):
                    return depth, reading
        first = min(found.readings, key=lambda reading: reading[1])
        for depth, entry in enumerate(self.lists):
            if first[0] == entry.style and not self._is_deeper(indent, entry):
                return depth, first
        above = (_rank(entry.style) < _rank(first[0]) or self._is_deeper(indent, entry) for entry in self.lists)
        return sum(takewhile(bool, above)), first

    def _is_deeper(self, indent: float, entry: _Open) -> bool:
        return indent > entry.indent + self.tolerance


def _is_next(reading: tuple[str, int], entry: _Open) -> bool:
    return reading[0] == entry.style and reading[1] in (entry.ordinal + 1, 0)


def _rank(style: str) -> float:
    """Lists of lower rank hold those of higher rank where indents do not tell: I. A. 1. 1.1 (1) (a) (i) bullets."""
    if style.endswith("parts"):
        return 2 + int(style.split()[0]) / 100
    ranks = {"I.": 0, "A.": 1, "1.": 2, "1)": 3, "(1)": 3, "a.": 4, "a)": 4, "(a)": 4, "i.": 5, "i)": 5, "(i)": 5}
    return ranks.get(style, 4 if style[-1] in ").(" else 6)
