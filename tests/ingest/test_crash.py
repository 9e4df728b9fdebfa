"""A sync that is killed at any instant: readers see one whole version of every document, the next sync finishes."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from ingest.folder import folder_of
from ingest.index import IndexReader, open_reader
from ingest.settings import IndexSettings
from ingest.sync import sync
from ingest.types import Audience
from ingest.validity import Scope
from tests.conftest import TODAY, document
from tests.fakes import HashingEmbedder

KILLS = 44
DOCUMENTS = 60
EVERYTHING = Scope(Audience.STAFF, TODAY, TODAY)


def write_state(folder: Path, state: int) -> dict[str, set[str]]:
    """Documents of a state: every third one changes with it, some are there in even or in odd states only."""
    wanted: dict[str, set[str]] = {}
    for number in range(DOCUMENTS):
        path = folder / f"d{number}.md"
        path.unlink(missing_ok=True)
        if number % 10 == 1 + state % 2:
            continue
        edition = state if number % 3 == 0 else 0
        sections = [f"Document {number} edition {edition} section {place} speaks of magnets." for place in range(4)]
        path.write_text(document("".join(f"## Part {i}\n\n{text}\n\n" for i, text in enumerate(sections))))
        wanted[f"d{number}"] = set(sections)
    return wanted


def run_sync(corpus: Path, settings: IndexSettings, started: Connection) -> None:
    started.send("started")
    sync(folder_of(corpus, settings), settings, HashingEmbedder(), TODAY)
    started.send("done")


def start(corpus: Path, settings: IndexSettings) -> tuple[multiprocessing.process.BaseProcess, Connection]:
    context = multiprocessing.get_context("forkserver")
    ours, theirs = context.Pipe()
    process = context.Process(target=run_sync, args=(corpus, settings, theirs))
    process.start()
    theirs.close()
    assert ours.recv() == "started"
    return process, ours


def held(settings: IndexSettings) -> dict[str, set[str]]:
    """What a reader finds of each document, by meaning and by the catalog's own pages."""
    reader = open_reader(settings, "hashing-64")
    try:
        found = _searched(reader)
        for document_id in found:
            version = reader.timeline.current(document_id, TODAY)
            assert version is not None
            text = reader.page(version.id, 1)
            assert text is not None
            assert all(section in text.text for section in found[document_id])
        return found
    finally:
        reader.close()


def _searched(reader: IndexReader) -> dict[str, set[str]]:
    ids = reader.search_dense(HashingEmbedder().embed_query("magnets"), EVERYTHING, 10_000)
    found: dict[str, set[str]] = {}
    for stored in reader.chunks(list(ids)).values():
        document_id = reader.timeline.versions[stored.version].document
        found.setdefault(document_id, set()).add(stored.chunk.text)
    return found


@pytest.mark.slow
def test_a_sync_killed_at_any_instant_leaves_one_whole_version_of_every_document(tmp_path: Path) -> None:
    corpus, settings = tmp_path / "corpus", IndexSettings(index=tmp_path / "index")
    corpus.mkdir()
    before = write_state(corpus, 0)
    sync(folder_of(corpus, settings), settings, HashingEmbedder(), TODAY)
    began = time.monotonic()
    wanted = write_state(corpus, 1)
    process, pipe = start(corpus, settings)
    assert pipe.recv() == "done"
    process.join()
    whole = time.monotonic() - began
    seen = {"before": 0, "after": 0}
    for kill in range(KILLS):
        before, wanted = wanted, write_state(corpus, kill + 2)
        process, pipe = start(corpus, settings)
        time.sleep(whole * 1.1 * kill / KILLS)
        if process.pid is not None and process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        found = held(settings)
        assert found in (before, wanted), (
            f"kill {kill}: neither the old state nor the new one: {_difference(found, wanted)}"
        )
        seen["before" if found == before else "after"] += 1
        sync(folder_of(corpus, settings), settings, HashingEmbedder(), TODAY)
        assert held(settings) == wanted
    assert min(seen.values()) > 0, f"the kills did not spread over the sync: {seen}"


def test_a_reader_that_is_open_during_a_sync_goes_on_with_what_it_had(tmp_path: Path) -> None:
    corpus, settings = tmp_path / "corpus", IndexSettings(index=tmp_path / "index")
    corpus.mkdir()
    first = write_state(corpus, 0)
    sync(folder_of(corpus, settings), settings, HashingEmbedder(), TODAY)
    reader = open_reader(settings, "hashing-64")
    second = write_state(corpus, 1)
    process, pipe = start(corpus, settings)
    while not pipe.poll(0.05):
        assert _searched(reader) == first
    process.join()
    assert _searched(reader) == first
    reader.close()
    assert held(settings) == second


def _difference(found: dict[str, set[str]], wanted: dict[str, set[str]]) -> str:
    different = [name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name)]
    return "; ".join(f"{name}: {len(found.get(name, ()))} of {len(wanted.get(name, ()))}" for name in different)
