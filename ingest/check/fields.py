"""Whether the fields of each document are right, complete for its kind, and true to its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from difflib import get_close_matches

from ingest.check.finding import Document, Finding, Severity
from ingest.errors import FieldError
from ingest.frontmatter import field_names
from ingest.iso639 import LANGUAGES
from ingest.language import likely
from ingest.types import Audience, Kind, Source

_SURE = 0.95
_LEAST_LETTERS = 400  # a shorter text may consist of names
_SAME_LANGUAGE = {"nb": "no", "nn": "no"}
_DAYS = "give days as YYYY-MM-DD, the last not before the first"
_SLUG = "use lower-case letters, digits and hyphens"
_REMEDIES = {
    "(yaml)": "correct the line; a value with a colon stands between quotation marks",
    "(sidecar)": "put all fields into one of them",
    "audience": "write `public` or `staff`",
    "effective_from": _DAYS,
    "effective_until": _DAYS,
    "id": _SLUG,
    "kind": f"write one of {', '.join(Kind)}",
    "language": "write the code of ISO 639-1: two letters, such as en or nl",
    "published": _DAYS,
    "sources": "give each source a `key` and a `title`, and its `organisation`, `url`, `language` and `date` if known",
    "supersedes": _SLUG,
}


def malformed(error: FieldError) -> Finding:
    """A field that is unknown or malformed, as a finding."""
    name = error.name.partition(".")[0]
    remedy = _REMEDIES.get(name) or _instead_of(name)
    return Finding(Severity.ERROR, error.path, error.line, error.name, error.problem, remedy)


def _instead_of(name: str) -> str:
    close = get_close_matches(name, [*field_names(Kind.CONTACT), *field_names(Kind.INFRASTRUCTURE)], n=1, cutoff=0.75)
    return f"write {close[0]}" if close and close[0] != name else "correct the line or take it out"


def incomplete(document: Document, today: date) -> Iterator[Finding]:
    """What the fields of a document leave out or get wrong, as far as the document alone tells."""
    fields = document.fields
    if fields.audience is None:
        problem, remedy = "does not say who may see it, so only staff do", "write `audience: public` to publish it"
        yield document.finding(Severity.WARNING, "audience", problem, remedy)
    if not fields.title and document.text and not document.title:
        problem = "has neither a title nor a heading, so readers see the name of its file"
        yield document.finding(Severity.WARNING, "title", problem, "give it a `title`")
    if fields.published and fields.published > today:
        problem = f"{fields.published} lies in the future"
        yield document.finding(Severity.WARNING, "published", problem, "correct the date")
    yield from _record(document)
    yield from _sources(document)
    yield from _language(document)


def _record(document: Document) -> Iterator[Finding]:
    """What a contact or an infrastructure needs, so that readers can find it and go on from there."""
    contact, infrastructure = document.fields.contact, document.fields.infrastructure
    if contact is not None and not (contact.url or contact.email):
        problem, remedy = "is a contact without an address", "give it a `url` or an `email`, or another kind"
        yield document.finding(Severity.ERROR, "kind", problem, remedy)
    if infrastructure is not None and not infrastructure.country:
        problem = "is an infrastructure without a country, so who looks by country does not find it"
        yield document.finding(Severity.WARNING, "kind", problem, "give its `country`, such as [BE], if it is known")
    if infrastructure is not None and not infrastructure.contact:
        problem, remedy = "is an infrastructure without a contact", "give the ids of its contacts as `contact`"
        yield document.finding(Severity.ERROR, "kind", problem, remedy)


def _sources(document: Document) -> Iterator[Finding]:
    sources = document.fields.sources
    for key, count in Counter(source.key for source in sources).items():
        if count > 1:
            problem = f"{count} sources have the key {key}, so the text does not say which it means"
            yield document.finding(Severity.ERROR, "sources", problem, "give each source a key of its own")
    yield from _lacking(document, "a web address", "`url`", lambda source: not source.url)
    yield from _lacking(document, "a date", "`date`", lambda source: not source.date)
    for source in sources:
        if source.language and source.language not in LANGUAGES:
            problem = f"{source.language!r} of the source {source.key} is no code of ISO 639-1"
            yield document.finding(Severity.ERROR, "sources", problem, _REMEDIES["language"])


def _lacking(document: Document, what: str, field: str, lacks: Callable[[Source], bool]) -> Iterator[Finding]:
    keys = [source.key for source in document.fields.sources if lacks(source)]
    if keys:
        problem = f"{', '.join(keys)} without {what}"
        yield document.finding(Severity.WARNING, "sources", problem, f"give the {field} if it can be found")


def _language(document: Document) -> Iterator[Finding]:
    said = document.fields.language
    if said is None or sum(map(str.isalpha, document.text)) < _LEAST_LETTERS:
        return
    found, probability = likely(document.text)[0]
    if probability >= _SURE and _SAME_LANGUAGE.get(found, found) != _SAME_LANGUAGE.get(said, said):
        problem = f"says {said}, but the text reads as {found}"
        yield document.finding(Severity.WARNING, "language", problem, "correct the language if that is so")


def contacts(documents: Sequence[Document]) -> Iterator[Finding]:
    """Contacts of infrastructures that do not exist, are no contacts, or that their readers may not see."""
    by_id = {document.id: document for document in reversed(documents)}
    for document in documents:
        for id_ in document.fields.infrastructure.contact if document.fields.infrastructure else ():
            yield from _contact(document, id_, by_id.get(id_))


def _contact(document: Document, id_: str, found: Document | None) -> Iterator[Finding]:
    if found is None:
        problem, remedy = f"no document has the id {id_}", "correct the id, or add the contact"
        yield document.finding(Severity.ERROR, "contact", problem, remedy)
    elif found.fields.contact is None:
        problem, remedy = f"{id_} is not of kind contact", "name a contact"
        yield document.finding(Severity.ERROR, "contact", problem, remedy)
    elif document.fields.audience is Audience.PUBLIC and found.fields.audience is not Audience.PUBLIC:
        problem = f"only staff see {id_}, so public readers of this infrastructure have no such contact"
        yield document.finding(Severity.WARNING, "contact", problem, "publish the contact, or name another")


def duplicate_ids(documents: Iterable[Document]) -> Iterator[Finding]:
    """Documents whose id another one has already."""
    owners: dict[str, Document] = {}
    for document in documents:
        owner = owners.setdefault(document.id, document)
        if owner is not document:
            problem = f"{owner.path} has the id {document.id} too"
            remedy = "give one of them another; a successor has an id of its own and `supersedes` the other"
            yield document.finding(Severity.ERROR, "id", problem, remedy)
