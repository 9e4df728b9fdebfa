"""What many tests share: a folder of documents, an index over it, and where the reference data is."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ingest.embed import Embedder
from ingest.folder import folder_of
from ingest.lexicon.lexicon import Lexicon, open_lexicon
from ingest.settings import IndexSettings
from ingest.sync import sync
from ingest.types import SyncReport
from tests.fakes import HashingEmbedder

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 6, 1)
Write = Callable[[str, str], Path]
Sync = Callable[..., SyncReport]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Reference checks run where the data is; in CI they run always, and fail where it is missing."""
    if reference_folder().is_dir() or os.environ.get("CI"):
        return
    kept = [item for item in items if "reference" not in item.keywords]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def reference_folder() -> Path:
    return (ROOT / os.environ.get("LIAISON_REFERENCE", "../shared")).resolve()


@pytest.fixture(scope="session")
def reference() -> Path:
    folder = reference_folder()
    assert folder.is_dir(), f"the reference data is not at {folder}: set LIAISON_REFERENCE"
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> IndexSettings:
    return IndexSettings(index=tmp_path / "index", lock_seconds=1)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


@pytest.fixture
def write(corpus: Path) -> Write:
    def write_file(name: str, text: str) -> Path:
        path = corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write_file


@pytest.fixture
def embedder() -> HashingEmbedder:
    return HashingEmbedder()


@pytest.fixture
def run_sync(corpus: Path, settings: IndexSettings, embedder: Embedder) -> Sync:
    def run(today: date = TODAY) -> SyncReport:
        return sync(folder_of(corpus, settings), settings, embedder, today)

    return run


def document(body: str, **fields: str) -> str:
    """A Markdown document with front matter; public unless the fields say otherwise."""
    lines = [f"{name}: {value}" for name, value in {"audience": "public", "language": "en", **fields}.items()]
    return "---\n" + "\n".join(lines) + "\n---\n" + body


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The lexicon that comes along, compiled once into the model cache."""
    return open_lexicon(IndexSettings().model_cache, None)
