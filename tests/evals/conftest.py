"""A small library that is asked: an index of four documents, the program over it, and the program served."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from assistant.api import create_app
from assistant.settings import AssistantSettings
from evals.instance import LocalInstance
from ingest.folder import folder_of
from ingest.settings import IndexSettings
from ingest.sync import sync
from tests.assistant.conftest import opened
from tests.conftest import TODAY, document
from tests.fakes import HashingEmbedder
from tests.serving import serving

KEY = "a-staff-key"
SETTINGS = AssistantSettings.model_validate({"staff_keys": KEY, "evidence_threshold": 0.3, "rate_limit": "off"})
DOCUMENTS = {
    "policy.md": document(
        "# Spin-off policy\n\n## Money\n\nCERN does not invest capital in spin-off companies.",
        organisation="CERN",
        supersedes="old",
        effective_from="2018-08-01",
    ),
    "old.md": document(
        "# Old policy\n\n## Money\n\nCERN may invest capital in spin-off companies.", organisation="CERN"
    ),
    "thresholds.md": document("# Buying\n\n## Price enquiries\n\nPrice enquiries are used below CHF 200,000."),
    "internal.md": document("# Internal note\n\nThe canary margin is 17 percent.", audience="staff"),
}
ROWS: list[Mapping[str, object]] = [
    {
        "id": "capital",
        "question": "Does CERN invest capital in spin-off companies?",
        "expected": ["answered"],
        "language": "en",
        "topic": "spin-offs",
        "relevant": [{"document": "policy", "section": "Money", "page": 1, "grade": 2}],
        "facts": [["does not invest capital"]],
        "forbidden": ["may invest capital"],
    },
    {
        "id": "capital-2010",
        "question": "Does CERN invest capital in spin-off companies?",
        "expected": ["answered"],
        "as_of": "2010-01-01",
        "facts": ["may invest capital"],
    },
    {
        "id": "enquiry",
        "question": "Below what are price enquiries used?",
        "expected": "answered",
        "facts": ["CHF 200 000"],
    },
    {
        "id": "margin",
        "question": "What is the canary margin?",
        "expected": ["answered"],
        "audience": "staff",
        "facts": ["17 %"],
    },
    {"id": "giraffe", "question": "How tall do giraffes grow?", "expected": ["no_evidence"], "persona": "company"},
]


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> IndexSettings:
    folder = tmp_path_factory.mktemp("documents")
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    settings = IndexSettings(index=tmp_path_factory.mktemp("index"))
    sync(folder_of(folder, settings), settings, HashingEmbedder(), TODAY)
    return settings


@pytest.fixture(scope="session")
def local(library: IndexSettings) -> Iterator[LocalInstance]:
    with opened(library, HashingEmbedder(), SETTINGS) as desk:
        yield LocalInstance(desk.assistant, library, SETTINGS)


@pytest.fixture(scope="session")
def served_at(library: IndexSettings) -> Iterator[str]:
    """The address of the program, served over HTTP."""
    app = create_app(lambda: opened(library, HashingEmbedder(), SETTINGS), SETTINGS)
    with serving(app) as address:
        yield address


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return path
