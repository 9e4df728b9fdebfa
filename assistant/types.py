"""The values that pass between the steps of an answer; all frozen, none knows an outside library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from ingest.types import Audience, Hit, Kind, Span


class AnswerStatus(StrEnum):
    """How a question ended; only the first two carry an answer built from sources."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NO_EVIDENCE = "no_evidence"
    OUT_OF_SCOPE = "out_of_scope"
    CLARIFY = "clarify"
    DECLINED = "declined"
    FAILED = "failed"


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


@dataclass(frozen=True, slots=True)
class Passage:
    """A hit as numbered for one question: `[1]` is the first."""

    number: int
    hit: Hit


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a draft answer, with the places in passages that bear it out."""

    text: str
    sources: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch of a passage's page that a statement relies on."""

    passage: Passage
    span: Span
    quote: str


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


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask."""

    name: str
    role: str
    url: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """How an answer came about: what was searched for, what was found and how it scored."""

    terms: tuple[str, ...] = ()
    hits: tuple[Hit, ...] = ()
    signals: Mapping[str, float] = field(default_factory=dict)


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
    engine: str = "extractive"
    prompt: str | None = None
    evidence: float = 0.0
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    explanation: Explanation = field(default_factory=Explanation)
