"""Under which keys a term is found: as it is written, and by its stems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.analyse import is_stop_word, terms, written

STEMS = "\x01"  # opens the keys that are made of stems, so that no word is taken for one


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: as written, as a key, its index terms; `says_nothing` for stop words."""

    text: str
    key: str
    stems: tuple[str, ...]
    says_nothing: bool


def tokens(text: str, language: str) -> list[Token]:
    """The words of a text in reading order."""
    return [_token(word, language) for word in written(text)]


def key_of(term: str) -> str:
    """The key of a term as it is written: its words in lower case, abbreviations in capitals kept."""
    return " ".join(_key(word) for word in written(term))


def stem_key_of(term: str, language: str) -> str:
    """The key of a term by its stems, stop words dropped; empty where nothing is left."""
    stems = terms(term, language)
    return STEMS + " ".join(stems) if stems else ""


def phrases(words: Sequence[str]) -> Iterator[str]:
    """The first two words, the first three, and so on to all of them."""
    return (" ".join(words[:count]) for count in range(2, len(words) + 1))


def is_abbreviation(word: str) -> bool:
    """Whether a word is written in capitals: it then means what it means in capitals ("IT", "US")."""
    return len(word) > 1 and word.isupper()


def _key(word: str) -> str:
    return word if is_abbreviation(word) else word.casefold()


@lru_cache(maxsize=8_192)
def _token(word: str, language: str) -> Token:
    abbreviated = is_abbreviation(word)
    stems = tuple(terms(word, language))
    return Token(word, _key(word), stems, not abbreviated and (not stems or is_stop_word(word.casefold(), language)))
