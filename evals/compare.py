"""Two runs of the same questions held against each other: what changed, how surely, and which questions turned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from evals.errors import BadRun
from evals.metrics.abstention import auroc
from evals.metrics.calibration import expected_calibration_error
from evals.run_folder import Run
from evals.score import METRICS, Marked, Metric, marked, milliseconds
from evals.statistics import SIGNIFICANT, Numbers, PairedTest, holm, paired_figure_test, paired_test
from evals.types import Case

_OF_EACH_RUN = ("started", "today", "instance", "program", "questions")
_LATENCY = Metric("milliseconds", "milliseconds until the answer", higher_is_better=False)
_FIGURES = (
    Metric("evidence_auroc", "chance that evidence tells answerable from not"),
    Metric("calibration_error", "how far evidence is from a probability", higher_is_better=False),
)
_TOLD = {
    "corpus": "the documents differ",
    "embedding_model": "the embedding model differs",
    "workers": "times do not compare, since more questions were asked at a time",
}
_HARD = ("invariant", "forbidden")  # checks of which one new failure is one too many


@dataclass(frozen=True, slots=True)
class Difference:
    """A metric over the questions that both runs have a share for; `adjusted` is None for one that does not decide."""

    metric: Metric
    questions: int
    before: float
    after: float
    test: PairedTest
    adjusted: float | None

    @property
    def worse(self) -> bool:
        """Whether it is worse, and surely so."""
        return self._significant and (self.test.difference > 0) is not self.metric.higher_is_better

    @property
    def better(self) -> bool:
        """Whether it is better, and surely so."""
        return self._significant and (self.test.difference > 0) is self.metric.higher_is_better

    @property
    def _significant(self) -> bool:
        return self.adjusted is not None and self.adjusted <= SIGNIFICANT


@dataclass(frozen=True, slots=True)
class Turned:
    """A question that fails other checks than before."""

    before: Marked
    after: Marked

    @property
    def gained(self) -> tuple[str, ...]:
        """The faults that it did not have before."""
        known = self.before.failed_checks
        return tuple(fault for fault in self.after.faults if fault.partition(":")[0] not in known)

    @property
    def lost(self) -> tuple[str, ...]:
        """The faults that it has no more."""
        known = self.after.failed_checks
        return tuple(fault for fault in self.before.faults if fault.partition(":")[0] not in known)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one run to another."""

    questions: int
    differences: tuple[Difference, ...]
    turned: tuple[Turned, ...]
    warnings: tuple[str, ...]

    @property
    def regressions(self) -> tuple[str, ...]:
        """Why the second run must not ship; empty where nothing speaks against it."""
        worse = (
            f"{d.metric.name}: {d.before:.3f} → {d.after:.3f} (p = {d.adjusted:.4f} after Holm)"
            for d in self.differences
            if d.worse
        )
        hard = (
            f"{turned.after.case.id}: {fault}"
            for turned in self.turned
            for fault in turned.gained
            if fault.startswith(_HARD)
        )
        return (*worse, *hard)


def compare(first: Run, second: Run) -> Comparison:
    """Compares the questions that both runs asked, both marked by what the second run's set expects.

    Raises:
        BadRun: the runs have no question in common.
    """
    pairs, lacking = _pairs(first, second)
    if not pairs:
        raise BadRun(f"{first.folder} and {second.folder} have no question in common: nothing can be compared")
    differences = _differences(pairs)
    turned = tuple(Turned(a, b) for a, b in pairs if a.failed_checks != b.failed_checks)
    return Comparison(len(pairs), differences, turned, (*_warnings(first.settings, second.settings), *lacking))


