"""What a question asks, with all that was said before it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from assistant import names
from assistant.cues import CUES
from assistant.dates import said
from assistant.followup import YEAR, Alike, leans, standalone
from assistant.indirect import lead_of, opens_question, speaks_of_self
from assistant.intent import intent
from assistant.language import answered_in, listing, of_question
from assistant.message import pieces
from assistant.parts import parts_of
from assistant.phrases import phrases_of
from assistant.retrieve import Retriever
from assistant.spelling import corrected, corrections
from assistant.types import Inquiry, Intent, Question, Turn
from ingest.index import IndexReader


def understand(question: Question, index: IndexReader, retriever: Retriever, today: date) -> Inquiry:
    """The question as it stands alone, part by part, in its language, with what it wants and the day it speaks of.

    Names and words that an index does not have are read as those that it has, where they differ by a slip.
    """
    listed = listing(retriever.led_by(index))
    language = question.language or of_question(question.text, question.history, listed)
    wants = intent(question.text, question.audience)
    if wants not in (Intent.ASKS, Intent.ASKS_ELSEWHERE):
        return Inquiry(question.text, language, (question.text,), wants)
    read_as = _read_as(question, language, index, retriever)
    known = names.finder(index.timeline, question.audience)
    listener = _Listener(answered_in(language), retriever.alike, known)
    asked = listener.asked(corrected(question.text, read_as))
    text = listener.standalone(asked, question.history)
    parts = listener.parts(asked, question.history) or (text,)
    if not any(phrases_of(part, listener.language) for part in parts):
        wants = Intent.SAYS_NOTHING
    return Inquiry(text, language, parts, wants, said(text, today), read_as)


def _read_as(question: Question, language: str, index: IndexReader, retriever: Retriever) -> Mapping[str, str]:
    """What is misspelt, and how it is read, by the words that this reader may see."""
    titles = names.vocabulary(index.timeline, question.audience)
    return corrections(
        question.text,
        names.organisations(index.timeline, question.audience),
        chain(titles, names.spoken(index.glossary, answered_in(language))),
        lambda word: retriever.knows(index, word),
    )


@dataclass(frozen=True, slots=True)
class _Listener:
    """Makes what is said in a conversation stand alone."""

    language: str
    alike: Alike
    known: re.Pattern[str] | None

    def asked(self, message: str) -> str:
        """What a message asks, without what is said around that, unless it leans on it or changes the subject."""
        if CUES[self.language].changes.match(message.casefold()):
            return message
        told = pieces(message, self.language)
        asked = " ".join(piece.text for piece in told if piece.asks)
        if not asked or self._leans(asked):
            return " ".join(piece.text for piece in told)
        return " ".join(piece.text for piece in told if piece.asks or self._belongs(piece.text, asked))

    def _belongs(self, beside: str, asked: str) -> bool:
        """Whether what is said beside a question asks too, limits it, or names the organisation or year it is on."""
        signs = [sign for sign in (self.known, YEAR) if sign is not None and not sign.search(asked)]
        named = any(sign.search(beside) for sign in signs)
        return named or self._asks_too(beside) or self._limits(beside, asked)

    def _asks_too(self, beside: str) -> bool:
        """Whether it asks without a question mark: "I would like to know what a licence costs."."""
        rest = beside[len(lead_of(beside, self.language)) :]
        return rest != beside and opens_question(rest, self.language) and not self._leans(rest)

    def _limits(self, beside: str, asked: str) -> bool:
        """Whether it says "only", or who it is that asks whom to turn to."""
        cues, told = CUES[self.language], beside.casefold()
        asks_for_self = cues.asks_who.search(asked.casefold()) and speaks_of_self(asked, self.language)
        return cues.only.search(told) is not None or bool(asks_for_self and cues.introduces.search(told))

    def _leans(self, question: str) -> bool:
        return leans(question, self.language, self.alike, self.known)

    def standalone(self, asked: str, history: Sequence[Turn]) -> str:
        return standalone(asked, history, self.language, self.alike, self.known)

    def parts(self, asked: str, history: Sequence[Turn]) -> tuple[str, ...]:
        """The things asked, where they are several; each is a follow-up of the one before."""
        parts = parts_of(asked, self.language)
        turns = [*history, *(Turn("user", part) for part in parts)]
        places = range(len(history), len(turns)) if len(parts) > 1 else ()
        return tuple(self.standalone(turns[place].content, turns[:place]) for place in places)
