from __future__ import annotations

import pytest

from evals.metrics.latency import percentile


@pytest.mark.parametrize(
    ("percent", "expected"),
    [
        pytest.param(50, 3.0, id="the middle one"),
        pytest.param(95, 4.8, id="between two"),
        pytest.param(0, 1.0, id="least"),
    ],
)
def test_percentile_of_five_values(percent: float, expected: float) -> None:
    assert percentile([5.0, 1.0, 4.0, 2.0, 3.0], percent) == pytest.approx(expected)


def test_percentile_of_one_value_is_that_value() -> None:
    assert percentile([7.0], 95) == 7.0


def test_percentile_of_nothing_is_none() -> None:
    assert percentile([], 50) is None
