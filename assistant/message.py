"""A message piece by piece: what it asks, and what is said beside that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.courtesy import says_please, without_courtesy
from assistant.indirect import is_question, lead_of, only_asks_to_be_told, opens_question
from ingest.analyse import words
from ingest.sentences import sentence_spans

_SPACES = re.compile(r"[^\S\n]+")
_LINE_END = re.compile(r"(?<=[^\s.?!:])[^\S\n]*\n(?=\S)")  # within a sentence
_ABBREVIATED = re.compile(r"\b(?:\w|[A-Z][a-z]|\d+|[IVXL]+)\.$")  # "the U.S. dollar", "im 2. Jahrhundert"
_FEW = 3  # words in capitals may be names


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of a message, or a part of one, and whether it asks."""

    text: str
    asks: bool


def pieces(message: str, language: str) -> tuple[Piece, ...]:
    """What a message in a language says but for what is polite: greetings, what asks to be told, thanks.

    Of "Hello! We are a firm and would like to know who decides. Thanks." that is "We are a firm and would like to know"
    and "who decides", which asks. Where a question mark stands, what has one asks, and nothing else. What is shouted is
    taken as said. A message that is polite and nothing else is one piece that asks.
    """
    spoken = message.lower() if message.isupper() and len(words(message)) > _FEW else message
    running = _LINE_END.sub(" ", _SPACES.sub(" ", spoken))
    told = [piece for sentence in _sentences(running) for piece in _of_sentence(sentence, language)]
    found = [piece for piece in told if not _is_polite(piece, language)] or told
    marked = any(is_question(piece.text) for piece in found)
    asking = (replace(piece, asks=piece.asks and (is_question(piece.text) or not marked)) for piece in found)
    return tuple(asking) or (Piece(message, asks=True),)


def _sentences(told: str) -> Iterator[str]:
    begun: int | None = None
    spans = sentence_spans(told)
    for start, end in spans:
        begun = start if begun is None else begun
        if not _ABBREVIATED.search(told[start:end]) or end == spans[-1][1]:
            yield told[begun:end]
            begun = None


def _of_sentence(sentence: str, language: str) -> list[Piece]:
    told = without_courtesy(sentence)
    lead = lead_of(told, language)
    asks = bool(lead) or is_question(told) or says_please(sentence)
    both = (Piece(lead.strip(), asks=False), Piece(told[len(lead) :].strip(), asks=asks))
    return [piece for piece in both if piece.text]


def _is_polite(piece: Piece, language: str) -> bool:
    """Whether it is "Could you tell me", or "Can you help?"."""
    opens = piece.asks and opens_question(piece.text, language)
    return not opens and only_asks_to_be_told(piece.text, language)
