"""Running headers, footers and page numbers against what only looks like them."""

from __future__ import annotations

import pytest

from ingest.load.furniture import furniture
from ingest.load.layout import Layout, lay_out
from ingest.load.sheet import Run, Sheet
from tests.ingest.load.drawn import run

BODY = "Text in the middle of the page that says something else on each, here on page"


def sheets(*edges: list[Run]) -> list[Sheet]:
    """Pages that have a text of their own besides what they are given."""
    return [
        Sheet(number, 0, 842, (*runs, run(f"{BODY} {number}.", 72, 400, first=500)))
        for number, runs in enumerate(edges, start=1)
    ]


def found(pages: list[Sheet]) -> list[list[str]]:
    layouts: list[Layout] = [lay_out(page) for page in pages]
    places = furniture(pages, layouts, [""] * len(pages))
    return [
        [layout.text[piece.start : piece.end] for number, piece in enumerate(layout.pieces) if (page, number) in places]
        for page, layout in enumerate(layouts)
    ]


@pytest.mark.parametrize("text", ["Page {} of 9", "{}", "Seite {}", "Rules 2020, page {}"])
def test_page_numbers_are_furniture(text: str) -> None:
    pages = sheets(*([run(text.format(number), 300, 40)] for number in range(1, 6)))
    assert found(pages) == [[text.format(number)] for number in range(1, 6)]


def test_a_header_of_a_chapter_is_furniture_on_its_pages() -> None:
    pages = sheets(*([run(title, 72, 815)] for title in ["Scope"] * 3 + ["Terms"] * 3))
    assert found(pages) == [["Scope"]] * 3 + [["Terms"]] * 3


def test_one_number_on_one_page_is_not() -> None:
    assert found(sheets([run("1954", 300, 40)])) == [[]]


def test_headings_that_count_with_the_pages_are_not() -> None:
    pages = sheets(*([run(f"Annex {number}", 72, 815, size=14)] for number in range(1, 5)))
    assert found(pages) == [[]] * 4


def test_what_repeats_below_a_heading_is_not() -> None:
    titles = ("Works", "Goods", "Services", "Studies")
    pages = sheets(*([run(title, 72, 815, bold=True), run("In force since 2015.", 72, 790)] for title in titles))
    assert found(pages) == [[]] * 4


def test_what_repeats_in_the_middle_of_the_page_is_not() -> None:
    pages = sheets(*([run("In force since 2015.", 72, 500)] for _ in range(4)))
    assert found(pages) == [[]] * 4


def test_lines_of_contents_are_furniture() -> None:
    (texts,) = found(sheets([run("1 Scope . . . . . . . . . 7", 72, 600), run("2 Terms", 72, 570)]))
    assert texts == ["1 Scope . . . . . . . . . 7"]
