"""Whether questions end as they should."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from assistant.types import AnswerStatus

REFUSALS = (AnswerStatus.NO_EVIDENCE, AnswerStatus.OUT_OF_SCOPE, AnswerStatus.CLARIFY, AnswerStatus.DECLINED)


def status_accuracy(ended: Sequence[AnswerStatus], expected: Sequence[Sequence[AnswerStatus]]) -> float | None:
    """Questions that ended in a status they may end in / questions; None without questions."""
    right = [status in allowed for status, allowed in zip(ended, expected, strict=True)]
    return sum(right) / len(right) if right else None


def confusion(
    pairs: Iterable[tuple[Sequence[AnswerStatus], AnswerStatus]],
) -> Mapping[str, Mapping[str, int]]:
    """How many questions of each expectation (its statuses with "or" between) ended in each status."""
    matrix: dict[str, Counter[str]] = {}
    for allowed, ended in pairs:
        matrix.setdefault(" or ".join(allowed), Counter())[ended.value] += 1
    return {allowed: dict(counts) for allowed, counts in matrix.items()}
