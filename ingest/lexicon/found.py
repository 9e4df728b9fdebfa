"""A sense that a word may have, and how the word led to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from ingest.lexicon.sense import Sense


class How(IntEnum):
    """How a word belongs to a term of the lexicon, the surest first."""

    EXACT = 0
    LEMMA = 1
    STEM = 2


@dataclass(frozen=True, slots=True)
class Found:
    """A sense that a word may have; `rank` is the word's among the sense's terms, 0 for the best."""

    sense: Sense
    rank: int
    how: How
