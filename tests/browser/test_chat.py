"""Asking: answers, follow-ups, days, filters, keys, feedback; and what happens when things go wrong on the way."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.conftest import STAFF_KEY, Visit, ask, hold, last_turn, reply, send, sent, shoot, use_key

SPIN_OFFS = "Does CERN invest capital in spin-offs?"


def asked(page: Page) -> list[Request]:
    """The questions that leave the page from now on."""
    requests: list[Request] = []
    page.on("request", lambda request: requests.extend([request] if request.url.endswith("/chat") else []))
    return requests


@pytest.mark.parametrize(
    ("question", "said", "language"),
    [
        (SPIN_OFFS, "no capital investment in spin-off companies", "en"),
        ("Wat is het budget van INNO INFRA SHARE?", "1.632.694 euro", "nl"),
    ],
    ids=["English", "Dutch"],
)
def test_a_question_is_answered_with_chips_that_name_their_sources(
    visit: Visit, question: str, said: str, language: str
) -> None:
    page = visit()
    answer = ask(page, question)
    text = page.locator(".answer-text")
    expect(text).to_contain_text(said)
    expect(text).to_have_attribute("lang", language)
    assert page.locator(".answer-text .chip").all_inner_texts()[0] == "[1]"
    assert page.locator(".sources li").count() == len(answer["citations"])


def test_the_answer_is_told_to_those_who_hear_the_page(visit: Visit) -> None:
    page = visit()
    ask(page, SPIN_OFFS)
    expect(page.get_by_role("status")).to_contain_text("no capital investment")


def test_a_follow_up_is_asked_with_what_was_said_before(visit: Visit) -> None:
    page = visit()
    ask(page, SPIN_OFFS)
    requests = asked(page)
    ask(page, "And does it acquire shares in them?")
    history = sent(requests[0])["history"]
    assert [turn["role"] for turn in history] == ["user", "assistant"]
    assert history[0]["content"] == SPIN_OFFS
    page.get_by_role("button", name="New conversation").click()
    ask(page, SPIN_OFFS)
    assert sent(requests[-1])["history"] == []


def test_what_the_documents_do_not_say_is_said_so(visit: Visit) -> None:
    page = visit()
    answer = ask(page, "What is the airspeed velocity of an unladen swallow?")
    assert answer["status"] in ("no_evidence", "out_of_scope")
    expect(page.locator(".answer")).to_have_class(re.compile(answer["status"]))
    assert page.locator(".chip").count() == 0


def test_the_nearest_documents_are_links_to_their_pages(visit: Visit) -> None:
    page = visit()
    note = "Nearest documents: “Mittelbach fees” (/documents/fees), “<b>Rule</b>” (/documents/hostile)."
    told = {"answer_id": "1", "status": "no_evidence", "language": "en", "answer": "It is not said.", "notes": [note]}
    reply(page, json={**told, "citations": [], "contacts": [], "engine": "extractive", "evidence": 0, "timings_ms": {}})
    ask(page, "What is asked?")
    expect(page.locator(".notes li")).to_have_text("Nearest documents: Mittelbach fees, <b>Rule</b>.")
    page.get_by_role("link", name="Mittelbach fees").click()
    expect(page.locator("h1")).to_have_text("Mittelbach fees")


def test_a_question_as_of_a_day_is_answered_from_what_was_in_force(visit: Visit) -> None:
    page = visit()
    page.get_by_text("Narrow the question").click()
    page.get_by_label("As of a day").fill("2005-01-01")
    answer = ask(page, "What does the CERN technology transfer policy say?")
    assert {cited["document"] for cited in answer["citations"]} == {"cern-technology-transfer-policy-1999"}
    expect(page.locator(".limits")).to_have_text("as of 1 January 2005")
    page.locator(".answer-text .chip").first.click()
    expect(page.locator("#source .about").first).to_contain_text("until 28 February 2010, no longer")


def test_a_question_is_narrowed_to_kinds_and_organisations(visit: Visit) -> None:
    page = visit()
    requests = asked(page)
    page.get_by_text("Narrow the question").click()
    page.get_by_label("Kind").select_option("policy")
    page.get_by_label("Organisation").select_option("CERN")
    ask(page, "What does CERN say about licences?")
    body = sent(requests[0])
    assert (body["kinds"], body["organisations"]) == (["policy"], ["CERN"])
    page.get_by_role("button", name="No longer narrow to CERN").click()
    ask(page, "What is a spin-off?")
    assert "organisations" not in sent(requests[1])


def test_a_staff_key_opens_what_is_internal_and_its_pages(visit: Visit) -> None:
    page = visit()
    question = "What is the Mittelbach margin?"
    assert "17 percent" not in ask(page, question)["answer"]
    use_key(page)
    expect(page.get_by_role("button", name="Staff", exact=True)).to_be_visible()
    assert "17 percent" in ask(page, question)["answer"]
    page.locator(".answer-text .chip").last.click()
    picture = page.locator("#source img")
    expect(picture).to_have_attribute("src", re.compile("^blob:"))
    expect(picture).to_have_js_property("naturalWidth", 1600)
    with page.expect_download() as download:
        page.get_by_role("button", name="Original file").click()
    assert download.value.suggested_filename == "internal.pdf"


def test_forgetting_the_key_forgets_what_was_said_with_it(visit: Visit) -> None:
    page = visit()
    use_key(page)
    ask(page, "What is the Mittelbach margin?")
    page.get_by_role("button", name="Staff", exact=True).click()
    page.get_by_role("button", name="Forget the key").click()
    expect(page.locator(".turn")).to_have_count(0)
    assert page.evaluate("JSON.stringify(sessionStorage)").count("17 percent") == 0


@pytest.mark.parametrize("key", ["not-the-key", "schlüssel"])
def test_a_wrong_key_is_said_clearly_and_not_kept(visit: Visit, key: str) -> None:
    page = visit()
    use_key(page, key)
    expect(page.locator("#key").get_by_role("alert")).to_have_text("This key is not known.")
    assert page.evaluate("sessionStorage.getItem('liaison.key')") is None


def test_a_key_that_is_no_longer_known_is_said_with_the_way_out(visit: Visit) -> None:
    page = visit()
    page.evaluate("sessionStorage.setItem('liaison.key', 'revoked')")
    send(page, SPIN_OFFS)
    expect(page.locator(".problem")).to_contain_text("The key is not known")
    page.get_by_role("button", name="Change the key").click()
    page.get_by_role("button", name="Forget the key").click()
    assert ask(page, SPIN_OFFS)["status"] == "answered"


def test_feedback_with_a_comment_reaches_the_program(visit: Visit) -> None:
    page = visit()
    answer = ask(page, SPIN_OFFS)
    address = re.compile(f"/answers/{answer['answer_id']}/feedback$")
    with page.expect_response(address) as first:
        page.get_by_role("button", name="Not useful").click()
    assert first.value.ok
    page.get_by_label("What should we know?", exact=False).fill("The second sentence is beside the point.")
    with page.expect_response(address) as second:
        page.get_by_role("button", name="Send").click()
    assert second.value.ok
    assert sent(second.value.request) == {
        "useful": False,
        "comment": "The second sentence is beside the point.",
    }
    expect(page.get_by_role("button", name="Not useful")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".comment")).to_have_text("Thank you.")


def test_a_page_that_is_reloaded_before_the_answer_came_gets_it_all_the_same(visit: Visit) -> None:
    page = visit()
    names = hold(page, first=True)
    send(page, SPIN_OFFS)
    expect(page.locator(".progress")).to_be_visible()
    page.reload()
    expect(page.locator(".answer.answered")).to_contain_text("no capital investment")
    assert page.locator(".turn").count() == 1
    assert names == [names[0]] * 2
    page.reload()
    expect(page.locator(".answer.answered")).to_be_visible()


def test_an_answer_that_was_lost_on_its_way_is_not_worked_out_twice(visit: Visit) -> None:
    page = visit()
    given: list[str] = []

    def lose(route: Route) -> None:
        given.append(route.fetch().text())
        route.abort()

    page.route("**/chat", lose, times=1)
    answer = ask(page, SPIN_OFFS)
    assert answer["answer_id"] in given[0]


def test_a_lost_connection_is_said_and_the_question_is_asked_again_by_itself(visit: Visit) -> None:
    page = visit()
    page.context.set_offline(True)
    send(page, SPIN_OFFS)
    expect(page.locator(".progress")).to_contain_text("The connection was lost")
    shoot(page, "chat-lost")
    page.context.set_offline(False)
    expect(page.locator(".answer.answered")).to_contain_text("no capital investment")
    assert page.locator(".turn").count() == 1


def test_an_answer_that_breaks_off_is_asked_for_again(visit: Visit) -> None:
    page = visit()
    half = 'event: status\ndata: {"stage": "compose"}\n\nevent: token\ndata: {"text": "Half of"}\n\n'
    reply(page, content_type="text/event-stream", body=half)
    assert ask(page, SPIN_OFFS)["status"] == "answered"
    expect(page.locator(".answer-text")).not_to_contain_text("Half of")


@pytest.mark.parametrize(
    ("status", "said"),
    [(429, "Try again in 7 seconds"), (413, "too long"), (422, "not accepted"), (500, "Something went wrong")],
)
def test_every_refusal_is_said_in_words_and_can_be_tried_again(visit: Visit, status: int, said: str) -> None:
    page = visit()
    reply(page, status=status, headers={"Retry-After": "7"}, json={"detail": "for a reason"})
    send(page, SPIN_OFFS)
    expect(page.locator(".problem")).to_contain_text(said)
    shoot(page, f"chat-refused-{status}")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".answer.answered")).to_be_visible()


def test_waiting_can_be_given_up(visit: Visit) -> None:
    page = visit()
    hold(page)
    send(page, SPIN_OFFS)
    expect(page.locator(".progress")).to_contain_text("s)")  # the seconds so far
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".problem")).to_contain_text("Stopped")
    assert last_turn(page)["state"] == "problem"


def test_an_answer_is_copied_with_its_sources(visit: Visit) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    answer = ask(page, SPIN_OFFS)
    page.get_by_role("button", name="Copy").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    cited = answer["citations"][0]
    assert copied.startswith(f"{SPIN_OFFS}\n\n{answer['answer']}")
    assert (
        f"[1] {cited['title']}, CERN, {cited['section']}, in force since 1 August 2018, {cited['source_url']}" in copied
    )


def test_on_paper_stand_the_answer_and_its_sources_with_their_quotations(visit: Visit) -> None:
    page = visit()
    answer = ask(page, SPIN_OFFS)
    page.emulate_media(media="print")
    expect(page.locator(".sources .quote").first).to_have_text(answer["citations"][0]["quote"])
    expect(page.locator(".printed").first).to_have_text(answer["citations"][0]["source_url"])
    for hidden in ("#header", ".foot", ".actions"):
        expect(page.locator(hidden).first).to_be_hidden()
    shoot(page, "chat-print")


@pytest.mark.parametrize("locale", ["en-GB", "nl-NL", "de-DE", "fr-FR", "it-IT"])
def test_each_example_is_answered_and_comes_from_public_documents(visit: Visit, locale: str) -> None:
    page = visit(locale=locale)
    page.wait_for_selector(".example")
    examples = page.locator(".example").all_inner_texts()
    assert len(examples) >= 3
    for example in examples:
        response = page.request.post("/chat", data={"question": example})
        assert response.json()["status"] in ("answered", "partial"), example


def test_examples_are_asked_with_a_click(visit: Visit) -> None:
    page = visit()
    example = page.locator(".example").first
    question = example.inner_text()
    example.click()
    expect(page.locator(".question h2")).to_have_text(question)
    expect(page.locator(".answer:not(.coming)")).to_be_visible()


def test_the_key_goes_with_requests_and_into_no_address(visit: Visit) -> None:
    page = visit()
    seen: list[Request] = []
    use_key(page)
    page.on("request", lambda request: seen.append(request))
    ask(page, SPIN_OFFS)
    assert {request.header_value("authorization") for request in seen if "/chat" in request.url} == {
        f"Bearer {STAFF_KEY}"
    }
    assert not [request.url for request in seen if STAFF_KEY in request.url]
    assert STAFF_KEY not in json.dumps(page.evaluate("({...localStorage})"))
