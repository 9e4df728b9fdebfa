"""A start loads what it needs at once and no more: the libraries named here take from a tenth to most of a second."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = {"chromadb", "fastapi", "langchain", "mcp", "onnx", "scipy", "simplemma", "uvicorn"}


def loaded(*arguments: str) -> set[str]:
    """The heavy libraries that a command loads, run as a person runs it."""
    command = [sys.executable, "-X", "importtime", "-m", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return HEAVY & {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}


@pytest.mark.parametrize("command", ["assistant", "ingest"])
def test_help_loads_nothing_heavy(command: str) -> None:
    assert loaded(command, "--help") == set()


def test_a_sync_without_news_opens_no_store(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "rule.md").write_text("# Rule\n\nTenders are opened on Mondays.\n", encoding="utf-8")
    command = ("ingest", str(tmp_path / "corpus"), "--index", str(tmp_path / "index"))
    assert "chromadb" in loaded(*command)
    assert loaded(*command) == set()


def test_an_answer_needs_no_server(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "rule.md").write_text("# Rule\n\nTenders are opened on Mondays.\n", encoding="utf-8")
    loaded("ingest", str(tmp_path / "corpus"), "--index", str(tmp_path / "index"))
    assert loaded("assistant", "ask", "When are tenders opened?", "--index", str(tmp_path / "index")) == {"chromadb"}


def test_a_server_loads_the_model_context_protocol_when_it_is_asked_for() -> None:
    program = "import sys, assistant.api; print('mcp' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
