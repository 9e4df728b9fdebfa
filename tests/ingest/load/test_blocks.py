"""The page that a document without pages becomes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import RefusedFile
from ingest.load.blocks import CONTEXT_LENGTH, Draft, compose, heading, introduce, item, paragraph, table
from ingest.types import BlockKind
from tests.ingest.load.drawn import contexts, holds_together, said

DRAFTS = st.lists(
    st.builds(Draft, st.sampled_from(BlockKind), st.text(st.sampled_from("ab .\n-\u200b\u00a0Z1")), st.integers(1, 3)),
    min_size=1,
)


def test_blocks_are_parted_by_empty_lines_and_items_by_line_breaks() -> None:
    parsed = compose([heading("Rules", 1), paragraph("All:"), item("1. one", 1), item("2. two", 1), paragraph("End.")])
    assert parsed.pages[0].text == "Rules\n\nAll:\n\n1. one\n2. two\n\nEnd."


@given(DRAFTS)
def test_blocks_hold_together_whatever_they_are_made_of(drafts: list[Draft]) -> None:
    try:
        parsed = compose(drafts)
    except RefusedFile:
        assert not any(draft.text.strip(" \n\u200b\u00a0") for draft in drafts)
    else:
        assert holds_together(parsed)


def test_the_title_is_the_given_one_else_the_first_heading_of_level_one() -> None:
    drafts = [heading("Small", 2), heading("Large", 1), heading("Other", 1)]
    assert (compose(drafts).title, compose(drafts, title="Mine").title) == ("Large", "Mine")
    assert compose([paragraph("No heading.")]).title == ""


def test_a_list_item_knows_what_introduces_it() -> None:
    page = compose([paragraph("The following apply:"), item("one", 1), item("inner", 2), item("two", 1)]).pages[0]
    assert contexts(page) | {"The following apply:": ""} == contexts(page)
    assert contexts(page) == {
        "The following apply:": "",
        "one": "The following apply:",
        "inner": "one",
        "two": "The following apply:",
    }


def test_a_heading_introduces_nothing() -> None:
    page = compose([paragraph("Before."), heading("Rules", 1), item("one", 1)]).pages[0]
    assert contexts(page)["one"] == ""


def test_a_row_carries_the_header_of_its_table() -> None:
    page = compose(table([["Amount", "Procedure"], ["10", "direct\npurchase"], ["", " "]], has_header=True)).pages[0]
    assert page.text == "Amount | Procedure\n10 | direct purchase"
    assert contexts(page) == {"Amount | Procedure": "", "10 | direct purchase": "Amount | Procedure"}


def test_a_long_introduction_is_cut_at_the_start_of_a_sentence() -> None:
    assert (
        introduce("A first sentence that is long. " * 8 + "The rest:")
        == "A first sentence that is long. " * 6 + "The rest:"
    )
    assert len(introduce("word " * 100)) <= CONTEXT_LENGTH


def test_a_document_without_text_is_refused() -> None:
    with pytest.raises(RefusedFile, match="no text"):
        compose([paragraph(" \u200b ")])


def test_tag_characters_are_left_out_with_a_warning() -> None:
    parsed = compose([paragraph("seen\U000e0041\U000e0042")])
    assert (said(parsed.pages[0]), parsed.warnings) == (
        ["seen"],
        ("hidden text left out: 2 Unicode tag characters, which no reader sees",),
    )
