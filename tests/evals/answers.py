"""Answers and runs made by hand, small enough to mark on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.types import Answer, AnswerStatus, Citation
from evals.run_folder import InForce, Run, key_of, reader_and_day
from evals.types import Case, CitedPage, Found, Outcome, Place
from ingest.types import Audience

PAGE = "CERN buys much. Price enquiries are used below CHF 200,000. They take ten days."
QUOTE = "Price enquiries are used below CHF 200,000."
START = PAGE.index(QUOTE)
IN_FORCE: InForce = {reader_and_day(Audience.PUBLIC, None): frozenset({"v1"})}
PAGES = (CitedPage(Audience.PUBLIC, "procurement", "v1", 2, PAGE),)
CASE = Case(
    "q1",
    "When does CERN use price enquiries?",
    (AnswerStatus.ANSWERED,),
    purpose="answerable",
    language="en",
    topic="procurement",
    relevant=(Place("procurement", "Thresholds", 2, 2),),
    facts=(("CHF 200,000",),),
)
UNANSWERABLE = Case("q2", "How tall are giraffes?", (AnswerStatus.NO_EVIDENCE,), purpose="unanswerable", language="en")
CITATION = Citation(
    marker=1,
    document="procurement",
    version="v1",
    title="Buying",
    organisation="CERN",
    section="Rules › Thresholds",
    page=2,
    start=START,
    end=START + len(QUOTE),
    quote=QUOTE,
    language="en",
    effective_from=None,
    url="/documents/procurement/pages/2?version=v1",
    source_url="",
)
ANSWER = Answer(
    answer_id="a1",
    status=AnswerStatus.ANSWERED,
    language="en",
    answer=f"According to “Buying” (CERN): {QUOTE} [1]",
    citations=(CITATION,),
    evidence=0.9,
    timings_ms={"total": 10.0},
)
REFUSAL = Answer("a2", AnswerStatus.NO_EVIDENCE, "en", "Nothing says it.", evidence=0.1, timings_ms={"total": 4.0})


def outcome(answer: Answer | None = ANSWER, case: Case = CASE, found: Sequence[Found] = ()) -> Outcome:
    return Outcome(case, answer, "" if answer else "it broke", tuple(found), 20.0)


def cited(**changes: Any) -> Answer:
    """The right answer with one thing changed in its citation."""
    return replace(ANSWER, citations=(replace(CITATION, **changes),))


def run_of(*outcomes: Outcome, settings: Mapping[str, object] | None = None) -> Run:
    pages = {key_of(page): page.text for page in PAGES}
    return Run(Path("a-run"), settings or {}, tuple(outcomes), pages, IN_FORCE)
