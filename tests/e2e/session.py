"""What a newcomer does, with the real model: sync a corpus, serve it, ask over HTTP, open each citation.

`python -m tests.e2e.session CORPUS INDEX` prints one JSON object; it is run without a network by test_offline.py.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx

from tests.serving import program

QUESTIONS = {
    "en": "Does CERN invest capital in spin-offs?",
    "nl": "Wat is het budget van INNO INFRA SHARE?",
    "unknown": "How much did CERN spend on purchases in 2019?",
}


def main(corpus: Path, index: Path) -> dict[str, Any]:
    synced = subprocess.run(
        [sys.executable, "-m", "ingest", str(corpus), "--index", str(index), "--json"],
        capture_output=True,
        check=False,
        timeout=240,
    )
    with program(index) as served, httpx.Client(base_url=served.url, timeout=60) as client:
        answers = {name: client.post("/chat", json={"question": text}).json() for name, text in QUESTIONS.items()}
        opened = [open_citation(client, cited) for answer in answers.values() for cited in answer["citations"]]
    return {"sync": json.loads(synced.stdout), "sync_exit": synced.returncode, "answers": answers, "opened": opened}


def open_citation(client: httpx.Client, cited: dict[str, Any]) -> bool:
    page = client.get(cited["url"]).json()
    return bool(page["text"][cited["start"] : cited["end"]] == cited["quote"])


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))
