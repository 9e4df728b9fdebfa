"""Whether what replaces what is free of gaps, overlaps and circles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from ingest.check.finding import Document, Finding, Severity

_DAY = timedelta(days=1)


def chains(documents: Sequence[Document]) -> Iterator[Finding]:
    """What is wrong with the links by which documents supersede each other."""
    by_id = {document.id: document for document in reversed(documents)}
    for document in documents:
        older = document.fields.supersedes
        if older is None:
            continue
        if older not in by_id:
            problem, remedy = f"no document has the id {older}", "correct the id, or keep the older document"
            yield document.finding(Severity.ERROR, "supersedes", problem, remedy)
        elif document.id in _ancestors(document, by_id):
            problem = f"{document.id} supersedes itself in a circle"
            yield document.finding(Severity.ERROR, "supersedes", problem, "let each document name the one before it")
        else:
            yield from _link(document, by_id[older])
    yield from _rivals(documents)


def _ancestors(document: Document, by_id: Mapping[str, Document]) -> set[str]:
    seen: set[str] = set()
    following = document.fields.supersedes
    while following is not None and following not in seen:
        seen.add(following)
        following = by_id[following].fields.supersedes if following in by_id else None
    return seen


def _link(document: Document, older: Document) -> Iterator[Finding]:
    """What is wrong between the days of a document and of the one that it supersedes."""
    begins, first, last = document.fields.effective_from, older.fields.effective_from, older.fields.effective_until
    if begins is None:
        problem = f"supersedes {older.id} but does not say from when, so that {older.id} was never in force"
        remedy = "give the day from which it holds as `effective_from`"
        yield document.finding(Severity.ERROR, "supersedes", problem, remedy)
    elif first is not None and begins <= first:
        problem = f"begins on {begins}, and {older.id}, which it supersedes, on {first}"
        yield document.finding(Severity.ERROR, "effective_from", problem, "correct one of the two dates")
    elif last is not None and begins <= last:
        problem = f"begins on {begins}, but {older.id}, which it supersedes, says that it holds until {last}"
        remedy = f"end {older.id} on {begins - _DAY}, or correct this date"
        yield document.finding(Severity.ERROR, "effective_from", problem, remedy)
    elif last is not None and last + _DAY < begins:
        problem = f"neither this nor {older.id} is in force from {last + _DAY} to {begins - _DAY}"
        yield document.finding(Severity.WARNING, "effective_from", problem, "correct one of the dates if that is wrong")


def _rivals(documents: Sequence[Document]) -> Iterator[Finding]:
    successors: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        if document.fields.supersedes is not None:
            successors[document.fields.supersedes].append(document)
    for older, (first, *others) in successors.items():
        for other in others:
            problem = f"{first.path} supersedes {older} too"
            remedy = "let the newer supersede the other, unless both took over"
            yield other.finding(Severity.WARNING, "supersedes", problem, remedy)
