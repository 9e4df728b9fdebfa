"""What a newcomer does, with the real model: sync a corpus, serve it, ask over HTTP, open each citation.

`python -m tests.e2e.session CORPUS INDEX` prints one JSON object; it is run without a network by test_offline.py.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx

QUESTIONS = {
    "en": "Does CERN invest capital in spin-offs?",
    "nl": "Wat is het budget van INNO INFRA SHARE?",
    "unknown": "What is the airspeed velocity of an unladen swallow?",
}


def main(corpus: Path, index: Path) -> dict[str, Any]:
    synced = subprocess.run(
        [sys.executable, "-m", "ingest", str(corpus), "--index", str(index), "--json"], capture_output=True, check=False
    )
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "assistant", "serve", "--index", str(index), "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            wait_until_ready(client)
            answers = {name: client.post("/chat", json={"question": text}).json() for name, text in QUESTIONS.items()}
            opened = [open_citation(client, cited) for answer in answers.values() for cited in answer["citations"]]
    finally:
        server.terminate()
        server.wait()
    return {"sync": json.loads(synced.stdout), "sync_exit": synced.returncode, "answers": answers, "opened": opened}


def open_citation(client: httpx.Client, cited: dict[str, Any]) -> bool:
    page = client.get(cited["url"]).json()
    return bool(page["text"][cited["start"] : cited["end"]] == cited["quote"])


def wait_until_ready(client: httpx.Client) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            if client.get("/ready").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise TimeoutError("the server did not become ready")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))
