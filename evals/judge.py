"""Answers graded by a chat model, three times each: a second opinion beside the metrics, and never the gate's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass

from assistant.errors import ChatFailed
from assistant.prompting import as_data, load_prompt
from evals.run_folder import Run
from evals.types import Outcome
from ingest.report import progress

TIMES = 3
_AROUND = 300  # characters of the page shown before and after a quotation
_GRADES = (1, 5)
_NAMES = ("faithfulness", "relevance")
_FORM = re.compile(r"faithfulness:\s*(\d)\b.*?relevance:\s*(\d)\b.*?reason:\s*(.*)", re.IGNORECASE | re.DOTALL)
Reply = Callable[[list[tuple[str, str]]], str]


@dataclass(frozen=True, slots=True)
class Grade:
    """Grades from 0 to 1, with the judge's reason."""

    faithfulness: float
    relevance: float
    reason: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The grades of one question; fewer than were asked for where the judge gave none that can be read."""

    id: str
    grades: tuple[Grade, ...]


def judge(run: Run, reply: Reply, *, workers: int, quiet: bool = False) -> tuple[Judged, ...]:
    """Grades every answer of a run that was built from sources, three times."""
    answered = [outcome for outcome in run.outcomes if outcome.answer and outcome.answer.citations]
    judged: list[Judged] = []
    with progress("answers", hidden=quiet) as advance, ThreadPoolExecutor(workers) as pool:
        for one in pool.map(lambda outcome: _judged(run, outcome, reply), answered):
            judged.append(one)
            advance(len(judged), len(answered))
    return tuple(judged)


def verdict(judged: Sequence[Judged]) -> dict[str, object]:
    """For each grade its mean over the questions, and its spread: the mean of highest − lowest of one question.

    None where the judge graded nothing.
    """
    graded = [one for one in judged if one.grades]
    return {
        "answers": len(judged),
        "graded": len(graded),
        **{name: _summary([[getattr(grade, name) for grade in one.grades] for one in graded]) for name in _NAMES},
        "prompt": load_prompt("judge").stamp,
        "grades": {one.id: [asdict(grade) for grade in one.grades] for one in judged},
    }


def grade_of(text: str) -> Grade | None:
    """The grade that a judge wrote; None where it is not of the form asked for."""
    found = _FORM.search(text)
    if found is None:
        return None
    low, high = _GRADES
    shares = [(int(grade) - low) / (high - low) for grade in found.groups()[:2]]
    if not all(0 <= share <= 1 for share in shares):
        return None
    return Grade(shares[0], shares[1], " ".join(found[3].split()))


def _judged(run: Run, outcome: Outcome, reply: Reply) -> Judged:
    messages = _messages(run, outcome)
    return Judged(outcome.case.id, tuple(grade for grade in _grades(messages, reply) if grade is not None))


def _grades(messages: list[tuple[str, str]], reply: Reply) -> Iterator[Grade | None]:
    for _ in range(TIMES):
        try:
            yield grade_of(reply(messages))
        except ChatFailed:
            yield None


def _messages(run: Run, outcome: Outcome) -> list[tuple[str, str]]:
    answer = outcome.answer
    assert answer is not None
    passages = []
    for cited in answer.citations:
        text = run.page_text(outcome.case.audience, cited) or ""
        around = text[max(0, cited.start - _AROUND) : cited.end + _AROUND]
        passages.append(f"[{cited.marker}] {cited.title} › {cited.section}\n{as_data(around)}")
    return load_prompt("judge").filled(
        question=as_data(outcome.case.question), answer=as_data(answer.answer), passages="\n\n".join(passages)
    )


def _summary(grades: Sequence[Sequence[float]]) -> dict[str, float] | None:
    if not grades:
        return None
    means = [sum(of_one) / len(of_one) for of_one in grades]
    spreads = [max(of_one) - min(of_one) for of_one in grades]
    return {"mean": round(sum(means) / len(means), 4), "spread": round(sum(spreads) / len(spreads), 4)}
