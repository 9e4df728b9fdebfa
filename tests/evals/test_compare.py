from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.types import Answer
from evals.compare import Comparison, compare
from evals.errors import BadRun
from evals.run_folder import Run
from evals.show_comparison import comparison_as_json, comparison_as_text
from evals.types import Outcome
from tests.evals.answers import ANSWER, CASE, REFUSAL, UNANSWERABLE, cited, outcome, run_of

MANY = 20


def run_with(answers: Sequence[Answer], **settings: object) -> Run:
    """A run of one question asked in as many ways as there are answers."""
    outcomes = [outcome(answer, replace(CASE, id=f"q{place:02}")) for place, answer in enumerate(answers)]
    return run_of(*outcomes, outcome(REFUSAL, UNANSWERABLE), settings={"settings": {}, **settings})


def same(answer: Answer, but: int = 0, instead: Answer = REFUSAL) -> list[Answer]:
    return [instead] * but + [answer] * (MANY - but)


def worse(comparison: Comparison) -> list[str]:
    return [difference.metric.name for difference in comparison.differences if difference.worse]


def test_a_run_is_no_regression_of_itself() -> None:
    comparison = compare(run_with(same(ANSWER)), run_with(same(ANSWER)))
    assert (comparison.regressions, comparison.turned, comparison.warnings) == ((), (), ())


def test_many_statuses_turned_are_a_significant_regression() -> None:
    comparison = compare(run_with(same(ANSWER)), run_with(same(ANSWER, but=12)))
    assert {"passed", "status_accuracy", "false_refusals", "fact_recall", "citation_recall"} <= set(worse(comparison))
    assert comparison.regressions[0].startswith("passed: 1.000 → 0.429 (p = 0.0")


def test_one_status_turned_is_told_and_not_significant() -> None:
    comparison = compare(run_with(same(ANSWER)), run_with(same(ANSWER, but=1)))
    assert comparison.regressions == ()
    (turned,) = comparison.turned
    assert turned.after.case.id == "q00"
    assert turned.gained[0] == "status: no_evidence, not answered"


def test_an_improvement_is_better_and_no_regression() -> None:
    comparison = compare(run_with(same(ANSWER, but=12)), run_with(same(ANSWER)))
    assert comparison.regressions == ()
    assert any(difference.better for difference in comparison.differences)
    assert {turned.lost[0] for turned in comparison.turned} == {"status: no_evidence, not answered"}


def test_a_newly_broken_invariant_is_a_regression_even_alone() -> None:
    shifted = cited(start=ANSWER.citations[0].start + 1, end=ANSWER.citations[0].end + 1)
    comparison = compare(run_with(same(ANSWER)), run_with(same(ANSWER, but=1, instead=shifted)))
    (regression,) = comparison.regressions
    assert regression.startswith("q00: invariant quote: [1] page 2 of procurement")
    assert compare(run_with(same(shifted)), run_with(same(shifted))).regressions == ()


def test_forbidden_content_newly_shown_is_a_regression_even_alone() -> None:
    def run(answer: Answer) -> Run:
        return run_of(outcome(answer, replace(CASE, forbidden=("CHF 200,000",))))

    assert compare(run(REFUSAL), run(ANSWER)).regressions == ("q1: forbidden: shows CHF 200,000",)


def test_other_settings_and_documents_are_warned_of() -> None:
    first = run_with(same(ANSWER), corpus="aa", workers=2, program="1 (x)")
    second = run_with(same(ANSWER), corpus="bb", workers=4, program="1 (y)")
    second = replace(second, settings={**second.settings, "settings": {"passages": 6}})
    assert compare(first, second).warnings == (
        "the documents differ: aa → bb",
        "times do not compare, since more questions were asked at a time: 2 → 4",
        "the setting passages differs: None → 6",
    )


def test_questions_of_one_run_alone_and_changed_expectations_are_warned_of() -> None:
    stricter = replace(CASE, facts=(("ten days",),))
    first, second = run_of(outcome(), outcome(REFUSAL, UNANSWERABLE)), run_of(outcome(case=stricter))
    comparison = compare(first, second)
    assert comparison.questions == 1
    assert comparison.turned == ()  # both fall short of what is expected now
    assert comparison.warnings[-2:] == (
        "1 questions of the first run are not in the second",
        "1 questions expect something else than in the first run; both are marked by the second",
    )
    asked_anew = Outcome(replace(CASE, question="Other?"), ANSWER, "", (), 1.0)
    with pytest.raises(BadRun, match="no question in common"):
        compare(first, run_of(asked_anew))


def test_both_answers_of_a_turned_question_are_shown() -> None:
    comparison = compare(run_with(same(ANSWER)), run_with(same(ANSWER, but=12)))
    shown = comparison_as_json(comparison)
    assert shown["verdict"] == "regression"
    turned = shown["turned"]
    assert isinstance(turned, list)
    assert (turned[0]["before"]["status"], turned[0]["after"]["status"]) == ("answered", "no_evidence")
    text = comparison_as_text(comparison)
    assert "worse: q00: When does CERN use price enquiries?" in text
    assert "answered                                                   │ no_evidence" in text
    assert "12 questions turned worse, 0 better." in text
