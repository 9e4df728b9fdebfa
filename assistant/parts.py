"""Questions that ask several things at once, part by part."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.cues import CUES
from assistant.phrases import Sort, phrases_of
from ingest.analyse import words

_MOST_PARTS = 3  # answers: more is not one question, and no reader wants them at once
_WORDS_OF_A_QUESTION = 3  # "which firms and which institutes" is one question
_LABEL = re.compile(r"(?:^|(?<=\s))(?:\(?\d\)|\d\.(?=\s)|\(?[a-c]\))\s*")
_QUESTION_END = re.compile(r"(?<=\?)\s+")


def parts_of(question: str, language: str) -> Sequence[str]:
    """The things that a question asks, each as it says it; the question alone where it asks one thing or is in doubt.

    Parts are questions one after the other, numbered ones, and what stands on both sides of "and" where each side has
    a question word and something to ask about.
    """
    for parts in (_numbered(question), _QUESTION_END.split(question.strip()), _joined(question, language)):
        told = [part.strip() for part in parts if part.strip()]
        if 1 < len(told) <= _MOST_PARTS and all(_asks(part, language) for part in told):
            return told
    return [question]


def _numbered(question: str) -> list[str]:
    pieces = _LABEL.split(question)
    return pieces[1:] if len(pieces) > 2 and not pieces[0].strip() else []


def _joined(question: str, language: str) -> list[str]:
    cues = CUES[language]
    pieces = cues.and_asks.split(question)
    whole = all(cues.question_words.search(piece.casefold()) for piece in pieces)
    if len(pieces) < 2 or not whole or len(words(pieces[0])) < _WORDS_OF_A_QUESTION:
        return []
    return [*(f"{piece.rstrip(' ,;')}?" for piece in pieces[:-1]), pieces[-1]]


def _asks(part: str, language: str) -> bool:
    """Whether it has a question word, or a verb that opens a question, and something to ask about."""
    cues = CUES[language]
    told = phrases_of(cues.question_words.sub(" ", part.casefold()), language)
    about = any(phrase.sort is not Sort.YEAR for phrase in told)
    return about and cues.asks.search(part.casefold()) is not None
