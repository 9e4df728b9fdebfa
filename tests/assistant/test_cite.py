from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cite import checked, numbered
from assistant.context import passages_of, sentences_of
from assistant.errors import CitationBroken
from assistant.types import Answer, AnswerStatus, Statement
from ingest.types import Audience, Chunk, Hit, Kind, Span, Version

VERSION = Version("v1", "rule", "rule.md", "Rule", Kind.POLICY, "en", Audience.PUBLIC, recorded=1)


def hit(pages: list[str]) -> Hit:
    """A hit whose chunk is the whole of some pages."""
    spans = tuple(Span(number, 0, len(text)) for number, text in enumerate(pages, start=1) if text)
    return Hit("v1-0", Chunk("\n".join(text for text in pages if text), spans), VERSION, rank=1)


def answer_over(pages: list[str]) -> Answer:
    """An answer that says every sentence of the pages."""
    statements = [Statement(s.text, s.quoted) for p in passages_of([hit(pages)]) for s in sentences_of(p)]
    markers, citations = numbered(statements)
    text = " ".join(f"{s.text} {''.join(f'[{markers[q]}]' for q in s.sources)}" for s in statements)
    status = AnswerStatus.ANSWERED if citations else AnswerStatus.NO_EVIDENCE
    return Answer("a1", status, "en", text, citations)


PAGES = st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=200), min_size=1, max_size=3)


@given(PAGES)
def test_every_sentence_of_any_page_is_cited_verbatim(pages: list[str]) -> None:
    answer = checked(answer_over(pages), lambda version, page: pages[page - 1])
    for cited in answer.citations:
        assert pages[cited.page - 1][cited.start : cited.end] == cited.quote


@given(PAGES.filter(lambda pages: any(text.strip() for text in pages)), st.integers(-3, 3).filter(bool))
def test_a_citation_that_is_off_by_a_character_never_passes(pages: list[str], shift: int) -> None:
    answer = answer_over(pages)
    first = answer.citations[0]
    moved = replace(first, start=first.start + shift, end=first.end + shift)
    text = pages[first.page - 1]
    if text[max(moved.start, 0) : moved.end] == first.quote:
        return  # "aaa" moved within "aaaa" is still verbatim
    with pytest.raises(CitationBroken):
        checked(replace(answer, citations=(moved, *answer.citations[1:])), lambda version, page: pages[page - 1])


def test_a_sentence_over_a_page_break_has_two_citations() -> None:
    answer = answer_over(["The rule holds for all orders", "above the threshold. It ends."])
    assert [(cited.page, cited.quote) for cited in answer.citations] == [
        (1, "The rule holds for all orders"),
        (2, "above the threshold."),
        (2, "It ends."),
    ]
    assert answer.answer.startswith("The rule holds for all orders above the threshold. [1][2]")


@pytest.mark.parametrize(
    "broken",
    [
        Answer("a", AnswerStatus.ANSWERED, "en", "Trust me."),
        replace(answer_over(["A sentence."]), status=AnswerStatus.NO_EVIDENCE),
        replace(answer_over(["A sentence."]), answer="A sentence without its marker."),
    ],
    ids=["answered without a citation", "cited without an answer", "a citation that is not used"],
)
def test_an_answer_that_breaks_a_promise_never_leaves(broken: Answer) -> None:
    with pytest.raises(CitationBroken):
        checked(broken, lambda version, page: "A sentence.")
