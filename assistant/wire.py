"""What goes over the wire: the forms of requests and answers, as DESIGN and OpenAPI have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, field_validator

from assistant.types import (
    Answer,
    Citation,
    CitationFound,
    Event,
    Explanation,
    Finished,
    InForce,
    Question,
    Status,
    Token,
    Turn,
    Word,
)
from ingest.types import Audience, Block, ContactFields, Hit, InfrastructureFields, Kind, Page, Version

MOST_CHARACTERS = 2_000  # of a question
MOST_TURNS = 20
MOST_HISTORY_CHARACTERS = 20_000
_ANSWER = TypeAdapter(Answer)
_CITATION = TypeAdapter(Citation)


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TurnForm(_Form):
    """An earlier message."""

    role: Literal["user", "assistant"]
    content: str


class ChatForm(_Form):
    """The body of `POST /chat`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"question": "Does CERN invest capital in spin-offs?"},
                {
                    "question": "And since when?",
                    "history": [
                        {"role": "user", "content": "Does CERN invest capital in spin-offs?"},
                        {"role": "assistant", "content": "CERN does not invest capital in spin-off companies. [1]"},
                    ],
                    "as_of": "2019-06-30",
                    "organisations": ["CERN"],
                },
            ]
        }
    )

    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_CHARACTERS)]
    history: Annotated[list[TurnForm], Field(max_length=MOST_TURNS)] = []
    as_of: date | None = None
    language: Annotated[str, StringConstraints(pattern="^[a-z]{2}$")] | None = None
    kinds: list[Kind] = []
    organisations: list[str] = []

    @field_validator("history")
    @classmethod
    def _of_bearable_length(cls, history: list[TurnForm]) -> list[TurnForm]:
        if sum(len(turn.content) for turn in history) > MOST_HISTORY_CHARACTERS:
            raise ValueError(f"all turns together may have at most {MOST_HISTORY_CHARACTERS} characters")
        return history

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


class SearchForm(_Form):
    """What to look for, as a tool is asked."""

    query: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_CHARACTERS)]
    limit: Annotated[int, Field(ge=1, le=50)] = 10
    as_of: date | None = None
    language: Annotated[str, StringConstraints(pattern="^[a-z]{2}$")] | None = None
    kinds: list[Kind] = []
    organisations: list[str] = []

    def as_question(self, audience: Audience) -> Question:
        """The question that is looked for on behalf of a reader."""
        return Question(
            text=self.query,
            audience=audience,
            as_of=self.as_of,
            language=self.language,
            kinds=frozenset(self.kinds),
            organisations=frozenset(self.organisations),
        )


class ReadForm(_Form):
    """Which page to read, as a tool is asked."""

    document: str
    page: Annotated[int, Field(ge=1)] = 1
    version: str | None = None


class FeedbackForm(_Form):
    """The body of `POST /answers/{answer_id}/feedback`."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"useful": False, "comment": "The rule is another one for universities."}]}
    )

    useful: bool
    comment: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)] = ""


def answer_as_json(answer: Answer) -> dict[str, Any]:
    """An Answer as DESIGN shows it, without its explanation."""
    values: dict[str, Any] = _ANSWER.dump_python(answer, mode="json", exclude={"explanation"})
    return values


def event_as_json(event: Event) -> tuple[str, dict[str, Any]]:
    """The name and the data of an event of a stream."""
    match event:
        case Status():
            return "status", {"stage": event.stage.value}
        case Token():
            return "token", {"text": event.text}
        case CitationFound():
            return "citation", citation_as_json(event.citation)
        case Finished():
            return "answer", answer_as_json(event.answer)


def citation_as_json(citation: Citation) -> dict[str, Any]:
    """A citation as an answer holds it."""
    values: dict[str, Any] = _CITATION.dump_python(citation, mode="json")
    return values


def explanation_as_json(explanation: Explanation) -> dict[str, Any]:
    """How an answer came about."""
    return {
        "question": explanation.question,
        "read_as": dict(explanation.read_as),
        "organisations": list(explanation.organisations),
        "documents": list(explanation.documents),
        "words": [word_as_json(word) for word in explanation.words],
        "signals": {name: round(value, 4) for name, value in explanation.signals.items()},
        "hits": [hit_as_json(hit) for hit in explanation.hits],
    }


def word_as_json(word: Word) -> dict[str, Any]:
    """How a word of a question was understood."""
    return {
        "text": word.text,
        "understood": word.understood.value,
        "translations": list(word.translations),
        "concept": word.concept,
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


def search_as_json(query: str, found: Explanation) -> dict[str, Any]:
    """What was found for a query, and how it was understood."""
    values = explanation_as_json(found)
    del values["signals"]  # a search weighs no evidence
    return {"query": query, **values}


def page_as_json(version: Version, page: Page, sections: Sequence[str], in_force: InForce) -> dict[str, Any]:
    """A page with its text, the headings it stands under, and what each stretch of it is."""
    return {
        "document": version.document,
        "version": version.id,
        "title": version.title,
        "page": page.number,
        "label": page.label,
        "section": sections[0] if sections else "",
        "sections": list(sections),
        "language": version.language,
        "media_type": version.media_type,
        "in_force": in_force_as_json(in_force),
        "text": page.text,
        "blocks": [block_as_json(block) for block in page.blocks],
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


def in_force_as_json(one: InForce) -> dict[str, Any]:
    """A version, named, with the days on which it is in force; None where an end is open."""
    return {
        "document": one.version.document,
        "version": one.version.id,
        "title": one.version.title,
        "from": _day(one.period.first),
        "until": _day(one.period.last),
        "today": one.today,
    }


def block_as_json(block: Block) -> dict[str, Any]:
    """What a stretch of a page's text is to its reader."""
    return {"kind": block.kind.value, "start": block.start, "end": block.end, "level": block.level}


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
