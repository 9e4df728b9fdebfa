"""What pypdf adds: structure, and the text of files that PDFium cannot read."""

from pathlib import Path

import pytest
from pypdf import PdfWriter

from ingest.errors import RefusedFile
from ingest.load.headings import OutlineEntry
from ingest.load.pdf_structure import Structure, read_structure, read_texts
from tests.ingest.load.drawn import lines, pdf


def test_an_outline_is_read_with_pages_and_depth(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", lines("One."), lines("Two."))
    writer = PdfWriter(path)
    scope = writer.add_outline_item(title="Scope", page_number=0)
    writer.add_outline_item(title="Terms", page_number=1, parent=scope)
    writer.write(path)
    structure = read_structure(path)
    assert structure
    assert structure.outline == (OutlineEntry("Scope", 1, 1), OutlineEntry("Terms", 2, 2))


def test_a_file_without_structure_has_none(tmp_path: Path) -> None:
    assert read_structure(pdf(tmp_path / "a.pdf", lines("One."))) == Structure()


def test_the_text_of_each_page_is_read(tmp_path: Path) -> None:
    assert [text.strip() for text in read_texts(pdf(tmp_path / "a.pdf", lines("One."), lines("Two.")))] == [
        "One.",
        "Two.",
    ]


def test_what_is_damaged_has_no_structure_and_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7 nothing")
    assert read_structure(path) is None
    with pytest.raises(RefusedFile, match="corrupt"):
        read_texts(path)
