"""What goes over the wire: the forms of requests and answers, as DESIGN and OpenAPI have them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from assistant.types import Answer, Explanation, Question, Turn
from ingest.types import Audience, ContactFields, Hit, InfrastructureFields, Kind, Version

_ANSWER = TypeAdapter(Answer)


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TurnForm(_Form):
    """An earlier message."""

    role: Literal["user", "assistant"]
    content: str


class ChatForm(_Form):
    """The body of `POST /chat`."""

    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
    history: Annotated[list[TurnForm], Field(max_length=20)] = []
    as_of: date | None = None
    language: Annotated[str, StringConstraints(pattern="^[a-z]{2}$")] | None = None
    kinds: list[Kind] = []
    organisations: list[str] = []

    def as_question(self, audience: Audience) -> Question:
        """The question that the form asks on behalf of a reader."""
        return Question(
            text=self.question,
            audience=audience,
            history=tuple(Turn(turn.role, turn.content) for turn in self.history),
            as_of=self.as_of,
            language=self.language,
            kinds=frozenset(self.kinds),
            organisations=frozenset(self.organisations),
        )


def answer_as_json(answer: Answer) -> dict[str, Any]:
    """An Answer as DESIGN shows it, without its explanation."""
    values: dict[str, Any] = _ANSWER.dump_python(answer, mode="json", exclude={"explanation"})
    return values


def explanation_as_json(explanation: Explanation) -> dict[str, Any]:
    """How an answer came about."""
    return {
        "terms": list(explanation.terms),
        "signals": {name: round(value, 4) for name, value in explanation.signals.items()},
        "hits": [hit_as_json(hit) for hit in explanation.hits],
    }


def hit_as_json(hit: Hit) -> dict[str, Any]:
    """A hit with its scores."""
    first = hit.chunk.spans[0]
    scores: Mapping[str, float] = {
        "total": hit.scores.total,
        "lexical": hit.scores.lexical,
        "dense": hit.scores.dense,
        "weighted_lexical": hit.scores.weighted_lexical,
        "weighted_dense": hit.scores.weighted_dense,
    }
    return {
        "rank": hit.rank,
        "document": hit.version.document,
        "version": hit.version.id,
        "title": hit.version.title,
        "organisation": hit.version.organisation,
        "section": hit.chunk.section,
        "page": first.page,
        "start": first.start,
        "end": first.end,
        "text": hit.chunk.text,
        "language": hit.version.language,
        "scores": {name: round(value, 4) for name, value in scores.items()},
        "url": f"/documents/{hit.version.document}/pages/{first.page}?version={hit.version.id}",
    }


def version_as_json(version: Version) -> dict[str, Any]:
    """What a reader may know of a version."""
    return {
        "document": version.document,
        "version": version.id,
        "title": version.title,
        "organisation": version.organisation,
        "kind": version.kind.value,
        "language": version.language,
        "published": _day(version.published),
        "effective_from": _day(version.effective_from),
        "effective_until": _day(version.effective_until),
        "supersedes": version.supersedes,
        "source_url": version.source_url,
        "sources": [
            {
                "key": source.key,
                "title": source.title,
                "organisation": source.organisation,
                "url": source.url,
                "language": source.language,
                "date": source.date,
            }
            for source in version.sources
        ],
        "media_type": version.media_type,
    }


def contact_as_json(version: Version) -> dict[str, Any]:
    """A contact point: what its record says, and where to read it."""
    return {**_record_as_json(version), **asdict(version.contact or ContactFields())}


def infrastructure_as_json(version: Version, points: Mapping[str, Version]) -> dict[str, Any]:
    """An infrastructure, with those of its contacts that are among the contact points a reader may see."""
    record = asdict(version.infrastructure or InfrastructureFields())
    named = record.pop("contact")
    contacts = [contact_as_json(points[id_]) for id_ in named if id_ in points]
    return {**_record_as_json(version), **record, "contacts": contacts}


def _record_as_json(version: Version) -> dict[str, Any]:
    return {
        "document": version.document,
        "title": version.title,
        "organisation": version.organisation,
        "language": version.language,
        "source_url": version.source_url,
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value is not None else None
