"""What strangers write — documents, titles, questions, models — is text to the page, whatever it looks like."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import SCRIPT, Visit, ask, reply, shoot


def nothing_ran(page: Page) -> None:
    assert page.evaluate("window.planted") is None
    assert page.locator("main script, dialog script, img[src=x], [onerror]").count() == 0


def test_a_script_in_a_document_its_title_and_its_organisation_is_shown_as_text(visit: Visit) -> None:
    page = visit()
    answer = ask(page, "What does the Wurzelberg rule say?")
    cited = next(cited for cited in answer["citations"] if cited["document"] == "hostile")
    assert "<script>" in cited["title"] + cited["quote"]
    page.locator(".sources li button", has_text="Wurzelberg").first.click()
    expect(page.locator("#source h2")).to_contain_text("<script>window.planted=1</script>")
    expect(page.locator("#source .page-text")).to_contain_text("<img src=x onerror")
    assert page.locator("#source .links a", has_text="At its source").count() == 0
    nothing_ran(page)
    for path in ("/#/library", "/#/documents/hostile"):
        page.goto(path)
        expect(page.locator("main")).to_contain_text("<script>window.planted=1</script> Wurzelberg rule")
        nothing_ran(page)


def test_a_script_in_a_question_is_shown_as_text(visit: Visit) -> None:
    page = visit()
    ask(page, f"What is {SCRIPT}?")
    expect(page.locator(".question h2")).to_have_text(f"What is {SCRIPT}?")
    page.reload()
    expect(page.locator(".question h2")).to_have_text(f"What is {SCRIPT}?")
    nothing_ran(page)


def test_a_script_in_what_a_model_wrote_is_shown_as_text(visit: Visit) -> None:
    page = visit()
    written: dict[str, Any] = {
        "answer_id": SCRIPT, "status": "answered", "language": "en", "answer": f"It is {SCRIPT} [1]\n\n- {SCRIPT} [2]",
        "citations": [{
            "marker": 1, "document": "fees", "version": SCRIPT, "title": SCRIPT, "organisation": SCRIPT,
            "section": SCRIPT, "page": 1, "start": 0, "end": 5, "quote": SCRIPT, "language": "en",
            "effective_from": None,
            "url": "/documents/fees/pages/1", "source_url": "javascript:window.planted=1",
        }],
        "contacts": [{"name": SCRIPT, "role": SCRIPT, "url": "javascript:window.planted=1"}], "notes": [SCRIPT],
        "engine": "chat", "prompt": None, "evidence": 1, "timings_ms": {},
    }  # fmt: skip
    reply(page, json=written)
    ask(page, "What is it?")
    expect(page.locator(".answer-text p").first).to_contain_text("<script>window.planted=1</script>")
    assert page.locator("a[href^='javascript']").count() == 0
    page.locator(".chip").first.click()
    expect(page.locator("#source h2")).to_have_text(SCRIPT)
    nothing_ran(page)
    shoot(page, "untrusted")


def test_the_policy_of_the_page_allows_no_script_but_its_own_files(visit: Visit) -> None:
    page = visit()
    response = page.request.get("/")
    policy = dict(part.strip().partition(" ")[::2] for part in response.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["base-uri"] == policy["frame-ancestors"] == policy["form-action"] == "'none'"
