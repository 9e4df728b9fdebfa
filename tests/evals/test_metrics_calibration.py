from __future__ import annotations

import pytest

from evals.metrics.calibration import Bin, expected_calibration_error, reliability

# With bins of a fifth: 0.05 and 0.15 (one of two happened), 0.9 (it happened) and 1.0 (it did not).
PROBABILITIES, HAPPENED = [0.05, 0.15, 0.9, 1.0], [True, False, True, False]


def test_a_bin_holds_the_mean_probability_and_the_share_that_happened() -> None:
    low, high = reliability([0.0, 0.125, 0.875, 1.0], HAPPENED, bins=4)
    assert low == Bin(0.0, 0.25, 2, confidence=0.0625, frequency=0.5)
    assert high == Bin(0.75, 1.0, 2, confidence=0.9375, frequency=0.5)


def test_the_error_is_the_mean_gap_weighed_by_the_count() -> None:
    assert expected_calibration_error(PROBABILITIES, HAPPENED, bins=5) == pytest.approx((2 * 0.4 + 2 * 0.45) / 4)
    assert expected_calibration_error([0.0, 1.0], [False, True]) == 0.0
    assert expected_calibration_error([1.0], [False]) == 1.0


def test_nothing_has_no_error_and_no_bins() -> None:
    assert expected_calibration_error([], []) is None
    assert reliability([], []) == ()
