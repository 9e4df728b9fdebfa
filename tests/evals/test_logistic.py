from __future__ import annotations

import numpy as np
import pytest

from evals.bench.logistic import Floats, fitted


def likelihoods(values: Floats, intercept: float, coefficients: Floats) -> Floats:
    odds: Floats = 1 / (1 + np.exp(-(intercept + values @ coefficients)))
    return odds


def drawn(coefficients: list[float], intercept: float, size: int = 4_000) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(7)
    values = draw.normal(size=(size, len(coefficients)))
    odds = likelihoods(values, intercept, np.asarray(coefficients))
    return values, (draw.random(size) < odds).astype(float)


def test_the_coefficients_that_made_the_outcomes_are_found() -> None:
    values, outcomes = drawn([1.5, -0.8], intercept=0.4)
    intercept, coefficients = fitted(values, outcomes, np.ones(len(values)), signs=[1, -1])
    assert intercept == pytest.approx(0.4, abs=0.15)
    assert coefficients == pytest.approx([1.5, -0.8], abs=0.15)


def test_a_signal_that_speaks_against_what_it_was_made_for_counts_nothing() -> None:
    values, outcomes = drawn([1.5, -0.8], intercept=0.0)
    _, coefficients = fitted(values, outcomes, np.ones(len(values)), signs=[1, 1])
    assert coefficients[0] > 1
    assert coefficients[1] == 0


def test_an_example_of_weight_two_counts_as_two() -> None:
    values, outcomes = drawn([1.0], intercept=0.0, size=200)
    twice = fitted(np.r_[values, values[:50]], np.r_[outcomes, outcomes[:50]], np.ones(250), signs=[1])
    weights = np.r_[np.full(50, 2.0), np.ones(150)]
    # Means and deviations are of the rows, and so the two agree up to the small penalty.
    assert fitted(values, outcomes, weights, signs=[1])[1] == pytest.approx(twice[1], rel=0.01)


def test_the_likelihoods_are_those_that_came_true() -> None:
    values, outcomes = drawn([2.0], intercept=-0.5)
    intercept, coefficients = fitted(values, outcomes, np.ones(len(values)), signs=[1])
    odds = likelihoods(values, intercept, coefficients)
    for low, high in ((0.0, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 1.0)):
        here = (odds >= low) & (odds < high)
        assert outcomes[here].mean() == pytest.approx(odds[here].mean(), abs=0.06)
