"""A message piece by piece: what it asks, and what is said beside that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.courtesy import without_courtesy
from assistant.indirect import is_question, lead_of, only_asks_to_be_told
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
    sentences = [told for sentence in _sentences(running) if (told := without_courtesy(sentence))]
    telling = [sentence for sentence in sentences if not only_asks_to_be_told(sentence, language)] or sentences
    marked = any(map(is_question, telling))
    found = tuple(piece for sentence in telling for piece in _of_sentence(sentence, language, marked=marked))
    return found or (Piece(message, asks=True),)


def _sentences(told: str) -> Iterator[str]:
    begun: int | None = None
    spans = sentence_spans(told)
    for start, end in spans:
        begun = start if begun is None else begun
        if not _ABBREVIATED.search(told[start:end]) or end == spans[-1][1]:
            yield told[begun:end]
            begun = None


def _of_sentence(sentence: str, language: str, *, marked: bool) -> list[Piece]:
    """`marked` is whether the message has a question mark: then what has none does not ask, and stays in one piece."""
    asks = is_question(sentence)
    if marked and not asks:
        return [Piece(sentence, asks=False)]
    lead = lead_of(sentence, language)
    before = [] if only_asks_to_be_told(lead, language) else [Piece(lead.strip(), asks=False)]
    return [*before, Piece(sentence[len(lead) :].strip(), asks=asks or bool(lead))]
