"""The page as a reader without a server gets it."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import html

from evals.report import report
from evals.types import Outcome
from tests.evals.answers import ANSWER, CASE, QUOTE, REFUSAL, UNANSWERABLE, cited, outcome, run_of

WRONG = outcome(REFUSAL)
SECRET = outcome(ANSWER, replace(CASE, id="<q3>", forbidden=("CHF 200,000",), question="Is 1 < 2 & 3?"))


def page(*outcomes: Outcome, against: tuple[Outcome, ...] = ()) -> html.HtmlElement:
    return html.fromstring(report(run_of(*outcomes), run_of(*against) if against else None))


def test_the_page_asks_for_nothing_from_elsewhere() -> None:
    text = report(run_of(outcome(), WRONG))
    assert "default-src 'none'" in text
    assert not re.findall(r"(?:src|href)=|@import|url\(", text)


def test_every_failure_is_there_with_question_expectation_and_answer() -> None:
    (case,) = page(outcome(REFUSAL), outcome(REFUSAL, UNANSWERABLE)).find_class("case")
    assert case.get("data-check") == "status|facts|citation"
    text = case.text_content()
    for shown in ("q1", CASE.question, "Expected: answered", "CHF 200,000", "Answer: no_evidence", "Nothing says it."):
        assert shown in text


def test_what_is_cited_is_marked_in_the_text_of_its_page() -> None:
    (case,) = page(SECRET).find_class("case")
    (cited_page,) = case.xpath(".//div[@class='cited']/p")
    assert cited_page.text_content().startswith("CERN buys much. Price enquiries")
    assert [mark.text for mark in cited_page.findall("mark")] == [QUOTE]
    (*_, hidden) = page(outcome(cited(page=9))).find_class("bad")
    assert hidden.text == "The reader cannot open this page."


def test_text_is_text_and_no_markup() -> None:
    (case,) = page(SECRET).find_class("case")
    assert "Is 1 < 2 & 3?" in case.text_content()
    assert "<q3>" in case.text_content()


def test_questions_that_turned_show_both_answers() -> None:
    shown = page(outcome(), against=(WRONG,))
    (case,) = shown.find_class("case")
    assert case.get("data-turned") == "better"
    assert [heading.text for heading in case.iter("h3")] == [
        "Expected: answered",
        "Before: no_evidence",
        "Answer: answered",
    ]
    assert "0 questions turned worse, 1 better." in shown.text_content()


def test_there_is_a_bar_for_every_value_of_every_tag_and_a_filter_for_each() -> None:
    shown = page(outcome(), WRONG, outcome(REFUSAL, UNANSWERABLE))
    (bars,) = shown.xpath("//*[@class='bars'][@data-metric='passed']")
    assert [bar.text_content() for bar in bars.find_class("bar")] == [
        "answerable0.50 of 2", "unanswerable1.00 of 1", "procurement0.50 of 2", "en0.67 of 3",
    ]  # fmt: skip
    assert [control.get("data-filter") for control in shown.xpath("//*[@data-filter]")] == [
        "purpose", "topic", "language", "persona", "check",
    ]  # fmt: skip
