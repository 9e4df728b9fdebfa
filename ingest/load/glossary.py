"""The glossary as a document: a section for each concept, with its labels and definitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from ingest.errors import FieldError, Refusal, RefusedFile
from ingest.glossary import Concept, parse
from ingest.load.blocks import CONTEXT_LENGTH, Draft, compose, heading
from ingest.load.decode import decode
from ingest.types import BlockKind, Parsed

_TITLE = "Glossary"


def read(path: Path) -> Parsed:
    """The concepts of a glossary in its order, on one page."""
    try:
        concepts = parse(decode(path.read_bytes()), path.name)
    except FieldError as error:
        raise RefusedFile(Refusal.BAD_FRONT_MATTER, str(error)) from error
    if not concepts:
        raise RefusedFile(Refusal.NO_TEXT, "the glossary holds no concept")
    return compose(_drafts(concepts), title=_TITLE)


def _drafts(concepts: Iterable[Concept]) -> Iterator[Draft]:
    yield heading(_TITLE, 1)
    for concept in concepts:
        yield heading(concept.name, 2)
        # Readers see the labels and searches find them, but as an answer they would only stand in the definition's way.
        yield Draft(BlockKind.FURNITURE, "; ".join(_labels(concept)))
        called = _called(concept)
        for definition in concept.definitions.values():
            yield Draft(BlockKind.PARAGRAPH, definition, context=called)


def _labels(concept: Concept) -> Iterator[str]:
    for language in concept.languages:
        yield f"{language}: {', '.join(concept.labels(language))}"


def _called(concept: Concept) -> str:
    """Other labels than its name: English ones, preferred ones of all languages, then as many as there is room for."""
    others = (*concept.labels("en"), *concept.preferred.values(), *chain(*map(concept.labels, concept.languages)))
    chosen: dict[str, str] = {}
    for label in others:
        if label != concept.name and len(", ".join([*chosen.values(), label])) <= CONTEXT_LENGTH:
            chosen.setdefault(label.casefold(), label)
    return ", ".join(chosen.values())
