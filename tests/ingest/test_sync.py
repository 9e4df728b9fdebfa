from __future__ import annotations

import shutil
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from ingest.errors import CorpusError, IndexLocked, IndexMismatch, IndexMissing
from ingest.folder import folder_of
from ingest.index import IndexReader, open_reader
from ingest.lexical import LexicalQuery
from ingest.report import status
from ingest.settings import IndexSettings
from ingest.sync import rehearse, sync
from ingest.types import Audience, Outcome, TermGroup, Variant
from ingest.validity import Scope
from ingest.writer import open_writer
from tests.conftest import TODAY, Sync, Write, document
from tests.fakes import HashingEmbedder

EVERYTHING = Scope(Audience.STAFF, TODAY, TODAY)


def outcomes(report: object) -> dict[str, Outcome]:
    return {file.path: file.outcome for file in report.files}  # type: ignore[attr-defined]


def texts(settings: IndexSettings, embedder: HashingEmbedder, scope: Scope = EVERYTHING) -> set[str]:
    """The text of every chunk that a search in the scope can find."""
    reader = open_reader(settings, embedder.name)
    try:
        return _found(reader, embedder, scope)
    finally:
        reader.close()


def _found(reader: IndexReader, embedder: HashingEmbedder, scope: Scope) -> set[str]:
    ids = list(reader.search_dense(embedder.embed_query("anything"), scope, 1_000))
    return {stored.chunk.text for stored in reader.chunks(ids).values()}


def test_new_files_are_indexed_and_a_second_run_does_nothing(
    write: Write, run_sync: Sync, embedder: HashingEmbedder
) -> None:
    write("a.md", document("# A\n\nCERN buys magnets."))
    first = run_sync()
    assert (outcomes(first), first.generation, first.chunks_embedded) == ({"a.md": Outcome.INDEXED}, 1, 1)
    second = run_sync()
    assert (outcomes(second), second.generation, second.chunks_embedded) == ({"a.md": Outcome.UNCHANGED}, 1, 0)


def test_a_changed_file_is_replaced_and_only_what_changed_is_embedded(
    write: Write, run_sync: Sync, settings: IndexSettings, embedder: HashingEmbedder
) -> None:
    write("a.md", document("# A\n\n## One\n\nFirst text.\n\n## Two\n\nSecond text."))
    run_sync()
    write("a.md", document("# A\n\n## One\n\nFirst text.\n\n## Two\n\nThird text."))
    report = run_sync()
    assert (outcomes(report)["a.md"], report.chunks_embedded) == (Outcome.REPLACED, 1)
    assert texts(settings, embedder) == {"First text.", "Third text."}


def test_a_file_that_returns_to_its_old_text_counts_again(
    write: Write, run_sync: Sync, settings: IndexSettings, embedder: HashingEmbedder
) -> None:
    for body in ("Old text.", "New text.", "Old text."):
        write("a.md", document(body))
        run_sync()
    assert texts(settings, embedder) == {"Old text."}


def test_a_removed_file_is_retired_and_leaves_current_answers(
    write: Write, run_sync: Sync, settings: IndexSettings, embedder: HashingEmbedder
) -> None:
    write("a.md", document("Kept text."))
    gone = write("b.md", document("Gone text."))
    run_sync()
    gone.unlink()
    assert outcomes(run_sync())["b.md"] is Outcome.RETIRED
    assert texts(settings, embedder) == {"Kept text."}
    assert texts(settings, embedder, Scope(Audience.STAFF, date(2026, 5, 1), TODAY)) == {"Kept text.", "Gone text."}
    assert texts(settings, embedder, Scope(Audience.PUBLIC, date(2026, 5, 1), TODAY)) == {"Kept text."}


def test_a_moved_file_with_an_id_of_its_own_is_unchanged(write: Write, run_sync: Sync) -> None:
    path = write("a.md", document("Text.", id="rule"))
    run_sync()
    path.rename(path.with_name("b.md"))
    report = run_sync()
    assert outcomes(report) == {"b.md": Outcome.UNCHANGED}
    assert report.chunks_embedded == 0
    assert outcomes(run_sync()) == {"b.md": Outcome.UNCHANGED}


