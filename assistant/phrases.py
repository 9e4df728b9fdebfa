"""The phrases of a question: what stands between its small words, and the preposition before each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from assistant.cues import CUES
from ingest.analyse import fold, is_stop_word

_TOKEN = re.compile(r"[^\W_]+(?:[-‐‑'’&.][^\W_]+)*|[^\w\s]")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_ADJECTIVES = ("e", "en", "er", "es", "em")  # endings: in German, where a noun has a capital, they belong to it
_ELISION = re.compile(r"(?i)^(?:l|d|j|qu|n|s|m|t|c|un|all|dell|nell|sull|dall)['’](?=\w)")


class Sort(StrEnum):
    """What a phrase looks like."""

    YEAR = "year"
    NUMBER = "number"
    NAME = "name"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch `[start, end)` of a question; `preposition` in its plain form, "" without one.

    `is_noun` says whether an article or a preposition stands before it, as they do before nouns.
    """

    text: str
    start: int
    end: int
    sort: Sort
    preposition: str = ""
    is_noun: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    sort: Sort


@lru_cache(maxsize=64)  # several steps of a question ask for the same
def phrases_of(text: str, language: str, known: re.Pattern[str] | None = None) -> tuple[Phrase, ...]:
    """The phrases of a text in their order; a name is one phrase, and so is a run of other words.

    `known` finds names that have small words in them ("Fusion for Energy").
    """
    cues = CUES[language]
    found: list[Phrase] = []
    run: list[_Token] = []
    preposition, before = "", ""
    for token in [*_tokens(text, known), None]:
        speaks = token is not None and not _is_small(token, language)
        if run and (token is None or not speaks or not _goes_on(run, token, text, language)):
            start, end = run[0].start, run[-1].end
            is_noun = bool(preposition) or before in cues.articles
            found.append(Phrase(text[start:end], start, end, _sort_of(run), preposition, is_noun))
            run, preposition, before = [], "", ""
        if token is None:
            break
        if speaks:
            run.append(token)
        else:
            before = token.text.casefold()
            preposition = cues.prepositions.get(before, preposition if before in cues.articles else "")
    return tuple(found)


def _tokens(text: str, known: re.Pattern[str] | None) -> Iterator[_Token]:
    opens, done = True, 0
    names = {found.start(): found for found in known.finditer(text)} if known else {}
    for match in _TOKEN.finditer(text):
        if match.start() < done:
            continue
        elided = _ELISION.match(match.group())
        start = match.start() + (elided.end() if elided else 0)
        if elided:
            yield _Token(elided.group()[:-1], match.start(), start, Sort.WORDS)
        named = names.get(start)
        done = named.end() if named else match.end()
        word = text[start:done]
        yield _Token(word, start, done, Sort.NAME if named else _sort(word, opens=opens and not elided))
        opens = word in ".?!:"


def _sort(word: str, *, opens: bool) -> Sort:
    if _YEAR.fullmatch(word):
        return Sort.YEAR
    if word.isdigit():
        return Sort.NUMBER
    capitals = sum(sign.isupper() for sign in word)
    is_code = any(sign.isdigit() or sign in ".&" for sign in word) and word[0].isalnum()
    return Sort.NAME if capitals > 1 or is_code or (capitals and not opens) else Sort.WORDS


def _sort_of(run: list[_Token]) -> Sort:
    return Sort.NAME if any(token.sort is Sort.NAME for token in run) else run[0].sort


def _goes_on(run: list[_Token], token: _Token, text: str, language: str) -> bool:
    """Whether a token belongs to the phrase begun: nothing but a space between, and names or words like it."""
    last = run[-1]
    same = last.sort is token.sort and token.sort is not Sort.YEAR
    number_of_name = _sort_of(run) is Sort.NAME and token.sort in (Sort.YEAR, Sort.NUMBER)
    amount = last.sort is Sort.NUMBER or (token.sort is Sort.NUMBER and last.text.isupper())
    noun = language == "de" and last.text.islower() and last.text.endswith(_ADJECTIVES) and token.sort is Sort.NAME
    return text[last.end : token.start].isspace() and (same or number_of_name or amount or noun)


def _is_small(token: _Token, language: str) -> bool:
    plain = token.text.casefold()
    if not plain[:1].isalnum():
        return True
    cues = CUES[language]
    small = is_stop_word(plain, language) or plain in cues.prepositions or plain in cues.articles
    small = small or cues.asks.fullmatch(plain) is not None
    return small and (len(plain) == 1 or not token.text.isupper())


def same_words(left: str, right: str) -> bool:
    """Whether two phrases are equal but for case and accents."""
    return fold(left.casefold()) == fold(right.casefold())
