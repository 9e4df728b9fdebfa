"""Plain text: the habits of people who write text files."""

from __future__ import annotations

from pathlib import Path

from ingest.load.plain import read
from ingest.types import BlockKind, Page
from tests.ingest.load.drawn import contexts, said


def page(folder: Path, text: str) -> Page:
    path = folder / "file.txt"
    path.write_text(text, encoding="utf-8")
    return read(path).pages[0]


def test_empty_lines_part_paragraphs_and_wrapped_lines_are_joined(tmp_path: Path) -> None:
    text = "The first paragraph runs over\nthe end of its line, and procure-\nment with it.\n\nThe second one.\n"
    assert said(page(tmp_path, text)) == [
        "The first paragraph runs over the end of its line, and procurement with it.",
        "The second one.",
    ]


def test_a_line_that_had_room_for_the_next_word_was_ended_on_purpose(tmp_path: Path) -> None:
    assert said(page(tmp_path, "Liaison office\nBuilding 5\n1211 Geneva 23, Switzerland\n")) == [
        "Liaison office\nBuilding 5\n1211 Geneva 23, Switzerland"
    ]


def test_headings_are_underlined_or_capitals_or_marked_or_alone(tmp_path: Path) -> None:
    body = "A paragraph of some length follows each of these headings, so that they are headings to any reader."
    text = f"Rules\n=====\n\n{body}\n\nTHRESHOLDS\n{body}\n\n### **Marked**\n\n{body}\n\nSpin-off companies\n\n{body}\n"
    assert said(page(tmp_path, text), BlockKind.HEADING) == ["Rules", "THRESHOLDS", "Marked", "Spin-off companies"]


def test_the_first_heading_is_the_title(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    path.write_text("HOW TO SELL TO US\n\nSome text.\n\nWHO MAY\n\nMore text.", encoding="utf-8")
    parsed = read(path)
    assert parsed.title == "HOW TO SELL TO US"
    assert [block.level for block in parsed.pages[0].blocks if block.kind is BlockKind.HEADING] == [1, 2]


def test_marked_lines_are_list_items_with_their_numbers(tmp_path: Path) -> None:
    text = (
        "The rules are:\n  1. CERN supports:\n    (a) technology;\n    (b) labels.\n  2. CERN does\n     not invest.\n"
    )
    found = page(tmp_path, text)
    assert said(found, BlockKind.LIST_ITEM) == [
        "1. CERN supports:",
        "(a) technology;",
        "(b) labels.",
        "2. CERN does not invest.",
    ]
    assert [block.level for block in found.blocks if block.kind is BlockKind.LIST_ITEM] == [1, 2, 2, 1]
    assert contexts(found)["(b) labels."] == "1. CERN supports:"
    assert contexts(found)["2. CERN does not invest."] == "The rules are:"


def test_a_number_inside_a_paragraph_starts_no_item(tmp_path: Path) -> None:
    text = (
        "The amounts are fixed by the Council and were raised in paragraph\n7. of the rules, as amended by the Council."
    )
    assert len(said(page(tmp_path, text))) == 1


def test_windows_line_ends_and_form_feeds_are_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(b"First one here.\r\n\r\nSecond one.\r\n\x0c\r\nThird one.")
    assert said(read(path).pages[0]) == ["First one here.", "Second one.", "Third one."]
