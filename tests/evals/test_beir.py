from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from math import log2
from pathlib import Path
from typing import Any

import pytest

from assistant.retrieve import Retrieved, Retriever
from assistant.settings import AssistantSettings
from assistant.types import Turn
from evals.beir import BeirCorpus, document_id, measure
from evals.beir_report import BeirReport, as_json, as_text, scored
from evals.errors import BadFolder, ForeignIndex
from evals.rows import read_queries
from evals.types import Abstention, Asked, Qrel
from ingest.index import IndexReader
from ingest.settings import IndexSettings
from tests.fakes import HashingEmbedder

ROWS: list[Mapping[str, object]] = [
    {"_id": "spin", "title": "Spin-offs", "text": "CERN invests no capital in spin-offs."},
    {"_id": "Price/1", "title": "Thresholds", "text": "A price enquiry is used below 200 000 francs."},
    {"_id": "beam", "title": "Access", "text": "Beam time is free of charge.", "metadata": {"language": "en"}},
    {"_id": "gardens", "title": "", "text": "The gardens close at dusk."},
]
QUERIES = [
    {"_id": "q1", "text": "Is beam time free of charge?"},
    {"_id": "q2", "text": "When is a price enquiry used?"},
    {"_id": "q3", "text": "How tall do giraffes grow?"},
]
QRELS = [("q1", "beam", 1), ("q2", "Price/1", 1), ("q2", "gone", 1)]
Measure = Callable[..., BeirReport]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write(tmp_path / "set", ROWS, QUERIES, QRELS)


@pytest.fixture
def run(folder: Path, settings: IndexSettings, embedder: HashingEmbedder) -> Measure:
    def measured(
        split: str = "test", threshold: float = 0.5, index: Path | None = None, language: str | None = None
    ) -> BeirReport:
        assistant = AssistantSettings(evidence_threshold=threshold)
        return measure(folder, split, settings, assistant, embedder, index=index, language=language, quiet=True)

    return measured


