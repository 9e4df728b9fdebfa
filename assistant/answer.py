"""The pipeline from a question to a checked answer: understand, retrieve, weigh the evidence, compose, cite, check."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant import evidence, extractive
from assistant.cite import checked, numbered
from assistant.contacts import contacts_for
from assistant.context import passages_of
from assistant.language import of_question, phrases
from assistant.retrieve import Retrieved, Retriever
from assistant.settings import AssistantSettings
from assistant.types import Answer, AnswerStatus, Citation, Explanation, Question, Quoted, Statement
from ingest.index import IndexReader
from ingest.live import LiveIndex
from ingest.validity import Scope

_NEAREST = 3
_LABEL = re.compile(r"(?:\d{1,3}\.|\(?[a-z]\))\s|.+ \| ")  # an item of a numbered list, or a row of a table


class Assistant:
    """Answers questions from whatever the index holds at the moment; one serves all readers."""

    def __init__(
        self,
        index: LiveIndex,
        retriever: Retriever,
        settings: AssistantSettings,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.index = index
        self.today = today
        self._retriever, self._settings = retriever, settings

    def answer(self, question: Question) -> Answer:
        """The answer, with every sentence cited and every citation checked."""
        clock = _Clock()
        language = question.language or of_question(question.text, question.history)
        with self.index.reader() as index:
            scope = self.scope(question)
            retrieved = self._retriever.retrieve(index, question.text, language, scope, self._settings.passages)
            clock.lap("retrieve")
            passages = passages_of(retrieved.hits)
            found = evidence.signals(question.text, language, passages, index.inverse_frequency)
            probability = evidence.probability(found)
            statements: tuple[Statement, ...] = ()
            if probability >= self._settings.evidence_threshold:
                statements = extractive.compose(question.text, language, passages, index.inverse_frequency)
            clock.lap("compose")
            if statements:
                answer = _from_sources(statements, language)
            else:
                answer = _nothing_found(question, language, retrieved, index, scope)
            answer = replace(
                checked(answer, lambda version, page: _page_text(index, version, page)),
                evidence=round(probability, 4),
                explanation=Explanation(retrieved.terms, retrieved.hits, found),
            )
            clock.lap("verify")
        return replace(answer, timings_ms=clock.timings())

    def search(self, question: Question, limit: int) -> Retrieved:
        """The hits of a question, without an answer."""
        language = question.language or of_question(question.text, question.history)
        with self.index.reader() as index:
            return self._retriever.retrieve(index, question.text, language, self.scope(question), limit)

    def scope(self, question: Question) -> Scope:
        """What the question may be answered from."""
        today = self.today()
        organisations = frozenset(organisation.casefold() for organisation in question.organisations)
        return Scope(question.audience, question.as_of or today, today, question.kinds, organisations)


class _Clock:
    """Milliseconds by step."""

    def __init__(self) -> None:
        self._started = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, step: str) -> None:
        now = time.perf_counter()
        self._laps[step] = round(1e3 * (now - self._last), 2)
        self._last = now

    def timings(self) -> Mapping[str, float]:
        return {**self._laps, "total": round(1e3 * (time.perf_counter() - self._started), 2)}


def _from_sources(statements: Sequence[Statement], language: str) -> Answer:
    markers, citations = numbered(statements)
    return Answer(
        answer_id=_new_id(),
        status=AnswerStatus.ANSWERED,
        language=language,
        answer=_text(statements, markers, language),
        citations=citations,
        notes=tuple(_notes(citations, language)),
    )


def _text(statements: Sequence[Statement], markers: Mapping[Quoted, int], language: str) -> str:
    """One paragraph a document, each opened by the name of its source."""
    said = phrases(language)
    paragraphs: list[str] = []
    documents = list(dict.fromkeys(statement.sources[0].passage.hit.version.id for statement in statements))
    for place, document in enumerate(documents):
        here = [s for s in statements if s.sources[0].passage.hit.version.id == document]
        opening = (said.more if place else said.lead).format(title=_source_name(here[0]))
        sentences = [f"{s.text} {''.join(f'[{markers[quoted]}]' for quoted in s.sources)}" for s in here]
        listed = any(_LABEL.match(sentence) for sentence in sentences)
        paragraphs.append("\n".join([opening, *sentences]) if listed else " ".join([opening, *sentences]))
    return "\n\n".join(paragraphs)


def _source_name(statement: Statement) -> str:
    version = statement.sources[0].passage.hit.version
    named = f"“{version.title}”"
    return f"{named} ({version.organisation})" if version.organisation else named


def _notes(citations: Sequence[Citation], language: str) -> list[str]:
    """One remark for each foreign language that is quoted."""
    said = phrases(language)
    notes = []
    for code in dict.fromkeys(cited.language for cited in citations if cited.language != language):
        markers = ", ".join(f"[{cited.marker}]" for cited in citations if cited.language == code)
        notes.append(said.foreign.format(markers=markers, language=said.languages.get(code, code)))
    return notes


def _nothing_found(question: Question, language: str, retrieved: Retrieved, index: IndexReader, scope: Scope) -> Answer:
    said = phrases(language)
    contacts = contacts_for(question.text, retrieved.hits, index.timeline, scope.audience, scope.day)
    notes = []
    if retrieved.hits:
        titles = dict.fromkeys(f"“{hit.version.title}”" for hit in retrieved.hits)
        notes.append(said.asked_for.format(titles=", ".join(list(titles)[:_NEAREST])))
    text = said.nothing.format(question=" ".join(question.text.split()))
    if contacts:
        text += " " + said.whom.format(contacts="; ".join(contact.name for contact in contacts))
    return Answer(
        answer_id=_new_id(),
        status=AnswerStatus.NO_EVIDENCE,
        language=language,
        answer=text,
        contacts=contacts,
        notes=tuple(notes),
    )


def _page_text(index: IndexReader, version: str, number: int) -> str | None:
    page = index.page(version, number)
    return page.text if page is not None else None


def _new_id() -> str:
    return uuid.uuid4().hex
