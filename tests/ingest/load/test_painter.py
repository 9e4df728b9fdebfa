"""Pages are drawn in a process of their own, and what is marked on them is the quotation."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ingest.errors import Refusal, RefusedFile
from ingest.load import Drawing, Limits, Painter, Picture, read
from ingest.normalise import normalise
from ingest.types import Page
from tests.conftest import ROOT

LIMITS = Limits(max_bytes=1 << 30, seconds=20, memory_bytes=1 << 30)
PDFS = sorted((ROOT / "corpus").rglob("*.pdf"))
_SENTENCE = re.compile(r"[A-Z][^.|]{20,200}\.")


@pytest.fixture(scope="module")
def painter() -> Iterator[Painter]:
    with closing(Painter(LIMITS)) as ready:
        yield ready


@cache
def pages(path: Path) -> tuple[Page, ...]:
    return read(path).pages


@cache
def content(path: Path) -> bytes:
    return path.read_bytes()


def painted(painter: Painter, path: Path, page: Page, start: int, end: int, width: int = 400) -> Picture:
    return painter.paint(Drawing(content(path), page.number, page.text, start, end, width))


def text_below(path: Path, page: Page, picture: Picture) -> str:
    """What PDFium itself reads in the marked places, one after the other."""
    with closing(pypdfium2.PdfDocument(content(path))) as document:
        sheet = document[page.number - 1]
        width, height = sheet.get_size()
        text = sheet.get_textpage()
        return " ".join(
            text.get_text_bounded(left * width, height - bottom * height, right * width, height - top * height)
            for left, top, right, bottom in picture.marks
        )


def letters(text: str) -> str:
    """Letters and digits alone: spaces, hyphens at line ends and the bars between cells are not drawn as such."""
    return re.sub(r"[\W_]", "", normalise(text).text)


@given(choice=st.data())
@settings(max_examples=60, deadline=None)
def test_the_words_below_the_marks_are_the_quotation(painter: Painter, choice: st.DataObject) -> None:
    path = choice.draw(st.sampled_from(PDFS))
    page = choice.draw(st.sampled_from([page for page in pages(path) if _SENTENCE.search(page.text)]))
    sentence = choice.draw(st.sampled_from(list(_SENTENCE.finditer(page.text))))
    picture = painted(painter, path, page, *sentence.span())
    assert letters(text_below(path, page, picture)) == letters(sentence[0])


def test_without_a_quotation_nothing_is_marked(painter: Painter) -> None:
    picture = painted(painter, PDFS[0], pages(PDFS[0])[0], 0, 0, width=300)
    image = Image.open(BytesIO(picture.png))
    assert (picture.marks, image.format, image.width) == ((), "PNG", 300)


def test_a_file_that_is_no_pdf_is_refused_and_the_next_one_drawn(painter: Painter) -> None:
    with pytest.raises(RefusedFile):
        painter.paint(Drawing(b"%PDF-1.7 nonsense", 1, "", 0, 0, 300))
    assert painted(painter, PDFS[0], pages(PDFS[0])[0], 0, 0).png


def test_a_page_that_takes_too_long_is_refused() -> None:
    with closing(Painter(Limits(max_bytes=1 << 30, seconds=0.5, memory_bytes=1 << 30))) as painter:
        started = time.perf_counter()
        with pytest.raises(RefusedFile) as refused:
            painter.paint(Drawing(_endless(), 1, "", 0, 0, 3000))
        assert refused.value.refusal is Refusal.TIMED_OUT
        assert time.perf_counter() - started < 10


def _endless() -> bytes:
    """A PDF whose only page strokes a million crossing curves."""
    drawing = b"1 w\n" + b"0 0 m 500 900 100 -300 600 700 c S\n" * 1_000_000
    parts = [
        b"1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj",
        b"2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj",
        b"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 600 700]/Contents 4 0 R>> endobj",
        b"4 0 obj <</Length %d>> stream\n%s\nendstream endobj" % (len(drawing), drawing),
    ]
    return b"%PDF-1.4\n" + b"\n".join(parts) + b"\ntrailer <</Root 1 0 R>>\n%%EOF"
