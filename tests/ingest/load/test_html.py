"""HTML: what a reader of the page sees, as blocks."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import RefusedFile
from ingest.load.html import read, read_text
from ingest.types import BlockKind, Page
from tests.ingest.load.drawn import contexts, holds_together, said


def page(html: str) -> Page:
    return read_text(html).pages[0]


def test_headings_and_paragraphs_are_blocks() -> None:
    found = page("<h1>Rules</h1><p>One <b>bold</b> word.<p>Two<div>three<section>four</section></div>")
    assert said(found) == ["Rules", "One bold word.", "Two", "three", "four"]
    assert [block.level for block in found.blocks] == [1, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("attributes", "printed"),
    [
        ("", ["1.", "2."]),
        ("start=4", ["4.", "5."]),
        ("type=a", ["a.", "b."]),
        ("type=I", ["I.", "II."]),
        ("reversed", ["2.", "1."]),
    ],
)
def test_items_of_a_numbered_list_print_their_numbers(attributes: str, printed: list[str]) -> None:
    found = said(page(f"<ol {attributes}><li>one<li>two</ol>"), BlockKind.LIST_ITEM)
    assert found == [f"{printed[0]} one", f"{printed[1]} two"]


def test_items_know_what_introduces_them_and_bullets_are_not_text() -> None:
    found = page(
        "<p>You need:</p><ul><li>a form<ol type=a><li>signed</ol></li><li><p>a plan</p><p>of two pages</p></li></ul>"
    )
    assert contexts(found) == {
        "You need:": "",
        "a form": "You need:",
        "a. signed": "a form",
        "a plan": "You need:",
        "of two pages": "a plan",
    }


def test_numbers_that_authors_typed_make_items_too() -> None:
    found = page("<p>1. The supplier shall:<br>(a) deliver;<br>(b) install.</p><p>2. The rest.</p>")
    assert said(found, BlockKind.LIST_ITEM) == [
        "1. The supplier shall:",
        "(a) deliver;",
        "(b) install.",
        "2. The rest.",
    ]


def test_table_rows_carry_their_header() -> None:
    rows = "<tr><td>up to 10<td>direct</tr><tr><td>above<td>call</tr>"
    found = page(f"<table><caption>Thresholds</caption><tr><th>Amount<th>Procedure</tr>{rows}</table>")
    assert contexts(found) == {
        "Thresholds": "",
        "Amount | Procedure": "",
        "up to 10 | direct": "Amount | Procedure",
        "above | call": "Amount | Procedure",
    }


def test_a_cell_over_several_rows_stands_in_each() -> None:
    found = page("<table><tr><td rowspan=2>CERN<td>1<tr><td>2<tr><td>ESRF<td>3</table>")
    assert said(found) == ["CERN | 1", "CERN | 2", "ESRF | 3"]


def test_a_table_that_lays_out_the_page_is_read_as_text() -> None:
    assert said(page("<table><tr><td><h2>Left</h2><p>one</p></td><td><p>two</p></td></tr></table>")) == [
        "Left",
        "one",
        "two",
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>secret</p>",
        "<p aria-hidden=true>secret</p>",
        "<div style='display: none'><p>secret</p></div>",
        "<span style='visibility:hidden'>secret</span>",
        "<span style='font-size:0px'>secret</span>",
        "<span style='opacity:0'>secret</span>",
        "<p style='position:absolute;left:-9999px'>secret</p>",
        "<p style='color:#fff'>secret</p>",
        "<p style='color: white; background-color: rgb(255, 255, 255)'>secret</p>",
        "<div style='background:black'><p style='color:#000'>secret</p></div>",
        "<font color=white>secret</font>",
    ],
)
def test_hidden_text_is_left_out_with_a_warning(hidden: str) -> None:
    parsed = read_text(f"<p>seen</p>{hidden}<p>seen too</p>")
    assert said(parsed.pages[0]) == ["seen", "seen too"]
    assert parsed.warnings == ("hidden text left out: 6 characters of hidden elements",)


@pytest.mark.parametrize(
    "shown",
    [
        "<p style='color:white;background:navy'>seen</p>",
        "<div style='background:#003366'><p style='color:#fff'>seen</p></div>",
        "<table><tr bgcolor='#000080'><td>x<td style='color:#fff'>seen</table>",
        "<p style='opacity:0.8;font-size:0.9em'>seen</p>",
    ],
)
def test_light_text_on_dark_ground_is_read(shown: str) -> None:
    parsed = read_text(shown)
    assert "seen" in parsed.pages[0].text
    assert parsed.warnings == ()


def test_navigation_scripts_and_footers_are_left_out_in_silence() -> None:
    around = "<nav>Home</nav><script>x</script><style>y</style>", "<footer>©</footer><div role=navigation>z</div>"
    parsed = read_text("<p>seen<!-- no --></p>".join(around))
    assert (parsed.pages[0].text, parsed.warnings) == ("seen", ())


def test_a_raised_figure_stays_apart_from_the_amount_before_it() -> None:
    assert page("<p>CHF 750 000<sup>1</sup>, 10<sup>th</sup></p>").text == "CHF 750 000¹, 10th"


def test_definitions_belong_to_their_terms() -> None:
    assert contexts(page("<dl><dt>ILO<dd>Industrial Liaison Officer</dl>")) == {
        "ILO": "",
        "Industrial Liaison Officer": "ILO",
    }


def test_the_title_is_that_of_the_head() -> None:
    assert read_text("<title>Rules &amp; terms</title><h1>Other</h1>").title == "Rules & terms"
    assert read_text("<h1>Other</h1>").title == "Other"


def test_a_file_is_read_in_its_declared_charset(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes("<meta charset=windows-1250><p>Łódź</p>".encode("cp1250"))
    assert read(path).pages[0].text == "Łódź"


@pytest.mark.parametrize(
    "broken",
    [
        "<p>one<td>two</b></table><li>three",
        "<p>one &nosuch; <",
        "<div" * 50 + "<p>x",
        "\x00<p>one",
        "<?xml version='1.0' encoding='utf-16'?><p>é",
    ],
)
def test_malformed_pages_are_read_as_far_as_they_go(broken: str) -> None:
    assert holds_together(read_text(broken))


def test_nesting_without_end_is_refused() -> None:
    with pytest.raises(RefusedFile, match="nested too deeply"):
        read_text("<div>" * 1500 + "x")


@pytest.mark.parametrize("empty", ["", "<!-- nothing -->", "<html><body><script>x</script></body></html>"])
def test_a_page_without_text_is_refused(empty: str) -> None:
    with pytest.raises(RefusedFile, match="no text"):
        read_text(empty)
