"""What responses hold, as OpenAPI describes it; every response is held to these."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.difference import Change
from assistant.types import AnswerStatus, Stage, Understood
from ingest.types import BlockKind, Kind

Offset = Annotated[int, Field(ge=0, description="in Unicode code points of the page's text")]
PageNumber = Annotated[int, Field(ge=1)]
Language = Annotated[str, Field(description="ISO 639-1", examples=["en"])]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CitationBody(_Body):
    """What an answer relies on: `text[start:end] == quote` for the text of the page at `url`."""

    marker: Annotated[int, Field(ge=1, description="stands in the answer as `[1]`")]
    document: Annotated[str, Field(examples=["cern-spin-off-policy"])]
    version: str
    title: str
    organisation: str
    section: Annotated[str, Field(description="headings, from the outermost, with ` › ` between")]
    page: PageNumber
    start: Offset
    end: Offset
    quote: str
    language: Language
    effective_from: date | None
    url: str
    source_url: str


class NamedContactBody(_Body):
    """Whom to ask."""

    name: str
    role: str
    url: str


class AnswerBody(_Body):
    """An answer; only `answered` and `partial` rest on sources, and then there is at least one citation."""

    answer_id: str
    status: AnswerStatus
    language: Annotated[str, Field(description="of the answer's own words; each citation has its own")]
    answer: Annotated[str, Field(examples=["CERN does not invest capital in spin-off companies. [1]"])]
    citations: list[CitationBody]
    contacts: list[NamedContactBody]
    notes: list[str]
    engine: Annotated[str, Field(examples=["extractive"])]
    prompt: Annotated[str | None, Field(description="name and version of the prompt, where a model wrote the answer")]
    evidence: Annotated[float, Field(ge=0, le=1, description="how likely the passages hold an answer")]
    timings_ms: dict[str, float]


class StatusEvent(_Body):
    """`event: status`: a stage of the work begins."""

    stage: Stage


class TokenEvent(_Body):
    """`event: token`: a stretch of the answer that was checked; all of them joined are the answer's text."""

    text: str


class CitationEvent(CitationBody):
    """`event: citation`: told before the stretch that uses it first."""


class AnswerEvent(AnswerBody):
    """`event: answer`: the whole answer, the last event."""


class FieldProblem(_Body):
    """What is wrong with one field."""

    field: Annotated[str, Field(examples=["body.question"])]
    problem: Annotated[str, Field(examples=["String should have at most 2000 characters"])]


class Problem(_Body):
    """What went wrong, in the form of RFC 9457; in a stream it is `event: error`, and the last event."""

    type: Literal["about:blank"] = "about:blank"
    title: Annotated[str, Field(examples=["Unprocessable Content"])]
    status: Annotated[int, Field(ge=400, le=599, examples=[422])]
    detail: Annotated[str, Field(examples=["body.question: String should have at most 2000 characters"])]
    errors: Annotated[list[FieldProblem], Field(description="the fields at fault, where it is fields")] = []


class ScoresBody(_Body):
    """What a hit was ranked by: `total` is the sum of the two weighted scores."""

    total: float
    lexical: float
    dense: float
    weighted_lexical: float
    weighted_dense: float


class HitBody(_Body):
    """A passage found."""

    rank: int
    document: str
    version: str
    title: str
    organisation: str
    section: str
    page: PageNumber
    start: Offset
    end: Offset
    text: str
    language: Language
    scores: ScoresBody
    url: str


class WordBody(_Body):
    """How a word of a query was understood, what stood for it in other languages, and the glossary's concept for it."""

    text: str
    understood: Understood
    translations: list[str]
    concept: str


class SearchBody(_Body):
    """The hits of a query, best first, and how it was understood.

    `question` is the query as it was read, `organisations` and `documents` are those that it names.
    """

    query: str
    question: str
    read_as: dict[str, str]
    organisations: list[str]
    documents: list[str]
    words: list[WordBody]
    hits: list[HitBody]


