from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.split import embedded_text, indexed_text, split
from ingest.types import Block, BlockKind, Chunk, Page
from tests.fakes import HashingEmbedder

COUNT = HashingEmbedder().count_tokens


def page(*blocks: tuple[BlockKind, str], number: int = 1, context: str = "") -> Page:
    """A page whose text is the given blocks, each on a line of its own."""
    text, placed = "", []
    for kind, content in blocks:
        start = len(text)
        text += content + "\n\n"
        level = 1 if kind is BlockKind.HEADING else 0
        placed.append(Block(kind, start, start + len(content), level, context if kind is BlockKind.TABLE_ROW else ""))
    return Page(number, text.rstrip(), tuple(placed))


def chunks(*pages: Page, limit: int = 60) -> tuple[Chunk, ...]:
    return split(pages, "Title", count_tokens=COUNT, limit=limit)


HEADING, PARAGRAPH, ROW, FURNITURE = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE_ROW, BlockKind.FURNITURE


def test_chunks_stand_under_their_headings() -> None:
    found = chunks(page((HEADING, "One"), (PARAGRAPH, "First."), (HEADING, "Two"), (PARAGRAPH, "Second.")))
    assert [(chunk.section, chunk.text) for chunk in found] == [("One", "First."), ("Two", "Second.")]


def test_the_heading_that_repeats_the_document_is_left_out() -> None:
    assert chunks(page((HEADING, "Title"), (PARAGRAPH, "First.")))[0].headings == ()


@pytest.mark.parametrize(
    ("heading", "read"),
    [
        ("1.1.1.(2)", ""),
        ("Part 5, 1(b) Supplies", "Part Supplies"),
        ("Rules of 2024", "Rules of 2024"),
        ("Regulation (EU) No 651/2014", "Regulation (EU) No 651/2014"),
        ("Horizon 2020", "Horizon 2020"),
    ],
)
def test_the_model_reads_headings_without_their_clause_numbers(heading: str, read: str) -> None:
    (chunk,) = chunks(page((HEADING, "Other"), (HEADING, heading), (PARAGRAPH, "First.")))
    assert embedded_text("", chunk) == "\n".join(filter(None, (read, "First.")))
    assert indexed_text("", chunk) == f"{heading}\nFirst."


def test_furniture_reaches_no_chunk() -> None:
    found = chunks(page((PARAGRAPH, "Text."), (FURNITURE, "page 1 of 2")))
    assert [chunk.text for chunk in found] == ["Text."]


def test_a_chunk_knows_every_page_that_it_touches() -> None:
    first = page((PARAGRAPH, "The rule applies to all"), (FURNITURE, "1"), number=1)
    second = page((PARAGRAPH, "orders above the threshold."), number=2)
    (chunk,) = chunks(first, second)
    assert [span.page for span in chunk.spans] == [1, 2]
    assert chunk.text == "The rule applies to all\norders above the threshold."


def test_a_row_far_from_its_header_carries_it_as_context() -> None:
    rows = [(ROW, f"Item {number} | {number} euro for each piece delivered") for number in range(12)]
    found = chunks(page(*rows, context="What | Price"))
    assert len(found) > 1
    assert found[-1].context == "What | Price"
    assert "What | Price" in indexed_text("Title", found[-1])


def test_a_sentence_is_cut_only_where_it_alone_is_too_long() -> None:
    text = "Short one here. " + " ".join(["word"] * 100) + "."
    found = chunks(page((PARAGRAPH, text)), limit=40)
    assert found[0].text.startswith("Short one here.")
    assert all(COUNT([indexed_text("Title", chunk)])[0] <= 40 for chunk in found)


WORDS = st.text(alphabet="abcdefg .,;\u00e9", min_size=1, max_size=120).map(lambda t: " ".join(t.split()) or "x")
BLOCKS = st.lists(st.tuples(st.sampled_from([HEADING, PARAGRAPH, ROW, FURNITURE]), WORDS), max_size=12)


@given(st.lists(BLOCKS, min_size=1, max_size=3), st.integers(min_value=32, max_value=120))
def test_every_character_is_in_one_chunk_and_no_chunk_is_too_long(
    pages: list[list[tuple[BlockKind, str]]], limit: int
) -> None:
    numbered = [page(*blocks, number=number) for number, blocks in enumerate(pages, start=1)]
    found = split(numbered, "Title", count_tokens=COUNT, limit=limit)
    texts = {p.number: p.text for p in numbered}
    covered = {p.number: [0] * len(p.text) for p in numbered}
    for chunk in found:
        assert chunk.text == "\n".join(texts[span.page][span.start : span.end] for span in chunk.spans)
        assert COUNT([indexed_text("Title", chunk)])[0] <= limit
        for span in chunk.spans:
            for place in range(span.start, span.end):
                covered[span.page][place] += 1
    for p in numbered:
        for block in p.blocks:
            expected = 1 if block.kind in (PARAGRAPH, ROW) else 0
            for place in range(block.start, block.end):
                if not p.text[place].isspace():
                    assert covered[p.number][place] == expected
