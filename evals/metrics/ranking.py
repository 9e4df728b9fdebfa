"""How good rankings are, by ir-measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import ir_measures
from ir_measures import AP, RR, R, nDCG

from evals.types import Qrel

MEASURES = {"recall@5": R @ 5, "recall@10": R @ 10, "ndcg@10": nDCG @ 10, "mrr@10": RR @ 10, "map@10": AP @ 10}
FIRST_FIVE = {"recall@5": R @ 5, "ndcg@5": nDCG @ 5, "mrr@5": RR @ 5}


def ranking_metrics(qrels: Iterable[Qrel], rankings: Mapping[str, Sequence[str]]) -> dict[str, float | None]:
    """The mean of every measure over the queries that have a qrel.

    With rel(i) the relevance of the document at rank i and R the number of relevant documents of a query:

    - recall@k: relevant documents among the first k / R
    - ndcg@10: Σ rel(i) / log2(i + 1) over the first 10 / the same sum for the best order there is
    - mrr@10: 1 / rank of the first relevant document, 0 where it is beyond the first 10
    - map@10: Σ precision at each rank of the first 10 that holds a relevant document / R

    A query without a ranking, or without a relevant document, scores 0; without any qrels every mean is None.
    """
    judged, run = _judged(qrels), _run(rankings)
    if not judged:
        return dict.fromkeys(MEASURES)
    means = ir_measures.calc_aggregate(list(MEASURES.values()), judged, run)
    return {name: float(means[measure]) for name, measure in MEASURES.items()}


def ranking_by_query(qrels: Iterable[Qrel], rankings: Mapping[str, Sequence[str]]) -> dict[str, dict[str, float]]:
    """recall@5, ndcg@5 and mrr@5, as in `ranking_metrics`, of every query that has a ranking and a qrel."""
    judged = [qrel for qrel in _judged(qrels) if qrel.query_id in rankings]
    values: dict[str, dict[str, float]] = {}
    names = {str(measure): name for name, measure in FIRST_FIVE.items()}
    for metric in ir_measures.iter_calc(list(FIRST_FIVE.values()), judged, _run(rankings)) if judged else ():
        values.setdefault(metric.query_id, {})[names[str(metric.measure)]] = float(metric.value)
    return values


def _judged(qrels: Iterable[Qrel]) -> list[ir_measures.Qrel]:
    return [ir_measures.Qrel(qrel.query_id, qrel.doc_id, qrel.relevance) for qrel in qrels]


def _run(rankings: Mapping[str, Sequence[str]]) -> list[ir_measures.ScoredDoc]:
    """Ranks as scores, since equal scores would be put in the order of the ids."""
    return [
        ir_measures.ScoredDoc(query_id, doc_id, -float(rank))
        for query_id, ranking in rankings.items()
        for rank, doc_id in enumerate(ranking, start=1)
    ]
