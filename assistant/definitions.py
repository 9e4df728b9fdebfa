"""What a term means, by the glossary: a section for each concept, with a definition in a language or several."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.asked import asks_for_meaning
from assistant.context import Sentence
from assistant.language import of_quote
from ingest.analyse import terms
from ingest.types import Hit, Kind


def defines(question: str, language: str, hit: Hit) -> bool:
    """Whether a chunk is that of the concept whose meaning a question asks for, by any of its labels."""
    term = asks_for_meaning(question)
    if term is None or hit.version.kind is not Kind.GLOSSARY:
        return False
    called = (*hit.chunk.headings[-1:], *hit.chunk.context.split(", "))
    wanted = terms(term, language)
    return any(term.casefold() == label.casefold() or wanted == terms(label, language) for label in called)


def in_one_language(sentences: Sequence[Sentence], language: str) -> list[Sentence]:
    """The sentences but for definitions that say again, in another language, what one of their concept says.

    Of the definitions of a concept the reader's own is kept, else those in the language of the glossary.
    """
    spoken: dict[int, set[str]] = {}
    for sentence in sentences:
        spoken.setdefault(sentence.passage.number, set()).add(_language(sentence))
    return [
        sentence
        for sentence in sentences
        if (kept := _kept(spoken[sentence.passage.number], sentence, language)) is None or _language(sentence) == kept
    ]


def _kept(spoken: set[str], sentence: Sentence, language: str) -> str | None:
    """The language in which a passage's sentences are kept; None where all are."""
    version = sentence.passage.hit.version
    if version.kind is not Kind.GLOSSARY or len(spoken) == 1:
        return None
    return next((code for code in (language, version.language) if code in spoken), None)


def _language(sentence: Sentence) -> str:
    return of_quote(sentence.text, sentence.passage.hit.version)