def _pairs(first: Run, second: Run) -> tuple[list[tuple[Marked, Marked]], list[str]]:
    wanted = {outcome.case.id: outcome.case for outcome in second.outcomes}
    shared = [o for o in first.outcomes if o.case.id in wanted and _asks_same(o.case, wanted[o.case.id])]
    remarked = replace(first, outcomes=tuple(replace(o, case=wanted[o.case.id]) for o in shared))
    after = {question.case.id: question for question in marked(second)}
    pairs = [(before, after[before.case.id]) for before in marked(remarked)]
    warnings = []
    if len(pairs) < len(first.outcomes):
        warnings.append(f"{len(first.outcomes) - len(pairs)} questions of the first run are not in the second")
    if len(pairs) < len(second.outcomes):
        warnings.append(f"{len(second.outcomes) - len(pairs)} questions of the second run are not in the first")
    changed = sum(o.case != wanted[o.case.id] for o in shared)
    if changed:
        warnings.append(
            f"{changed} questions expect something else than in the first run; both are marked by the second"
        )
    return pairs, warnings


def _asks_same(one: Case, other: Case) -> bool:
    return (one.question, one.history, one.as_of, one.audience) == (
        other.question, other.history, other.as_of, other.audience,
    )  # fmt: skip


def _differences(pairs: Sequence[tuple[Marked, Marked]]) -> tuple[Difference, ...]:
    raw = [difference for metric in METRICS for difference in _of_metric(metric, pairs)]
    adjusted = holm({d.metric.name: d.test for d in raw if d.metric.decides})
    decided = [replace(d, adjusted=adjusted.get(d.metric.name)) for d in raw]
    return (*decided, *_of_evidence(pairs), *_of_latency(pairs))


def _of_metric(metric: Metric, pairs: Sequence[tuple[Marked, Marked]]) -> Iterator[Difference]:
    shared = [(a.values[metric.name], b.values[metric.name]) for a, b in pairs if _both_have(metric, a, b)]
    yield from _difference(metric, [a for a, _ in shared], [b for _, b in shared])


def _both_have(metric: Metric, before: Marked, after: Marked) -> bool:
    return metric.name in before.values and metric.name in after.values


def _of_latency(pairs: Sequence[tuple[Marked, Marked]]) -> Iterator[Difference]:
    before, after = ([milliseconds(question.outcome) for question in side] for side in zip(*pairs, strict=True))
    yield from _difference(_LATENCY, before, after)


def _difference(metric: Metric, before: Sequence[float], after: Sequence[float]) -> Iterator[Difference]:
    test = paired_test(before, after)
    if test is not None:
        yield Difference(metric, len(before), sum(before) / len(before), sum(after) / len(after), test, None)


def _of_evidence(pairs: Sequence[tuple[Marked, Marked]]) -> Iterator[Difference]:
    both = [(a.outcome.answer, b.outcome.answer, b.case.answerable) for a, b in pairs]
    rows = [(a.evidence, b.evidence, able) for a, b, able in both if a is not None and b is not None]
    labels = [able for _, _, able in rows]
    if len(set(labels)) < 2:
        return
    before, after = [a for a, _, _ in rows], [b for _, b, _ in rows]
    for metric, figure in zip(_FIGURES, (_auroc, _calibration_error), strict=True):
        test = paired_figure_test(before, after, labels, figure)
        values = [figure(np.asarray(side), np.asarray(labels)) for side in (before, after)]
        yield Difference(metric, len(rows), values[0], values[1], test, None)


def _auroc(evidence: Numbers, answerable: Numbers) -> float:
    found = auroc(list(evidence[answerable == 1]), list(evidence[answerable == 0]))
    return 0.5 if found is None else found  # a draw of one class says nothing


def _calibration_error(evidence: Numbers, answerable: Numbers) -> float:
    return expected_calibration_error(list(evidence), list(answerable == 1)) or 0.0


def _warnings(first: Mapping[str, Any], second: Mapping[str, Any]) -> Iterator[str]:
    """What differs besides the program: figures may have changed for that reason."""
    for name in sorted({*first, *second} - {*_OF_EACH_RUN, "settings"}):
        if first.get(name) != second.get(name):
            yield f"{_TOLD.get(name, name)}: {first.get(name)} → {second.get(name)}"
    before, after = first.get("settings"), second.get("settings")
    if before is None or after is None:
        yield "the settings of a served instance are not known"
        return
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield f"the setting {name} differs: {before.get(name)} → {after.get(name)}"
