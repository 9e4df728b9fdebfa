"""Questions that several organisations answer differently and that name none of them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.cues import CUES
from assistant.phrases import Phrase, Sort, phrases_of
from ingest.analyse import words
from ingest.types import Hit, Kind

_FEW = 2  # words, small ones aside: a longer question says enough to be answered
_SEVERAL = 3  # organisations among the nearest passages
_MOST_NAMED = 4


def organisations_meant(question: str, language: str, hits: Sequence[Hit]) -> tuple[str, ...]:
    """The organisations that "What is the threshold?" may be about, the nearest first; empty where it is clear.

    It is unclear where the question asks for a certain thing in a word or two, without a name, and the nearest passages
    are of several organisations.
    """
    if language not in CUES:
        return ()
    told = phrases_of(question, language)
    is_short = 0 < sum(len(words(phrase.text)) for phrase in told) <= _FEW
    is_certain = any(word in CUES[language].definite for word in words(question))
    if not is_short or not is_certain or any(_is_name(phrase, language) for phrase in told):
        return ()
    owners = (hit.version.organisation for hit in hits if hit.version.kind is not Kind.GLOSSARY)
    found = tuple(dict.fromkeys(owner for owner in owners if owner))
    return found[:_MOST_NAMED] if len(found) >= _SEVERAL else ()


def _is_name(phrase: Phrase, language: str) -> bool:
    """Whether it names something; in German a capital alone makes no name."""
    if language == "de":
        return any(sign.isupper() or sign.isdigit() for word in phrase.text.split() for sign in word[1:])
    return phrase.sort is not Sort.WORDS