def test_as_of_finds_the_version_in_force_on_that_day(
    write: Write, run_sync: Sync, settings: IndexSettings, embedder: HashingEmbedder
) -> None:
    write("a.md", document("The limit is 100.", effective_from="2010-01-01"))
    run_sync()
    write("a.md", document("The limit is 200.", effective_from="2020-01-01"))
    run_sync()
    assert texts(settings, embedder) == {"The limit is 200."}
    assert texts(settings, embedder, Scope(Audience.PUBLIC, date(2015, 1, 1), TODAY)) == {"The limit is 100."}
    assert texts(settings, embedder, Scope(Audience.PUBLIC, date(2005, 1, 1), TODAY)) == set()


def test_a_document_moves_to_the_past_when_its_last_day_is_over(
    write: Write, run_sync: Sync, settings: IndexSettings, embedder: HashingEmbedder
) -> None:
    write("a.md", document("Valid for a while.", effective_until="2026-06-30"))
    write("b.md", document("Valid for good."))
    assert run_sync().generation == 1
    later = date(2026, 7, 1)
    assert run_sync(later).generation == 2
    assert texts(settings, embedder, Scope(Audience.PUBLIC, later, later)) == {"Valid for good."}
    assert "Valid for a while." in texts(settings, embedder, Scope(Audience.PUBLIC, TODAY, later))


def test_a_document_without_fields_enters_for_staff_and_the_report_says_how_to_publish_it(
    write: Write, run_sync: Sync, settings: IndexSettings, embedder: HashingEmbedder
) -> None:
    write("a.txt", "Wij kopen magneten voor de versneller en betalen binnen dertig dagen.")
    (file,) = run_sync().files
    assert any("audience: public" in warning for warning in file.warnings)
    reader = open_reader(settings, embedder.name)
    (version,) = reader.timeline.versions.values()
    reader.close()
    assert (version.audience, version.language, version.title) == (Audience.STAFF, "nl", "a")


def test_bad_front_matter_is_refused_with_file_line_and_field_and_the_others_are_in(
    write: Write, run_sync: Sync
) -> None:
    write("a.md", document("Text.", audiense="public"))
    write("b.md", document("Text."))
    report = run_sync()
    assert outcomes(report) == {"a.md": Outcome.REFUSED, "b.md": Outcome.INDEXED}
    assert "bad front matter: a.md:4: audiense" in str(report.files[0].reason)


def test_a_refused_change_leaves_the_earlier_version_in_force(
    write: Write, run_sync: Sync, settings: IndexSettings, embedder: HashingEmbedder
) -> None:
    write("a.md", document("Good text."))
    run_sync()
    write("a.md", document("Bad text.", audiense="public"))
    assert outcomes(run_sync()) == {"a.md": Outcome.REFUSED}
    assert texts(settings, embedder) == {"Good text."}


def test_a_duplicate_id_is_refused_where_it_came_later(write: Write, run_sync: Sync) -> None:
    write("b.md", document("First.", id="rule"))
    run_sync()
    write("a.md", document("Second.", id="rule"))
    report = run_sync()
    assert outcomes(report) == {"a.md": Outcome.REFUSED, "b.md": Outcome.UNCHANGED}
    assert "b.md has the id rule too" in str(report.files[0].reason)


def test_documents_that_supersede_each_other_in_a_circle_are_refused(write: Write, run_sync: Sync) -> None:
    write("a.md", document("A.", id="a", supersedes="b"))
    write("b.md", document("B.", id="b", supersedes="a"))
    write("c.md", document("C.", id="c", supersedes="a"))
    assert outcomes(run_sync()) == {"a.md": Outcome.REFUSED, "b.md": Outcome.REFUSED, "c.md": Outcome.INDEXED}


