"""From a run to figures; pure, so that an old run can be scored by new metrics."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from evals.metrics.abstention import abstention, auroc
from evals.metrics.calibration import Bin, expected_calibration_error, reliability
from evals.metrics.citations import citation_precision, citation_recall
from evals.metrics.invariants import broken
from evals.metrics.languages import own_words, speaks
from evals.metrics.latency import percentile
from evals.metrics.ranking import ranking_by_query
from evals.metrics.statuses import REFUSALS, confusion
from evals.metrics.wording import fact_recall, shown
from evals.places import Unit, by_document, by_page, by_section, qrels, ranking
from evals.run_folder import Run
from evals.types import Case, Found, Outcome

TAGS: Mapping[str, Callable[[Case], str]] = {
    "purpose": lambda case: case.purpose,
    "topic": lambda case: case.topic,
    "language": lambda case: case.language or "",
    "persona": lambda case: case.persona,
}


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure that every question has a share in, or none: 0 to 1, the mean over the questions that have one.

    A comparison is decided by few of them, since the more are looked at, the less can be said of each; the others tell
    why it came out so.
    """

    name: str
    meaning: str
    higher_is_better: bool = True
    decides: bool = False


METRICS = (
    Metric("passed", "nothing to fault: status, facts, citation, language, nothing forbidden or broken", decides=True),
    Metric("status_accuracy", "ended in a status that is right", decides=True),
    Metric("fact_recall", "key facts said", decides=True),
    Metric("forbidden_shown", "showed what must not be shown", higher_is_better=False, decides=True),
    Metric("language_accuracy", "spoke the language of the question", decides=True),
    Metric("false_refusals", "refused although the documents answer", higher_is_better=False, decides=True),
    Metric("abstention_recall", "refused where the documents do not answer", decides=True),
    Metric("citation_precision", "cited pages that are relevant", decides=True),
    Metric("citation_recall", "relevant pages that are cited", decides=True),
    Metric("document_citation_precision", "cited documents that are relevant"),
    Metric("document_citation_recall", "relevant documents that are cited"),
    *(
        Metric(
            f"{unit}_{measure}",
            f"{measure} of the relevant {unit}s among the passages found",
            decides=(unit, measure) == ("section", "ndcg@5"),
        )
        for unit in ("section", "page")
        for measure in ("recall@5", "ndcg@5", "mrr@5")
    ),
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A question as marked: its share in each metric that it has one in, what to fault, which invariants are broken.

    `faults` is empty for a question that passed; else each begins with the name of the check.
    """

    outcome: Outcome
    values: Mapping[str, float]
    faults: tuple[str, ...]
    broken: tuple[str, ...]

    @property
    def case(self) -> Case:
        """The question."""
        return self.outcome.case

    @property
    def failed_checks(self) -> tuple[str, ...]:
        """The names of the checks that it did not pass, each once."""
        return tuple(dict.fromkeys(fault.partition(":")[0] for fault in self.faults))


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of a run; None where there was nothing to measure."""

    questions: int
    invariants_broken: int
    means: Mapping[str, float | None]
    abstention_precision: float | None
    evidence_auroc: float | None
    calibration_error: float | None
    reliability: tuple[Bin, ...]
    latency_ms: Mapping[str, float | None]
    confusion: Mapping[str, Mapping[str, int]]
    engines: Mapping[str, int]


def marked(run: Run) -> tuple[Marked, ...]:
    """Every question of a run as marked, in the order in which they were asked."""
    cases = [outcome.case for outcome in run.outcomes]
    rankings = {
        f"{name}_{measure}": values
        for name, unit in (("section", by_section), ("page", by_page))
        for measure, values in _by_measure(ranking_by_query(qrels(cases, unit), _rankings(run.outcomes, unit))).items()
    }
    return tuple(_marked(run, outcome, rankings) for outcome in run.outcomes)


def scored(questions: Sequence[Marked]) -> Score:
    """The figures of the questions."""
    outcomes = [question.outcome for question in questions]
    answered = [outcome for outcome in outcomes if outcome.answer is not None]
    evidence = [outcome.answer.evidence for outcome in answered if outcome.answer]
    answerable = [outcome.case.answerable for outcome in answered]
    refusals = abstention([o.status in REFUSALS for o in outcomes], [o.case.answerable for o in outcomes])
    latencies = [milliseconds(outcome) for outcome in outcomes]
    return Score(
        questions=len(questions),
        invariants_broken=sum(len(question.broken) for question in questions),
        means={metric.name: mean(values_of(questions, metric.name)) for metric in METRICS},
        abstention_precision=refusals.precision,
        evidence_auroc=auroc(
            [value for value, able in zip(evidence, answerable, strict=True) if able],
            [value for value, able in zip(evidence, answerable, strict=True) if not able],
        ),
        calibration_error=expected_calibration_error(evidence, answerable),
        reliability=reliability(evidence, answerable),
        latency_ms={f"p{percent}": percentile(latencies, percent) for percent in (50, 90, 95, 99)},
        confusion=confusion((outcome.case.expected, outcome.status) for outcome in outcomes),
        engines=_engines(outcomes),
    )


def figures(score: Score) -> dict[str, float | None]:
    """Every figure that is one number from 0 to 1, by name."""
    return {
        **score.means,
        "abstention_precision": score.abstention_precision,
        "evidence_auroc": score.evidence_auroc,
        "calibration_error": score.calibration_error,
    }


def tagged(questions: Iterable[Marked], tag: str) -> dict[str, list[Marked]]:
    """The questions by what they carry for a tag; those that carry nothing are left out."""
    grouped: dict[str, list[Marked]] = {}
    for question in questions:
        value = TAGS[tag](question.case)
        if value:
            grouped.setdefault(value, []).append(question)
    return dict(sorted(grouped.items()))


def values_of(questions: Iterable[Marked], metric: str) -> list[float]:
    """The shares of the questions that have one in a metric."""
    return [question.values[metric] for question in questions if metric in question.values]


def mean(values: Sequence[float]) -> float | None:
    """The arithmetic mean; None without values."""
    return sum(values) / len(values) if values else None


def milliseconds(outcome: Outcome) -> float:
    """How long the answer took by its own account, else as it was waited for."""
    return outcome.answer.timings_ms.get("total", outcome.milliseconds) if outcome.answer else outcome.milliseconds


def _marked(run: Run, outcome: Outcome, rankings: Mapping[str, Mapping[str, float]]) -> Marked:
    case = outcome.case
    faults = broken(outcome, lambda cited: run.page_text(case.audience, cited), run.versions_in_force(case))
    values: dict[str, float | None] = {
        **_ending(outcome),
        **_wording(outcome),
        **_citations(outcome),
        **{name: by_query.get(case.id) for name, by_query in rankings.items()},
    }
    had = {name: value for name, value in values.items() if value is not None}
    found = (*_faults(outcome, had), *(f"invariant {fault}" for fault in faults))
    return Marked(outcome, {"passed": float(not found), **had}, found, faults)


def _ending(outcome: Outcome) -> dict[str, float | None]:
    refused = float(outcome.status in REFUSALS)
    return {
        "status_accuracy": float(outcome.status in outcome.case.expected),
        "false_refusals": refused if outcome.case.answerable else None,
        "abstention_recall": None if outcome.case.answerable else refused,
    }


def _wording(outcome: Outcome) -> dict[str, float | None]:
    case, answer = outcome.case, outcome.answer
    language = None
    if case.language is not None and answer is not None:
        language = float(speaks(own_words(answer, case.question), answer.language, case.language))
    return {
        "fact_recall": fact_recall(said(outcome), case.facts),
        "forbidden_shown": float(bool(shown(everything(outcome), case.forbidden))) if case.forbidden else None,
        "language_accuracy": language,
    }


def said(outcome: Outcome) -> str:
    """The text of an answer with its notes."""
    return "\n".join([outcome.answer.answer, *outcome.answer.notes]) if outcome.answer else ""


def everything(outcome: Outcome) -> str:
    """All that a reader sees of an answer, its citations and contacts with it, but for the question repeated."""
    if outcome.answer is None:
        return ""
    cited = [f"{one.title}\n{one.section}\n{one.quote}" for one in outcome.answer.citations]
    contacts = [f"{contact.name}\n{contact.role}" for contact in outcome.answer.contacts]
    return "\n".join([said(outcome), *cited, *contacts]).replace(outcome.case.question, "")


def _citations(outcome: Outcome) -> dict[str, float | None]:
    case = outcome.case
    if not case.relevant or outcome.answer is None:
        return {}
    cited = [Found(one.document, one.section, one.page) for one in outcome.answer.citations]
    values: dict[str, float | None] = {}
    for name, unit in (("citation", by_page), ("document_citation", by_document)):
        relevant = {unit(place) for place in case.relevant} - {None}
        if relevant:
            units = {unit(one) for one in cited}
            values[f"{name}_precision"] = citation_precision(units, relevant)
            values[f"{name}_recall"] = citation_recall(units, relevant)
    return values


def _faults(outcome: Outcome, values: Mapping[str, float]) -> Iterable[str]:
    """What to fault where status, facts, citation, language or what must not be shown are not as the set says."""
    case = outcome.case
    if not values["status_accuracy"]:
        yield f"status: {outcome.status}, not {' or '.join(case.expected)}"
    missing = [forms[0] for forms in case.facts if not fact_recall(said(outcome), [forms])]
    if missing:
        yield f"facts: not said: {'; '.join(missing)}"
    if "document_citation_recall" in values and not max(
        values.get("citation_recall", 0.0), values["document_citation_recall"] if _no_pages(case) else 0.0
    ):
        yield "citation: no relevant page is cited"
    if values.get("forbidden_shown"):
        yield f"forbidden: shows {'; '.join(shown(everything(outcome), case.forbidden))}"
    if values.get("language_accuracy") == 0 and outcome.answer:
        yield f"language: {outcome.answer.language}, not {case.language}"


def _no_pages(case: Case) -> bool:
    return all(place.page is None for place in case.relevant)


def _rankings(outcomes: Iterable[Outcome], unit: Unit) -> dict[str, tuple[str, ...]]:
    return {o.case.id: ranking(o.case, o.found, unit) for o in outcomes if o.found is not None}


def _by_measure(by_query: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    turned: dict[str, dict[str, float]] = {}
    for query, values in by_query.items():
        for name, value in values.items():
            turned.setdefault(name, {})[query] = value
    return turned


def _engines(outcomes: Iterable[Outcome]) -> Mapping[str, int]:
    """How many answers each engine wrote, with the prompt where there is one."""
    counts: dict[str, int] = {}
    for outcome in outcomes:
        if outcome.answer:
            name = " ".join(part for part in (outcome.answer.engine, outcome.answer.prompt) if part)
            counts[name] = counts.get(name, 0) + 1
    return counts
