"""Plain text: paragraphs, headings and list items by the habits of people who write text files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest
from pathlib import Path

from ingest.load.blocks import Draft, compose, heading, item, paragraph
from ingest.load.decode import decode
from ingest.load.markers import OpenLists, marker
from ingest.types import Parsed

_HASHES = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_UNDERLINE = re.compile(r"(=+|-+|~+|\*+)$")
_EMPHASIS = re.compile(r"(\*{1,3}|_{2,3})(.+?)\1")
_EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_LONGEST_HEADING = 100


def read(path: Path) -> Parsed:
    """The text of a file: empty lines part paragraphs, wrapped lines are joined, marked lines are list items."""
    return compose(drafts(decode(path.read_bytes())))


def drafts(text: str) -> Iterator[Draft]:
    """The blocks of a text, in order; the first line that looks like a title is one."""
    lists = OpenLists()
    level = 1
    stretches = [_lines(stretch) for stretch in _EMPTY_LINES.split(re.sub("\r\n?|\f", "\n", text))]
    for lines, following in zip_longest(stretches, stretches[1:], fillvalue=()):
        while lines:
            title = _heading(lines, following, level)
            if title:
                lists.close()
                level = 2
            taken, draft = title or _body(lines, lists)
            yield draft
            lines = lines[taken:]


def _lines(stretch: str) -> Sequence[str]:
    return [line.rstrip() for line in stretch.split("\n") if line.strip()]


def _heading(lines: Sequence[str], following: Sequence[str], level: int) -> tuple[int, Draft] | None:
    """How many lines the heading takes that a stretch starts with, and the heading."""
    first = lines[0].strip()
    if hashes := _HASHES.match(first):
        return 1, heading(_EMPHASIS.sub(r"\2", hashes[2]), level=len(hashes[1]))
    if len(first) > _LONGEST_HEADING:
        return None
    if len(lines) > 1 and _UNDERLINE.match(lines[1].strip()) and len(lines[1].strip()) >= max(3, len(first) // 2):
        return 2, heading(first, level=1 if lines[1].lstrip().startswith("=") else 2)
    if _is_capitals(first) and (not _is_capitals(lines[1]) if len(lines) > 1 else following):
        return 1, heading(first, level=level)
    if len(lines) == 1 and _is_title(first, following):
        found = marker(first)
        return 1, heading(first, level=2 + found.printed.strip(".").count(".") if found else level)
    return None


def _is_capitals(line: str) -> bool:
    letters = [character for character in line if character.isalpha()]
    return len(letters) > 3 and all(map(str.isupper, letters))


def _is_title(line: str, following: Sequence[str]) -> bool:
    """A line between empty lines: upper case at the start, no full stop at the end, and more text than itself below."""
    found = marker(line)
    if found is not None and not found.printed[:1].isdigit():
        return False
    words = line[found.length :] if found else line
    below = sum(map(len, following))
    return (
        words[0].isupper()
        and line[-1] not in ".;:,!"
        and below > max(len(line), 60)
        and not marker(following[0].lstrip())
    )


def _body(lines: Sequence[str], lists: OpenLists) -> tuple[int, Draft]:
    """How many lines the paragraph or item takes that a stretch starts with, and the block."""
    first = lines[0].lstrip()
    found = marker(first)
    level = lists.level(found, len(lines[0]) - len(first)) if found else 0
    taken = 1
    while taken < len(lines) and not (_HASHES.match(lines[taken].strip()) or _starts_item(lines[taken], lists)):
        taken += 1
    if found is None:
        return taken, paragraph(_joined(lines[:taken]))
    text = _joined([first[found.length :], *lines[1:taken]])
    return taken, item(f"{found.printed} {text}".lstrip(), level)


def _starts_item(line: str, lists: OpenLists) -> bool:
    """Below another line a number counts only where it starts a list or goes on with one."""
    found = marker(line.lstrip())
    return found is not None and (not found.printed or found.is_first or lists.continues(found))


def _joined(lines: Sequence[str]) -> str:
    """Lines that were wrapped become one; a line that had room for the next word was ended on purpose, and stays.

    A hyphen at the end keeps its line break, for normalisation to decide about.
    """
    width = max(map(len, lines))
    text = lines[0].strip()
    for line, following in pairwise(lines):
        goes_on = following.lstrip()[0].islower() and line[-1] not in ".:;!?"
        wrapped = goes_on or len(line) + 1 + len(following.split()[0]) > width
        text += (" " if wrapped and not line.endswith(("-", "\u2010", "\u00ad")) else "\n") + following.strip()
    return text
