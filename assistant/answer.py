"""The pipeline from a question to a checked answer: understand, retrieve, weigh the evidence, compose, check."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache, partial
from itertools import chain, islice

from assistant import evidence, names, replies
from assistant.ambiguity import organisations_meant
from assistant.asked import asks_for_meaning, says_what_it_means
from assistant.cite import PageText, checked
from assistant.compose import Composer, Composing, Draft, told
from assistant.contacts import contacts_for
from assistant.context import passages_of, sentences_of
from assistant.dates import spoken, without
from assistant.definitions import defines
from assistant.errors import AssistantError
from assistant.generative import ChatEngine
from assistant.join import join, places
from assistant.language import phrases
from assistant.premise import premise_of
from assistant.relevance import examine
from assistant.retrieve import Retrieved, Retriever
from assistant.settings import AssistantSettings
from assistant.types import (
    Answer,
    AnswerStatus,
    Contact,
    Event,
    Explanation,
    Finished,
    Inquiry,
    Intent,
    Place,
    Question,
    Stage,
    Status,
)
from assistant.understand import understand
from assistant.verify.words import by_lexicon, by_vectors
from ingest.index import IndexReader
from ingest.live import LiveIndex
from ingest.settings import IndexSettings
from ingest.types import Hit, Kind
from ingest.validity import Scope

_SHARE_FOR_CLAIMS = 0.25  # of the evidence that a question needs: of a wrong claim, no passage holds all
_NEAREST = 3  # hits that tell which day a question is about: an undated guide may well lead the rule of that day
_FAR = 0.32  # cosine below which nothing is about what is asked: about 500 questions on the corpus have .36 at least
_FAR_IN_EVERYDAY_WORDS = 0.45  # the same where the weather or a film is spoken of: such questions have .40 at most
_POINTS = 30  # chunks of contact points among which those to ask are chosen
_DEFAULT_MODEL: str = IndexSettings.model_fields["embedding_model"].default
_log = logging.getLogger(__name__)


class Assistant:
    """Answers questions from whatever the index holds at the moment; one serves all readers."""

    def __init__(
        self,
        index: LiveIndex,
        retriever: Retriever,
        settings: AssistantSettings,
        today: Callable[[], date] = date.today,
        chat: ChatEngine | None = None,
    ) -> None:
        """Without a chat model the extractive engine answers."""
        self.index = index
        self.today = today
        self._retriever, self._settings, self._chat = retriever, settings, chat
        self._composer = Composer(chat)
        self._reader = lru_cache(maxsize=2)(by_lexicon)  # of the indexes before and after a sync

    @property
    def model_failures(self) -> Mapping[str, int] | None:
        """How often the chat model failed, by what went wrong; None without one."""
        return self._chat.failures if self._chat else None

    def answer(self, question: Question) -> Answer:
        """The answer, with every sentence cited and every citation checked."""
        return next(event.answer for event in self._events(question, live=False) if isinstance(event, Finished))

    def stream(self, question: Question) -> Iterator[Event]:
        """The same answer while it comes about: what was checked is told at once; closing the iterator ends the work.

        Each stage is told when it begins, a citation before the text that uses it, the whole answer at the end. The
        tokens joined are the answer's text, but where the engine broke down meanwhile (`failed`): then the end counts.
        """
        return self._events(question, live=True)

    def _events(self, question: Question, *, live: bool) -> Iterator[Event]:
        """The one pipeline; `live` asks a chat model to tell its words one by one."""
        clock = _Clock()
        yield Status(Stage.UNDERSTAND)
        with self.index.reader() as index:
            pages = cache(partial(_page_text, index))  # several citations are of one page, and each is checked twice
            asked = self._understood(question, index)
            clock.lap("understand")
            answer = replies.at_once(asked)
            if answer is None:
                yield Status(Stage.RETRIEVE)
                asked, scope = self._at_its_day(index, asked, question)
                findings: Sequence[_Finding] = [self._found(index, asked, part, scope) for part in asked.parts]
                clock.lap("retrieve")
                yield Status(Stage.COMPOSE)
                try:
                    answer, findings = yield from self._answered(index, asked, findings, scope, pages, live=live)
                except AssistantError as fault:
                    _log.error("no engine could answer: %s", fault)
                    answer = replies.failed(asked, _hits(findings))
                    yield from told(answer)
                clock.lap("compose")
                answer = _explained(_remarked(answer, asked, scope), asked, findings)
                answer = replace(answer, explanation=_named(answer.explanation, index, question))
            else:
                yield from told(answer)
            answer = checked(answer, pages)
            clock.lap("verify")
        yield Finished(replace(answer, timings_ms=clock.timings()))

    def search(self, question: Question, limit: int) -> Explanation:
        """The hits of a question and how it was understood, without an answer."""
        with self.index.reader() as index:
            asked = understand(question, index, self._retriever, self.today())
            found = self._retriever.retrieve(index, asked.text, asked.language, self.scope(question), limit)
            return _named(Explanation(asked.text, asked.read_as, found.terms.words, found.hits), index, question)

    def scope(self, question: Question) -> Scope:
        """What the question may be answered from."""
        today = self.today()
        organisations = frozenset(organisation.casefold() for organisation in question.organisations)
        return Scope(question.audience, question.as_of or today, today, question.kinds, organisations)

    def _understood(self, question: Question, index: IndexReader) -> Inquiry:
        """The question as it stands alone, in the words of the chat model where it has fitting ones."""
        asked = understand(question, index, self._retriever, self.today())
        rewritten = self._chat.rewrite(question.text, question.history) if self._chat else None
        return replace(asked, text=rewritten, parts=(rewritten,)) if rewritten else asked

    def _at_its_day(self, index: IndexReader, asked: Inquiry, question: Question) -> tuple[Inquiry, Scope]:
        """The question and what it may be answered from on the day that counts.

        The day of the request, else the one that the question speaks of, if it asks what was in force then or if what
        answers it was in force then and is no longer; else today.
        """
        scope = self.scope(question)
        said = asked.said
        if said is None or question.as_of is not None:
            return asked, scope
        of_that_day = replace(
            asked, text=without(asked.text, said), parts=tuple(without(part, said) for part in asked.parts)
        )
        then = replace(scope, day=said.day)
        if said.asks_in_force or self._was_answered(index, of_that_day, then):
            return of_that_day, then
        return (of_that_day if said.day == scope.today else asked), scope

    def _was_answered(self, index: IndexReader, asked: Inquiry, then: Scope) -> bool:
        """Whether what is nearest to a question, or most of what is near, was in force on a day and is no longer."""
        over = (v for v in index.timeline.versions if not index.timeline.in_force(v, then.today))
        if then.day >= then.today or not any(then.permits(index.timeline, version) for version in over):
            return False
        nearest = self._retriever.retrieve(index, asked.text, asked.language, then, _NEAREST).hits
        ended = [not index.timeline.in_force(hit.version.id, then.today) for hit in nearest]
        return ended[:1] == [True] or 2 * sum(ended) > len(ended)

    def _found(self, index: IndexReader, asked: Inquiry, part: str, scope: Scope, *, asks: bool = True) -> _Finding:
        """What is found for a part of a question, or for a claim in it, and how likely it answers it."""
        retrieved = self._retriever.retrieve(index, part, asked.language, scope, self._settings.passages)
        defining = self._definition(index, part, asked.language, scope)
        passages = passages_of([*defining, *(hit for hit in retrieved.hits if hit not in defining)])
        examined = examine(part, retrieved.terms, passages, asks=asks)
        sides = evidence.sides(examined, retrieved, partial(self._retriever.nearness, index, retrieved.vector))
        examined = evidence.answering(examined, sides, self._settings.evidence_threshold)
        reader, likeness = (
            self._reader(self._retriever.led_by(index)),
            by_vectors(partial(self._retriever.vector, index)),
        )
        draft = Draft(part, asked.language, examined, passages, scope.today, reader, likeness)
        return _Finding(draft, retrieved, sides[0], evidence.probability(sides[0]))

    def _definition(self, index: IndexReader, part: str, language: str, scope: Scope) -> Sequence[Hit]:
        """The chunk of a glossary that defines what a question asks the meaning of; none for another question."""
        term = asks_for_meaning(part)
        if term is None or scope.kinds:
            return ()
        glossary = replace(scope, kinds=frozenset({Kind.GLOSSARY}))
        hits = self._retriever.retrieve(index, term, language, glossary, self._settings.passages).hits
        said = (p.hit for p in passages_of(hits) if any(says_what_it_means(part, s.text) for s in sentences_of(p)))
        labelled = (hit for hit in hits if defines(part, language, hit))
        return tuple(islice(chain(labelled, said), 1))

    def _taken_for_granted(self, index: IndexReader, asked: Inquiry, scope: Scope) -> _Finding | None:
        """What is found on what a question takes for granted; None where that is nothing."""
        premise = premise_of(asked.text)
        return self._found(index, asked, premise, scope, asks=False) if premise else None

    def _told_of(
        self, granted: _Finding, question: str, pages: PageText, *, live: bool
    ) -> Generator[Event, None, Answer | None]:
        """Tells and returns what is said of a thing taken for granted, with the remark that the question is left open.

        None where too little is said.
        """
        if granted.probability < _SHARE_FOR_CLAIMS * self._settings.evidence_threshold:
            return None
        answer = yield from self._composer.compose(granted.draft, pages, live=live)
        if answer is None:
            return None
        note = phrases(answer.language).not_found.format(question=question)
        return replace(answer, notes=(*answer.notes, note))

    def _answered(
        self,
        index: IndexReader,
        asked: Inquiry,
        findings: Sequence[_Finding],
        scope: Scope,
        pages: PageText,
        *,
        live: bool,
    ) -> Generator[Event, None, tuple[Answer, Sequence[_Finding]]]:
        """Tells and returns the answer, with what was found for it: to the question, else to what it takes for granted.

        Raises:
            CitationBroken: a page no longer holds what is quoted from it.
        """
        if self._is_elsewhere(index, asked, findings, scope):
            elsewhere = replies.out_of_scope(asked)
            yield from told(elsewhere)
            return elsewhere, findings
        unclear = _organisations_meant(asked, findings)
        if not unclear:
            if answer := (yield from self._composed(findings, pages, live=live)):
                return answer, findings
            granted = self._taken_for_granted(index, asked, scope)
            if granted and (answer := (yield from self._told_of(granted, asked.text, pages, live=live))):
                return answer, [granted]
        answer = self._unanswered(index, asked, findings, scope, unclear)
        yield from told(answer)
        return answer, findings

    def _unanswered(
        self,
        index: IndexReader,
        asked: Inquiry,
        findings: Sequence[_Finding],
        scope: Scope,
        unclear: Sequence[str],
    ) -> Answer:
        """What is said where no sources answer: a question back, that it is about something else, or whom to ask."""
        if unclear:
            return replies.which_organisation(asked, unclear)
        if asked.intent is Intent.ASKS_ELSEWHERE:
            return replies.out_of_scope(asked)
        hits = _hits(findings)
        gaps = (evidence.gap(finding.draft.examined) for finding in findings)
        return replies.nothing_found(
            asked, hits, self._contacts(index, asked, hits, scope), next(filter(None, gaps), ())
        )

    def _contacts(self, index: IndexReader, asked: Inquiry, hits: Sequence[Hit], scope: Scope) -> tuple[Contact, ...]:
        """Whom to ask, whatever the question was narrowed to."""
        points = replace(scope, kinds=frozenset({Kind.CONTACT}), organisations=frozenset())
        found = self._retriever.retrieve(index, asked.text, asked.language, points, _POINTS)
        timeline = index.timeline
        return contacts_for(asked.text, found.terms, found.hits, hits, timeline, scope.audience, scope.day)

    def _is_elsewhere(self, index: IndexReader, asked: Inquiry, findings: Sequence[_Finding], scope: Scope) -> bool:
        """Whether no document is near in meaning and none of their organisations is named.

        Then a question is about something else, whatever words it shares with them ("Hoe maak ik stoofvlees?" and
        Flanders Make). Other models have other cosines, and a model tells nothing of a language that it cannot read.
        """
        if not (index.model or "").startswith(_DEFAULT_MODEL) or any(
            not (finding.retrieved.read or self._retriever.lexicon.languages) for finding in findings
        ):
            return False
        known = names.finder(index.timeline, scope.audience)
        nearest = max((max(finding.retrieved.dense.values(), default=1.0) for finding in findings), default=1.0)
        far = _FAR_IN_EVERYDAY_WORDS if asked.intent is Intent.ASKS_ELSEWHERE else _FAR
        return nearest < far and not (known and known.search(asked.text))

    def _composed(
        self, findings: Sequence[_Finding], pages: PageText, *, live: bool
    ) -> Generator[Event, None, Answer | None]:
        """Tells and returns the answer; None where no part has one.

        A part without evidence is named in the remarks. The answers to several parts are told when all are there.
        """
        told_at_once = len(findings) == 1
        answers: list[Answer | None] = []
        for finding in findings:
            answer = None
            if finding.probability >= self._settings.evidence_threshold:
                quoted = frozenset[Place]().union(*(places(earlier) for earlier in answers if earlier))
                draft = replace(finding.draft, quoted=quoted)
                composing = self._composer.compose(draft, pages, live=live and told_at_once)
                answer = (yield from composing) if told_at_once else _quietly(composing)
            answers.append(answer)
        if told_at_once or not any(answers):
            return answers[0]
        missing = [finding.draft.question for finding, answer in zip(findings, answers, strict=True) if answer is None]
        joined = _partly(join([answer for answer in answers if answer is not None]), missing)
        yield from told(joined)
        return joined


@dataclass(frozen=True, slots=True)
class _Finding:
    """What was found for a part of a question, and the probability that it answers it."""

    draft: Draft
    retrieved: Retrieved
    signals: Mapping[str, float]
    probability: float


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


def _quietly(composing: Composing) -> Answer | None:
    """What a composer returns, once all that it tells was passed over."""
    try:
        while True:
            next(composing)
    except StopIteration as done:
        answer: Answer | None = done.value
        return answer


def _partly(answer: Answer, missing: Sequence[str]) -> Answer:
    if not missing:
        return answer
    said = phrases(answer.language)
    notes = (*answer.notes, *(said.not_found.format(question=part) for part in missing))
    return replace(answer, status=AnswerStatus.PARTIAL, notes=notes)


def _organisations_meant(asked: Inquiry, findings: Sequence[_Finding]) -> tuple[str, ...]:
    """Whom a question may be about where that is unclear; empty where it is clear or several things are asked."""
    meant = [organisations_meant(f.draft.question, asked.language, f.retrieved.hits) for f in findings]
    return meant[0] if len(meant) == 1 else ()


def _remarked(answer: Answer, asked: Inquiry, scope: Scope) -> Answer:
    """The answer, with remarks on what was read as something else, and on a day that is not today."""
    said = phrases(answer.language)
    remarks = [said.read_as.format(was=was, now=now) for was, now in asked.read_as.items()]
    if scope.day != scope.today:
        remarks.append(said.as_of.format(day=spoken(scope.day, answer.language)))
    return replace(answer, notes=(*remarks, *answer.notes))


def _explained(answer: Answer, asked: Inquiry, findings: Sequence[_Finding]) -> Answer:
    """The answer with how it came about; its evidence is that of the part with most."""
    surest = max(findings, key=lambda finding: finding.probability)
    words = tuple(word for finding in findings for word in finding.retrieved.terms.words)
    explanation = Explanation(asked.text, asked.read_as, words, tuple(_hits(findings)), surest.signals)
    return replace(answer, evidence=round(surest.probability, 4), explanation=explanation)


def _named(explanation: Explanation, index: IndexReader, question: Question) -> Explanation:
    """An explanation with the organisations and documents of the corpus that the question names."""
    asked, timeline, audience = explanation.question, index.timeline, question.audience
    found = names.finder(timeline, audience)
    organisations = tuple(dict.fromkeys(found.findall(asked))) if found else ()
    documents = names.documents(asked, timeline, audience)
    return replace(explanation, organisations=organisations, documents=documents)


def _hits(findings: Sequence[_Finding]) -> list[Hit]:
    return [hit for finding in findings for hit in finding.retrieved.hits]


def _page_text(index: IndexReader, version: str, number: int) -> str | None:
    page = index.page(version, number)
    return page.text if page is not None else None
