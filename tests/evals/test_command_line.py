"""The commands as a person or a CI runs them: what they print, and the code they end with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from evals.__main__ import app
from evals.instance import LocalInstance
from evals.question_sets import read_cases
from evals.run import run
from tests.evals.test_run import doctor


@pytest.fixture
def folder(local: LocalInstance, questions: Path, tmp_path: Path) -> Path:
    run(local, read_cases(questions), tmp_path / "a", workers=2, quiet=True)
    return tmp_path / "a"


@pytest.fixture
def doctored(local: LocalInstance, questions: Path, tmp_path: Path) -> Path:
    run(local, read_cases(questions), tmp_path / "b", workers=2, quiet=True)
    doctor(tmp_path / "b", 0, shifted)
    return tmp_path / "b"


def shifted(answer: dict[str, Any]) -> None:
    answer["citations"][0]["start"] += 1
    answer["citations"][0]["end"] += 1


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_score_prints_the_figures_of_a_run(folder: Path) -> None:
    assert "status_accuracy                  1.000" in call("score", folder).stdout
    values = json.loads(call("score", folder, "--json").stdout)
    assert (values["questions"], values["invariants_broken"], values["fact_recall"]) == (5, 0, 1.0)
    assert values["by"]["topic"]["spin-offs"]["passed"] == 1.0
    assert values["confusion"] == {"answered": {"answered": 4}, "no_evidence": {"no_evidence": 1}}


def test_compare_ends_with_1_on_a_newly_broken_invariant_alone(folder: Path, doctored: Path) -> None:
    assert call("compare", folder, folder).exit_code == 0
    broken = call("compare", folder, doctored)
    assert broken.exit_code == 1
    assert "regression: capital: invariant quote" in broken.stdout
    assert call("compare", doctored, folder).exit_code == 0
    assert json.loads(call("compare", folder, doctored, "--json").stdout)["verdict"] == "regression"


def test_gate_ends_with_1_below_the_baseline(folder: Path, doctored: Path, tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    made = call("gate", folder, "--baseline", baseline, "--write-baseline")
    assert (made.exit_code, baseline.is_file()) == (0, True)
    assert call("gate", folder, "--baseline", baseline).exit_code == 0
    red = call("gate", doctored, "--baseline", baseline)
    assert red.exit_code == 1
    assert "failed: capital: invariant quote" in red.stdout
    assert "failed: invariants_broken: 1 is above its ceiling 0" in red.stdout
    assert "<failure" in (doctored / "junit.xml").read_text()


def test_a_worse_run_does_not_become_the_baseline(folder: Path, doctored: Path, tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    call("gate", folder, "--baseline", baseline, "--write-baseline")
    before = baseline.read_text()
    refused = call("gate", doctored, "--baseline", baseline, "--write-baseline")
    assert (refused.exit_code, baseline.read_text()) == (1, before)


def test_gate_prints_what_is_red_for_machines(folder: Path, doctored: Path, tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    call("gate", folder, "--baseline", baseline, "--write-baseline")
    values = json.loads(call("gate", doctored, "--baseline", baseline, "--json").stdout)
    assert values["verdict"] == "red"
    assert {ruled["name"] for ruled in values["red"]} >= {"capital", "invariants_broken", "passed"}
