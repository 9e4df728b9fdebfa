"""Whether the keys in the text and the sources in the fields belong together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.check.finding import Document, Finding, Severity

_BRACKETS = re.compile(r"\(([^()]*)\)")
_KEY = re.compile(r"([A-Z]{1,3})\d{1,3}")


def keys(documents: Sequence[Document]) -> Iterator[Finding]:
    """Keys that a text uses and its document does not declare, and sources that no text uses.

    A key in a text is recognised by its letters, which are those of keys that the corpus declares: "(P1, F4E)" holds
    one where some document has a source P2 and none has a source F4.
    """
    letters = {found[1] for document in documents for key in _declared(document) if (found := _KEY.fullmatch(key))}
    for document in documents:
        yield from _undeclared(document, letters)
        yield from _unused(document)


def _declared(document: Document) -> list[str]:
    return [source.key for source in document.fields.sources]


def _undeclared(document: Document, letters: set[str]) -> Iterator[Finding]:
    used = dict.fromkeys(part.strip() for found in _BRACKETS.findall(document.text) for part in re.split("[,;]", found))
    declared = set(_declared(document))
    for key in used:
        shape = _KEY.fullmatch(key)
        if shape and shape[1] in letters and key not in declared:
            problem = f"the text relies on {key}, which is none of the document's sources"
            line = _line_of(key, document.source)
            yield document.in_text(
                Severity.ERROR, line, "sources", problem, f"add {key} to `sources`, or correct the key"
            )


def _line_of(key: str, source: str) -> int | None:
    lines = enumerate(source.splitlines(), start=1)
    return next((number for number, line in lines if re.search(rf"[(,;]\s*{key}\b", line)), None)


def _unused(document: Document) -> Iterator[Finding]:
    if not document.text:
        return
    unused = [key for key in _declared(document) if not re.search(rf"(?<!\w){re.escape(key)}(?!\w)", document.text)]
    if unused:
        problem = f"the text does not use {', '.join(unused)}"
        remedy = "take out what the text does not rely on, or name it where it does"
        yield document.finding(Severity.WARNING, "sources", problem, remedy)
