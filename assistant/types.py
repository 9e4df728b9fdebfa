"""The values that pass between the steps of an answer; all frozen, none knows an outside library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal, TypeAlias

from ingest.types import Audience, Hit, Kind, Span, TermGroup, Version
from ingest.validity import Period

EXTRACTIVE = "extractive"  # the name of the engine that quotes


class AnswerStatus(StrEnum):
    """How a question ended; only the first two carry an answer built from sources."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NO_EVIDENCE = "no_evidence"
    OUT_OF_SCOPE = "out_of_scope"
    CLARIFY = "clarify"
    DECLINED = "declined"
    FAILED = "failed"


Place = tuple[str, int, int, int]  # a stretch of the corpus: version, page, start, end


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, by whom, of which day, and narrowed to what; `language` None means: find out."""

    text: str
    audience: Audience
    history: tuple[Turn, ...] = ()
    as_of: date | None = None
    language: str | None = None
    kinds: frozenset[Kind] = frozenset()
    organisations: frozenset[str] = frozenset()


class Intent(StrEnum):
    """What a message wants, as far as its words tell."""

    ASKS = "asks"
    ASKS_ELSEWHERE = "asks elsewhere"
    GREETS = "greets"
    SAYS_NOTHING = "says nothing"
    OTHER_WORK = "other work"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Said:
    """A day that a question speaks of, in these words, lower case.

    `asks_in_force` says whether the question asks in so many words what was in force then.
    """

    day: date
    words: str
    asks_in_force: bool


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question as understood: in its language, with what it takes over from the conversation.

    `parts` are the things that it asks, each as it stands alone; `read_as` is what was misspelt and how it was read.
    """

    text: str
    language: str
    parts: tuple[str, ...]
    intent: Intent = Intent.ASKS
    said: Said | None = None
    read_as: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Passage:
    """A hit as numbered for one question: `[1]` is the first."""

    number: int
    hit: Hit


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a draft answer, with the places in passages that bear it out.

    `cited` are the numbers of passages that an engine wrote behind it, until verification finds the places. `head` is
    that of the table which the sentence is a row of, where another statement does not say it already.
    """

    text: str
    sources: tuple[Quoted, ...] = ()
    cited: tuple[int, ...] = ()
    head: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch of a passage's page that a statement relies on."""

    passage: Passage
    span: Span
    quote: str

    @property
    def place(self) -> Place:
        """Where it stands, whichever question it was found for."""
        return self.passage.hit.version.id, self.span.page, self.span.start, self.span.end


@dataclass(frozen=True, slots=True)
class Citation:
    """What an answer relies on, in a form that a reader can open and check: `page_text[start:end] == quote`."""

    marker: int
    document: str
    version: str
    title: str
    organisation: str
    section: str
    page: int
    start: int
    end: int
    quote: str
    language: str
    effective_from: date | None
    url: str
    source_url: str

    @property
    def place(self) -> Place:
        """Where it stands, whatever its marker."""
        return self.version, self.page, self.start, self.end


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask."""

    name: str
    role: str
    url: str


class Understood(StrEnum):
    """How a word of a question was understood."""

    WORD = "word"
    LEMMA = "lemma"
    STEM = "stem"
    COMPOUND = "compound"
    COGNATE = "cognate"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question, or a term of several, or a part of a compound.

    `translations` are those of all languages that it was looked up in, the best first. `group` is what stands for it in
    the documents, `weight` how much it tells in this index (BM25's inverse frequency of the group), `concept` the
    concept of the corpus's glossary that it is called by, in English where it has a name there; `names_country` is
    whether it names a country, or what belongs to one ("German").
    """

    text: str
    understood: Understood
    translations: tuple[str, ...]
    group: TermGroup
    weight: float
    concept: str = ""
    names_country: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """How an answer came about: how the question was understood, what was found and how it scored.

    `question` is the question as it stands alone, `read_as` what was misspelt in it and how it was read;
    `organisations` and `documents` are those of the corpus that it names, documents by their ids.
    """

    question: str = ""
    read_as: Mapping[str, str] = field(default_factory=dict)
    words: tuple[Word, ...] = ()
    hits: tuple[Hit, ...] = ()
    signals: Mapping[str, float] = field(default_factory=dict)
    organisations: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader gets. `evidence` is 0 to 1; `timings_ms` are milliseconds by step."""

    answer_id: str
    status: AnswerStatus
    language: str
    answer: str
    citations: tuple[Citation, ...] = ()
    contacts: tuple[Contact, ...] = ()
    notes: tuple[str, ...] = ()
    engine: str = EXTRACTIVE
    prompt: str | None = None
    evidence: float = 0.0
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    explanation: Explanation = field(default_factory=Explanation)


class Stage(StrEnum):
    """What the pipeline is doing, as a waiting reader is told."""

    UNDERSTAND = "understand"
    RETRIEVE = "retrieve"
    COMPOSE = "compose"


@dataclass(frozen=True, slots=True)
class Status:
    """A stage of the pipeline begins."""

    stage: Stage


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the answer that was found borne out; all of them joined are the answer's text."""

    text: str


@dataclass(frozen=True, slots=True)
class CitationFound:
    """A citation, told before the stretch that uses it first."""

    citation: Citation


@dataclass(frozen=True, slots=True)
class Finished:
    """The whole answer; the last event, always and once."""

    answer: Answer


Event: TypeAlias = Status | Token | CitationFound | Finished


@dataclass(frozen=True, slots=True)
class InForce:
    """A version with the days on which it is in force as far as its reader is told, and whether today is one of all."""

    version: Version
    period: Period
    today: bool
