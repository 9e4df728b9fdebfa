"""The glossary of a corpus: concepts of its field with their labels and definitions, from `glossary.yaml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, Field

from ingest.errors import FieldError
from ingest.frontmatter import Language, Layer, Model, Names, Slug, Text, read_layers, validated

_MAIN_LANGUAGE = "en"


def _said(text: str) -> str:
    if not text:
        raise ValueError("is empty")
    return text


Words = Annotated[Text, AfterValidator(_said)]


@dataclass(frozen=True, slots=True)
class Concept:
    """An idea of the field and what it is called: SKOS `prefLabel`, `altLabel` and `definition`, each by language.

    `broader` is the id of a more general concept. `ambiguous` are labels that it shares with another one on purpose.
    `line` is where it stands in its file.
    """

    id: str
    preferred: Mapping[str, str]
    alternatives: Mapping[str, tuple[str, ...]]
    definitions: Mapping[str, str]
    broader: str | None
    ambiguous: tuple[str, ...]
    line: int

    @property
    def name(self) -> str:
        """The preferred English label, or the first there is."""
        return self.preferred.get(_MAIN_LANGUAGE) or next(iter(self.preferred.values()))

    @property
    def languages(self) -> Sequence[str]:
        """The languages that it has labels in."""
        return tuple(dict.fromkeys([*self.preferred, *self.alternatives]))

    def labels(self, language: str) -> tuple[str, ...]:
        """What it is called in a language, the preferred label first."""
        preferred = self.preferred.get(language)
        return ((preferred,) if preferred else ()) + self.alternatives.get(language, ())


class _ConceptModel(Model):
    id: Slug = ""
    preferred: dict[Language, Words] = Field({}, alias="prefLabel")
    alternatives: dict[Language, Names] = Field({}, alias="altLabel")
    definitions: dict[Language, Words] = Field({}, alias="definition")
    broader: Slug | None = None
    ambiguous: Names = ()


def parse(text: str, path: str) -> tuple[Concept, ...]:
    """The concepts of a glossary, in its order.

    Raises:
        FieldError: the first of what `examine` finds.
    """
    concepts, errors = examine(text, path)
    if errors:
        raise errors[0]
    return concepts


def examine(text: str, path: str) -> tuple[tuple[Concept, ...], list[FieldError]]:
    """The concepts that can be read, and everything that is malformed or missing.

    A concept needs an id of its own, a preferred label and a definition.
    """
    try:
        layers = read_layers(text, path)
    except FieldError as error:
        return (), [error]
    concepts: dict[str, Concept] = {}
    errors: list[FieldError] = []
    for layer in layers:
        concept, wrong = _concept(layer)
        errors.extend([*layer.errors, *wrong, *_missing(concept, path, wrong)])
        if concept.id in concepts:
            problem = f"{concept.id} is the id of the concept in line {concepts[concept.id].line} too"
            errors.append(FieldError(path, concept.line, "id", problem))
        elif concept.id and concept.preferred:
            concepts[concept.id] = concept
    return tuple(concepts.values()), errors


def _concept(layer: Layer) -> tuple[Concept, list[FieldError]]:
    model, errors = validated(_ConceptModel, layer.entries)
    concept = Concept(
        id=model.id,
        preferred=model.preferred,
        alternatives=model.alternatives,
        definitions=model.definitions,
        broader=model.broader,
        ambiguous=model.ambiguous,
        line=layer.line,
    )
    return concept, errors


def _missing(concept: Concept, path: str, wrong: Sequence[FieldError]) -> list[FieldError]:
    """What every concept needs and this one does not have, unless it is there and wrong."""
    needed = {"id": concept.id, "prefLabel": concept.preferred, "definition": concept.definitions}
    named = {error.name.partition(".")[0] for error in wrong}
    return [
        FieldError(path, concept.line, name, "is missing: every concept needs it")
        for name, value in needed.items()
        if not value and name not in named
    ]
