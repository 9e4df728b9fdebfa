from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psutil
import pytest

from ingest.catalog import Catalog
from ingest.index import open_reader
from ingest.live import LiveIndex
from ingest.settings import IndexSettings
from ingest.types import Audience
from ingest.validity import Scope
from tests.conftest import TODAY, Sync, Write, document
from tests.fakes import HashingEmbedder

EVERYTHING = Scope(Audience.STAFF, TODAY, TODAY)


@contextmanager
def live(settings: IndexSettings) -> Iterator[LiveIndex]:
    with (
        closing(Catalog.open(settings.index, None)) as catalog,
        closing(LiveIndex(lambda: open_reader(settings, "hashing-64"), catalog.generation)) as index,
    ):
        yield index


def wait_for(index: LiveIndex, generation: int, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with index.reader() as reader:
            if reader.generation == generation:
                return
        time.sleep(0.02)
    pytest.fail(f"generation {generation} was not seen within {seconds} s")


def found(index: LiveIndex, embedder: HashingEmbedder) -> set[str]:
    with index.reader() as reader:
        ids = reader.search_dense(embedder.embed_query("magnets"), EVERYTHING, 100)
        return {stored.chunk.text for stored in reader.chunks(list(ids)).values()}


def test_a_finished_sync_is_seen_within_two_seconds(
    write: Write, run_sync: Sync, settings: IndexSettings, embedder: HashingEmbedder
) -> None:
    write("a.md", document("Old magnets."))
    run_sync()
    with live(settings) as index:
        assert found(index, embedder) == {"Old magnets."}
        write("a.md", document("New magnets."))
        generation = run_sync().generation
        wait_for(index, generation, seconds=2)
        assert found(index, embedder) == {"New magnets."}


def test_a_reader_in_use_is_closed_only_when_its_user_is_done(
    write: Write, run_sync: Sync, settings: IndexSettings, embedder: HashingEmbedder
) -> None:
    write("a.md", document("Old magnets."))
    run_sync()
    with live(settings) as index, index.reader() as old:
        write("a.md", document("New magnets."))
        wait_for(index, run_sync().generation, seconds=2)
        ids = old.search_dense(embedder.embed_query("magnets"), EVERYTHING, 10)
        assert {stored.chunk.text for stored in old.chunks(list(ids)).values()} == {"Old magnets."}


@pytest.mark.slow
def test_fifty_syncs_are_served_through_without_an_error_or_growing_memory(
    write: Write, run_sync: Sync, settings: IndexSettings, embedder: HashingEmbedder
) -> None:
    for number in range(200):
        write(f"d{number}.md", document(f"Document {number} speaks of magnets."))
    run_sync()
    errors: list[BaseException] = []
    stop = threading.Event()

    def ask(index: LiveIndex) -> None:
        while not stop.is_set():
            try:
                assert len(found(index, embedder)) == 100
            except BaseException as error:  # noqa: BLE001 - any fault at all is what the test is about
                errors.append(error)

    with live(settings) as index:
        asker = threading.Thread(target=ask, args=(index,))
        asker.start()
        memory = []
        for edition in range(50):
            write("d0.md", document(f"Edition {edition} speaks of magnets."))
            wait_for(index, run_sync().generation, seconds=2)
            memory.append(psutil.Process().memory_info().rss / 1e6)
        stop.set()
        asker.join()
    assert errors == []
    early, late = sorted(memory[10:20])[5], sorted(memory[40:50])[5]
    assert late < early * 1.15, f"memory went from {early:.0f} to {late:.0f} MB"
