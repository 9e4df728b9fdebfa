"""What changed between two texts, by lines and within changed lines by words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_MOST_WORDS = 2_000  # of a changed stretch: time grows with the square, so a longer one counts as replaced whole


class Change(StrEnum):
    """What became of a stretch of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text that stayed, went or came."""

    change: Change
    text: str


def difference(old: str, new: str) -> list[Stretch]:
    """The stretches in reading order: those not added give the old text, those not removed the new one."""
    found = _compared(old.splitlines(keepends=True), new.splitlines(keepends=True), _words_compared)
    return list(_joined(found))


def _words_compared(old: Sequence[str], new: Sequence[str]) -> Iterable[Stretch]:
    before, after = _WORDS.findall("".join(old)), _WORDS.findall("".join(new))
    if max(len(before), len(after)) > _MOST_WORDS:
        return _replaced(old, new)
    return _compared(before, after, _replaced)


def _compared(
    old: Sequence[str], new: Sequence[str], finer: Callable[[Sequence[str], Sequence[str]], Iterable[Stretch]]
) -> Iterator[Stretch]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            yield Stretch(Change.SAME, "".join(old[a:b]))
        else:
            yield from finer(old[a:b], new[c:d])


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    yield Stretch(Change.REMOVED, "".join(old))
    yield Stretch(Change.ADDED, "".join(new))


def _joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Neighbours of one kind as one, without empty ones."""
    said = (stretch for stretch in stretches if stretch.text)
    for change, group in groupby(said, key=lambda stretch: stretch.change):
        yield Stretch(change, "".join(stretch.text for stretch in group))
