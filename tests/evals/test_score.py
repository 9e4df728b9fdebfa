from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.types import AnswerStatus
from evals.score import METRICS, marked, mean, scored, tagged, values_of
from evals.types import Found
from tests.evals.answers import ANSWER, CASE, REFUSAL, UNANSWERABLE, cited, outcome, run_of


def test_a_right_answer_passes_with_full_marks() -> None:
    (question,) = marked(run_of(outcome(found=[Found("x", "Y", 1), Found("procurement", "Rules › Thresholds", 2)])))
    assert question.faults == ()
    assert question.values == {
        "passed": 1.0, "status_accuracy": 1.0, "fact_recall": 1.0, "language_accuracy": 1.0, "false_refusals": 0.0,
        "citation_precision": 1.0, "citation_recall": 1.0,
        "document_citation_precision": 1.0, "document_citation_recall": 1.0,
        "section_recall@5": 1.0, "section_ndcg@5": pytest.approx(0.6309, abs=1e-4), "section_mrr@5": 0.5,
        "page_recall@5": 1.0, "page_ndcg@5": pytest.approx(0.6309, abs=1e-4), "page_mrr@5": 0.5,
    }  # fmt: skip


def test_a_refusal_of_an_answerable_question_is_faulted_by_every_check_it_fails() -> None:
    (question,) = marked(run_of(outcome(REFUSAL)))
    assert question.failed_checks == ("status", "facts", "citation")
    assert question.values["false_refusals"] == 1.0
    assert "citation_precision" not in question.values


def test_forbidden_content_counts_wherever_it_is_shown() -> None:
    secret = replace(CASE, forbidden=("Buying",))
    (question,) = marked(run_of(outcome(case=secret)))
    assert question.faults == ("forbidden: shows Buying",)


def test_a_refusal_may_repeat_the_question() -> None:
    case = replace(UNANSWERABLE, question="What is secret?", forbidden=("secret",))
    (question,) = marked(run_of(outcome(replace(REFUSAL, answer="Nothing answers: What is secret?"), case)))
    assert question.faults == ()


def test_the_wrong_language_is_faulted() -> None:
    (question,) = marked(run_of(outcome(replace(ANSWER, language="nl"))))
    assert question.faults == ("language: nl, not en",)


def test_a_broken_invariant_is_a_fault_of_its_own() -> None:
    (question,) = marked(run_of(outcome(cited(start=0))))
    assert question.failed_checks == ("invariant quote",)
    assert question.values["passed"] == 0.0


def test_a_question_without_an_answer_failed() -> None:
    (question,) = marked(run_of(outcome(None)))
    assert question.outcome.status is AnswerStatus.FAILED
    assert question.faults[0] == "status: failed, not answered"
    assert question.faults[-1] == "invariant form: it broke"


def test_figures_are_means_over_the_questions_that_have_a_share() -> None:
    run = run_of(outcome(), outcome(REFUSAL, UNANSWERABLE), outcome(ANSWER, replace(UNANSWERABLE, id="q3")))
    score = scored(marked(run))
    assert score.means["status_accuracy"] == pytest.approx(2 / 3)
    assert score.means["abstention_recall"] == 0.5
    assert score.means["fact_recall"] == 1.0
    assert score.means["forbidden_shown"] is None
    assert score.abstention_precision == 1.0
    assert score.evidence_auroc == 0.75  # 0.9 against 0.1 and 0.9
    assert score.latency_ms["p50"] == 10.0
    assert score.confusion == {"answered": {"answered": 1}, "no_evidence": {"no_evidence": 1, "answered": 1}}
    assert score.engines == {"extractive": 3}


def test_questions_are_grouped_by_their_tags() -> None:
    questions = marked(run_of(outcome(), outcome(REFUSAL, UNANSWERABLE)))
    assert {name: len(group) for name, group in tagged(questions, "purpose").items()} == {
        "answerable": 1,
        "unanswerable": 1,
    }
    assert list(tagged(questions, "topic")) == ["procurement"]


def test_every_metric_has_a_name_of_its_own_and_nothing_has_no_mean() -> None:
    assert len({metric.name for metric in METRICS}) == len(METRICS)
    assert mean(values_of([], "passed")) is None
