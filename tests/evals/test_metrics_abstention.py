from __future__ import annotations

import pytest

from evals.metrics.abstention import abstention, auroc
from evals.types import Abstention


@pytest.mark.parametrize(
    ("answerable", "unanswerable", "expected"),
    [
        pytest.param([0.9, 0.8], [0.1, 0.2], 1.0, id="apart"),
        pytest.param([0.1], [0.9], 0.0, id="the wrong way round"),
        pytest.param([0.5], [0.5], 0.5, id="equal"),
        pytest.param([0.9, 0.3], [0.5, 0.1], 0.75, id="three of four pairs"),
        pytest.param([0.5, 0.5], [0.5, 0.1], 0.75, id="two pairs and two halves of four"),
    ],
)
def test_auroc_is_the_share_of_pairs_in_order(
    answerable: list[float], unanswerable: list[float], expected: float
) -> None:
    assert auroc(answerable, unanswerable) == pytest.approx(expected)


@pytest.mark.parametrize(("answerable", "unanswerable"), [([], [0.1]), ([0.1], []), ([], [])])
def test_auroc_of_one_class_is_none(answerable: list[float], unanswerable: list[float]) -> None:
    assert auroc(answerable, unanswerable) is None


def test_refusals_are_held_against_what_was_answerable() -> None:
    refused = [True, True, True, False, False]
    answerable = [False, False, True, True, False]
    assert abstention(refused, answerable) == Abstention(precision=2 / 3, recall=2 / 3, false_refusal_rate=1 / 2)


def test_without_refusals_precision_is_a_share_of_nothing() -> None:
    assert abstention([False, False], [True, False]) == Abstention(None, 0.0, 0.0)


def test_without_answerable_questions_no_refusal_is_false() -> None:
    assert abstention([True], [False]) == Abstention(1.0, 1.0, None)


def test_without_unanswerable_questions_there_is_nothing_to_recall() -> None:
    assert abstention([True, False], [True, True]) == Abstention(0.0, None, 0.5)
