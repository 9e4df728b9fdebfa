"""Awkward PDFs from the field: each ends in text or in the refusal it deserves."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from ingest.errors import Refusal, RefusedFile
from ingest.load import Limits, read, read_all
from ingest.types import Page, Parsed
from tests.conftest import reference_folder
from tests.ingest.load.drawn import holds_together

FOLDER = reference_folder() / "eval-data" / "bad-pdfs-dev"
REFUSED = {"password": Refusal.ENCRYPTED, "damaged": Refusal.CORRUPT, "image-only": Refusal.NO_TEXT}
# Its only text is a line that the program which made it left on the picture; a reader sees it.
SAYS_LITTLE = "018-base64-image/base64image.pdf"

pytestmark = pytest.mark.reference


def files() -> Iterator[object]:
    manifest = FOLDER / "manifest.json"
    for file in json.loads(manifest.read_text(encoding="utf-8"))["files"] if manifest.is_file() else ():
        expected = None if file["path"] == SAYS_LITTLE else REFUSED.get(file["kind"])
        yield pytest.param(file["path"], file["pages"], expected, id=file["path"])


@pytest.mark.parametrize(("path", "pages", "refusal"), list(files()))
def test_every_file_ends_in_text_or_in_its_refusal(path: str, pages: int, refusal: Refusal | None) -> None:
    if refusal:
        with pytest.raises(RefusedFile) as refused:
            read(FOLDER / path)
        assert refused.value.refusal is refusal
        return
    parsed = read(FOLDER / path)
    assert len(parsed.pages) == pages
    assert holds_together(parsed)
    assert any(page.blocks for page in parsed.pages)


def test_all_of_them_at_once_leave_none_out() -> None:
    paths = sorted(FOLDER.rglob("*.pdf"))
    limits = Limits(max_bytes=100_000_000, seconds=60, memory_bytes=1_000_000_000)
    read_files = dict(read_all(paths, limits=limits, workers=2))
    assert sorted(read_files) == paths
    refusals = [parsed.refusal for parsed in read_files.values() if isinstance(parsed, RefusedFile)]
    assert set(refusals) == set(REFUSED.values())


def page(path: str, number: int) -> Page:
    parsed = read(FOLDER / path)
    assert isinstance(parsed, Parsed)
    return parsed.pages[number - 1]


def test_columns_are_read_one_after_the_other() -> None:
    text = page("026-latex-multicolumn/multicolumn.pdf", 1).text
    assert (
        "felis. Donec nonummy pellentesque ante." in text
    )  # from the foot of the left column to the head of the right


def test_words_broken_over_lines_are_mended() -> None:
    text = page("026-latex-multicolumn/multicolumn.pdf", 1).text
    assert "consectetuer adipiscing elit" in text
    assert "-" not in text.replace("Two-Column", "")


def test_the_outline_gives_the_headings() -> None:
    pages = read(FOLDER / "006-pdflatex-outline/pdflatex-outline.pdf").pages
    found = [each.text[block.start : block.end] for each in pages[1:] for block in each.blocks if block.level == 1]
    assert found == ["1 Foo", "2 Bar", "3 Baz", "4 Foo", "5 Bar", "6 Baz", "7 Foo", "8 Bar", "9 Baz"]


def test_an_attachment_is_named() -> None:
    assert read(FOLDER / "025-attachment/with-attachment.pdf").warnings == ("attached files were not read: image.png",)
