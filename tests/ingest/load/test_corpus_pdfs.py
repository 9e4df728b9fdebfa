"""The PDFs of the corpus are read as their sources say: whole sentences in reading order, lists, tables, headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby

import pytest
import yaml

from ingest.load import read
from ingest.types import Block, BlockKind, Parsed
from tests.conftest import ROOT
from tests.ingest.load.drawn import holds_together

CORPUS = ROOT / "corpus"
SHAPES = yaml.safe_load((CORPUS / "_sources" / "shapes.yaml").read_text(encoding="utf-8"))
LABEL = r"\d+\.|\([a-z]+\)"  # of an item

pytestmark = pytest.mark.parametrize("name", [name for name, shape in SHAPES.items() if shape.startswith("pdf")])


@cache
def front_matter_and_lines(name: str) -> tuple[str, list[str]]:
    """The fields of a source, and its lines without emphasis and links: paragraphs, items, headings, rows."""
    _, fields, markdown = (CORPUS / "_sources" / f"{name}.md").read_text(encoding="utf-8").split("---\n", 2)
    text = re.sub(r"[*]|\[([^]]*)\]\([^)]*\)", r"\1", markdown)
    return fields, [line.strip() for line in text.splitlines() if not re.fullmatch(r"[|:\-\s]*", line)]


def source(name: str) -> list[str]:
    return front_matter_and_lines(name)[1]


def is_row(line: str) -> bool:
    return line.startswith("|")


def row(line: str) -> str:
    return " | ".join(cell.strip() for cell in line.strip("|").split("|"))


def headings(name: str) -> list[tuple[int, str]]:
    found = (re.match(r"(#+) (.+)", line) for line in source(name))
    return [(len(match[1]), match[2]) for match in found if match]


def items(name: str) -> list[str]:
    found = (re.match(r"(?:[-*]|\d+\.) (.+)", line) for line in source(name))
    return [match[1] for match in found if match]


def tables(name: str) -> list[list[str]]:
    return [[row(line) for line in lines] for rows, lines in groupby(source(name), is_row) if rows]


def sentences(name: str) -> Iterator[str]:
    """The sentences, headings and cells of a source."""
    for line in source(name):
        text = re.sub(r"^(?:#+|[-*]|\d+\.) ", "", line)
        yield from filter(None, row(text).split(" | ") if is_row(line) else re.split(r"(?<=[.?!:]) ", text))


@cache
def parsed(name: str) -> Parsed:
    return read(CORPUS / f"{name}.pdf")


def said(name: str, *kinds: BlockKind) -> list[tuple[Block, str]]:
    """What was read of some kinds, or of all but what surrounds the text: running headers, and notes below it."""
    keys = (entry["key"] for entry in yaml.safe_load(front_matter_and_lines(name)[0])["sources"])
    note = re.compile(rf"(?:{'|'.join(keys)}): ")
    blocks = [
        (block, " ".join(page.text[block.start : block.end].split()))
        for page in parsed(name).pages
        for block in page.blocks
    ]
    return [
        (block, text)
        for block, text in blocks
        if (block.kind in kinds if kinds else block.kind is not BlockKind.FURNITURE and not note.match(text))
    ]


def test_every_sentence_stands_whole_in_reading_order_and_nothing_between(name: str) -> None:
    text = " ".join(said_text for _, said_text in said(name))
    headers = {header for header, *_ in tables(name)}  # which a table shows again on its next page
    at = 0
    for sentence in sentences(name):
        start = text.find(sentence, at)
        assert start >= 0, f"after {text[max(at - 80, 0) : at]!r}: {sentence}"
        between = text[at:start].strip(" |")
        assert between in headers or re.fullmatch(rf"(?:{LABEL})?", between), f"before {sentence!r}: {between}"
        at = start + len(sentence)
    assert at == len(text)
    assert holds_together(parsed(name))


def test_headings_are_found_with_their_levels(name: str) -> None:
    assert [(block.level, text) for block, text in said(name, BlockKind.HEADING)] == headings(name)


def test_items_are_items(name: str) -> None:
    found = [text for _, text in said(name, BlockKind.LIST_ITEM)]
    assert [re.sub(rf"^(?:{LABEL}) ", "", text) for text in found] == items(name)


def test_rows_of_tables_are_rows_under_their_header(name: str) -> None:
    found = [(block.context, text) for block, text in said(name, BlockKind.TABLE_ROW)]
    expected = [
        (context, text)
        for header, *rows in tables(name)
        for context, text in [("", header), *((header, each) for each in rows)]
    ]
    assert list(dict.fromkeys(found)) == list(dict.fromkeys(expected))
