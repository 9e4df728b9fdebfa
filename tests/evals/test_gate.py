from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from evals.baseline import PATH, Baseline, baseline_of, read_baseline, tightened, write_baseline
from evals.errors import BadBaseline
from evals.gate import Ruled, Ruling, gate, renew
from evals.junit import junit
from evals.score import Marked, marked
from evals.show_comparison import rulings_as_json, rulings_as_text
from tests.evals.answers import REFUSAL, UNANSWERABLE, cited, outcome, run_of

GOOD = marked(run_of(outcome(), outcome(REFUSAL, UNANSWERABLE)))
FAILING = marked(run_of(outcome(REFUSAL), outcome(REFUSAL, UNANSWERABLE)))


def red(questions: tuple[Marked, ...], baseline: Baseline) -> dict[str, Ruled]:
    return {ruled.name: ruled for ruled in gate(questions, baseline) if ruled.red}


def test_a_run_passes_the_baseline_made_of_it() -> None:
    assert red(GOOD, baseline_of(GOOD)) == {}
    assert red(FAILING, baseline_of(FAILING)) == {}


def test_a_question_that_must_pass_and_a_figure_below_its_floor_are_named_with_the_reason() -> None:
    found = red(FAILING, baseline_of(GOOD))
    assert found["q1"].ruling is Ruling.FAILED
    assert found["q1"].reason.startswith("status: no_evidence, not answered | facts: not said: CHF 200,000")
    assert found["status_accuracy"].reason == "0.5 is below its floor 1"
    assert found["false_refusals"].reason == "1 is above its ceiling 0"


def test_a_broken_invariant_is_above_its_ceiling() -> None:
    broken = marked(run_of(outcome(cited(page=3)), outcome(REFUSAL, UNANSWERABLE)))
    found = red(broken, baseline_of(GOOD))
    assert found["invariants_broken"].reason == "2 is above its ceiling 0"
    assert "invariant opens" in found["q1"].reason


def test_a_known_failure_may_not_fail_in_another_way() -> None:
    assert baseline_of(FAILING).known_failures == {"q1": ("status", "facts", "citation")}
    worse = marked(run_of(outcome(replace(REFUSAL, language="nl")), outcome(REFUSAL, UNANSWERABLE)))
    assert red(worse, baseline_of(FAILING))["q1"].ruling is Ruling.FAILED


def test_the_reason_of_a_known_failure_is_shown_and_kept_while_it_fails(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(path, replace(baseline_of(FAILING), reasons={"q1": "the price stands in a picture"}))
    known = next(ruled for ruled in gate(FAILING, read_baseline(path)) if ruled.ruling is Ruling.KNOWN_FAILURE)
    assert known.reason.endswith("| known because the price stands in a picture")
    assert renew(path, FAILING)
    assert read_baseline(path).reasons == {"q1": "the price stands in a picture"}
    assert renew(path, GOOD)
    assert read_baseline(path).reasons == {}


def test_a_known_failure_that_passes_is_told_and_lets_the_run_through() -> None:
    rulings = gate(GOOD, baseline_of(FAILING))
    assert not any(ruled.red for ruled in rulings)
    assert rulings_as_json(rulings)["mended"] == ["q1"]


def test_a_question_that_was_not_asked_is_red() -> None:
    found = red(GOOD[:1], baseline_of(GOOD))
    assert found["q2"].ruling is Ruling.NOT_ASKED
    assert "nothing was measured" in found["abstention_recall"].reason


def test_a_new_question_that_fails_is_red_until_the_baseline_knows_it(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(path, replace(baseline_of(FAILING), known_failures={}))
    found = red(FAILING, read_baseline(path))
    assert {name: ruled.ruling for name, ruled in found.items()} == {"q1": Ruling.NEW_FAILURE}
    assert renew(path, FAILING)
    assert red(FAILING, read_baseline(path)) == {}


def test_a_baseline_is_renewed_by_a_run_that_is_no_worse(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    assert renew(path, FAILING)
    assert renew(path, GOOD)
    assert read_baseline(path) == baseline_of(GOOD)
    assert not renew(path, FAILING)
    assert read_baseline(path) == baseline_of(GOOD)


def test_bounds_are_only_ever_tightened() -> None:
    loose, strict = Baseline(floors={"passed": 0.5}, ceilings={"x": 1.0}), Baseline(floors={"passed": 0.9})
    assert tightened(strict, loose).floors == {"passed": 0.9}
    assert tightened(loose, strict).floors == {"passed": 0.9}
    assert tightened(replace(strict, ceilings={"x": 0.5}), loose).ceilings == {"x": 0.5}


@pytest.mark.parametrize("baseline", [baseline_of(GOOD), baseline_of(FAILING)], ids=["all pass", "a known failure"])
def test_a_baseline_is_read_as_it_was_written(tmp_path: Path, baseline: Baseline) -> None:
    write_baseline(tmp_path / "baseline.json", baseline)
    assert read_baseline(tmp_path / "baseline.json") == baseline


def test_a_baseline_that_is_missing_or_malformed_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadBaseline, match="is missing"):
        read_baseline(tmp_path / "gone.json")
    (tmp_path / "bad.json").write_text('{"floors": {"passed": "high"}}')
    with pytest.raises(BadBaseline, match=r"bad\.json: floors\.passed"):
        read_baseline(tmp_path / "bad.json")


def test_junit_has_a_case_for_every_question_and_figure() -> None:
    rulings = gate(FAILING, replace(baseline_of(GOOD), must_pass=("q2",), known_failures={"q1": ("status",)}))
    suite = ElementTree.fromstring(junit(rulings))
    cases = {case.attrib["name"]: case for case in suite}
    assert suite.attrib["failures"] == str(sum(ruled.red for ruled in rulings))
    assert cases["q1"].attrib == {"classname": "evals.answerable", "name": "q1", "time": "0.020"}
    failure = cases["q1"].find("failure")
    assert failure is not None
    assert "facts: not said" in failure.attrib["message"]
    assert list(cases["q2"]) == []
    skipped = ElementTree.fromstring(junit(gate(FAILING, baseline_of(FAILING)))).find(".//skipped")
    assert skipped is not None
    assert skipped.attrib["message"].startswith("known failure: status")


def test_the_ruling_ends_in_one_sentence() -> None:
    assert rulings_as_text(gate(GOOD, baseline_of(GOOD))).endswith("The gate is green: 22 passed.")
    assert "failed: q1: status: no_evidence" in rulings_as_text(gate(FAILING, baseline_of(GOOD)))


def test_every_known_failure_of_the_committed_baseline_has_its_reason() -> None:
    committed = read_baseline(PATH)
    assert committed.reasons.keys() == committed.known_failures.keys()
