"""Word documents made by python-docx."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.table import _Cell

from ingest.errors import Refusal, RefusedFile
from ingest.load.docx import read
from ingest.types import BlockKind, Parsed
from tests.ingest.load.drawn import contexts, holds_together, said

WHITE = RGBColor(255, 255, 255)


def parsed(document: Document, folder: Path) -> Parsed:
    path = folder / "file.docx"
    document.save(str(path))
    found = read(path)
    assert holds_together(found)
    return found


def test_headings_have_the_level_of_their_style(tmp_path: Path) -> None:
    document = docx.Document()
    for text, level in (("Rules", 0), ("Scope", 1), ("Terms", 2)):
        document.add_heading(text, level)
    document.add_paragraph("Text.")
    page = parsed(document, tmp_path).pages[0]
    assert [block.level for block in page.blocks] == [1, 1, 2, 0]


def test_the_title_is_that_of_the_properties_else_the_first_heading(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Rules", 1)
    document.core_properties.title = ""
    assert parsed(document, tmp_path).title == "Rules"
    document.core_properties.title = "Access rules"
    assert parsed(document, tmp_path).title == "Access rules"


def test_items_print_their_numbers_and_know_what_introduces_them(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("You need:")
    for text, style in (("a form", "List Number"), ("signed", "List Bullet 2"), ("a plan", "List Number")):
        document.add_paragraph(text, style=style)
    assert contexts(parsed(document, tmp_path).pages[0]) == {
        "You need:": "",
        "1. a form": "You need:",
        "signed": "1. a form",
        "2. a plan": "You need:",
    }


def test_numbers_that_authors_typed_make_items_too(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("1. The supplier shall:", "(a) deliver;", "(b) install."):
        document.add_paragraph(text)
    page = parsed(document, tmp_path).pages[0]
    assert [(block.kind, block.level) for block in page.blocks] == [(BlockKind.LIST_ITEM, level) for level in (1, 2, 2)]


def test_table_rows_carry_their_header_and_merged_cells_stand_in_each_row(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for row, texts in enumerate([("Who", "Amount", "Procedure"), ("CERN", "10", "direct"), ("", "50", "enquiry")]):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    page = parsed(document, tmp_path).pages[0]
    assert said(page) == ["Who | Amount | Procedure", "CERN | 10 | direct", "CERN | 50 | enquiry"]
    assert contexts(page)["CERN | 50 | enquiry"] == "Who | Amount | Procedure"


def test_hidden_and_white_text_is_left_out_with_a_warning(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Seen. ")
    paragraph.add_run("vanished").font.hidden = True
    paragraph.add_run("white").font.color.rgb = WHITE
    found = parsed(document, tmp_path)
    assert found.pages[0].text == "Seen."
    assert found.warnings == ("hidden text left out: 13 characters of hidden or white text",)


def shade(cell: _Cell) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:fill"), "1F3864")
    cell._tc.get_or_add_tcPr().append(shading)


def test_white_text_on_a_dark_cell_is_read(tmp_path: Path) -> None:
    document = docx.Document()
    cell = document.add_table(1, 2).cell(0, 0)
    shade(cell)
    cell.paragraphs[0].add_run("seen").font.color.rgb = WHITE
    found = parsed(document, tmp_path)
    assert ("seen" in found.pages[0].text, found.warnings) == (True, ())


def test_what_was_deleted_is_not_read_and_what_was_inserted_is(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for name, text in (("w:del", "old"), ("w:ins", "new")):
        change = OxmlElement(name)
        change.append(paragraph.add_run(text)._r)
        paragraph._p.append(change)
    assert parsed(document, tmp_path).pages[0].text == "new"


def test_a_raised_figure_stays_apart_from_the_amount_before_it(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("CHF 750 000")
    paragraph.add_run("1").font.superscript = True
    assert parsed(document, tmp_path).pages[0].text == "CHF 750 000¹"


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", Refusal.CORRUPT),
        (b"PK\x03\x04 no archive", Refusal.CORRUPT),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), Refusal.ENCRYPTED),
        (b"\xd0\xcf\x11\xe0 Word 97", Refusal.UNSUPPORTED),
    ],
    ids=["empty", "damaged", "encrypted", "old"],
)
def test_what_is_no_word_document_is_refused(tmp_path: Path, content: bytes, refusal: Refusal) -> None:
    path = tmp_path / "file.docx"
    path.write_bytes(content)
    with pytest.raises(RefusedFile) as refused:
        read(path)
    assert refused.value.refusal is refusal
