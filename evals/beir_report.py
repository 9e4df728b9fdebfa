"""What a BEIR folder showed: from the outcome of every query to the figures, for people and for machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from evals.metrics.abstention import abstention, auroc
from evals.metrics.latency import percentile
from evals.metrics.ranking import ranking_metrics
from evals.types import Abstention, Asked, Qrel


@dataclass(frozen=True, slots=True)
class BeirReport:
    """The figures of a folder; None where there was nothing to measure."""

    queries: int
    ranking: Mapping[str, float | None]
    evidence_auroc: float | None
    abstention: Abstention | None
    latency_ms: Mapping[str, float | None]
    ingest_chunks_per_s: float | None


def scored(asked: Sequence[Asked], qrels: Sequence[Qrel], ingest_chunks_per_s: float | None) -> BeirReport:
    """The figures of a folder; a query without a qrel is unanswerable and counts for evidence and refusals alone.

    Evidence and refusals are None where every query has a qrel.
    """
    judged = {qrel.query_id for qrel in qrels}
    answerable = [one.query_id in judged for one in asked]
    evidence = {able: [a.evidence for a in asked if (a.query_id in judged) is able] for able in (True, False)}
    refused = [one.refused for one in asked]
    latencies = [one.milliseconds for one in asked]
    return BeirReport(
        queries=len(asked),
        ranking=ranking_metrics(qrels, {one.query_id: one.ranking for one in asked if one.query_id in judged}),
        evidence_auroc=auroc(evidence[True], evidence[False]),
        abstention=None if all(answerable) else abstention(refused, answerable),
        latency_ms={"p50": percentile(latencies, 50), "p95": percentile(latencies, 95)},
        ingest_chunks_per_s=ingest_chunks_per_s,
    )


def as_json(report: BeirReport) -> dict[str, object]:
    """The object that `evals beir --json` prints."""
    return {
        "queries": report.queries,
        **_rounded(report.ranking, 4),
        **_rounded({"evidence_auroc": report.evidence_auroc}, 4),
        "abstention": _rounded(asdict(report.abstention), 4) if report.abstention else None,
        "latency_ms": _rounded(report.latency_ms, 2),
        **_rounded({"ingest_chunks_per_s": report.ingest_chunks_per_s}, 1),
    }


def as_text(report: BeirReport) -> str:
    """The figures for people, one a line; "–" where there was nothing to measure."""
    rows: dict[str, float | None] = {
        "queries": report.queries,
        **_rounded(report.ranking, 3),
        **_rounded({"evidence AUROC": report.evidence_auroc}, 3),
        **{f"abstention {name}": value for name, value in _refusals(report.abstention).items()},
        **{f"latency {name}, ms": value for name, value in _rounded(report.latency_ms, 1).items()},
        **_rounded({"chunks ingested a second": report.ingest_chunks_per_s}, 1),
    }
    return "\n".join(f"{name:<32}{'–' if value is None else value:>8}" for name, value in rows.items())


def _refusals(measured: Abstention | None) -> dict[str, float | None]:
    return {name.replace("_", " "): value for name, value in _rounded(asdict(measured), 3).items()} if measured else {}


def _rounded(values: Mapping[str, float | None], digits: int) -> dict[str, float | None]:
    return {name: None if value is None else round(value, digits) for name, value in values.items()}
