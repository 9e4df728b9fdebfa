from __future__ import annotations

import numpy as np
import pytest

from evals.statistics import Interval, Numbers, PairedTest, holm, mean_interval, paired_figure_test, paired_test


def test_an_exact_permutation_test_counts_the_swaps_at_least_as_far() -> None:
    test = paired_test([0, 0, 0, 0, 0.5], [1, 1, 1, 1, 0.5])
    assert test is not None
    assert test.difference == pytest.approx(0.8)
    assert test.p == pytest.approx(2 / 16)  # all four one way, or all the other
    assert test.least_p == pytest.approx(2 / 16)


def test_changes_that_cancel_out_tell_nothing() -> None:
    test = paired_test([0, 1], [1, 0])
    assert test is not None
    assert (test.difference, test.p) == (0, 1)


def test_no_change_is_no_difference_and_no_questions_no_test() -> None:
    assert paired_test([1, 0, 1], [1, 0, 1]) == PairedTest(0, Interval(0, 0), 1, 1)
    assert paired_test([], []) is None


def test_many_questions_are_drawn_and_the_same_every_time() -> None:
    before, after = [0.0] * 200, [1.0] * 30 + [0.0] * 170
    first, second = paired_test(before, after), paired_test(before, after)
    assert first == second
    assert first is not None
    assert first.p < 0.001
    assert 0.08 < first.interval.low < 0.15 < first.interval.high < 0.22


def test_the_interval_of_a_mean_holds_it() -> None:
    interval = mean_interval([0.0, 1.0] * 50)
    assert interval is not None
    assert interval.low == pytest.approx(0.4, abs=0.03)
    assert interval.high == pytest.approx(0.6, abs=0.03)
    assert mean_interval([0.5, 0.5]) == Interval(0.5, 0.5)
    assert mean_interval([]) is None


def test_a_figure_that_is_no_mean_is_tested_by_swapping_too() -> None:
    def gap(values: Numbers, labels: Numbers) -> float:
        if not 0 < labels.sum() < len(labels):
            return 0.0
        return float(np.mean(values[labels == 1]) - np.mean(values[labels == 0]))

    labels = [True, False] * 20
    flat, apart = [0.5] * 40, [1.0, 0.0] * 20
    test = paired_figure_test(flat, apart, labels, gap)
    assert test.difference == pytest.approx(1.0)
    assert test.p < 0.01
    assert test.interval == Interval(1.0, 1.0)
    assert paired_figure_test(apart, apart, labels, gap).p == 1


def result(p: float, least_p: float = 0.0) -> PairedTest:
    return PairedTest(0.1, Interval(0, 0.2), p, least_p)


def test_holm_multiplies_by_how_many_are_left_and_never_falls() -> None:
    adjusted = holm({"a": result(0.01), "b": result(0.04), "c": result(0.03)})
    assert adjusted == pytest.approx({"a": 0.03, "c": 0.06, "b": 0.06})


def test_a_test_that_could_not_have_told_anything_does_not_weigh_on_the_others() -> None:
    adjusted = holm({"a": result(0.04), "b": result(1.0, least_p=1.0), "c": result(0.125, least_p=0.125)})
    assert adjusted == pytest.approx({"a": 0.04, "b": 1.0, "c": 1.0})
    assert holm({}) == {}
