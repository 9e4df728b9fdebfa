"""What a run must reach, as a file that is reviewed like code."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from evals.errors import BadBaseline
from evals.score import METRICS, Marked, Score, figures, scored

PATH = Path("evals/baseline.json")
_LOWER_IS_BETTER = {metric.name for metric in METRICS if not metric.higher_is_better} | {"calibration_error"}


@dataclass(frozen=True, slots=True)
class Baseline:
    """Bounds of figures, questions that must pass, and checks that questions are known to fail: these only shrink.

    `reasons` says of known failures why they fail; a person writes it.
    """

    floors: Mapping[str, float] = field(default_factory=dict)
    ceilings: Mapping[str, float] = field(default_factory=dict)
    must_pass: tuple[str, ...] = ()
    known_failures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)

    @property
    def questions(self) -> frozenset[str]:
        """The ids of all questions that it speaks of."""
        return frozenset((*self.must_pass, *self.known_failures))


_BASELINE = TypeAdapter(Baseline)


def read_baseline(path: Path) -> Baseline:
    """A baseline.

    Raises:
        BadBaseline: there is none, or a field is malformed; the text names it.
    """
    if not path.is_file():
        raise BadBaseline(f"{path} is missing: name one with `--baseline FILE`, or make one with `--write-baseline`")
    try:
        return _BASELINE.validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        raise BadBaseline(f"{path}: {'.'.join(str(part) for part in first['loc'])}: {first['msg']}") from error


def baseline_of(questions: Sequence[Marked]) -> Baseline:
    """The baseline that a run just reaches; bounds lie at the next hundredth, so that a single question moves none."""
    values = {name: value for name, value in figures(scored(questions)).items() if value is not None}
    return Baseline(
        floors={name: math.floor(100 * value) / 100 for name, value in values.items() if name not in _LOWER_IS_BETTER},
        ceilings={
            "invariants_broken": 0,
            **{name: math.ceil(100 * value) / 100 for name, value in values.items() if name in _LOWER_IS_BETTER},
        },
        must_pass=tuple(sorted(question.case.id for question in questions if not question.faults)),
        known_failures={
            question.case.id: question.failed_checks
            for question in sorted(questions, key=lambda question: question.case.id)
            if question.faults
        },
    )


def tightened(old: Baseline, new: Baseline) -> Baseline:
    """The new baseline with no bound looser than the old one's, and the reasons of the failures that are left."""
    floors = {name: max(value, old.floors.get(name, value)) for name, value in new.floors.items()}
    ceilings = {name: min(value, old.ceilings.get(name, value)) for name, value in new.ceilings.items()}
    reasons = {id_: reason for id_, reason in old.reasons.items() if id_ in new.known_failures}
    return Baseline(floors, ceilings, new.must_pass, new.known_failures, reasons)


def write_baseline(path: Path, baseline: Baseline) -> None:
    """Writes a baseline, one fact a line, so that a change of it reads well."""
    values = _BASELINE.dump_python(baseline, mode="json")
    known = ",\n".join(f"  {json.dumps(id_)}: {json.dumps(checks)}" for id_, checks in values["known_failures"].items())
    text = json.dumps({**values, "known_failures": "?"}, indent=1, ensure_ascii=False)
    path.write_text(text.replace('"?"', f"{{\n{known}\n }}" if known else "{}") + "\n", encoding="utf-8")


def bounded_figures(score: Score) -> dict[str, float | None]:
    """The figures that a baseline can bound."""
    return {"invariants_broken": float(score.invariants_broken), **figures(score)}
