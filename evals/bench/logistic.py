"""Logistic regression whose coefficients keep the sign that their signal was made for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_RIDGE = 3.0  # of the standardised coefficients; flat from 1 to 10
_STEPS = 50


def fitted(values: Floats, outcomes: Floats, weights: Floats, signs: Sequence[int]) -> tuple[float, Floats]:
    """The intercept and a coefficient for each column, those of least weighted log-loss with a ridge penalty.

    A row of `values` is an example, its outcome 0 or 1. A coefficient whose sign is not the one wanted (+1 or −1) is 0:
    the one most against its sign is left out and the rest fitted again, until none is.
    """
    means, deviations = values.mean(axis=0), values.std(axis=0) + 1e-6
    standard = (values - means) / deviations
    kept = np.ones(values.shape[1], dtype=bool)
    while True:
        found = np.zeros(values.shape[1] + 1)
        found[np.r_[True, kept]] = _newton(standard[:, kept], outcomes, weights)
        against = -found[1:] * np.asarray(signs)
        if not (against > 0).any():
            break
        kept[int(np.argmax(against))] = False
    coefficients = found[1:] / deviations
    return float(found[0] - coefficients @ means), coefficients


def _newton(values: Floats, outcomes: Floats, weights: Floats) -> Floats:
    rows = np.c_[np.ones(len(values)), values]
    penalty = np.diag([1e-6, *[_RIDGE] * values.shape[1]])
    found = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        odds = 1 / (1 + np.exp(-rows @ found))
        gradient = rows.T @ (weights * (odds - outcomes)) + penalty @ found
        curvature = (rows.T * (weights * odds * (1 - odds))) @ rows + penalty
        step = np.linalg.solve(curvature, gradient)
        found = found - step
        if np.abs(step).max() < 1e-9:
            break
    return found
