"""Markdown: rendered as its readers see it, then read as HTML. The only file that knows markdown-it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.fences import split_front_matter
from ingest.load import html
from ingest.load.decode import decode
from ingest.load.markers import marker
from ingest.types import Parsed

_LINKED = re.compile(r"\]\(|\]:|<[a-zA-Z]")  # without any of these a text has no link, and need not be parsed for them


def read(path: Path) -> Parsed:
    """The blocks of a Markdown file without its front matter; lists keep the numbers that their author wrote."""
    _, body = split_front_matter(decode(path.read_bytes()))
    return html.read_text(render(body))


def links(path: Path) -> Iterator[tuple[int, str]]:
    """The targets of links and images in a Markdown file, each with its line."""
    text = decode(path.read_bytes())
    _, body = split_front_matter(text)
    if not _LINKED.search(body):
        return
    above = text.count("\n", 0, len(text) - len(body)) + 1
    for token in _parser().parse(body):
        line = above + (token.map[0] if token.map else 0)
        if token.type == "html_block":
            yield from ((line + below - 1, target) for below, target in html.links_in(token.content))
        yield from _inline_links(token.children or (), line)


def _inline_links(tokens: Sequence[Token], line: int) -> Iterator[tuple[int, str]]:
    for token in tokens:
        line += token.type in ("softbreak", "hardbreak")
        if token.type in ("link_open", "image"):
            yield line, str(token.attrs.get("href") or token.attrs.get("src") or "")
        elif token.type == "html_inline":
            yield from ((line, target) for _, target in html.links_in(token.content))


def render(text: str) -> str:
    """The text as HTML, with the numbers of lists as text, and clauses typed on lines of their own kept apart."""
    parser = _parser()
    tokens = parser.parse(text)
    for opening, numbers in _ordered_lists(tokens):
        _print_numbers(tokens, opening, numbers)
    _part_clauses(tokens)
    return str(parser.renderer.render(tokens, parser.options, {}))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _ordered_lists(tokens: Sequence[Token]) -> Iterator[tuple[int, list[int]]]:
    """The place of each ordered list's opening and of its items."""
    for opening, token in enumerate(tokens):
        if token.type == "ordered_list_open":
            items: list[int] = []
            for place in range(opening + 1, len(tokens)):
                if tokens[place].type == "ordered_list_close" and tokens[place].level == token.level:
                    break
                if tokens[place].type == "list_item_open" and tokens[place].level == token.level + 1:
                    items.append(place)
            yield opening, items


def _print_numbers(tokens: Sequence[Token], opening: int, items: Sequence[int]) -> None:
    """As written where the numbers rise; "1. 1. 1." counts up, as on the page."""
    written = [int(tokens[place].info) for place in items]
    rising = all(one < other for one, other in pairwise(written))
    tokens[opening].tag = "ul"
    tokens[opening].attrs = {}
    for position, place in enumerate(items):
        number = written[position] if rising else written[0] + position
        text = tokens[place + 2]
        if text.type == "inline" and text.children is not None:
            printed = Token("text", "", 0, content=f"{number}{tokens[place].markup} ")
            text.children.insert(0, printed)


def _part_clauses(tokens: Sequence[Token]) -> None:
    """A line break before "(a)" was meant, though Markdown would run the lines together."""
    for token in tokens:
        for one, other in pairwise(token.children or []):
            found = marker(other.content) if one.type == "softbreak" else None
            if found and found.printed.endswith(")"):
                one.type, one.tag = "hardbreak", "br"
