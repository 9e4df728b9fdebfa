"""Whether the evidence that the program reports can be read as a probability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions whose evidence lies in `[low, high)` (the last bin holds 1): how sure, and how often rightly so."""

    low: float
    high: float
    count: int
    confidence: float
    frequency: float


def reliability(probabilities: Sequence[float], happened: Sequence[bool], bins: int = 10) -> tuple[Bin, ...]:
    """The bins of equal width that hold anything: mean probability, and share in which it happened."""
    values, outcomes = np.asarray(probabilities, dtype=np.float64), np.asarray(happened, dtype=np.float64)
    places = np.minimum((values * bins).astype(int), bins - 1)
    return tuple(
        Bin(
            low=place / bins,
            high=(place + 1) / bins,
            count=int((places == place).sum()),
            confidence=float(values[places == place].mean()),
            frequency=float(outcomes[places == place].mean()),
        )
        for place in np.unique(places)
    )


def expected_calibration_error(
    probabilities: Sequence[float], happened: Sequence[bool], bins: int = 10
) -> float | None:
    """Σ count / n · |frequency − confidence| over the bins of `reliability`; None without values."""
    if not probabilities:
        return None
    filled = reliability(probabilities, happened, bins)
    return sum(b.count * abs(b.frequency - b.confidence) for b in filled) / len(probabilities)
