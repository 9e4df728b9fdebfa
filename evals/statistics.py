"""What a difference between two runs of the same questions tells, and how sure a mean is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

LEVEL = 0.95
SIGNIFICANT = 0.05
_RESAMPLES = 9_999
_RESAMPLES_OF_A_FIGURE = 999  # of one that is worked out anew each time
_SEED = 20_240_101  # the same runs give the same figures

Numbers = NDArray[np.float64]
Figure = Callable[[Numbers, Numbers], float]


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PairedTest:
    """The mean difference after − before of the same questions, its bootstrap interval, its permutation p-value.

    `least_p` is the smallest p-value that the test could have given, so many questions having changed.
    """

    difference: float
    interval: Interval
    p: float
    least_p: float


def mean_interval(values: Sequence[float]) -> Interval | None:
    """The bootstrap percentile interval of a mean; None without values."""
    if not values:
        return None
    data = np.asarray(values, dtype=np.float64)
    if np.ptp(data) == 0:
        return Interval(float(data[0]), float(data[0]))
    found = stats.bootstrap(
        (data,), np.mean, n_resamples=_RESAMPLES, confidence_level=LEVEL, method="percentile", rng=_SEED, batch=1_000
    )
    return Interval(float(found.confidence_interval.low), float(found.confidence_interval.high))


def paired_test(before: Sequence[float], after: Sequence[float]) -> PairedTest | None:
    """Tests the mean of after − before; None without questions.

    The p-value is two-sided: the share of all ways to swap before and after within questions (of 9,999 drawn where
    there are more) whose mean is at least as far from 0. Where n questions changed it cannot be below 2 / 2ⁿ.
    """
    if not before:
        return None
    differences = np.asarray(after, dtype=np.float64) - np.asarray(before, dtype=np.float64)
    changed = int(np.count_nonzero(differences))
    interval = mean_interval(list(differences))
    assert interval is not None
    if changed < 2:
        return PairedTest(float(differences.mean()), interval, 1.0, 1.0)
    test = stats.permutation_test(
        (differences[differences != 0],), np.sum, permutation_type="samples", n_resamples=_RESAMPLES, rng=_SEED,
        batch=1_000,
    )  # fmt: skip
    return PairedTest(float(differences.mean()), interval, float(test.pvalue), min(1.0, 2.0 ** (1 - changed)))


def paired_figure_test(
    before: Sequence[float], after: Sequence[float], labels: Sequence[bool], figure: Figure
) -> PairedTest:
    """As `paired_test`, for a figure that is no mean: one worked out from all values and their labels at once."""
    first, second = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    of = np.asarray(labels, dtype=np.float64)
    changed = int(np.count_nonzero(first != second))
    if not changed:
        return PairedTest(0.0, Interval(0.0, 0.0), 1.0, 1.0)

    def difference(places: Numbers) -> float:
        chosen = places.astype(int)
        return figure(second[chosen], of[chosen]) - figure(first[chosen], of[chosen])

    def swapped(one: Numbers, other: Numbers) -> float:
        return figure(other, of) - figure(one, of)

    how: dict[str, Any] = {"vectorized": False, "n_resamples": _RESAMPLES_OF_A_FIGURE, "rng": _SEED}
    places = np.arange(len(of), dtype=np.float64)
    drawn = stats.bootstrap((places,), difference, confidence_level=LEVEL, method="percentile", **how)
    test = stats.permutation_test((first, second), swapped, permutation_type="samples", **how)
    interval = Interval(float(drawn.confidence_interval.low), float(drawn.confidence_interval.high))
    return PairedTest(swapped(first, second), interval, float(test.pvalue), min(1.0, 2.0 ** (1 - changed)))


def holm(tests: Mapping[str, PairedTest]) -> dict[str, float]:
    """Holm's adjusted p-values: with p in order, max over j ≤ i of (m − j + 1) · p(j), at most 1.

    A test that could not have come out significant, so few questions having changed, is not counted in m (Tarone): it
    is known before looking at the direction of any change. Its own value is 1.
    """
    able = sorted((test.p, name) for name, test in tests.items() if test.least_p <= SIGNIFICANT)
    adjusted, highest = dict.fromkeys(tests, 1.0), 0.0
    for place, (p, name) in enumerate(able):
        highest = max(highest, min(1.0, (len(able) - place) * p))
        adjusted[name] = highest
    return adjusted
