"""`python -m evals.bench.fusion DIR...` shows what the weights of the two halves of the search are worth.

Each half is asked once (the lexical one once for every weight of pairs); all fusions are computed from that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from assistant.language import of_question
from assistant.retrieve import Retriever, Weights, fused
from assistant.settings import assistant_settings
from evals.beir import local_settings, open_index
from evals.metrics.ranking import ranking_metrics
from evals.rows import read_queries
from evals.types import Qrel, Query
from ingest.catalog import version_of
from ingest.embed import Embedder, open_embedder
from ingest.index import IndexReader
from ingest.lexicon.lexicon import lexicon_of
from ingest.report import progress
from ingest.settings import index_settings
from ingest.types import Audience
from ingest.validity import Scope

SHARES = tuple(tenth / 10 for tenth in range(11))
PAIR_WEIGHTS = (0.0, 0.3, 0.4, 0.5, 0.7)
_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Halves:
    """What the halves of the search gave for a query, chunk by chunk: the words for every weight of pairs."""

    query_id: str
    lexical: Mapping[float, Mapping[str, float]]
    dense: Mapping[str, float]


def run(
    folders: Annotated[
        list[Path], typer.Argument(metavar="DIR...", help="BEIR folders.", file_okay=False, exists=True)
    ],
    split: Annotated[str, typer.Option(help="Which of the qrels to measure by.")] = "dev",
) -> None:
    """Print nDCG@10 and recall@10 for every share of the lexical half and every weight of pairs, as Markdown."""
    settings = index_settings()
    embedder = open_embedder(settings.embedding_model, settings.model_cache)
    for folder in folders:
        queries, qrels = read_queries(folder, split)
        judged = {qrel.query_id for qrel in qrels}
        index, _ = open_index(folder, local_settings(folder, settings, embedder), embedder, date.today())
        with closing(index):
            halves = list(_halves(index, embedder, [query for query in queries if query.id in judged]))
            rows = {chunk: _row(index, chunk) for half in halves for chunk in half.dense}
        print(f"{folder.parent.name}/{folder.name}: nDCG@10 (recall@10)\n\n{table(halves, rows, qrels)}\n")


def table(halves: Sequence[Halves], rows: Mapping[str, str], qrels: Sequence[Qrel]) -> str:
    """A line for every share of the lexical half, a column for every weight of pairs; the best nDCG@10 in bold."""
    figures = {
        (share, pair_weight): ranking_metrics(qrels, _rankings(halves, rows, share, pair_weight))
        for share in SHARES
        for pair_weight in PAIR_WEIGHTS
    }
    best = max(figure["ndcg@10"] or 0.0 for figure in figures.values())
    head = [f"| lexical share | {' | '.join(f'pairs × {weight}' for weight in PAIR_WEIGHTS)} |"]
    head.append("|--:|" + "--:|" * len(PAIR_WEIGHTS))
    lines = (f"| {share} | {' | '.join(_cell(figures[share, w], best) for w in PAIR_WEIGHTS)} |" for share in SHARES)
    return "\n".join((*head, *lines))


def _cell(figure: Mapping[str, float | None], best: float) -> str:
    gain, recall = figure["ndcg@10"] or 0.0, figure["recall@10"] or 0.0
    return f"**{gain:.3f}** ({recall:.3f})" if gain == best else f"{gain:.3f} ({recall:.3f})"


def _rankings(
    halves: Sequence[Halves], rows: Mapping[str, str], share: float, pair_weight: float
) -> Mapping[str, Sequence[str]]:
    weights = Weights(share, 1 - share)
    return {
        half.query_id: list(
            dict.fromkeys(rows[chunk] for chunk, _ in fused(half.lexical[pair_weight], half.dense, weights))
        )[:_DEPTH]
        for half in halves
    }


def _halves(index: IndexReader, embedder: Embedder, queries: Sequence[Query]) -> Iterator[Halves]:
    candidates, today = assistant_settings().candidates, date.today()
    scope = Scope(Audience.PUBLIC, today, today)
    settings = index_settings()
    retriever = Retriever(embedder, candidates, lexicon_of(settings))
    with progress("questions", hidden=False) as advance:
        for done, query in enumerate(queries, start=1):
            language = of_question(query.text, query.history)
            asked = retriever.understand(index, query.text, language)
            lexical = {
                weight: index.search_lexical(replace(asked.query, pair_weight=weight), scope, candidates)
                for weight in PAIR_WEIGHTS
            }
            vector = retriever.vector(index, query.text, language)
            dense = index.search_dense(vector, scope, candidates)
            unscored = {chunk for found in lexical.values() for chunk in found} - dense.keys()
            others = index.vectors_of(sorted(unscored)).items()
            yield Halves(query.id, lexical, {**dense, **{id_: float(own @ vector) for id_, own in others}})
            advance(done, len(queries))


def _row(index: IndexReader, chunk: str) -> str:
    return index.timeline.versions[version_of(chunk)].path


if __name__ == "__main__":
    typer.run(run)
