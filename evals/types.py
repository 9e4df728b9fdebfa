"""The values that pass between the stages of a measurement; all frozen, none knows an outside library."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.types import Turn


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
