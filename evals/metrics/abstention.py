"""Whether the program knows when it does not know."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evals.types import Abstention


def auroc(answerable: Sequence[float], unanswerable: Sequence[float]) -> float | None:
    """The chance that an answerable question shows more evidence than an unanswerable one.

    (number of pairs in which it does + half the pairs that are equal) / number of pairs. None without either class.
    """
    if not answerable or not unanswerable:
        return None
    below = np.sort(np.asarray(unanswerable, dtype=np.float64))
    lower = np.searchsorted(below, answerable, side="left")
    lower_or_equal = np.searchsorted(below, answerable, side="right")
    return float((lower + lower_or_equal).mean() / (2 * len(below)))


def abstention(refused: Sequence[bool], answerable: Sequence[bool]) -> Abstention:
    """Refusals held against what was answerable, question by question.

    - precision: refused and unanswerable / refused
    - recall: refused and unanswerable / unanswerable
    - false_refusal_rate: refused and answerable / answerable

    A share of nothing is None.
    """
    rightly = sum(no and not able for no, able in zip(refused, answerable, strict=True))
    wrongly = sum(refused) - rightly
    return Abstention(
        precision=_share(rightly, sum(refused)),
        recall=_share(rightly, len(answerable) - sum(answerable)),
        false_refusal_rate=_share(wrongly, sum(answerable)),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
