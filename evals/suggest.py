"""Draft rows from what readers asked in vain; a person completes them before they enter a set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant.types import AnswerStatus
from evals.metrics.wording import plain
from ingest.journal import Given

_IN_VAIN = (AnswerStatus.NO_EVIDENCE, AnswerStatus.PARTIAL)
_NEAREST = 3


def drafts(journal: Iterable[Given]) -> list[dict[str, object]]:
    """One draft a question that ended without an answer, in a partial one, or in a bad mark; the most asked first.

    A draft is no row yet: `expected` is empty, and so every command refuses it until a person has said what the answer
    must be. `nearest` are the documents that were found, `ended` how the question ended and what readers said of it.
    """
    grouped: dict[tuple[str, object, object], list[Given]] = {}
    for given in journal:
        if given.question and (given.status in _IN_VAIN or given.useful is False):
            grouped.setdefault((plain(given.question), given.audience, given.as_of), []).append(given)
    most_asked = sorted(grouped.values(), key=len, reverse=True)
    return [_draft(number, asked) for number, asked in enumerate(most_asked, start=1)]


def _draft(number: int, asked: Sequence[Given]) -> dict[str, object]:
    last = asked[-1]
    return {
        "id": f"draft-{last.given.date()}-{number:03}",
        "question": last.question,
        "language": last.language,
        "persona": "",
        "topic": "",
        "history": [],
        "as_of": last.as_of.isoformat() if last.as_of else None,
        "audience": last.audience.value,
        "expected": [],
        "relevant": [],
        "facts": [],
        "forbidden": [],
        "checked": None,
        "nearest": list(last.nearest[:_NEAREST]),
        "ended": _ended(asked),
    }


def _ended(asked: Sequence[Given]) -> Mapping[str, object]:
    return {
        "times": len(asked),
        "statuses": sorted({given.status for given in asked}),
        "bad_marks": sum(given.useful is False for given in asked),
        "comments": [given.comment for given in asked if given.comment],
        "earlier_turns": max(given.earlier_turns for given in asked),
    }
