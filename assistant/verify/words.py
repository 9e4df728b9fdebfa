"""The words of a sentence that carry what it says, and whether two of them mean the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import TypeAlias

from ingest.analyse import fold, terms, words
from ingest.embed import FloatVector
from ingest.lexicon.lexicon import Lexicon
from ingest.lexicon.reading import Reading, read

_SHORTEST_ROOT = 5  # letters that two forms of one word share: "invest", "investor"
_ROOT_SHARE = 0.6  # of the longer one
_COGNATE = 0.75  # likeness from which two words of two languages are taken for one: "procedura", "procédure"
_AGREEING = 2  # languages in which two words share a translation before they count as synonyms


@dataclass(frozen=True, slots=True)
class Word:
    """A word or term: its index terms, and what it may mean as `language:term`, empty where that is not known.

    `is_name` where it is known to mean a name and nothing else: a country, a body.
    """

    text: str
    language: str
    stems: frozenset[str]
    meanings: frozenset[str] = frozenset()
    is_name: bool = False


Reader: TypeAlias = Callable[[str, str], Sequence[Word]]
# How near in meaning two texts are, each with its language: the cosine of their vectors.
Likeness: TypeAlias = Callable[[tuple[str, str], tuple[str, str]], float]


def by_vectors(vector: Callable[[str, str], FloatVector]) -> Likeness:
    """Likeness by the vectors of texts of a language; each text is embedded once."""
    known = cache(vector)
    return lambda one, other: float(known(*one) @ known(*other))


def by_stems(text: str, language: str) -> list[Word]:
    """The words of a text that say something, known by their stems alone."""
    told = ((word, frozenset(terms(word, language))) for word in words(text))
    return [Word(word, language, stems) for word, stems in told if stems and not word.isdigit()]


def by_lexicon(lexicon: Lexicon) -> Reader:
    """Reads the words of a text with what a lexicon knows of them, and of the terms and compounds they make."""

    @lru_cache(maxsize=20_000)
    def reader(text: str, language: str) -> Sequence[Word]:
        return tuple(
            word for reading in read(text, language, lexicon) for word in _words(reading, language, frozenset())
        )

    return reader


def _words(reading: Reading, language: str, meanings: frozenset[str]) -> Iterator[Word]:
    meanings |= frozenset(
        f"{code}:{term.casefold()}"
        for found in reading.found
        for code, terms in found.sense.terms.items()
        for term in terms
    )
    if reading.parts:
        for part in reading.parts:
            yield from _words(part, language, meanings)
    elif reading.stems and not reading.text.isdigit():
        english = [term for found in reading.found for term in found.sense.terms_in("en")]
        named = bool(english) and all(term[:1].isupper() for term in english)
        yield Word(reading.text, language, frozenset(reading.stems), meanings, named)


def alike(said: Word, told: Word) -> bool:
    """Whether two words may mean the same: one stem, one root, one meaning, or nearly one spelling in two languages."""
    if said.stems & told.stems:
        return True
    if said.meanings and told.meanings:
        shared = said.meanings & told.meanings
        own = f"{said.language}:", f"{told.language}:"
        if any(meaning.startswith(own) for meaning in shared) or len({m[:2] for m in shared}) >= _AGREEING:
            return True
    if said.language == told.language:
        return _one_root(fold(said.text), fold(told.text))
    return _cognate(fold(said.text), fold(told.text)) or _one_root(fold(said.text), fold(told.text))


def covered(said: Sequence[Word], told: Sequence[Word]) -> list[Word | None]:
    """For each word that is said the word that tells it, None where none does."""
    return [next((other for other in told if alike(word, other)), None) for word in said]


@lru_cache(maxsize=100_000)
def _one_root(left: str, right: str) -> bool:
    shared = next(
        (place for place, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]),
        min(len(left), len(right)),
    )
    return shared >= _SHORTEST_ROOT and shared >= _ROOT_SHARE * max(len(left), len(right))


@lru_cache(maxsize=100_000)
def _cognate(left: str, right: str) -> bool:
    if min(len(left), len(right)) < 4 or left[0] != right[0]:
        return False
    return SequenceMatcher(None, left, right, autojunk=False).ratio() >= _COGNATE
