"""Opening a citation: what is marked is the quotation, in every format and at every width."""

from __future__ import annotations

import json
import re
from contextlib import closing
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from ingest.normalise import normalise
from tests.browser.conftest import Visit, ask, shoot

QUESTIONS = {
    "pdf": ("What does the CERN supplier handbook say about price enquiries?", "application/pdf"),
    "docx": ("Wie is eigenaar van de intellectuele eigendom bij een spin-off van een universiteit?", "wordprocessing"),
    "markdown": ("Does CERN invest capital in spin-offs?", "text/markdown"),
    "html": ("How do tenders work at ESO?", "text/html"),
}


def letters(text: str) -> str:
    return re.sub(r"[\W_]", "", normalise(text).text)


def cited_in(page: Page, format_: str) -> dict[str, Any]:
    """Asks for the format, and gives the first citation of a document in it."""
    question, media_type = QUESTIONS[format_]
    for cited in ask(page, question)["citations"]:
        if media_type in page.request.get(f"/documents/{cited['document']}").json()["media_type"]:
            return dict(cited)
    raise AssertionError(f"no citation of a {format_} document")


def open_citation(page: Page, cited: dict[str, Any]) -> None:
    page.locator(".answer-text .chip", has_text=f"[{cited['marker']}]").first.click()


@pytest.mark.parametrize("format_", ["docx", "markdown", "html"])
def test_the_marked_words_of_a_text_are_the_quotation_and_in_view(visit: Visit, format_: str) -> None:
    page = visit()
    cited = cited_in(page, format_)
    open_citation(page, cited)
    marks = page.locator("#source mark")
    expect(marks.first).to_be_in_viewport()
    assert letters("".join(marks.all_inner_texts())) == letters(cited["quote"])
    shoot(page, f"source-{format_}")


def test_the_marked_words_of_a_pdf_are_the_quotation_and_in_view(visit: Visit) -> None:
    page = visit()
    cited = cited_in(page, "pdf")
    with page.expect_response(re.compile("/image")) as response:
        open_citation(page, cited)
    marks = json.loads(response.value.header_value("x-marks") or "[]")
    original = page.request.get(f"/documents/{cited['document']}/file?version={cited['version']}").body()
    assert letters(text_below(original, cited["page"], marks)) == letters(cited["quote"])
    picture = page.locator("#source img")
    expect(picture).to_be_visible()
    frame = page.locator("#source .picture").bounding_box()
    image = picture.bounding_box()
    assert frame
    assert image
    for left, top, right, bottom in marks:
        x, y = image["x"] + (left + right) / 2 * image["width"], image["y"] + (top + bottom) / 2 * image["height"]
        assert frame["y"] <= y <= frame["y"] + frame["height"]
        assert is_yellow(page, x, y, (bottom - top) * image["height"])
    shoot(page, "source-pdf")


def text_below(pdf: bytes, number: int, marks: list[list[float]]) -> str:
    """What PDFium reads in the marked places of a page."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        sheet = document[number - 1]
        width, height = sheet.get_size()
        text = sheet.get_textpage()
        return " ".join(
            text.get_text_bounded(left * width, height - bottom * height, right * width, height - top * height)
            for left, top, right, bottom in marks
        )


def is_yellow(page: Page, x: float, y: float, height: float) -> bool:
    """Whether a place on the screen is under the mark: paper that lost its blue."""
    clip = {"x": x - 20, "y": y - height / 2, "width": 40, "height": max(height, 2)}
    seen = Image.open(BytesIO(page.screenshot(clip=clip))).convert("RGB")  # type: ignore[arg-type]
    colours = seen.getcolors(1 << 20) or []
    return any(red > 200 and blue < 190 for _, (red, _, blue) in colours)  # type: ignore[misc]


def test_the_text_of_a_pdf_is_there_for_those_who_hear_it(visit: Visit) -> None:
    page = visit()
    cited = cited_in(page, "pdf")
    open_citation(page, cited)
    expect(page.locator("#source img")).to_have_attribute("alt", re.compile(rf"^Page {cited['page']} of "))
    page.get_by_text("Text of the page").click()
    assert letters("".join(page.locator("#source mark").all_inner_texts())) == letters(cited["quote"])


def test_the_viewer_says_what_the_source_is_and_leads_to_the_original(visit: Visit) -> None:
    page = visit()
    cited = cited_in(page, "markdown")
    open_citation(page, cited)
    viewer = page.locator("#source")
    expect(viewer.get_by_role("heading", level=2)).to_have_text(cited["title"])
    expect(viewer.locator(".about").first).to_contain_text(
        f"{cited['organisation']} · {cited['section']} · in force since 1 August 2018 · English"
    )
    links = {link.inner_text(): link.get_attribute("href") for link in viewer.locator(".links a").all()}
    assert links["Original file"] == f"/documents/{cited['document']}/file?version={cited['version']}"
    assert links["At its source"] == cited["source_url"]
    viewer.get_by_text("The whole document").click()
    expect(page.locator("h1")).to_have_text(cited["title"])
    expect(viewer).to_be_hidden()


@pytest.mark.parametrize("width", [400, 768, 1440])
def test_the_source_stands_beside_the_answer_and_on_narrow_screens_over_it(visit: Visit, width: int) -> None:
    page = visit(width=width)
    open_citation(page, cited_in(page, "pdf"))
    expect(page.locator("#source img")).to_be_visible()
    box = page.locator("#source").bounding_box()
    assert box
    assert (box["width"] < width * 0.6) == (width == 1440)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Escape")
    expect(page.locator("#source")).to_be_hidden()
    expect(page.locator(".answer-text .chip:focus")).to_have_count(1)


def test_the_source_follows_when_the_window_becomes_narrow(visit: Visit) -> None:
    page = visit(width=1440)
    open_citation(page, cited_in(page, "markdown"))
    page.set_viewport_size({"width": 500, "height": 800})
    expect(page.locator("#source:modal")).to_be_visible()


def test_a_page_is_enlarged_around_the_marked_words(visit: Visit) -> None:
    page = visit()
    open_citation(page, cited_in(page, "pdf"))
    before = page.locator("#source img").bounding_box()
    page.get_by_role("button", name="Larger").click()
    after = page.locator("#source img").bounding_box()
    assert before
    assert after
    assert after["width"] == pytest.approx(1.6 * before["width"], rel=0.02)
