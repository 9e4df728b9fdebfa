"""Where readers are served: every question of a server goes through here, and what may be kept of it is kept."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Generator, Iterator
from datetime import UTC, datetime, timedelta

from assistant.answer import Assistant
from assistant.attempts import Attempt, Attempts
from assistant.metrics import Metrics
from assistant.settings import AssistantSettings
from assistant.types import EXTRACTIVE, Answer, CitationFound, Event, Finished, Question, Token
from ingest.errors import JournalUnavailable
from ingest.journal import Given, Journal
from ingest.types import Audience

_WITHOUT_QUESTION = timedelta(days=1)  # long enough to say whether an answer was useful
_FORGET_EVERY = 3600.0  # seconds
_log = logging.getLogger(__name__)


class Desk:
    """Answers questions and remembers the answers; their questions too where the settings say so."""

    def __init__(self, assistant: Assistant, journal: Journal, settings: AssistantSettings) -> None:
        self.assistant = assistant
        self.journal = journal
        self.metrics = Metrics(lambda: assistant.model_failures)
        self._keeps_questions = settings.log_questions
        self._kept = timedelta(days=settings.log_days)
        self._forgot: float | None = None
        self._attempts = Attempts()

    def answer(self, question: Question, attempt: str = "") -> Answer:
        """The answer to a question; `attempt` as in `stream`."""
        named = self._named(attempt, question)
        answer = self._attempts.find(named)
        if answer is None:
            answer = self.assistant.answer(question)
            self._record(named, answer)
        return answer

    def stream(self, question: Question, attempt: str = "") -> Generator[Event, None, None]:
        """The answer while it comes about; closing the iterator ends the work, and nothing is kept then.

        A question that comes again under the same name (`attempt`) gets the answer that it had.
        """
        named = self._named(attempt, question)
        known = self._attempts.find(named)
        for event in self.assistant.stream(question) if known is None else _told_again(known):
            if isinstance(event, Finished) and known is None:
                self._record(named, event.answer)
            yield event

    def judge(self, answer: str, audience: Audience, *, useful: bool, comment: str) -> bool:
        """Keeps what a reader says of an answer; False where no such answer was given lately to such a reader.

        Raises:
            JournalUnavailable: it cannot be kept.
        """
        given = self.journal.find(answer)
        if given is None or (given.audience is Audience.STAFF and audience is not Audience.STAFF):
            return False
        self.journal.judge(answer, useful=useful, comment=comment)
        return True

    def counted(self, audience: Audience) -> bytes:
        """The counters as Prometheus reads them, for the eyes of an audience."""
        with self.assistant.index.reader() as index:
            chunks: Counter[Audience] = Counter()
            for shelf, count in index.chunk_counts.items():
                chunks[shelf.audience] += count
            self.metrics.describe_index(index.generation, chunks, self._refused())
        return self.metrics.exposition(audience)

    def _named(self, attempt: str, question: Question) -> Attempt:
        with self.assistant.index.reader() as index:
            return Attempt(attempt, question, index.generation)

    def _refused(self) -> int:
        """How many documents the last sync refused."""
        last = self.journal.last("sync")
        return len(last.details["refused"]) if last is not None else 0

    def _record(self, attempt: Attempt, answer: Answer) -> None:
        self._attempts.keep(attempt, answer)
        audience = attempt.question.audience
        self.metrics.count_answer(answer, audience)
        if self._fell_back(answer):
            self.metrics.count_fallback(audience)
        self._keep(attempt.question, answer)

    def _fell_back(self, answer: Answer) -> bool:
        """Whether sources are quoted because the chat model failed, or wrote nothing that they bear out."""
        return self.assistant.model_failures is not None and answer.engine == EXTRACTIVE and bool(answer.citations)

    def _keep(self, question: Question, answer: Answer) -> None:
        """Puts an answer into the journal; a journal that is out of order keeps no reader waiting."""
        try:
            self.journal.remember(self._given(question, answer))
            self._forget()
        except JournalUnavailable as error:
            _log.warning("an answer is not in the journal: %s", error)

    def _given(self, question: Question, answer: Answer) -> Given:
        return Given(
            answer=answer.answer_id,
            given=datetime.now(UTC),
            audience=question.audience,
            status=answer.status.value,
            engine=answer.engine,
            evidence=answer.evidence,
            language=answer.language,
            question=(answer.explanation.question or question.text) if self._keeps_questions else None,
            earlier_turns=len(question.history),
            as_of=question.as_of,
            cited=tuple(dict.fromkeys(cited.document for cited in answer.citations)),
            nearest=tuple(dict.fromkeys(hit.version.document for hit in answer.explanation.hits)),
        )

    def _forget(self) -> None:
        now = time.monotonic()
        if self._forgot is None or now - self._forgot > _FORGET_EVERY:
            self._forgot = now
            today = datetime.now(UTC)
            self.journal.forget(bare_before=today - _WITHOUT_QUESTION, before=today - self._kept)


def _told_again(answer: Answer) -> Iterator[Event]:
    """The events of an answer that is there already."""
    yield from map(CitationFound, answer.citations)
    yield Token(answer.answer)
    yield Finished(answer)
