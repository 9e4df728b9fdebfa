"""Text as the lexical index sees it: normalised numbers, stems of the text's language, and pairs of neighbours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

import Stemmer

from ingest.stopwords import STOP_WORDS

_GROUPED_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u2009\u202f.,'’]\d{3})+(?![\d])")
_WORD = re.compile(r"[^\W_]+(?:[-‐‑'’][^\W_]+)*")
_PARTS = re.compile(r"[-‐‑'’]")
_ELISION = re.compile(r"^(?:l|d|j|qu|n|s|m|t|c|un|all|dell|nell|sull|dall|quell|quest|com)['’](?=\w)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s$")
_STEMMERS = {
    "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish", "fr": "french",
    "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "sv": "swedish",
}  # fmt: skip


def terms(text: str, language: str) -> list[str]:
    """The index terms of a text in reading order: stop words dropped, the rest stemmed and without accents.

    A number counts by its digits, however its thousands are marked; a hyphenated word gives its parts and the whole.
    A language without a stemmer keeps its words as they are.
    """
    return [term for word in words(text) for term in _terms_of_word(word, language)]


def neighbours(text: str, language: str) -> list[str]:
    """Adjacent words of a text as terms of their own, in its order; stop words are kept, for they tell pairs apart."""
    plain = (_POSSESSIVE.sub("", _ELISION.sub("", word)) for word in words(text))
    return pairs([stem(part, language) for word in plain for part in _PARTS.split(word) if part])


def words(text: str) -> list[str]:
    """The words of a text, lower case, hyphenated ones in one piece, grouped numbers as plain digits."""
    return _WORD.findall(_with_plain_numbers(text).casefold())


def written(text: str) -> list[str]:
    """The words of a text as they are written, without elided articles ("l'") and possessive endings ("'s")."""
    return [_POSSESSIVE.sub("", _ELISION.sub("", word)) for word in _WORD.findall(_with_plain_numbers(text))]


def _with_plain_numbers(text: str) -> str:
    return _GROUPED_NUMBER.sub(lambda number: re.sub(r"\D", "", number.group()), text)


def pairs(sequence: Sequence[str]) -> list[str]:
    """Adjacent terms as terms of their own ("price_enquiri")."""
    return [f"{left}_{right}" for left, right in pairwise(sequence)]


@lru_cache(maxsize=200_000)
def _terms_of_word(word: str, language: str) -> tuple[str, ...]:
    if word.isalpha():  # as most are
        return () if is_stop_word(word, language) else (stem(word, language),)
    word = _POSSESSIVE.sub("", _ELISION.sub("", word))
    parts = [part for part in _PARTS.split(word) if part]
    found = [stem(part, language) for part in parts if not is_stop_word(part, language)]
    if len(parts) > 1 and (found or "-" in word):  # "dov'è" says nothing
        found.append(stem("".join(parts), language))
    return tuple(found)


def is_stop_word(word: str, language: str) -> bool:
    """Whether a lower-case word says nothing about a text of the language."""
    return word in STOP_WORDS.get(language, ())


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """The stem of a lower-case word, without accents."""
    stemmer = _stemmer(language)
    return fold(stemmer.stemWord(word) if stemmer else word)


def fold(word: str) -> str:
    """A word without accents."""
    if word.isascii():
        return word
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))


@cache
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    return Stemmer.Stemmer(_STEMMERS[language]) if language in _STEMMERS else None
