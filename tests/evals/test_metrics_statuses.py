from __future__ import annotations

from assistant.types import AnswerStatus
from evals.metrics.statuses import confusion, status_accuracy

ANSWERED, NO_EVIDENCE, PARTIAL = AnswerStatus.ANSWERED, AnswerStatus.NO_EVIDENCE, AnswerStatus.PARTIAL


def test_a_status_is_right_where_it_is_among_those_expected() -> None:
    ended = [ANSWERED, NO_EVIDENCE, PARTIAL, ANSWERED]
    expected = [[ANSWERED], [ANSWERED], [NO_EVIDENCE, PARTIAL], [NO_EVIDENCE]]
    assert status_accuracy(ended, expected) == 2 / 4
    assert status_accuracy([], []) is None


def test_the_confusion_matrix_counts_what_each_expectation_ended_in() -> None:
    pairs = [
        ([ANSWERED], ANSWERED),
        ([ANSWERED], NO_EVIDENCE),
        ([NO_EVIDENCE, PARTIAL], PARTIAL),
        ([ANSWERED], ANSWERED),
    ]
    assert confusion(pairs) == {
        "answered": {"answered": 2, "no_evidence": 1},
        "no_evidence or partial": {"partial": 1},
    }
    assert confusion([]) == {}