def write(
    folder: Path,
    rows: Sequence[Mapping[str, object]],
    queries: Sequence[Mapping[str, object]],
    qrels: Sequence[tuple[str, str, int]],
    split: str = "test",
) -> Path:
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    (folder / "corpus.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (folder / "queries.jsonl").write_text("".join(json.dumps(query) + "\n" for query in queries), encoding="utf-8")
    lines = "".join(f"{query}\t{doc}\t{relevance}\n" for query, doc, relevance in qrels)
    (folder / "qrels" / f"{split}.tsv").write_text(f"query-id\tcorpus-id\tscore\n{lines}", encoding="utf-8")
    return folder


def test_figures_are_means_over_the_queries_that_have_a_qrel(run: Measure) -> None:
    report = run()
    # q1 finds all it should at rank 1; q2 finds the first of two, since the second is not in the corpus.
    assert report.queries == 3
    assert report.ranking == {
        "recall@5": (1 + 1 / 2) / 2,
        "recall@10": (1 + 1 / 2) / 2,
        "ndcg@10": pytest.approx((1 + 1 / (1 + 1 / log2(3))) / 2),
        "mrr@10": 1.0,
        "map@10": (1 + 1 / 2) / 2,
    }


def test_a_query_without_a_qrel_feeds_evidence_and_refusals(run: Measure) -> None:
    report = run(threshold=1.0)
    assert report.evidence_auroc == 1.0
    assert report.abstention == Abstention(precision=1 / 3, recall=1.0, false_refusal_rate=1.0)


def test_evidence_is_held_to_the_threshold_of_the_settings(run: Measure) -> None:
    assert run(threshold=0.0).abstention == Abstention(precision=None, recall=0.0, false_refusal_rate=0.0)


def test_where_every_query_has_a_qrel_there_are_no_refusals_to_judge(run: Measure, folder: Path) -> None:
    write(folder, ROWS, QUERIES[:2], QRELS)
    report = run()
    assert (report.evidence_auroc, report.abstention) == (None, None)


def test_a_query_of_another_split_is_not_asked(run: Measure, folder: Path) -> None:
    write(folder, ROWS, QUERIES, [("q3", "gardens", 1)], split="train")
    report = run()
    assert (report.queries, report.abstention) == (2, None)


def passages(embedder: HashingEmbedder) -> list[str]:
    """What was embedded with a title, not as a sentence beside a question."""
    return [text for text in embedder.embedded if "\n" in text]


def test_a_second_run_embeds_nothing_and_scores_the_same(run: Measure, embedder: HashingEmbedder) -> None:
    first = run()
    second = run()
    assert first.ingest_chunks_per_s is not None
    assert second.ingest_chunks_per_s is None
    assert len(passages(embedder)) == len(ROWS)
    assert second.ranking == first.ranking


def test_every_query_is_taken_for_one_in_the_language_that_is_named(
    run: Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    retrieve, heard = Retriever.retrieve, set[str]()

    def heeded(retriever: Retriever, index: IndexReader, text: str, language: str, *rest: Any) -> Retrieved:
        heard.add(language)
        return retrieve(retriever, index, text, language, *rest)

    monkeypatch.setattr(Retriever, "retrieve", heeded)
    run(language="de")
    assert heard == {"de"}


def test_a_changed_corpus_is_indexed_anew(run: Measure, folder: Path) -> None:
    run()
    write(folder, [*ROWS, {"_id": "gone", "title": "Prices", "text": "A price enquiry is used."}], QUERIES, QRELS)
    report = run()
    assert report.ingest_chunks_per_s is not None
    assert report.ranking["recall@10"] == 1


def test_the_named_index_is_used(run: Measure, tmp_path: Path) -> None:
    run(index=tmp_path / "mine")
    assert (tmp_path / "mine" / "catalog.sqlite").is_file()
    assert not (tmp_path / ".liaison-beir").exists()


def test_an_index_that_cannot_be_opened_is_made_anew(run: Measure, tmp_path: Path) -> None:
    first = run(index=tmp_path / "mine")
    (tmp_path / "mine" / "catalog.sqlite").unlink()
    second = run(index=tmp_path / "mine")
    assert second.ingest_chunks_per_s is not None
    assert second.ranking == first.ranking


def test_an_index_of_something_else_is_left_alone(run: Measure, corpus: Path, run_sync: Callable[[], object]) -> None:
    (corpus / "note.md").write_text("Something else.", encoding="utf-8")
    run_sync()
    with pytest.raises(ForeignIndex, match="holds something else"):
        run(index=corpus.parent / "index")


def test_a_row_in_many_chunks_counts_once_by_its_best(
    folder: Path, settings: IndexSettings, embedder: HashingEmbedder
) -> None:
    paragraphs = (f"Clause {number} says that the tender is open to every firm of a state." for number in range(30))
    long = {"_id": "long", "title": "Tenders", "text": "\n\n".join(paragraphs)}
    short = {"_id": "short", "title": "Sale", "text": "Old chairs are sold by tender."}
    write(folder, [short, long], [{"_id": "q", "text": "Is the tender open to every firm?"}], [("q", "short", 1)])
    small = settings.model_copy(update={"chunk_tokens": 32})
    report = measure(folder, "test", small, AssistantSettings(), embedder, quiet=True)
    assert report.ranking["mrr@10"] == 1 / 2


def test_rows_become_public_documents_found_by_their_id(folder: Path) -> None:
    corpus = BeirCorpus(folder / "corpus.jsonl")
    files = corpus.files()
    assert [file.path for file in files] == ["spin", "Price/1", "beam", "gardens"]
    fields = corpus.fields(files[2])
    assert (fields.id, fields.title, fields.language, fields.audience) == ("beam", "Access", "en", "public")
    assert json.loads(corpus.content(files[1])) == ROWS[1]


def test_the_id_of_a_row_without_a_title_is_not_searched(run: Measure, embedder: HashingEmbedder) -> None:
    run()
    assert [text.split() for text in passages(embedder) if "dusk" in text] == ["The gardens close at dusk.".split()]


@pytest.mark.parametrize("row_id", ["a/b", "a b", "A-B", "ä", "…", "x" * 200])
def test_document_ids_are_slugs_that_stay_apart(row_id: str) -> None:
    made = document_id(row_id)
    assert made.replace("-", "").isalnum()
    assert made == made.lower()
    assert made not in {document_id(other) for other in ("a-b", "a_b", "b")}


def test_a_query_keeps_the_turns_before_it(folder: Path) -> None:
    history = [{"role": "user", "content": "Wat kost bundeltijd?"}, {"role": "assistant", "content": "Niets."}]
    write(folder, ROWS, [{"_id": "q1", "text": "En daarna?", "metadata": {"history": history}}], [])
    (query,), _ = read_queries(folder, "test")
    assert query.history == (Turn("user", "Wat kost bundeltijd?"), Turn("assistant", "Niets."))


@pytest.mark.parametrize(
    ("file", "text", "problem"),
    [
        pytest.param("corpus.jsonl", '{"_id": "a"}', "corpus.jsonl:1: text: Field required", id="no text"),
        pytest.param("corpus.jsonl", '{"_id": "a", "text": ""}\n' * 2, "corpus.jsonl:2: _id: a is", id="same id"),
        pytest.param("queries.jsonl", "{", "queries.jsonl:1: ", id="not JSON"),
        pytest.param("qrels/test.tsv", "query\tdoc\tscore\nq1\tbeam", "test.tsv:2: a query id", id="two columns"),
    ],
)
def test_a_malformed_file_is_named_with_its_line(
    run: Measure, folder: Path, file: str, text: str, problem: str
) -> None:
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(BadFolder, match=problem):
        run()


def test_a_missing_split_is_answered_by_those_there_are(run: Measure) -> None:
    with pytest.raises(BadFolder, match=r"--split.*there: test"):
        run(split="dev")


def test_the_printed_object_has_the_keys_that_checks_rely_on() -> None:
    asked = [Asked("q1", ("a", "b"), 0.91234, False, 4.0), Asked("q2", ("b",), 0.2, True, 6.0)]
    assert as_json(scored(asked, [Qrel("q1", "a", 1)], 112.34)) == {
        "queries": 2,
        "recall@5": 1.0,
        "recall@10": 1.0,
        "ndcg@10": 1.0,
        "mrr@10": 1.0,
        "map@10": 1.0,
        "evidence_auroc": 1.0,
        "abstention": {"precision": 1.0, "recall": 1.0, "false_refusal_rate": 0.0},
        "latency_ms": {"p50": 5.0, "p95": 5.9},
        "ingest_chunks_per_s": 112.3,
    }


def test_people_see_a_dash_where_nothing_was_measured() -> None:
    lines = as_text(scored([Asked("q1", ("a",), 0.5, False, 4.0)], [Qrel("q1", "a", 1)], None)).splitlines()
    assert lines[-1].split() == ["chunks", "ingested", "a", "second", "–"]
    assert lines[1].split() == ["recall@5", "1.0"]
