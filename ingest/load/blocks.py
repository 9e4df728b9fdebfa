"""From what a format's reader found, in order, to the one page of a document that has no printed pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ingest.errors import Refusal, RefusedFile
from ingest.normalise import Normalised, normalise
from ingest.types import Block, BlockKind, Page, Parsed

CONTEXT_LENGTH = 200  # characters: enough for a sentence that introduces a list, small beside a chunk
CELL_SEPARATOR = " | "

Rest = TypeVar("Rest")

_SENTENCE_END = re.compile(r"[.!?]\s+(?=\S)")
_TIGHT = frozenset({BlockKind.LIST_ITEM, BlockKind.TABLE_ROW})


@dataclass(frozen=True, slots=True)
class Draft:
    """A block before its place in the page text is known; its text is raw."""

    kind: BlockKind
    text: str
    level: int = 0
    context: str = ""


def paragraph(text: str) -> Draft:
    """Running text."""
    return Draft(BlockKind.PARAGRAPH, text)


def heading(text: str, level: int) -> Draft:
    """A heading of level 1 to 6; deeper ones count as 6."""
    return Draft(BlockKind.HEADING, text, level=max(1, min(level, 6)))


def item(text: str, level: int) -> Draft:
    """A list item of depth 1 or more; its text holds a printed number but no bullet."""
    return Draft(BlockKind.LIST_ITEM, text, level=level)


def table(rows: Sequence[Sequence[str]], *, has_header: bool) -> Iterator[Draft]:
    """The rows of a table, cells joined; each row after a header carries it as context."""
    lines = [CELL_SEPARATOR.join(" ".join(cell.split()) for cell in row) for row in rows if any(map(str.strip, row))]
    header = normalise(lines[0]).text if lines and has_header else ""
    for number, line in enumerate(lines):
        yield Draft(BlockKind.TABLE_ROW, line, context=header if number else "")


def compose(drafts: Iterable[Draft], *, title: str = "", warnings: Iterable[str] = ()) -> Parsed:
    """One page with its blocks in order; refuses a document without text.

    Blocks are set apart by an empty line, items of a list and rows of a table by a line break. Without a title of its
    own the document takes its first heading of level 1.
    """
    text = ""
    blocks: list[Block] = []
    tags = 0
    for draft, normalised in with_introductions(_normalised(drafts)):
        tags += normalised.tags
        if text:
            text += "\n" if blocks and {blocks[-1].kind, draft.kind} <= _TIGHT else "\n\n"
        blocks.append(Block(draft.kind, len(text), len(text) + len(normalised.text), draft.level, draft.context))
        text += normalised.text
    if not text:
        raise RefusedFile(Refusal.NO_TEXT, "the file holds no text that a reader would see")
    title = normalise(title).text.replace("\n", " ") or _first_heading(text, blocks)
    return Parsed((Page(1, text, tuple(blocks)),), title=title, warnings=(*warnings, *tag_warnings({1: tags})))


def tag_warnings(tags_by_page: dict[int, int]) -> list[str]:
    """Says how many Unicode tag characters were left out."""
    count = sum(tags_by_page.values())
    return [f"hidden text left out: {count} Unicode tag characters, which no reader sees"] if count else []


def with_introductions(drafts: Iterable[tuple[Draft, Rest]]) -> Iterator[tuple[Draft, Rest]]:
    """Gives each list item without context the text that introduces it: the item above it, or the paragraph before."""
    introduction = ""
    parents: list[tuple[int, str]] = []
    for draft, rest in drafts:
        if draft.kind is BlockKind.LIST_ITEM:
            parents = [parent for parent in parents if parent[0] < draft.level]
            context = introduce(parents[-1][1] if parents else introduction)
            parents.append((draft.level, draft.text))
            yield Draft(draft.kind, draft.text, draft.level, draft.context or context), rest
            continue
        if draft.kind is not BlockKind.FURNITURE:
            parents = []
            introduction = draft.text if draft.kind is BlockKind.PARAGRAPH else ""
        yield draft, rest


def introduce(text: str) -> str:
    """The end of a text, from the start of a sentence or at least of a word, in at most `CONTEXT_LENGTH` characters."""
    flat = text.replace("\n", " ")
    if len(flat) <= CONTEXT_LENGTH:
        return flat
    earliest = len(flat) - CONTEXT_LENGTH
    sentences = [match.end() for match in _SENTENCE_END.finditer(flat) if match.end() >= earliest]
    return flat[sentences[0] if sentences else flat.find(" ", earliest) + 1 :][-CONTEXT_LENGTH:]


def _normalised(drafts: Iterable[Draft]) -> Iterator[tuple[Draft, Normalised]]:
    for draft in drafts:
        normalised = normalise(draft.text)
        if normalised.text:
            yield Draft(draft.kind, normalised.text, draft.level, draft.context), normalised


def _first_heading(text: str, blocks: Sequence[Block]) -> str:
    first = (block for block in blocks if block.kind is BlockKind.HEADING and block.level == 1)
    return next((text[block.start : block.end].replace("\n", " ") for block in first), "")
