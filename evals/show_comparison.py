"""Comparisons and rulings for people and for machines."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from assistant.wire import answer_as_json
from evals.compare import Comparison, Difference, Turned
from evals.gate import Ruled, Ruling
from evals.score import Marked, said
from evals.statistics import LEVEL

_COLUMN = 58


def comparison_as_json(comparison: Comparison) -> dict[str, object]:
    """What changed, as `compare --json` prints it."""
    return {
        "questions": comparison.questions,
        "verdict": "regression" if comparison.regressions else "no regression",
        "regressions": list(comparison.regressions),
        "warnings": list(comparison.warnings),
        "metrics": {difference.metric.name: _difference_as_json(difference) for difference in comparison.differences},
        "turned": [_turned_as_json(turned) for turned in comparison.turned],
    }


def comparison_as_text(comparison: Comparison) -> str:
    """What changed, for people: warnings, metrics, the questions that turned side by side, the verdict."""
    return "\n".join(
        [
            *(f"warning: {warning}" for warning in comparison.warnings),
            f"{comparison.questions} questions of both runs; {LEVEL:.0%} intervals, p by permutation, then Holm's",
            f"{'metric':<30}{'before':>8}{'after':>8}{'change':>9}  {'interval':<19}{'p':>7}{'Holm':>8}",
            *(_difference_line(difference) for difference in comparison.differences),
            *(line for turned in comparison.turned for line in _side_by_side(turned)),
            *_verdict(comparison),
        ]
    )


def rulings_as_json(rulings: Sequence[Ruled]) -> dict[str, object]:
    """What the gate found, as `gate --json` prints it."""
    return {
        "verdict": "red" if any(ruled.red for ruled in rulings) else "green",
        "counts": Counter(ruled.ruling.value for ruled in rulings),
        "red": [_ruled_as_json(ruled) for ruled in rulings if ruled.red],
        "mended": [ruled.name for ruled in rulings if ruled.ruling is Ruling.MENDED],
    }


def rulings_as_text(rulings: Sequence[Ruled]) -> str:
    """What the gate found, for people: all that is red with its reason, then one sentence."""
    red = [ruled for ruled in rulings if ruled.red]
    counts = Counter(ruled.ruling.value for ruled in rulings)
    mended = [ruled.name for ruled in rulings if ruled.ruling is Ruling.MENDED]
    lines = [f"{ruled.ruling}: {ruled.name}: {ruled.reason}" for ruled in red]
    if mended:
        lines.append(f"passed that were known to fail (`--write-baseline` keeps them so): {', '.join(mended)}")
    told = ", ".join(f"{count} {ruling}" for ruling, count in counts.items())
    return "\n".join([*lines, f"The gate is {'red' if red else 'green'}: {told}."])


def _difference_as_json(difference: Difference) -> dict[str, object]:
    return {
        "questions": difference.questions,
        "before": round(difference.before, 6),
        "after": round(difference.after, 6),
        "difference": round(difference.test.difference, 6),
        "interval": [round(difference.test.interval.low, 6), round(difference.test.interval.high, 6)],
        "p": difference.test.p,
        "p_holm": difference.adjusted,
        "verdict": "worse" if difference.worse else "better" if difference.better else "not significant",
    }


def _turned_as_json(turned: Turned) -> dict[str, object]:
    return {
        "id": turned.after.case.id,
        "question": turned.after.case.question,
        "turned": "worse" if turned.gained else "better",
        "gained": list(turned.gained),
        "lost": list(turned.lost),
        "before": _answer_as_json(turned.before),
        "after": _answer_as_json(turned.after),
    }


def _answer_as_json(question: Marked) -> dict[str, object] | None:
    return answer_as_json(question.outcome.answer) if question.outcome.answer else None


def _difference_line(difference: Difference) -> str:
    test = difference.test
    digits = 1 if difference.metric.name == "milliseconds" else 3
    low, high = (f"{bound:+.{digits}f}" for bound in (test.interval.low, test.interval.high))
    holm = "" if difference.adjusted is None else f"{difference.adjusted:.4f}"
    told = "  worse" if difference.worse else "  better" if difference.better else ""
    return (
        f"{difference.metric.name:<30}{difference.before:>8.{digits}f}{difference.after:>8.{digits}f}"
        f"{test.difference:>+9.{digits}f}  {f'{low} … {high}':<19}{test.p:>7.4f}{holm:>8}{told}"
    )


def _side_by_side(turned: Turned) -> Iterator[str]:
    yield ""
    yield f"{'worse' if turned.gained else 'better'}: {turned.after.case.id}: {turned.after.case.question}"
    columns = (_column(question) for question in (turned.before, turned.after))
    for left, right in zip_longest(*columns, fillvalue=""):
        yield f"  {left:<{_COLUMN}} │ {right}".rstrip()


def _column(question: Marked) -> list[str]:
    paragraphs = [question.outcome.status.value, *question.faults, *said(question.outcome).splitlines()]
    return [line for paragraph in paragraphs for line in textwrap.wrap(paragraph, _COLUMN)]


def _verdict(comparison: Comparison) -> Iterator[str]:
    worse = sum(bool(turned.gained) for turned in comparison.turned)
    yield ""
    yield f"{worse} questions turned worse, {len(comparison.turned) - worse} better."
    for regression in comparison.regressions:
        yield f"regression: {regression}"
    if not comparison.regressions:
        yield "No significant regression, no invariant newly broken."


def _ruled_as_json(ruled: Ruled) -> dict[str, object]:
    return {"name": ruled.name, "group": ruled.group, "ruling": ruled.ruling.value, "reason": ruled.reason}
