"""What holds for every Answer, whatever was asked; a broken promise is told in words that begin with its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.types import Answer, AnswerStatus, Citation
from evals.metrics.wording import plain
from evals.types import Case, Outcome
from ingest.sentences import sentence_spans

PageText = Callable[[Citation], str | None]
_FROM_SOURCES = (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL)
_CITED_STRETCH = re.compile(r"(?s)(.*?)((?:\[\d+\])+)")
_TITLE = re.compile(r"“[^”]*”(?: \([^)]*\))?")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def broken(outcome: Outcome, page_text: PageText, in_force: frozenset[str]) -> tuple[str, ...]:
    """The promises that what came of a question does not keep; empty where all are kept.

    `page_text` gives a cited page as the reader who asked can open it, None where that reader cannot; `in_force` are
    the versions in force for that reader on the day asked for.

    - form: there is an Answer, of the agreed form, with evidence from 0 to 1 and its times
    - status: an answer built from sources has citations, and no other answer has any
    - markers: those in the text are those of the citations, and none is there twice
    - opens: the reader can open the cited page, and the citation's address names it
    - quote: the quotation stands on the page where the citation says, to the character
    - whole: the quotation begins and ends with whole words
    - in force: the cited version holds on the day asked for; not held to it is a question that names a year itself
    - cited: no sentence stands without a citation after it
    - figures: no figure is said that is not on the pages cited for it
    """
    answer = outcome.answer
    if answer is None:
        return (f"form: {outcome.error}",)
    return (
        *_form(answer),
        *_status(answer),
        *_markers(answer),
        *(fault for cited in answer.citations for fault in _citation(cited, outcome.case, page_text, in_force)),
        *_sentences(answer, page_text),
    )


def _form(answer: Answer) -> Iterator[str]:
    if not 0 <= answer.evidence <= 1:
        yield f"form: evidence is {answer.evidence}"
    if "total" not in answer.timings_ms or any(value < 0 for value in answer.timings_ms.values()):
        yield "form: timings_ms lacks its total, or holds a time below 0"
    if not answer.answer.strip():
        yield "form: the answer is empty"


def _status(answer: Answer) -> Iterator[str]:
    if (answer.status in _FROM_SOURCES) != bool(answer.citations):
        yield f"status: {answer.status} with {len(answer.citations)} citations"


def _markers(answer: Answer) -> Iterator[str]:
    used = {int(number) for number in re.findall(r"\[(\d+)\]", _without_quotes(answer.answer, answer.citations))}
    given = [cited.marker for cited in answer.citations]
    if answer.status in _FROM_SOURCES and used != set(given):
        yield f"markers: the text has {sorted(used)}, the citations {sorted(given)}"
    if len(set(given)) < len(given):
        yield f"markers: {sorted(given)} has one twice"


def _citation(cited: Citation, case: Case, page_text: PageText, in_force: frozenset[str]) -> Iterator[str]:
    where = f"[{cited.marker}] page {cited.page} of {cited.document} ({cited.version})"
    text = page_text(cited)
    if text is None:
        yield f"opens: {where} is not there for a {case.audience} reader"
    elif not cited.quote or text[cited.start : cited.end] != cited.quote:
        yield f"quote: {where} does not hold the quotation at {cited.start}–{cited.end}"
    elif _cuts_a_word(text, cited.start) or _cuts_a_word(text, cited.end):
        yield f"whole: {where} is quoted from or to the middle of a word"
    if not cited.url.startswith(f"/documents/{cited.document}/pages/{cited.page}"):
        yield f"opens: {where} has the address {cited.url}"
    if text is not None and cited.version not in in_force and not _asks_for_a_year(case):
        yield f"in force: {where} was not in force on {case.as_of or 'the day of the run'}"


def _cuts_a_word(text: str, place: int) -> bool:
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()


def _asks_for_a_year(case: Case) -> bool:
    return case.as_of is None and any(
        _YEAR.search(text) for text in (case.question, *(t.content for t in case.history))
    )


def _sentences(answer: Answer, page_text: PageText) -> Iterator[str]:
    if answer.status not in _FROM_SOURCES:
        return
    by_marker = {cited.marker: cited for cited in answer.citations}
    ended = 0
    for match in _CITED_STRETCH.finditer(answer.answer):
        cited = [by_marker[int(n)] for n in re.findall(r"\d+", match[2]) if int(n) in by_marker]
        own = _without_quotes(match[1], cited)
        if len(sentence_spans(_TITLE.sub("", own).strip())) > 1:
            yield f"cited: more than one sentence before {match[2]}: {' '.join(own.split())[:120]}"
        yield from _figures(own, match[2], cited, page_text)
        ended = match.end()
    if any(sign.isalnum() for sign in answer.answer[ended:]):
        yield f"cited: without a citation: {' '.join(answer.answer[ended:].split())[:120]}"


def _figures(said: str, markers: str, cited: Sequence[Citation], page_text: PageText) -> Iterator[str]:
    told = _NUMBER.findall(plain(_TITLE.sub("", said)))
    if not told:
        return
    sources = plain(" ".join([*(page_text(one) or "" for one in cited), *(one.title for one in cited)]))
    known = set(_NUMBER.findall(sources))
    if unknown := [number for number in told if number not in known]:
        yield f"figures: {', '.join(unknown)} before {markers} is not on the cited pages"


def _without_quotes(text: str, citations: Sequence[Citation]) -> str:
    text = " ".join(text.split())
    for cited in sorted(citations, key=lambda one: -len(one.quote)):
        text = text.replace(" ".join(cited.quote.split()) or "\0", " ")
    return text
