"""The values that pass between the stages of ingestion; all frozen, none knows an outside library."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Audience(StrEnum):
    """Who may see a document; one that does not say is for staff."""

    PUBLIC = "public"
    STAFF = "staff"


class Kind(StrEnum):
    """What a document is about, as its front matter says."""

    POLICY = "policy"
    PROCUREMENT = "procurement"
    SPIN_OFF = "spin-off"
    ACCESS = "access"
    PROGRAMME = "programme"
    WORKSHOP = "workshop"
    INFRASTRUCTURE = "infrastructure"
    GOOD_PRACTICE = "good-practice"
    CONTACT = "contact"
    FUNDING = "funding"
    GLOSSARY = "glossary"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that a document relies on; `key` is how its text refers to it."""

    key: str
    title: str
    organisation: str = ""
    url: str = ""
    language: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class ContactFields:
    """What a document of kind `contact` says of a contact point."""

    role: str = ""
    office: str = ""
    url: str = ""
    email: str = ""
    country: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InfrastructureFields:
    """What a document of kind `infrastructure` says of an infrastructure."""

    country: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fields:
    """The front matter of a document with folder defaults applied; None or empty where nothing is said."""

    id: str | None = None
    title: str = ""
    organisation: str = ""
    kind: Kind | None = None
    language: str | None = None
    audience: Audience | None = None
    published: date | None = None
    effective_from: date | None = None
    effective_until: date | None = None
    supersedes: str | None = None
    source_url: str = ""
    sources: tuple[Source, ...] = ()
    contact: ContactFields | None = None
    infrastructure: InfrastructureFields | None = None


class BlockKind(StrEnum):
    """What a stretch of page text is to its reader."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    FURNITURE = "furniture"  # running header, footer, page number, label: stays on the page, never reaches a chunk


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch `[start, end)` of a page's text, in code points.

    `level` is 1–6 for headings and the depth (from 1) for list items. `context` is what a reader needs to understand
    the block and finds elsewhere: for a table row the header row, for a list item what introduces the list.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    context: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A numbered page (from 1) of normalised text, with the label printed on it where it has one."""

    number: int
    text: str
    blocks: tuple[Block, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file says, before anyone asks what it is: pages, the title it gives itself, remarks for the report."""

    pages: tuple[Page, ...]
    title: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `[start, end)` of the text of page `page`, in code points."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a version: its text is the text of its spans, joined by a line break.

    `headings` is the path of headings above it, outermost first; `context` as in `Block`.
    """

    text: str
    spans: tuple[Span, ...]
    headings: tuple[str, ...] = ()
    context: str = ""

    @property
    def section(self) -> str:
        """The heading path as a reader sees it in a citation."""
        return " › ".join(self.headings)


@dataclass(frozen=True, slots=True)
class Version:
    """The content of a document between two dates, immutable, named by its content digest.

    When it is in force is told by `ingest.validity`. `recorded` is the generation of the sync that brought it in,
    `withdrawn` the day on which its file was found to be gone.
    """

    id: str
    document: str
    path: str
    title: str
    kind: Kind
    language: str
    audience: Audience
    recorded: int
    organisation: str = ""
    published: date | None = None
    effective_from: date | None = None
    effective_until: date | None = None
    supersedes: str | None = None
    source_url: str = ""
    sources: tuple[Source, ...] = ()
    contact: ContactFields | None = None
    infrastructure: InfrastructureFields | None = None
    media_type: str = ""
    withdrawn: date | None = None


class Outcome(StrEnum):
    """How a file ended in a sync."""

    INDEXED = "indexed"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    RETIRED = "retired"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class FileReport:
    """The outcome of one file, with the reason of a refusal and what its owner should know."""

    path: str
    id: str | None
    outcome: Outcome
    reason: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did: the generation that readers now see, and one outcome a file."""

    generation: int
    files: tuple[FileReport, ...]
    chunks_embedded: int
    seconds: float

    @property
    def counts(self) -> Mapping[str, int]:
        """Number of files by outcome, only those that occur."""
        tally: dict[str, int] = {}
        for file in self.files:
            tally[file.outcome.value] = tally.get(file.outcome.value, 0) + 1
        return tally


@dataclass(frozen=True, slots=True)
class Scores:
    """Why a chunk was found: what each half gave it, as stored and as weighted, and the sum it is ranked by."""

    lexical: float = 0.0
    dense: float = 0.0
    weighted_lexical: float = 0.0
    weighted_dense: float = 0.0

    @property
    def total(self) -> float:
        """The fused score, 0 to 1."""
        return self.weighted_lexical + self.weighted_dense


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk found for a query, resolved through the catalog: committed, permitted, in force on the day asked."""

    chunk_id: str
    chunk: Chunk
    version: Version
    rank: int
    scores: Scores = field(default_factory=Scores)


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to say a thing: index terms that must all be there, and what it counts beside other ways (0 to 1)."""

    stems: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class TermGroup:
    """Ways to say one thing; of those that a chunk holds, the best one counts."""

    variants: tuple[Variant, ...]

    def held_by(self, held: Collection[str]) -> bool:
        """Whether some variant's terms are all among these."""
        return any(all(stem in held for stem in variant.stems) for variant in self.variants)
