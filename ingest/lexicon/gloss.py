"""A text in English word by word, for a model that reads no other language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.lexicon.lexicon import Lexicon
from ingest.lexicon.reading import Reading, read

ENGLISH = "en"
_MANNER = 2  # raise it when the same lexicon would give other glosses


@dataclass(frozen=True, slots=True)
class Glosser:
    """Texts as an embedding model reads them: `reads` are its languages, None for a model that reads them all."""

    lexicon: Lexicon
    reads: frozenset[str] | None

    @property
    def version(self) -> str:
        """A digest of what decides the glosses; empty where nothing is glossed."""
        return "" if self.reads is None else f"{self.lexicon.version}.{_MANNER}"

    def reaches(self, language: str) -> bool:
        """Whether the model reads a language, itself or as gloss."""
        return self.reads_itself(language) or language in self.lexicon.languages

    def as_read(self, text: str, language: str) -> str:
        """The text itself where the model reads its language, or the lexicon does not know it; else its gloss."""
        return gloss(text, language, self.lexicon) if self.glosses(language) else text

    def glosses(self, language: str) -> bool:
        """Whether texts in a language are read as their gloss."""
        return not self.reads_itself(language) and language in self.lexicon.languages

    def reads_itself(self, language: str) -> bool:
        """Whether the model reads a language without a gloss."""
        return self.reads is None or language in self.reads


def gloss(text: str, language: str, lexicon: Lexicon) -> str:
    """The English words of a text in its order, line by line; what is unknown stays as it is."""
    lines = (" ".join(_glossed(line, language, lexicon)) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _glossed(line: str, language: str, lexicon: Lexicon) -> Iterator[str]:
    for reading in read(line, language, lexicon):
        yield from _english(reading)


def _english(reading: Reading) -> Iterator[str]:
    words = [term for found in reading.found for term in found.sense.terms_in(ENGLISH)[:1]]
    if words or not reading.parts:
        yield words[0] if words else reading.text
    else:
        for part in reading.parts:
            yield from _english(part)
