"""Whether the concepts of a glossary can be told apart, are complete, and stand in an order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ingest.check.finding import Finding, Severity
from ingest.errors import FieldError
from ingest.glossary import Concept, examine
from ingest.load import GLOSSARY

_LANGUAGES = ("en", "nl", "de", "fr", "it")  # those in which people ask
_REMEDIES = {
    "(yaml)": "correct the line; a value with a colon stands between quotation marks",
    "id": "use lower-case letters, digits and hyphens, another id for each concept",
    "definition": "write a sentence that can be quoted alone",
    "prefLabel": "give one label for each language, under its code of ISO 639-1",
    "altLabel": "give a list of labels for each language, under its code of ISO 639-1",
}


def glossary(text: str) -> Iterator[Finding]:
    """Everything wrong with the text of a glossary."""
    concepts, errors = examine(text, GLOSSARY)
    yield from map(_malformed, errors)
    yield from _labels(concepts)
    yield from _languages(concepts)
    yield from _order(concepts)


def _malformed(error: FieldError) -> Finding:
    remedy = _REMEDIES.get(error.name.partition(".")[0], "correct the line or take it out")
    return Finding(Severity.ERROR, error.path, error.line, error.name, error.problem, remedy)


def _finding(severity: Severity, concept: Concept, what: str, problem: str, remedy: str) -> Finding:
    return Finding(severity, GLOSSARY, concept.line, what, f"{concept.id}: {problem}", remedy)


def _labels(concepts: Sequence[Concept]) -> Iterator[Finding]:
    """Labels of two concepts in one language that not both declare to be ambiguous, and declarations without need."""
    owners = _owners(concepts)
    for (language, label), sharing in owners.items():
        silent = [concept for concept in sharing if label not in _declared(concept)]
        if len(sharing) > 1:
            for concept in silent:
                others = ", ".join(other.id for other in sharing if other is not concept)
                problem = f"{others} is called {label!r} in {language} too"
                remedy = "take the label from one of them, or declare it under `ambiguous` in each"
                yield _finding(Severity.ERROR, concept, "ambiguous", problem, remedy)
    shared = {(concept.id, label) for (_, label), sharing in owners.items() if len(sharing) > 1 for concept in sharing}
    for concept in concepts:
        for label in sorted(_declared(concept)):
            if (concept.id, label) not in shared:
                problem = f"{label!r} is declared ambiguous, but no other concept has it"
                yield _finding(Severity.WARNING, concept, "ambiguous", problem, "take it out of `ambiguous`")


def _owners(concepts: Sequence[Concept]) -> Mapping[tuple[str, str], list[Concept]]:
    """The concepts that have a label, by language and label; upper and lower case count as equal."""
    owners: dict[tuple[str, str], list[Concept]] = defaultdict(list)
    for concept in concepts:
        for language in concept.languages:
            for label in dict.fromkeys(map(str.casefold, concept.labels(language))):
                owners[language, label].append(concept)
    return owners


def _declared(concept: Concept) -> set[str]:
    return {label.casefold() for label in concept.ambiguous}


def _languages(concepts: Sequence[Concept]) -> Iterator[Finding]:
    for concept in concepts:
        missing = [language for language in _LANGUAGES if language not in concept.preferred]
        if missing:
            problem = f"has no preferred label in {', '.join(missing)}"
            remedy = "add it, so that questions in that language find the concept"
            yield _finding(Severity.WARNING, concept, "prefLabel", problem, remedy)


def _order(concepts: Sequence[Concept]) -> Iterator[Finding]:
    broader = {concept.id: concept.broader for concept in concepts}
    for concept in concepts:
        if concept.broader is None:
            continue
        if concept.broader not in broader:
            problem = f"its broader concept {concept.broader} is not in the glossary"
            yield _finding(Severity.ERROR, concept, "broader", problem, "correct the id, or add the concept")
        elif concept.id in _above(concept.id, broader):
            problem = "is broader than itself in a circle"
            yield _finding(Severity.ERROR, concept, "broader", problem, "let each concept name a more general one")


def _above(id_: str, broader: Mapping[str, str | None]) -> set[str]:
    seen: set[str] = set()
    following = broader.get(id_)
    while following is not None and following not in seen:
        seen.add(following)
        following = broader.get(following)
    return seen
