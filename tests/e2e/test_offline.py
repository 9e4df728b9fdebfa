"""The whole way with the real model and corpus, from files to opened citations, with no way out of the machine."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    index = tmp_path_factory.mktemp("e2e") / "index"
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.offline", sys.executable, "-m", "tests.e2e.session", "corpus", str(index)],
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=280,
    )
    assert done.returncode == 0, done.stderr.decode()
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_every_document_of_the_corpus_is_taken_in(session: dict[str, Any]) -> None:
    assert session["sync_exit"] == 0
    assert set(session["sync"]["counts"]) == {"indexed"}


def test_a_question_in_english_is_answered_by_the_policy(session: dict[str, Any]) -> None:
    answer = session["answers"]["en"]
    assert (answer["status"], answer["language"]) == ("answered", "en")
    assert "no capital investment in spin-off companies" in answer["answer"]
    assert answer["citations"][0]["document"] == "cern-spin-off-policy"


def test_a_question_in_dutch_is_answered_in_dutch(session: dict[str, Any]) -> None:
    answer = session["answers"]["nl"]
    assert (answer["status"], answer["language"]) == ("answered", "nl")
    assert "1.632.694 euro" in answer["answer"]


def test_what_the_corpus_does_not_say_is_not_answered(session: dict[str, Any]) -> None:
    assert session["answers"]["unknown"]["status"] == "no_evidence"


def test_every_citation_opens_at_its_quote(session: dict[str, Any]) -> None:
    assert session["opened"]
    assert all(session["opened"])
