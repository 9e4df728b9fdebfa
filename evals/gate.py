"""Whether a run may ship: held to a baseline, question by question and figure by figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from evals.baseline import Baseline, baseline_of, bounded_figures, read_baseline, tightened, write_baseline
from evals.score import Marked, scored


class Ruling(StrEnum):
    """What the gate says of a question or a figure; the first three let the run through."""

    PASSED = "passed"
    KNOWN_FAILURE = "known failure"
    MENDED = "mended"
    FAILED = "failed"
    NEW_FAILURE = "new failure"
    NOT_ASKED = "not asked"


_RED = (Ruling.FAILED, Ruling.NEW_FAILURE, Ruling.NOT_ASKED)


@dataclass(frozen=True, slots=True)
class Ruled:
    """A question or figure as ruled on; `group` is a question's purpose, or "figures"."""

    name: str
    group: str
    ruling: Ruling
    reason: str = ""
    milliseconds: float = 0.0

    @property
    def red(self) -> bool:
        """Whether it holds the run up."""
        return self.ruling in _RED


def gate(questions: Sequence[Marked], baseline: Baseline) -> tuple[Ruled, ...]:
    """Rules on every figure and every question; the run may ship where none is red.

    Red are: a figure beyond its bound; a question that must pass and does not; a known failure that fails another
    check than is known; a failing question that the baseline does not know; one that it knows and that was not asked.
    """
    return (*_figures(questions, baseline), *_questions(questions, baseline), *_not_asked(questions, baseline))


def renew(path: Path, questions: Sequence[Marked]) -> bool:
    """Makes a baseline what this run reaches, unless the run falls short of the old one; whether it did.

    Bounds are only tightened. Failing questions that the old one does not know enter as known failures.
    """
    new = baseline_of(questions)
    if path.is_file():
        old = read_baseline(path)
        if any(ruled.red and ruled.ruling is not Ruling.NEW_FAILURE for ruled in gate(questions, old)):
            return False
        new = tightened(old, new)
    write_baseline(path, new)
    return True


def _figures(questions: Sequence[Marked], baseline: Baseline) -> Iterator[Ruled]:
    values = bounded_figures(scored(questions))
    for name, floor in baseline.floors.items():
        yield _figure(name, values.get(name), floor, "below its floor", low=True)
    for name, ceiling in baseline.ceilings.items():
        yield _figure(name, values.get(name), ceiling, "above its ceiling", low=False)


def _figure(name: str, value: float | None, bound: float, beyond: str, *, low: bool) -> Ruled:
    if value is None:
        return Ruled(name, "figures", Ruling.NOT_ASKED, f"nothing was measured; its bound is {bound:g}")
    if (value < bound) if low else (value > bound):
        return Ruled(name, "figures", Ruling.FAILED, f"{value:.4g} is {beyond} {bound:g}")
    return Ruled(name, "figures", Ruling.PASSED)


def _questions(questions: Sequence[Marked], baseline: Baseline) -> Iterator[Ruled]:
    must_pass = frozenset(baseline.must_pass)
    for question in questions:
        ruling = _ruling(question, baseline, must_pass)
        known = baseline.reasons.get(question.case.id) if ruling is Ruling.KNOWN_FAILURE else None
        reason = " | ".join((*question.faults, *([f"known because {known}"] if known else [])))
        yield Ruled(question.case.id, question.case.purpose, ruling, reason, question.outcome.milliseconds)


def _ruling(question: Marked, baseline: Baseline, must_pass: frozenset[str]) -> Ruling:
    known = baseline.known_failures.get(question.case.id)
    if not question.faults:
        return Ruling.PASSED if known is None else Ruling.MENDED
    if known is not None and set(question.failed_checks) <= set(known):
        return Ruling.KNOWN_FAILURE
    return Ruling.FAILED if known is not None or question.case.id in must_pass else Ruling.NEW_FAILURE


def _not_asked(questions: Sequence[Marked], baseline: Baseline) -> Iterator[Ruled]:
    asked = {question.case.id for question in questions}
    for id_ in sorted(baseline.questions - asked):
        yield Ruled(id_, "", Ruling.NOT_ASKED, "the baseline knows this question, and the run did not ask it")