def test_folder_defaults_and_sidecars_give_fields(
    write: Write, run_sync: Sync, settings: IndexSettings, embedder: HashingEmbedder
) -> None:
    write("rules/_defaults.yaml", "kind: policy\naudience: public\n")
    write("rules/a.txt", "The text of the rule.")
    write("rules/a.txt.yaml", "title: The rule\neffective_from: 2020-01-01\n")
    write("rules/_draft.md", "Not a document.")
    assert outcomes(run_sync()) == {"rules/a.txt": Outcome.INDEXED}
    write("rules/a.txt.yaml", "title: The new name\n")
    assert outcomes(run_sync()) == {"rules/a.txt": Outcome.REPLACED}
    write("rules/_defaults.yaml", "kind: policy\naudience: staff\n")
    assert outcomes(run_sync()) == {"rules/a.txt": Outcome.REPLACED}
    assert texts(settings, embedder, Scope(Audience.PUBLIC, TODAY, TODAY)) == set()


def test_a_rehearsal_reads_everything_and_writes_nothing(
    write: Write, corpus: Path, settings: IndexSettings, embedder: HashingEmbedder
) -> None:
    write("a.md", document("Text."))
    write("b.md", document("Text.", audiense="public"))
    report = rehearse(folder_of(corpus, settings), settings, embedder)
    assert outcomes(report) == {"a.md": Outcome.INDEXED, "b.md": Outcome.REFUSED}
    assert not settings.index.exists()


def test_an_empty_folder_changes_nothing(
    write: Write, corpus: Path, run_sync: Sync, settings: IndexSettings, embedder: HashingEmbedder
) -> None:
    path = write("a.md", document("Text."))
    run_sync()
    path.unlink()
    with pytest.raises(CorpusError, match="holds no documents"):
        run_sync()
    assert texts(settings, embedder) == {"Text."}


def test_opening_what_was_never_synced_says_what_to_run(settings: IndexSettings) -> None:
    with pytest.raises(IndexMissing, match="python -m ingest"):
        open_reader(settings, "hashing-64")


def test_an_index_refuses_another_embedding_model(
    write: Write, corpus: Path, run_sync: Sync, settings: IndexSettings
) -> None:
    write("a.md", document("Text."))
    run_sync()
    other = HashingEmbedder()
    other.name = "another"
    with pytest.raises(IndexMismatch, match="hashing-64"):
        sync(folder_of(corpus, settings), settings, other, TODAY)
    with pytest.raises(IndexMismatch, match="hashing-64"):
        open_reader(settings, "another")


def test_a_second_sync_says_who_holds_the_lock(write: Write, run_sync: Sync, settings: IndexSettings) -> None:
    write("a.md", document("Text."))
    quick = settings.model_copy(update={"lock_seconds": 0.1})
    with (
        open_writer(settings, HashingEmbedder()),
        pytest.raises(IndexLocked, match=r"process \d+ on "),
        open_writer(quick, HashingEmbedder()),
    ):
        pass


def test_lost_stores_are_built_anew_from_the_catalog_without_embedding(
    write: Write, run_sync: Sync, settings: IndexSettings, embedder: HashingEmbedder
) -> None:
    write("a.md", document("Text."))
    run_sync()
    embedder.embedded.clear()
    shutil.rmtree(settings.index / "stores")
    run_sync()
    assert texts(settings, embedder) == {"Text."}
    assert embedder.embedded == []


class EnglishOnly(HashingEmbedder):
    """A model that reads English and nothing else."""

    languages = frozenset({"en"})


def test_what_the_model_does_not_read_is_embedded_as_its_gloss_and_stored_as_it_is(
    write: Write, corpus: Path, settings: IndexSettings
) -> None:
    embedder = EnglishOnly()
    write("a.md", document("# Beleid\n\nDe magneten van de versneller.", language="nl"))
    sync(folder_of(corpus, settings), settings, embedder, TODAY)
    assert "magnet" in embedder.embedded[-1]
    assert "magneten" not in embedder.embedded[-1]
    assert texts(settings, embedder) == {"De magneten van de versneller."}


