from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.types import Answer, AnswerStatus
from evals.metrics.invariants import broken
from evals.types import Case, Outcome
from tests.evals.answers import ANSWER, CASE, CITATION, IN_FORCE, PAGE, QUOTE, REFUSAL, cited, outcome


def faults(answered: Outcome) -> tuple[str, ...]:
    return broken(answered, lambda cited: PAGE if cited.document == "procurement" else None, IN_FORCE["public today"])


def broken_names(answer: Answer | None, case: Case = CASE) -> set[str]:
    return {fault.partition(":")[0] for fault in faults(outcome(answer, case))}


def test_a_right_answer_breaks_nothing() -> None:
    assert faults(outcome(ANSWER)) == ()
    assert faults(outcome(REFUSAL)) == ()


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        pytest.param(None, "form", id="there is none"),
        pytest.param(replace(ANSWER, evidence=1.5), "form", id="evidence above 1"),
        pytest.param(replace(ANSWER, timings_ms={}), "form", id="no times"),
        pytest.param(replace(REFUSAL, answer=" "), "form", id="nothing said"),
        pytest.param(replace(ANSWER, status=AnswerStatus.NO_EVIDENCE), "status", id="a refusal that cites"),
        pytest.param(replace(REFUSAL, status=AnswerStatus.PARTIAL), "status, cited", id="an answer that does not cite"),
        pytest.param(cited(marker=2), "markers, figures", id="a marker without a citation"),
        pytest.param(replace(ANSWER, citations=(CITATION, CITATION)), "markers", id="a marker twice"),
        pytest.param(cited(document="secret", url="/documents/secret/pages/2"), "opens", id="a hidden page"),
        pytest.param(cited(url="/documents/procurement/pages/3"), "opens", id="the address of another page"),
        pytest.param(cited(start=CITATION.start + 1, end=CITATION.end + 1), "quote", id="shifted by a character"),
        pytest.param(cited(quote="Price enquiries are used below CHF 300,000."), "quote", id="not verbatim"),
        pytest.param(cited(quote="", start=0, end=0), "quote", id="an empty quotation"),
        pytest.param(cited(quote=QUOTE[1:], start=CITATION.start + 1), "whole", id="half a word at the start"),
        pytest.param(cited(quote=QUOTE[:28], end=CITATION.start + 28), "whole", id="half a word at the end"),
        pytest.param(cited(version="v0"), "in force", id="a superseded version"),
        pytest.param(replace(ANSWER, answer=f"{QUOTE} [1] Trust me."), "cited", id="a sentence without a citation"),
        pytest.param(replace(ANSWER, answer=f"It is so. It was so. {QUOTE} [1]"), "cited", id="two under one citation"),
        pytest.param(
            replace(ANSWER, answer="Below CHF 300,000 a price enquiry does. [1]"), "figures", id="another figure"
        ),
    ],
)
def test_a_broken_promise_is_told_by_its_name(answer: Answer | None, names: str) -> None:
    assert broken_names(answer) == set(names.split(", "))


def test_a_question_that_names_a_year_may_be_answered_from_what_held_then() -> None:
    then = replace(CASE, question="When did CERN use price enquiries in 2005?")
    assert broken_names(cited(version="v0"), then) == set()
    assert broken_names(ANSWER, then) == set()


def test_own_words_may_use_the_figures_of_the_cited_page() -> None:
    assert broken_names(replace(ANSWER, answer="Below 200 000 francs a price enquiry is enough. [1]")) == set()
