"""Reads the text of a source: Markdown in, blocks out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeGuard

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from builder.document import Block, Heading, Item, Listing, Paragraph, Run, SourceError, Table, Text

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def read_blocks(markdown: str, source_keys: Collection[str]) -> tuple[Block, ...]:
    """The blocks of the text, with every mention of a source key marked; `SourceError` on what has no shape here."""
    keys = "|".join(map(re.escape, source_keys)) or "(?!)"
    return _Reader(re.compile(rf"\b({keys})\b")).blocks(SyntaxTreeNode(_MARKDOWN.parse(markdown)))


@dataclass(frozen=True, slots=True)
class _Reader:
    source_key: re.Pattern[str]
    bullets: int = 0
    numbers: int = 0

    def blocks(self, parent: SyntaxTreeNode) -> tuple[Block, ...]:
        return tuple(self._block(node) for node in parent.children)

    def _block(self, node: SyntaxTreeNode) -> Block:
        match node.type:
            case "heading":
                return Heading(int(node.tag[1]), self._text(node))
            case "paragraph":
                return Paragraph(self._text(node))
            case "bullet_list" | "ordered_list":
                return self._listing(node)
            case "table":
                header, *rows = (row for part in node.children for row in part.children)
                return Table(self._cells(header), tuple(map(self._cells, rows)))
        raise SourceError(f"no shape for Markdown of the kind {node.type}{_place(node)}")

    def _listing(self, node: SyntaxTreeNode) -> Listing:
        numbered = node.type == "ordered_list"
        depth = self.numbers if numbered else self.bullets
        inner = replace(self, numbers=depth + 1) if numbered else replace(self, bullets=depth + 1)
        return Listing(numbered, int(node.attrs.get("start", 1)), depth, tuple(map(inner._item, node.children)))

    def _item(self, node: SyntaxTreeNode) -> Item:
        match self.blocks(node):
            case [Paragraph(text), *below]:
                return Item(text, tuple(block for block in below if _fits_in_list(block, node)))
        raise SourceError(f"a list item must begin with text{_place(node)}")

    def _cells(self, row: SyntaxTreeNode) -> tuple[Text, ...]:
        return tuple(self._text(cell) for cell in row.children)

    def _text(self, node: SyntaxTreeNode) -> Text:
        runs = (run for inline in node.children for run in _runs(inline, Run("")))
        pieces = groupby(runs, key=lambda run: replace(run, text=""))
        joined = (replace(style, text="".join(run.text for run in same)) for style, same in pieces)
        return tuple(part for run in joined for part in self._mark_sources(run))

    def _mark_sources(self, run: Run) -> Iterator[Run]:
        for number, part in enumerate(self.source_key.split(run.text)):
            if part:
                yield replace(run, text=part, source=part if number % 2 else "")


def _fits_in_list(block: Block, node: SyntaxTreeNode) -> TypeGuard[Paragraph | Listing]:
    if isinstance(block, Paragraph | Listing):
        return True
    raise SourceError(f"no shape for a {type(block).__name__.lower()} in a list{_place(node)}")


def _runs(node: SyntaxTreeNode, style: Run) -> Iterator[Run]:
    match node.type:
        case "text" | "code_inline":
            yield replace(style, text=node.content)
        case "softbreak" | "hardbreak":
            yield replace(style, text=" ")
        case "strong":
            yield from _inside(node, replace(style, bold=True))
        case "em":
            yield from _inside(node, replace(style, italic=True))
        case "link":
            yield from _inside(node, replace(style, link=str(node.attrs["href"])))
        case "inline":
            yield from _inside(node, style)
        case other:
            raise SourceError(f"no shape for Markdown of the kind {other}{_place(node)}")


def _inside(node: SyntaxTreeNode, style: Run) -> Iterator[Run]:
    for child in node.children:
        yield from _runs(child, style)


def _place(node: SyntaxTreeNode) -> str:
    return f" (line {node.map[0] + 1} of the text)" if node.map else ""
