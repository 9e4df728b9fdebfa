"""The commands beside a program that serves: what they change counts there at once, and it stops when it is told to."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.conftest import ROOT, document
from tests.scripted import MODEL, Reply, scripted
from tests.serving import Program, program

ASKED = "What is the canary margin?"
IN_VAIN = "What is the airspeed velocity of an unladen swallow?"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A public rule and an internal note, taken in by the command."""
    folder, index = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("served") / "index"
    rule = "# Spin-off policy\n\nCERN does not invest capital in spin-off companies. CERN gives advice."
    (folder / "policy.md").write_text(document(rule, organisation="CERN"), encoding="utf-8")
    note = "# Internal note\n\nThe canary margin is 17 percent."
    (folder / "internal.md").write_text(document(note, audience="staff"), encoding="utf-8")
    command(str(folder), "--index", str(index), module="ingest")
    return index


@pytest.fixture(scope="module")
def served(index: Path) -> Iterator[Program]:
    with program(index, LIAISON_LOG_QUESTIONS="true", LIAISON_LOG_FORMAT="json") as running:
        yield running


def command(*arguments: str, module: str = "assistant") -> str:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def ask(served: Program, question: str, key: str = "public") -> httpx.Response:
    headers = {"Authorization": f"Bearer {key}"}
    return httpx.post(f"{served.url}/chat", json={"question": question}, headers=headers, timeout=60)


def entries(index: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in command("audit", "--index", str(index), "--json").splitlines()]


def test_a_key_that_is_created_opens_at_once_and_a_revoked_one_no_more(served: Program, index: Path) -> None:
    key = command("keys", "create", "desk", "--index", str(index)).strip()
    assert "17 percent" in ask(served, ASKED, key).json()["answer"]
    assert "desk" in command("keys", "list", "--index", str(index))
    assert key not in command("keys", "list", "--index", str(index))
    command("keys", "revoke", "desk", "--index", str(index))
    assert ask(served, ASKED, key).status_code == 401
    assert key not in served.log


def test_a_key_whose_last_day_is_past_opens_nothing(served: Program, index: Path) -> None:
    made = command("keys", "create", "guest", "--expires", "2020-01-01", "--index", str(index), "--json")
    assert ask(served, ASKED, json.loads(made)["key"]).status_code == 401
    assert "expired" in command("keys", "list", "--index", str(index))


def test_what_was_asked_in_vain_is_listed_and_what_was_answered_is_not(served: Program, index: Path) -> None:
    for _ in range(2):
        assert ask(served, IN_VAIN).json()["status"] != "answered"
    disappointing = ask(served, "Does CERN invest capital in spin-off companies?").json()
    assert disappointing["status"] == "answered"
    ask(served, "Does CERN give advice?")
    told = {"useful": False, "comment": "Which advice?"}
    httpx.post(f"{served.url}/answers/{disappointing['answer_id']}/feedback", json=told, timeout=60)
    gaps = json.loads(command("gaps", "--index", str(index), "--json"))
    asked = {one["question"]: one for gap in gaps for one in gap["questions"]}
    assert asked[IN_VAIN]["times"] == 2
    assert asked["Does CERN invest capital in spin-off companies?"]["comments"] == ["Which advice?"]
    assert "Does CERN give advice?" not in asked
    assert IN_VAIN in command("gaps", "--index", str(index))


def test_no_log_line_tells_what_was_asked_or_from_where(served: Program) -> None:
    ask(served, IN_VAIN)
    lines = [json.loads(line) for line in served.log.splitlines() if line.startswith("{")]
    assert [line for line in lines if line.get("route") == "/chat"]
    assert "swallow" not in served.log
    assert not [line for line in lines if "127.0.0.1" in json.dumps(line) and line["logger"].startswith("assistant")]


def test_syncs_and_changes_of_keys_are_in_the_audit_log(served: Program, index: Path) -> None:
    command("keys", "create", "auditor", "--index", str(index))
    command("keys", "revoke", "auditor", "--index", str(index))
    done = [(entry["action"], entry["subject"]) for entry in entries(index)]
    assert done.index(("key created", "auditor")) < done.index(("key revoked", "auditor"))
    assert "sync" in {action for action, _ in done}
    assert all(entry["by"] and entry["at"] for entry in entries(index))
    assert served.process.poll() is None


def test_a_question_is_not_kept_unless_a_setting_says_so(index: Path) -> None:
    with program(index) as running:
        assert ask(running, "Who wins the boat race?").status_code == 200
    assert "boat race" not in command("gaps", "--index", str(index))


def test_the_program_stops_though_an_answer_is_still_being_written(index: Path) -> None:
    endless = Reply("CERN gives advice to spin-offs. " * 500, between=0.2)
    with scripted(lambda _: endless) as model:
        settings = {"LIAISON_CHAT_MODEL": MODEL, "LIAISON_CHAT_BASE_URL": model.url, "LIAISON_CHAT_SECONDS": "600"}
        with program(index, **settings) as running:
            begun = threading.Event()
            reader = threading.Thread(target=read, args=(running, begun), daemon=True)
            reader.start()
            assert begun.wait(60)
            running.process.terminate()
            running.process.wait(40)  # seconds: the grace it gives to answers, and what loading and closing takes
        assert model.hung_up.wait(10)
        reader.join(10)


def read(served: Program, begun: threading.Event) -> None:
    """Follows an answer until its connection ends."""
    headers, body = {"Accept": "text/event-stream"}, {"question": "Does CERN give advice to spin-offs?"}
    try:
        with httpx.stream("POST", f"{served.url}/chat", json=body, headers=headers, timeout=60) as response:
            for line in response.iter_lines():
                if line.startswith("event: token"):
                    begun.set()
    except httpx.TransportError:
        pass  # as it must end
