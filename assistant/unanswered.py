"""What readers asked and did not get, grouped by the document that came nearest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.types import AnswerStatus
from ingest.journal import Given

_IN_VAIN = {AnswerStatus.NO_EVIDENCE, AnswerStatus.PARTIAL, AnswerStatus.FAILED, AnswerStatus.OUT_OF_SCOPE}
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, however often it was asked in the same words: how it ended, and what readers said of the answers."""

    question: str
    times: int
    statuses: tuple[str, ...]
    last: datetime
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions for which the same document came nearest; `nearest` begins with it, and is empty where nothing did."""

    nearest: tuple[str, ...]
    questions: tuple[Asked, ...]

    @property
    def times(self) -> int:
        """How often any of them was asked."""
        return sum(asked.times for asked in self.questions)


def gaps(given: Iterable[Given]) -> list[Gap]:
    """The gaps in what documents say, the one that was met most often first; within each, the question asked most."""
    by_document: dict[str, list[Given]] = defaultdict(list)
    for one in given:
        if one.question is not None and (one.status in _IN_VAIN or one.useful is False):
            by_document[one.nearest[0] if one.nearest else ""].append(one)
    found = [_gap(members) for members in by_document.values()]
    return sorted(found, key=lambda gap: (-gap.times, gap.nearest))


def _gap(members: Sequence[Given]) -> Gap:
    in_same_words: dict[str, list[Given]] = defaultdict(list)
    for one in members:
        in_same_words[" ".join((one.question or "").casefold().split()).rstrip("?!. ")].append(one)
    questions = sorted(
        (_asked(same) for same in in_same_words.values()), key=lambda asked: (-asked.times, asked.question)
    )
    return Gap(tuple(dict.fromkeys(name for one in members for name in one.nearest))[:_NEAREST], tuple(questions))


def _asked(same: Sequence[Given]) -> Asked:
    latest = max(same, key=lambda one: one.given)
    return Asked(
        question=latest.question or "",
        times=len(same),
        statuses=tuple(dict.fromkeys(one.status for one in same)),
        last=latest.given,
        comments=tuple(one.comment for one in same if one.comment),
    )
