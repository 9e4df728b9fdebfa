"""The catalog on both databases, through real syncs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from pydantic import SecretStr

from ingest.catalog import SCHEMA, Catalog
from ingest.errors import IndexMismatch, IndexMissing
from ingest.folder import folder_of
from ingest.index import open_reader
from ingest.settings import IndexSettings
from ingest.sync import sync
from ingest.types import Audience
from ingest.validity import Scope
from tests.conftest import TODAY, Sync, Write, document
from tests.fakes import HashingEmbedder


def test_postgresql_serves_as_catalog_with_versions_and_withdrawals(
    write: Write, corpus: Path, settings: IndexSettings, embedder: HashingEmbedder, postgres: SecretStr
) -> None:
    remote = settings.model_copy(update={"catalog_url": postgres})

    def run() -> dict[str, int]:
        return dict(sync(folder_of(corpus, remote), remote, embedder, TODAY).counts)

    write("a.md", document("The limit is 100.", effective_from="2010-01-01"))
    gone = write("b.md", document("Gone text."))
    assert run() == {"indexed": 2}
    write("a.md", document("The limit is 200.", effective_from="2020-01-01"))
    gone.unlink()
    assert run() == {"replaced": 1, "retired": 1}
    assert run() == {"unchanged": 1}
    reader = open_reader(remote, embedder.name)
    for day, text in ((TODAY, "The limit is 200."), (date(2015, 1, 1), "The limit is 100.")):
        ids = reader.search_dense(embedder.embed_query("limit"), Scope(Audience.PUBLIC, day, TODAY), 10)
        assert [stored.chunk.text for stored in reader.chunks(list(ids)).values()] == [text]
    reader.close()


def test_an_index_of_a_newer_program_is_refused_with_what_to_do(
    write: Write, run_sync: Sync, settings: IndexSettings
) -> None:
    write("a.md", document("Text."))
    run_sync()
    catalog = Catalog.open(settings.index, None)
    catalog._write({"schema": str(SCHEMA + 1)})
    catalog.close()
    with pytest.raises(IndexMismatch, match="a newer program"):
        open_reader(settings, "hashing-64")


def test_a_folder_without_a_catalog_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        Catalog.open(tmp_path, None)


def test_vectors_come_back_as_they_were_cached(tmp_path: Path) -> None:
    catalog = Catalog.open(tmp_path, None, create=True)
    vectors = np.arange(6, dtype=np.float32).reshape(2, 3)
    catalog.cache_vectors("model", ["a", "b"], vectors)
    assert catalog.known_vectors("model", ["a", "b", "c"]) == {"a", "b"}
    assert catalog.known_vectors("another", ["a"]) == set()
    np.testing.assert_array_equal(catalog.vectors("model", ["b"])["b"], vectors[1])
    catalog.close()


def test_the_catalog_keeps_the_vectors_that_a_search_compares(
    write: Write, run_sync: Sync, settings: IndexSettings, embedder: HashingEmbedder
) -> None:
    write("a.md", document("The limit is 100."))
    write("b.md", document("Another text."))
    run_sync()
    reader, asked = open_reader(settings, embedder.name), embedder.embed_query("The limit")
    found = reader.search_dense(asked, Scope(Audience.PUBLIC, TODAY, TODAY), 10)
    assert len(found) == 2
    kept = reader.vectors_of([*found, "unknown-0"])
    assert {id_: float(own @ asked) for id_, own in kept.items()} == pytest.approx(found, abs=1e-6)
    reader.close()


def test_the_first_search_after_many_syncs_reads_the_newest_stores_alone(
    write: Write, run_sync: Sync, settings: IndexSettings
) -> None:
    for edition in range(6):
        write("a.md", document(f"Edition {edition}."))
        run_sync()
    assert len(list((settings.index / "stores").iterdir())) == 3