class SourceBody(_Body):
    """A publication that a document relies on."""

    key: str
    title: str
    organisation: str
    url: str
    language: str
    date: str


class DocumentBody(_Body):
    """A version of a document."""

    document: str
    version: str
    title: str
    organisation: str
    kind: Kind
    language: Language
    published: date | None
    effective_from: date | None
    effective_until: date | None
    supersedes: str | None
    source_url: str
    sources: list[SourceBody]
    media_type: str


class DocumentsBody(_Body):
    """Documents, by title."""

    documents: list[DocumentBody]


class InForceBody(_Body):
    """A version with the days on which it is in force; null where an end is open."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    document: str
    version: str
    title: str
    from_: Annotated[date | None, Field(alias="from")]
    until: date | None
    today: bool


class VersionBody(_Body):
    """One of a document's versions, with the days that its fields name."""

    version: str
    effective_from: date | None
    effective_until: date | None


class OpenedDocumentBody(DocumentBody):
    """A document as opened: one version of it, its pages, and what came before and after."""

    in_force: InForceBody
    pages: list[PageNumber]
    versions: list[VersionBody]
    succession: list[InForceBody]


class BlockBody(_Body):
    """What a stretch of a page's text is to its reader."""

    kind: BlockKind
    start: Offset
    end: Offset
    level: int


class PageBody(_Body):
    """A page of a version; citations count the characters of `text`."""

    document: str
    version: str
    title: str
    page: PageNumber
    label: Annotated[str, Field(description="the number printed on the page")]
    section: str
    sections: list[str]
    language: Language
    media_type: str
    in_force: InForceBody
    text: str
    blocks: list[BlockBody]


class StretchBody(_Body):
    """Text that stayed, went or came."""

    change: Change
    text: str


class DifferenceBody(_Body):
    """What changed between two versions, in reading order."""

    document: str
    old: str
    new: str
    stretches: list[StretchBody]


class ContactPointBody(_Body):
    """A contact point."""

    document: str
    title: str
    organisation: str
    language: Language
    source_url: str
    role: str
    office: str
    url: str
    email: str
    country: list[str]
    organisations: list[str]
    topics: list[str]


class ContactsBody(_Body):
    """Contact points."""

    contacts: list[ContactPointBody]


class InfrastructureBody(_Body):
    """An infrastructure with its contact points."""

    document: str
    title: str
    organisation: str
    language: Language
    source_url: str
    country: list[str]
    region: list[str]
    fields: list[str]
    services: list[str]
    access: list[str]
    contacts: list[ContactPointBody]


class InfrastructuresBody(_Body):
    """Infrastructures."""

    infrastructures: list[InfrastructureBody]


class HealthBody(_Body):
    """The program runs."""

    status: Literal["ok"]


class ReadyBody(_Body):
    """An index is open."""

    status: Literal["ready"]
    generation: int


class OpenAIErrorDetail(_Body):
    """What went wrong, in OpenAI's words."""

    message: str
    type: Annotated[str, Field(examples=["invalid_request_error"])]
    param: str | None
    code: Annotated[str | None, Field(examples=["invalid_api_key"])]


class OpenAIErrorBody(_Body):
    """An error in the form that OpenAI's clients know."""

    error: OpenAIErrorDetail


class MessageBody(_Body):
    """What the assistant says, with the list of its sources at the end."""

    role: Literal["assistant"]
    content: str
    refusal: None


class ChoiceBody(_Body):
    """The one choice there is."""

    index: Literal[0]
    message: MessageBody
    logprobs: None
    finish_reason: Literal["stop"]


class UsageBody(_Body):
    """How much was said, counted in words."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class CompletionBody(_Body):
    """An answer in OpenAI's form; `citations` and `liaison` are beyond it."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[ChoiceBody]
    usage: UsageBody
    citations: list[CitationBody]
    liaison: AnswerBody


class ModelBody(_Body):
    """A model in OpenAI's form."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str


class ModelsBody(_Body):
    """The models there are."""

    object: Literal["list"]
    data: list[ModelBody]
