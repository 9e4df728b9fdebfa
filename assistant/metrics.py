"""What the service counts of itself, for Prometheus; what concerns staff is shown to staff alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector

from assistant.types import Answer
from ingest.types import Audience

MEDIA_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The counters of one server; `model_failures` tells those of its chat model, None without one."""

    def __init__(self, model_failures: Callable[[], Mapping[str, int] | None]) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "liaison_http_requests",
            "Requests by route and outcome",
            ["route", "method", "code", "audience"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "liaison_http_request_seconds",
            "From a request to the end of its response",
            ["route", "audience"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._answers = Counter(
            "liaison_answers",
            "Answers by status and engine",
            ["status", "engine", "audience"],
            registry=self._registry,
        )
        self._stages = Histogram(
            "liaison_answer_stage_seconds",
            "Time an answer spent in a stage of the pipeline",
            ["stage", "audience"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._fallbacks = Counter(
            "liaison_answer_fallbacks",
            "Answers that quote because the chat model failed, or wrote nothing that its sources bear out",
            ["audience"],
            registry=self._registry,
        )
        self._registry.register(_ModelFailures(model_failures))
        self._generation = Gauge("liaison_index_generation", "Generation of the index served", registry=self._registry)
        self._chunks = Gauge(
            "liaison_index_chunks", "Chunks in force or in force once", ["audience"], registry=self._registry
        )
        self._refused = Gauge(
            "liaison_documents_refused", "Documents that the last sync refused", ["audience"], registry=self._registry
        )

    def count_request(self, route: str, method: str, code: int, audience: str, seconds: float) -> None:
        """Counts a request that was answered; `route` is a template, never a path."""
        self._requests.labels(route, method, str(code), audience).inc()
        self._seconds.labels(route, audience).observe(seconds)

    def count_answer(self, answer: Answer, audience: Audience) -> None:
        """Counts an answer and the time of its stages."""
        self._answers.labels(answer.status.value, answer.engine, audience.value).inc()
        for stage, milliseconds in answer.timings_ms.items():
            self._stages.labels(stage, audience.value).observe(milliseconds / 1e3)

    def count_fallback(self, audience: Audience) -> None:
        """Counts an answer that quotes in the place of a chat model."""
        self._fallbacks.labels(audience.value).inc()

    def describe_index(self, generation: int, chunks: Mapping[Audience, int], refused: int) -> None:
        """Sets what is known of the index."""
        self._generation.set(generation)
        for audience, count in chunks.items():
            self._chunks.labels(audience.value).set(count)
        self._refused.labels(Audience.STAFF.value).set(refused)

    def exposition(self, audience: Audience) -> bytes:
        """All of it in Prometheus's text form; without what is labelled `staff`, for anyone else."""
        return generate_latest(_Shown(self._registry, audience))


class _ModelFailures(Collector):
    """The failures of a chat model; for staff alone, since they are not told apart by who asked."""

    def __init__(self, failures: Callable[[], Mapping[str, int] | None]) -> None:
        self._failures = failures

    def collect(self) -> Iterable[Metric]:
        labels = ["reason", "audience"]
        family = CounterMetricFamily(
            "liaison_model_errors", "Failed attempts of the chat model by reason", labels=labels
        )
        for reason, count in (self._failures() or {}).items():
            family.add_metric([reason, Audience.STAFF.value], count)
        yield family

    def describe(self) -> Iterable[Metric]:
        return [CounterMetricFamily("liaison_model_errors", "")]


class _Shown(Collector):
    """The samples of a registry that a reader may see."""

    def __init__(self, registry: CollectorRegistry, audience: Audience) -> None:
        self._registry, self._audience = registry, audience

    def collect(self) -> Iterable[Metric]:
        for metric in self._registry.collect():
            if self._audience is not Audience.STAFF:
                metric.samples = [one for one in metric.samples if one.labels.get("audience") != Audience.STAFF.value]
            yield metric
