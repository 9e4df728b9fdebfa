"""No violation of axe-core's WCAG 2.2 AA rules on any page and in any state, light and dark; everything by keyboard."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, ask, hold, reply, send, shoot, use_key

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES: dict[str, dict[str, Any]] = {
    "light": {"runOnly": {"type": "tag", "values": LEVELS}, "rules": {"target-size": {"enabled": True}}},
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}},  # what colours change
}
SPIN_OFFS = "Does CERN invest capital in spin-offs?"
CITED = {
    "marker": 1, "document": "cern-spin-off-policy", "version": "v", "title": "CERN Spin-off Policy",
    "organisation": "CERN", "section": "In short", "page": 1, "start": 0, "end": 4, "quote": "CERN", "language": "en",
    "effective_from": "2018-08-01", "url": "/documents/cern-spin-off-policy/pages/1", "source_url": "https://example.org",
}  # fmt: skip
STATUSES = ["answered", "partial", "no_evidence", "out_of_scope", "clarify", "declined", "failed"]

pytestmark = pytest.mark.parametrize("scheme", ["light", "dark"])


def violations(page: Page) -> list[str]:
    scheme = "dark" if page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") else "light"
    found: list[dict[str, Any]] = Axe().run(page, options=RULES[scheme]).response["violations"]
    return [f"{one['id']}: {node['html']} {node['failureSummary']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/#/library",
        "/#/directory",
        "/#/contacts",
        "/#/documents/cern-supplier-handbook",
        "/#/documents/fees",
        "/#/nowhere",
    ],
)
def test_a_page_keeps_the_rules(visit: Visit, scheme: str, path: str) -> None:
    page = visit(path, color_scheme=scheme)
    if path == "/":
        page.wait_for_selector(".example")
    if path == "/#/documents/fees":
        page.get_by_role("button", name="Compare").click()
        page.wait_for_selector(".compared ins")
    if "directory" in path:
        page.locator(".card summary").first.click()
    assert violations(page) == []
    shoot(page, f"axe{re.sub('[^a-z]+', '-', path)}-{scheme}")


@pytest.mark.parametrize("width", [400, 1440])
@pytest.mark.parametrize(
    "question", [SPIN_OFFS, "What does the CERN supplier handbook say about price enquiries?"], ids=["text", "pdf"]
)
def test_an_answer_and_its_open_source_keep_the_rules(visit: Visit, scheme: str, width: int, question: str) -> None:
    page = visit(width=width, color_scheme=scheme)
    ask(page, question)
    assert violations(page) == []
    page.locator(".answer-text .chip").first.click()
    page.wait_for_selector("#source .page-text", state="attached")
    for summary in page.locator("#source summary").all():
        summary.click()
    assert violations(page) == []


def test_every_status_keeps_the_rules(visit: Visit, scheme: str) -> None:
    page = visit(color_scheme=scheme)
    for status in STATUSES:
        reply(page, json=answer(status))
        ask(page, "What is asked?")
        shoot(page, f"status-{status}-{scheme}")
    page.get_by_text("Narrow the question").click()
    page.get_by_label("Organisation").select_option("CERN")
    assert page.locator(".answer").count() == len(STATUSES)
    assert violations(page) == []


def answer(status: str) -> dict[str, Any]:
    """An answer as the program gives it."""
    from_sources = status in ("answered", "partial")
    return {
        "answer_id": "1", "status": status, "language": "en", "engine": "extractive", "prompt": None, "evidence": 0.5,
        "timings_ms": {},
        "answer": "CERN makes no capital investment. [1]" if from_sources else "Which of the two do you mean?",
        "citations": [CITED] if from_sources else [], "notes": ["The figure in [1] dates from 2015."],
        "contacts": [{"name": "CERN Knowledge Transfer", "role": "Licences", "url": "https://example.org/kt"}],
    }  # fmt: skip


def test_waiting_trouble_and_the_key_keep_the_rules(visit: Visit, scheme: str) -> None:
    page = visit(color_scheme=scheme)
    hold(page)
    send(page, SPIN_OFFS)
    expect(page.locator(".progress")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".problem")).to_be_visible()
    assert violations(page) == []
    use_key(page, "wrong")
    expect(page.locator("#key").get_by_role("alert")).not_to_be_empty()
    assert violations(page) == []
    shoot(page, f"key-{scheme}")


def test_a_reader_without_a_mouse_asks_and_opens_a_source(visit: Visit, scheme: str) -> None:
    page = visit(color_scheme=scheme)
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    press_until(page, ".composer textarea")
    page.keyboard.type(SPIN_OFFS)
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer.answered")
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('.answer-text .chip')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#source-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".answer-text .chip:focus")).to_have_count(1)


def press_until(page: Page, selector: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by Tab")
