"""The commands as a person or a script runs them, with the real model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Write, document


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


@pytest.fixture
def index(tmp_path: Path) -> str:
    return str(tmp_path / "index")


def test_a_sync_reports_every_file_as_json(write: Write, corpus: Path, index: str) -> None:
    write("good.md", document("# Good\n\nCERN does not invest capital in spin-off companies."))
    write("bare.txt", "Wij kopen magneten en betalen binnen dertig dagen aan onze leveranciers.")
    write("bad.md", document("Text.", audiense="public"))
    done = run("ingest", str(corpus), "--index", index, "--json")
    report: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == 1
    assert set(report) >= {"generation", "documents", "counts", "seconds"}
    assert report["counts"] == {"indexed": 2, "refused": 1}
    by_path = {row["path"]: row for row in report["documents"]}
    assert "bad.md:4: audiense" in by_path["bad.md"]["reason"]
    assert "audience: public" in by_path["bare.txt"]["warnings"][0]


def test_exit_codes_say_whether_all_some_or_none_came_in(write: Write, corpus: Path, index: str) -> None:
    assert run("ingest", str(corpus), "--index", index).returncode == 2
    bad = write("bad.md", document("Text.", audiense="public"))
    assert run("ingest", str(corpus), "--index", index).returncode == 2
    write("good.md", document("Text that is good enough."))
    assert run("ingest", str(corpus), "--index", index).returncode == 1
    bad.unlink()
    assert run("ingest", str(corpus), "--index", index).returncode == 0


def test_status_counts_what_the_index_holds(write: Write, corpus: Path, index: str) -> None:
    write("a.md", document("# A\n\nSome text.", kind="policy"))
    write("b.md", document("# B\n\nOther text.", kind="access", audience="staff"))
    run("ingest", str(corpus), "--index", index)
    status = json.loads(run("ingest", "status", "--index", index, "--json").stdout)
    assert (status["generation"], status["documents"], status["versions"], status["chunks"]) == (1, 2, 2, 2)
    assert status["kinds"] == {"access": 1, "policy": 1}
    assert status["audiences"] == {"public": 1, "staff": 1}
    assert status["model"].startswith("all-MiniLM-L6-v2")


def test_a_rehearsal_makes_no_index(write: Write, corpus: Path, index: str) -> None:
    write("a.md", document("Some text."))
    done = run("ingest", str(corpus), "--index", index, "--dry-run", "--json")
    assert json.loads(done.stdout)["counts"] == {"indexed": 1}
    assert not Path(index).exists()


def test_ask_answers_for_staff_unless_told_otherwise(write: Write, corpus: Path, index: str) -> None:
    write("a.md", document("# Margin\n\nThe internal margin of the office is 17 percent.", audience="staff"))
    write("b.md", document("# Other\n\nThe office buys magnets from firms in the member states."))
    run("ingest", str(corpus), "--index", index)
    question = "What is the internal margin of the office?"
    staff = json.loads(run("assistant", "ask", question, "--index", index, "--json").stdout)
    public = json.loads(run("assistant", "ask", question, "--index", index, "--audience", "public", "--json").stdout)
    assert (staff["status"], staff["citations"][0]["document"]) == ("answered", "a")
    assert "a" not in {cited["document"] for cited in public["citations"]}


def test_explain_shows_what_was_found_and_how_it_scored(write: Write, corpus: Path, index: str) -> None:
    write("a.md", document("# Magnets\n\nThe office buys magnets from firms in the member states."))
    run("ingest", str(corpus), "--index", index)
    shown = run("assistant", "ask", "Who sells magnets?", "--index", index, "--explain").stdout
    assert "BM25" in shown
    assert "cosine" in shown


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("ingest", "no-such-folder"), "is not a folder"),
        (("ingest", "status", "--index", "no-such-index"), "run `python -m ingest CORPUS"),
        (("assistant", "ask", "What?", "--index", "no-such-index"), "run `python -m ingest CORPUS"),
    ],
    ids=["no folder", "no index to describe", "no index to ask"],
)
def test_a_fault_is_one_line_that_says_what_to_do(arguments: tuple[str, ...], told: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_malformed_setting_is_named(tmp_path: Path) -> None:
    done = run("ingest", "status", LIAISON_CHUNK_TOKENS="many")
    assert done.returncode == 2
    assert "LIAISON_CHUNK_TOKENS" in done.stderr


@pytest.mark.parametrize("module", ["ingest", "assistant", "evals"])
def test_every_command_explains_itself(module: str) -> None:
    assert "Usage" in run(module, "--help").stdout
