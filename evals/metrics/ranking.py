"""How good rankings are, by ir-measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import ir_measures
from ir_measures import AP, RR, R, nDCG

from evals.types import Qrel

MEASURES = {"recall@5": R @ 5, "recall@10": R @ 10, "ndcg@10": nDCG @ 10, "mrr@10": RR @ 10, "map@10": AP @ 10}


def ranking_metrics(qrels: Iterable[Qrel], rankings: Mapping[str, Sequence[str]]) -> dict[str, float | None]:
    """The mean of every measure over the queries that have a qrel.

    With rel(i) the relevance of the document at rank i and R the number of relevant documents of a query:

    - recall@k: relevant documents among the first k / R
    - ndcg@10: Σ rel(i) / log2(i + 1) over the first 10 / the same sum for the best order there is
    - mrr@10: 1 / rank of the first relevant document, 0 where it is beyond the first 10
    - map@10: Σ precision at each rank of the first 10 that holds a relevant document / R

    A query without a ranking, or without a relevant document, scores 0; without any qrels every mean is None.
    """
    judged = [ir_measures.Qrel(qrel.query_id, qrel.doc_id, qrel.relevance) for qrel in qrels]
    if not judged:
        return dict.fromkeys(MEASURES)
    # Ranks as scores, since equal scores would be put in the order of the ids.
    run = [
        ir_measures.ScoredDoc(query_id, doc_id, -float(rank))
        for query_id, ranking in rankings.items()
        for rank, doc_id in enumerate(ranking, start=1)
    ]
    means = ir_measures.calc_aggregate(list(MEASURES.values()), judged, run)
    return {name: float(means[measure]) for name, measure in MEASURES.items()}
