"""The values that pass between the stages of a measurement; all frozen, none knows an outside library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assistant.types import Answer, AnswerStatus, Turn
from ingest.types import Audience


@dataclass(frozen=True, slots=True)
class Row:
    """A passage of an evaluation corpus; `language` None means: find out."""

    id: str
    title: str
    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A question of an evaluation set, with the turns before it."""

    id: str
    text: str
    history: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Qrel:
    """How relevant a document is to a query; 0 is judged and not relevant."""

    query_id: str
    doc_id: str
    relevance: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a query: documents best first, the evidence seen, the verdict on it, and how long all of it took."""

    query_id: str
    ranking: tuple[str, ...]
    evidence: float
    refused: bool
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Abstention:
    """How well refusals fall on the questions that have no answer; None where there is nothing to divide by."""

    precision: float | None
    recall: float | None
    false_refusal_rate: float | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the documents an answer stands, and how well it does there (1 also, 2 best).

    `section` is a heading path (`Thresholds › Price enquiry`) or the end of one; None is the whole page, and a `page`
    of None the whole document.
    """

    document: str
    section: str | None = None
    page: int | None = None
    grade: int = 1


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what its answer must be.

    `expected` are the statuses that are right; `facts` must all be said, each in one of its forms; nothing of
    `forbidden` may be shown. `purpose` is the file that the question comes from; a `language` of None is not checked.
    """

    id: str
    question: str
    expected: tuple[AnswerStatus, ...]
    purpose: str = ""
    language: str | None = None
    persona: str = ""
    topic: str = ""
    history: tuple[Turn, ...] = ()
    as_of: date | None = None
    audience: Audience = Audience.PUBLIC
    relevant: tuple[Place, ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] = ()
    checked: date | None = None

    @property
    def answerable(self) -> bool:
        """Whether the documents hold an answer."""
        return AnswerStatus.ANSWERED in self.expected


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was found for a question."""

    document: str
    section: str
    page: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What an instance of the program gave for a question.

    `answer` is the Answer as it came, None where the instance gave none, and then `error` says why. `found` are the
    passages, best first; None where the instance does not tell them.
    """

    answer: Mapping[str, object] | None
    found: tuple[Found, ...] | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class CitedPage:
    """A page as a reader of that audience opens it; `text` None: the reader cannot open it."""

    audience: Audience
    document: str
    version: str
    page: int
    text: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a case. `answer` None: there was none, or none of the agreed form, and `error` says why."""

    case: Case
    answer: Answer | None
    error: str
    found: tuple[Found, ...] | None
    milliseconds: float

    @property
    def status(self) -> AnswerStatus:
        """How the question ended; without an answer it failed."""
        return self.answer.status if self.answer else AnswerStatus.FAILED
