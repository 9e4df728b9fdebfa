"""Whether an answer speaks the language of its question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language import SPOKEN
from assistant.types import Answer
from ingest.language import likely

_LEAST_LETTERS = 60  # shorter texts are not told apart reliably
_NAMED = re.compile(r"“[^”]*”(?: \([^)]*\))?|\[\d+\]")  # titles with who published them, markers


def own_words(answer: Answer, question: str) -> str:
    """What an answer says itself: its text and notes without quotations, titles, markers, and the question repeated."""
    text = " ".join(" ".join([answer.answer, *answer.notes]).split())
    repeated = (" ".join(quote.split()) for quote in (question, *(cited.quote for cited in answer.citations)))
    for quote in sorted(filter(None, repeated), key=len, reverse=True):
        text = text.replace(quote, " ")
    for contact in answer.contacts:
        text = text.replace(contact.name, " ")
    return " ".join(_NAMED.sub(" ", text).split())


def speaks(text: str, declared: str, wanted: str, languages: Sequence[str] = SPOKEN) -> bool:
    """Whether an answer with these own words, which says it is in `declared`, is in the wanted language.

    Its words are held to it where there are enough of them to tell: the likeliest of `languages` must be the wanted.
    """
    if declared != wanted:
        return False
    if wanted not in languages or sum(sign.isalpha() for sign in text) < _LEAST_LETTERS:
        return True
    return next((code for code, _ in likely(text) if code in languages), wanted) == wanted
