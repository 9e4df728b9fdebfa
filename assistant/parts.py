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


def _opening(and_: str, verbs: str, articles: str, being: str, pronouns: str) -> re.Pattern[str]:
    """Between two questions of which the second opens with a verb: "and does ESA take shares?".

    What stands behind a form of "be" with an article may go on with a relative clause: "and is the largest".
    """
    subject = rf"(?:{pronouns})\b|(?-i:[A-Z])"
    opens = rf"(?:{verbs})\s+(?:(?:{articles})\b|{subject})|(?:{being})\s+(?:{subject})"
    return re.compile(rf"(?i),?\s+{and_}\s+(?={opens})")


_AND_VERB = {
    "en": _opening(
        "and",
        "does|do|did|can|could|may|must|should|will",
        "the|an?|one|companies|firms",
        "is|are|was|were|has|have",
        "it|they|we|i|you|there|this|that",
    ),
    "nl": _opening(
        "en",
        "kan|kunnen|mag|mogen|moet|moeten|neemt|krijgt|krijg",
        "de|het|een|dat|die|bedrijven",
        "is|zijn|was|waren|heeft|hebben|wordt|worden",
        "er|je|jij|ik|we|wij|men|zij",
    ),
    "de": _opening(
        "und",
        "kann|können|darf|dürfen|muss|müssen|soll|nimmt|bekommt|gibt",
        "der|die|das|den|eine?[mnr]?",
        "ist|sind|war|hat|haben|wird|werden",
        "es|man|ich|wir|sie|er",
    ),
    "fr": re.compile(r"(?i),?\s+et\s+(?=est-ce|faut-il|peut-on|doit-on|y a-t-il|a-t-|est-(?:il|elle)|sont-)"),
}
# Of things told one after the other; a word that may open a relative clause ("which", "who") asks nothing here.
_THEN_ASKS = {
    "en": re.compile(
        r"(?i),\s+(?=(?:what|when|where|why|how)\s+(?:\w+\s+)?(?:is|are|was|were|do|does|did|can|must|may|will)\b)"
    ),
    "nl": re.compile(
        r"(?i),\s+(?=(?:wat|wanneer|waar|hoe\w*)\s+(?:is|zijn|was|waren|kost|moet|kan|mag|heeft|krijgt)\b)"
    ),
    "de": re.compile(
        r"(?i),\s+(?=(?:wann|wie|warum|wo)\s+(?:\w+\s+)?(?:ist|sind|war|waren|kostet|muss|kann|darf|hat)\b)"
    ),
    "fr": re.compile(r"(?i),\s+(?=(?:quand|comment|combien|pourquoi)\b|quel\w*\s+(?:est|sont|était)\b)"),
    "it": re.compile(r"(?i),\s+(?=(?:quando|dove|quanto|come|perché)\s+(?:è|sono|ha|può|deve|si|costa)\b|qual è\b)"),
}


def parts_of(question: str, language: str) -> Sequence[str]:
    """The things that a question asks, each as it says it; the question alone where it asks one thing or is in doubt.

    Parts are questions one after the other, numbered ones, and what stands on both sides of "and", and of commas
    before it, where each side has a question word, or a verb that opens a question, and something to ask about.
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
    cues, opening = CUES[language], _AND_VERB.get(language)
    pieces = cues.and_asks.split(question)
    if opening:
        pieces = [part for piece in pieces for part in opening.split(piece)]
    if len(pieces) > 1:
        pieces = [part for piece in pieces for part in _THEN_ASKS[language].split(piece)]
    whole = all(cues.asks.search(piece.casefold()) for piece in pieces)
    asks = cues.question_words.search(pieces[0].casefold()) or cues.asks.match(pieces[0].strip().casefold())
    if len(pieces) < 2 or not whole or not asks or len(words(pieces[0])) < _WORDS_OF_A_QUESTION:
        return []
    return [*(f"{piece.rstrip(' ,;')}?" for piece in pieces[:-1]), pieces[-1]]


def _asks(part: str, language: str) -> bool:
    """Whether it has a question word, or a verb that opens a question, and something to ask about."""
    cues = CUES[language]
    told = phrases_of(cues.question_words.sub(" ", part.casefold()), language)
    about = any(phrase.sort is not Sort.YEAR for phrase in told)
    return about and cues.asks.search(part.casefold()) is not None
