"""Small words that turn a sentence round: not, must, may, all, only, first; in the five languages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path


class Sign(StrEnum):
    """What a small word says, whatever the language."""

    NOT = "not"
    PRIVATIVE = "privative"
    NON = "non"
    WITHOUT = "without"
    EXCEPT = "except"
    FREE = "free"
    REFUSED = "refused"
    ENDED = "ended"
    MUST = "must"
    SHOULD = "should"
    MAY = "may"
    PLANNED = "planned"
    ALL = "all"
    MOST = "most"
    SOME = "some"
    FEW = "few"
    ONLY = "only"
    ALWAYS = "always"
    SOMETIMES = "sometimes"
    RARELY = "rarely"
    LOWEST = "lowest"
    HIGHEST = "highest"
    LARGEST = "largest"
    SMALLEST = "smallest"
    BEST = "best"
    WORST = "worst"
    FIRST = "first"
    LAST = "last"
    OLDEST = "oldest"
    NEWEST = "newest"
    BEFORE = "before"
    AFTER = "after"
    THEN = "then"
    MORE = "more"
    LESS = "less"
    CAUSE = "cause"
    IF = "if"
    OPEN = "open"
    EACH = "each"


_TABLE: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("signs.toml").read_text(encoding="utf-8")
)


def _pattern(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


_NEUTRAL = {language: _pattern(words) for language, words in _TABLE["neutral"].items()}
_PATTERNS: dict[str, list[tuple[Sign, re.Pattern[str]]]] = {
    language: [
        (sign, _pattern(_TABLE[sign][language]))
        for sign in Sign
        if language in _TABLE.get(sign, {}) and sign is not Sign.PRIVATIVE
    ]
    for language in _NEUTRAL
}
_FREE = {language: dict(patterns)[Sign.FREE] for language, patterns in _PATTERNS.items()}
_FREE_WORD = {"en": "free", "nl": "gratis", "de": "kostenlos", "fr": "gratuit", "it": "gratuito"}


_PASSIVE = {language: re.compile("|".join(words), re.IGNORECASE) for language, words in _TABLE["passive"].items()}


@lru_cache(maxsize=20_000)
def signs(text: str, language: str) -> frozenset[Sign]:
    """The signs of a text; none in a language that is not among the five."""
    if language not in _PATTERNS:
        return frozenset()
    kept = _NEUTRAL[language].sub(" ", text)
    free = _FREE[language]
    told = free.sub(" ", kept)  # "without costs" denies nothing, it tells a price
    return frozenset(sign for sign, pattern in _PATTERNS[language] if pattern.search(kept if pattern is free else told))


def sign_words(text: str, language: str, sign: Sign) -> str:
    """The words of a text that say a sign, empty where none does."""
    pattern = dict(_PATTERNS.get(language, ())).get(sign)
    return " ".join(found.group() for found in pattern.finditer(_NEUTRAL[language].sub(" ", text))) if pattern else ""


def without_signs(text: str, language: str, keep: frozenset[Sign] = frozenset()) -> str:
    """The text without those signs that only turn what the other words say, but for those to keep."""
    if language in _FREE:
        text = _FREE[language].sub(f" {_FREE_WORD[language]} ", text)
    for sign, pattern in _PATTERNS.get(language, ()):
        if sign in _ONLY_TURN - keep:
            text = pattern.sub(" ", text)
    return text


_ONLY_TURN = frozenset(Sign) - {
    Sign.NON, Sign.FREE, Sign.REFUSED, Sign.ENDED, Sign.PLANNED,
    Sign.MORE, Sign.LESS, Sign.LOWEST, Sign.HIGHEST, Sign.LARGEST, Sign.SMALLEST,
    Sign.BEST, Sign.WORST, Sign.FIRST, Sign.LAST, Sign.OLDEST, Sign.NEWEST,
}  # fmt: skip


def denied(found: frozenset[Sign]) -> bool:
    """Whether what is said is denied: "not without" and "not refused" deny nothing."""
    return (Sign.NOT in found) ^ (Sign.PRIVATIVE in found) ^ (Sign.WITHOUT in found) ^ (Sign.REFUSED in found)


def denies_a_verb(text: str, language: str) -> bool:
    """Whether a denial may stand with "must" or "may": beside them, or anywhere where verbs stand apart."""
    pattern = _DENIED_VERB.get(language)
    return pattern is None or pattern.search(text) is not None


def _beside(language: str) -> re.Pattern[str]:
    verbs = "|".join(word for sign in (Sign.MUST, Sign.SHOULD, Sign.MAY) for word in _TABLE[sign][language])
    no = "|".join(_TABLE[Sign.NOT][language])
    return re.compile(rf"(?<!\w)(?:(?:{verbs}) (?:\w+ )?(?:{no})|(?:{no}) (?:\w+ )?(?:{verbs}))(?!\w)", re.IGNORECASE)


_DENIED_VERB = {language: _beside(language) for language in ("en", "fr", "it")}


def is_passive(text: str, language: str) -> bool:
    """Whether a text says who does something behind what is done: "is paid by"."""
    return language in _PASSIVE and _PASSIVE[language].search(text) is not None