def test_a_changed_lexicon_embeds_anew_just_what_its_gloss_changes(
    write: Write, corpus: Path, settings: IndexSettings, tmp_path: Path
) -> None:
    embedder = EnglishOnly()
    write("a.md", document("# A\n\nDe vlonkers van de versneller.", language="nl"))
    write("b.md", document("# B\n\nDe magneten van de versneller.", language="nl"))
    write("c.md", document("# C\n\nThe vlonkers of the accelerator."))
    first = sync(folder_of(corpus, settings), settings, embedder, TODAY)
    lists = tmp_path / "lists"
    lists.mkdir()
    (lists / "nl-en.mine.tsv").write_text("vlonker\tspurtle\n", encoding="utf-8")
    extended = settings.model_copy(update={"lexicons": lists, "model_cache": tmp_path / "cache"})
    before, known = status(settings)["lexicon"], len(embedder.embedded)
    second = sync(folder_of(corpus, extended), extended, embedder, TODAY)
    assert (first.chunks_embedded, second.chunks_embedded) == (3, 1)
    assert [text for text in embedder.embedded[known:] if "spurtle" in text]
    assert status(extended)["lexicon"] != before
    with closing(open_reader(extended, embedder.name)) as reader:
        (nearest,) = reader.search_dense(embedder.embed_query("A spurtle accelerator"), EVERYTHING, 1)
        assert reader.chunks([nearest])[nearest].chunk.text == "De vlonkers van de versneller."
    assert sync(folder_of(corpus, extended), extended, embedder, TODAY).chunks_embedded == 0


def test_without_the_lexicon_passages_are_embedded_as_they_are(
    write: Write, corpus: Path, settings: IndexSettings
) -> None:
    embedder = EnglishOnly()
    write("a.md", document("# A\n\nDe magneten van de versneller.", language="nl"))
    sync(folder_of(corpus, settings), settings, embedder, TODAY)
    without = settings.model_copy(update={"lexicon": False})
    sync(folder_of(corpus, without), without, embedder, TODAY)
    assert "De magneten van de versneller." in embedder.embedded[-1]
    assert sync(folder_of(corpus, settings), settings, embedder, TODAY).chunks_embedded == 0


GLOSSARY = """- id: spurtle
  prefLabel: {en: spurtle, nl: vlonker}
  definition: {en: A spurtle stirs porridge.}
"""


def test_a_changed_glossary_embeds_anew_what_its_words_change_and_readers_have_it(
    write: Write, corpus: Path, settings: IndexSettings
) -> None:
    embedder = EnglishOnly()
    write("a.md", document("# A\n\nDe vlonkers van de versneller.", language="nl"))
    sync(folder_of(corpus, settings), settings, embedder, TODAY)
    write("glossary.yaml", GLOSSARY)
    assert sync(folder_of(corpus, settings), settings, embedder, TODAY).chunks_embedded == 2
    assert any("spurtle accelerator" in text for text in embedder.embedded)
    with closing(open_reader(settings, embedder.name)) as reader:
        assert [sense.terms["nl"] for sense in reader.glossary] == [("vlonker",)]
    assert sync(folder_of(corpus, settings), settings, embedder, TODAY).generation == 2
    (corpus / "glossary.yaml").unlink()
    sync(folder_of(corpus, settings), settings, embedder, TODAY)
    with closing(open_reader(settings, embedder.name)) as reader:
        assert reader.glossary == ()
        (nearest,) = reader.search_lexical(LexicalQuery((TermGroup((Variant(("vlonker",)),)),)), EVERYTHING, 1)
        assert reader.chunks([nearest])[nearest].chunk.text == "De vlonkers van de versneller."


def test_a_glossary_that_only_staff_may_see_leads_nobody(write: Write, corpus: Path, settings: IndexSettings) -> None:
    write("_defaults.yaml", "audience: staff\n")
    write("glossary.yaml", GLOSSARY)
    sync(folder_of(corpus, settings), settings, EnglishOnly(), TODAY)
    with closing(open_reader(settings, EnglishOnly.name)) as reader:
        assert reader.glossary == ()
