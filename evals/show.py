"""The figures of a run for people and for machines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from evals.score import METRICS, TAGS, Marked, Score, figures, mean, scored, tagged, values_of

_SHOWN_FAULTS = 12


def score_as_json(folder: Path, questions: Sequence[Marked]) -> dict[str, object]:
    """A run's figures as `score --json` prints them: over all, by tag, and what there is to fault by question."""
    score = scored(questions)
    return {
        "run": str(folder),
        "questions": score.questions,
        "invariants_broken": score.invariants_broken,
        **_rounded(figures(score)),
        "latency_ms": _rounded(score.latency_ms, 2),
        "confusion": score.confusion,
        "reliability": [asdict(filled) for filled in score.reliability],
        "engines": score.engines,
        "by": {tag: {name: _group(group) for name, group in tagged(questions, tag).items()} for tag in TAGS},
        "failed": {question.case.id: list(question.faults) for question in questions if question.faults},
    }


def score_as_text(folder: Path, questions: Sequence[Marked]) -> str:
    """A run's figures for people, one a line; "–" where there was nothing to measure."""
    score = scored(questions)
    return "\n".join(
        [f"{folder}: {score.questions} questions", *_figure_lines(score), *_tag_lines(questions), *_faults(questions)]
    )


def judgement_as_text(found: Mapping[str, Any]) -> str:
    """What a judge found, for people: each grade with how far the judge agreed with itself."""
    lines = [f"{found['graded']} of {found['answers']} answers graded, by {found['prompt']}"]
    for name in ("faithfulness", "relevance"):
        grade = found[name]
        told = "–" if grade is None else f"{grade['mean']:.3f}, spread {grade['spread']:.3f}"
        lines.append(f"{name:<15}{told}")
    return "\n".join(lines)


def _figure_lines(score: Score) -> Iterator[str]:
    meanings = {metric.name: metric.meaning for metric in METRICS}
    yield f"{'invariants_broken':<30}{score.invariants_broken:>8}"
    for name, value in figures(score).items():
        yield f"{name:<30}{_three(value):>8}  {meanings.get(name, '')}".rstrip()
    for name, value in score.latency_ms.items():
        yield f"{f'latency {name}, ms':<30}{'–' if value is None else f'{value:.1f}':>8}"
    yield ""
    for allowed, counts in score.confusion.items():
        yield f"expected {allowed}: " + ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))


def _tag_lines(questions: Sequence[Marked]) -> Iterator[str]:
    for tag in TAGS:
        passed = (
            f"{name} {_three(mean(values_of(group, 'passed')))}" for name, group in tagged(questions, tag).items()
        )
        yield f"passed by {tag}: " + ", ".join(passed)


def _faults(questions: Sequence[Marked]) -> Iterator[str]:
    failed = [question for question in questions if question.faults]
    if failed:
        yield ""
    for question in failed[:_SHOWN_FAULTS]:
        yield f"{question.case.id}: " + " | ".join(question.faults)
    if len(failed) > _SHOWN_FAULTS:
        yield f"… and {len(failed) - _SHOWN_FAULTS} more: `score --json`, or `report` for all with their answers"


def _group(questions: Sequence[Marked]) -> dict[str, float | None]:
    means = {metric.name: mean(values_of(questions, metric.name)) for metric in METRICS}
    return {"questions": len(questions), **_rounded(means)}


def _three(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _rounded(values: Mapping[str, float | None], digits: int = 4) -> dict[str, float | None]:
    return {name: None if value is None else round(value, digits) for name, value in values.items()}
