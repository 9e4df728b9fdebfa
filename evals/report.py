"""A run as one HTML page that needs nothing else: figures, plots, and every failure with what it should have been."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

from assistant.types import Citation
from evals.charts import Bar, histogram, interval_bar, reliability_plot
from evals.compare import Comparison, Difference, Turned, compare
from evals.metrics.wording import says
from evals.run_folder import Run
from evals.score import (
    METRICS,
    TAGS,
    Marked,
    Score,
    figures,
    marked,
    mean,
    milliseconds,
    said,
    scored,
    tagged,
    values_of,
)
from evals.statistics import mean_interval

_STYLE, _SCRIPT = Path(__file__).parent / "report.css", Path(__file__).parent / "report.js"
_TILES = (
    "passed", "status_accuracy", "fact_recall", "citation_precision", "section_ndcg@5", "language_accuracy",
    "false_refusals", "abstention_recall",
)  # fmt: skip
_PLOTTED = ("passed", "status_accuracy", "fact_recall", "citation_recall", "section_ndcg@5")
_AROUND = 700  # characters of page text shown before and after a quotation


def report(run: Run, against: Run | None = None) -> str:
    """The page; with an earlier run, also what changed since, and the questions that turned with both answers."""
    questions = marked(run)
    comparison = compare(against, run) if against is not None else None
    score = scored(questions)
    body = "\n".join(
        [
            *_head(run, score, comparison),
            *_tiles(score),
            *(_comparison(comparison) if comparison else ()),
            *_by_tag(questions),
            *_plots(questions, score),
            *_cases(run, questions, comparison),
        ]
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "script-src 'unsafe-inline'\">\n"
        f"<title>Evaluation: {escape(run.folder.name)}</title>\n<style>\n{_STYLE.read_text(encoding='utf-8')}</style>\n"
        f"</head>\n<body>\n<main>\n{body}\n</main>\n<script>\n{_SCRIPT.read_text(encoding='utf-8')}</script>\n"
        "</body>\n</html>\n"
    )


def _head(run: Run, score: Score, comparison: Comparison | None) -> Iterator[str]:
    asked = {
        "asked": run.settings.get("started"),
        "of": run.settings.get("instance"),
        "program": run.settings.get("program"),
        "documents": run.settings.get("corpus"),
        "embedding": run.settings.get("embedding_model"),
        "engine": ", ".join(f"{name} ({count})" for name, count in score.engines.items()),
    }
    yield f"<header><h1>Evaluation <code>{escape(run.folder.name)}</code></h1>"
    yield f"<p>{' · '.join(f'{name} {escape(str(value))}' for name, value in asked.items() if value)}</p>"
    passed = score.means["passed"] or 0.0
    failed = round(score.questions * (1 - passed))
    broken = f"<b class=bad>{score.invariants_broken} invariants are broken.</b>" if score.invariants_broken else ""
    yield f"<p class=lead>{score.questions} questions, {failed} with something to fault. "
    yield broken or "No invariant is broken."
    if comparison is not None:
        yield _verdict(comparison)
    yield "</p></header>"


def _verdict(comparison: Comparison) -> str:
    if comparison.regressions:
        return f"<b class=bad>Worse than before: {escape('; '.join(comparison.regressions))}.</b>"
    return "<b class=good>No regression against the earlier run.</b>"


def _tiles(score: Score) -> Iterator[str]:
    meanings = {metric.name: metric.meaning for metric in METRICS}
    yield "<section class=tiles>"
    for name in _TILES:
        value = score.means[name]
        shown = "–" if value is None else f"{value:.3f}"
        yield f"<div><b>{shown}</b><span>{_words(name)}</span><small>{escape(meanings[name])}</small></div>"
    yield "</section>"
    others = {name: value for name, value in figures(score).items() if name not in _TILES}
    yield "<details><summary>All figures</summary><table class=figures>"
    for name, value in others.items():
        shown = "–" if value is None else f"{value:.3f}"
        yield f"<tr><th>{_words(name)}<td>{shown}<td>{escape(meanings.get(name, ''))}"
    yield "</table></details>"


def _comparison(comparison: Comparison) -> Iterator[str]:
    yield "<section><h2>Against the earlier run</h2>"
    yield "".join(f"<p class=warning>{escape(warning)}</p>" for warning in comparison.warnings)
    yield "<div class=scroll><table class=numbers>"
    yield "<tr><th>metric<th>before<th>now<th>change<th>95 % interval<th>p<th>Holm"
    yield from (_difference(difference) for difference in comparison.differences)
    worse = sum(bool(turned.gained) for turned in comparison.turned)
    yield f"</table></div><p>{worse} questions turned worse, {len(comparison.turned) - worse} better.</p></section>"


def _difference(difference: Difference) -> str:
    test, digits = difference.test, 1 if difference.metric.name == "milliseconds" else 3
    mood = "bad" if difference.worse else "good" if difference.better else ""
    holm = "" if difference.adjusted is None else _probability(difference.adjusted)
    return (
        f'<tr class="{mood}"><th>{_words(difference.metric.name)}<td>{difference.before:.{digits}f}'
        f"<td>{difference.after:.{digits}f}<td>{test.difference:+.{digits}f}"
        f"<td>{test.interval.low:+.{digits}f} … {test.interval.high:+.{digits}f}<td>{_probability(test.p)}<td>{holm}"
    )


def _probability(p: float) -> str:
    return "&lt; 0.001" if p < 0.001 else f"{p:.3f}"


def _by_tag(questions: Sequence[Marked]) -> Iterator[str]:
    options = "".join(f'<option value="{name}">{_words(name)}</option>' for name in _PLOTTED)
    yield f"<section><h2>By kind of question</h2><label>Metric <select id=metric>{options}</select></label>"
    for metric in _PLOTTED:
        hidden = "" if metric == _PLOTTED[0] else " hidden"
        yield f'<div class=bars data-metric="{metric}"{hidden}>'
        for tag in TAGS:
            yield f"<figure><figcaption>{_words(metric)} by {tag}, with the 95 % interval</figcaption>"
            yield from (_bar(bar) for bar in _bars(tagged(questions, tag), metric))
            yield "</figure>"
        yield "</div>"
    yield "</section>"


def _bars(groups: Mapping[str, Sequence[Marked]], metric: str) -> Iterator[Bar]:
    for name, group in groups.items():
        values = values_of(group, metric)
        average, interval = mean(values), mean_interval(values)
        if average is not None and interval is not None:
            yield Bar(name, len(values), average, interval)


def _bar(bar: Bar) -> str:
    return (
        f"<div class=bar><span>{escape(bar.label)}</span>{interval_bar(bar)}"
        f"<span>{bar.mean:.2f} <small>of {bar.count}</small></span></div>"
    )


def _plots(questions: Sequence[Marked], score: Score) -> Iterator[str]:
    latencies = [milliseconds(question.outcome) for question in questions]
    marks = [(name, value) for name, value in score.latency_ms.items() if value is not None and name in ("p50", "p95")]
    told = ", ".join(f"{name} {value:.0f} ms" for name, value in score.latency_ms.items() if value is not None)
    yield "<section class=plots><figure><figcaption>Reliability: is the evidence a probability?</figcaption>"
    yield f"{reliability_plot(score.reliability)}</figure>"
    yield f"<figure><figcaption>Time until the answer: {told}</figcaption>{histogram(latencies, marks, 'ms')}</figure>"
    yield "<figure class=wide><figcaption>Expected (rows) and how it ended (columns)</figcaption>"
    yield from _confusion(score.confusion)
    yield "</figure></section>"


def _confusion(matrix: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    columns = sorted({status for counts in matrix.values() for status in counts})
    yield "<div class=scroll><table class=numbers><tr><th>"
    yield "".join(f"<th>{_words(status)}" for status in columns)
    for allowed, counts in matrix.items():
        yield f"<tr><th>{_words(allowed)}"
        for status in columns:
            right = "right" if status in allowed.split(" or ") else "wrong"
            yield f'<td class="{right if counts.get(status) else ""}">{counts.get(status, "")}'
    yield "</table></div>"


def _cases(run: Run, questions: Sequence[Marked], comparison: Comparison | None) -> Iterator[str]:
    turned = {one.after.case.id: one for one in comparison.turned} if comparison else {}
    shown = [question for question in questions if question.faults or question.case.id in turned]
    yield f"<section><h2>Questions with something to fault{' or that turned' if turned else ''}</h2>"
    yield from _filters(shown, turned)
    for question in shown:
        yield from _case(run, question, turned.get(question.case.id))
    yield "</section>"


def _filters(shown: Sequence[Marked], turned: Mapping[str, Turned]) -> Iterator[str]:
    checks = Counter(check for question in shown for check in question.failed_checks)
    yield "<div class=filters>"
    for tag in TAGS:
        yield _filter(tag, {name: len(group) for name, group in tagged(shown, tag).items()})
    yield _filter("check", checks)
    if turned:
        yield _filter("turned", Counter(_direction(one) for one in turned.values()))
    yield "<label>words <input id=words type=search></label><output id=count></output></div>"


def _filter(name: str, counts: Mapping[str, int]) -> str:
    options = "".join(f'<option value="{escape(value)}">{escape(value)} ({n})</option>' for value, n in counts.items())
    return f'<label>{name} <select data-filter="{name}"><option value="">all</option>{options}</select></label>'


def _case(run: Run, question: Marked, turned: Turned | None) -> Iterator[str]:
    case, answer = question.case, question.outcome.answer
    data = {tag: of(case) for tag, of in TAGS.items()} | {
        "check": "|".join(question.failed_checks),
        "turned": _direction(turned) if turned else "",
    }
    attributes = " ".join(f'data-{name}="{escape(value)}"' for name, value in data.items())
    chips = "".join(f"<i>{escape(check)}</i>" for check in question.failed_checks)
    if turned:
        chips += f"<i class={_direction(turned)}>turned {_direction(turned)}</i>"
    yield f"<details class=case {attributes}>"
    yield f"<summary>{escape(case.question)} {chips}<code>{escape(case.id)}</code></summary>"
    yield from (f"<p class=turn><b>{turn.role}</b> {escape(turn.content)}</p>" for turn in case.history)
    if question.faults:
        yield f"<ul class=faults>{''.join(f'<li>{escape(fault)}' for fault in question.faults)}</ul>"
    yield "<div class=columns>"
    yield from _expected(question)
    if turned:
        yield f"<div><h3>Before: {turned.before.outcome.status}</h3>{_text(turned.before)}</div>"
    yield f"<div><h3>Answer: {question.outcome.status}</h3>{_text(question)}</div></div>"
    for cited in answer.citations if answer else ():
        yield _cited(cited, run.page_text(case.audience, cited))
    yield "</details>"


def _expected(question: Marked) -> Iterator[str]:
    case = question.case
    yield f"<div><h3>Expected: {escape(' or '.join(case.expected))}</h3><ul class=expected>"
    for forms in case.facts:
        held = any(says(said(question.outcome), form) for form in forms)
        yield f"<li class={'held' if held else 'lacking'}>{escape(' / '.join(forms))}"
    yield from (f"<li class=never>not: {escape(form)}" for form in case.forbidden)
    for place in case.relevant:
        where = [place.document, place.section or "", f"page {place.page}" if place.page else ""]
        yield f"<li class=place>{escape(', '.join(part for part in where if part))}"
    asked = [f"as of {case.as_of}" if case.as_of else "", f"{case.audience} reader", case.language or ""]
    yield f"</ul><p><small>{escape(' · '.join(part for part in asked if part))}</small></p></div>"


def _text(question: Marked) -> str:
    return f"<p class=answer>{escape(said(question.outcome) or question.outcome.error)}</p>"


def _cited(cited: Citation, text: str | None) -> str:
    where = escape(" › ".join(part for part in (cited.title, cited.section) if part))
    head = f"<h4>[{cited.marker}] {where}, page {cited.page} <code>{escape(cited.document)}</code></h4>"
    if text is None:
        return f"<div class=cited>{head}<p class=bad>The reader cannot open this page.</p></div>"
    start, end = max(0, cited.start), max(0, cited.end)
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    opening, closing = "…" if start > _AROUND else "", "…" if len(text) > end + _AROUND else ""
    shown = f"{opening}{escape(before)}<mark>{escape(text[start:end])}</mark>{escape(after)}{closing}"
    return f"<div class=cited>{head}<p>{shown}</p></div>"


def _direction(turned: Turned) -> str:
    return "worse" if turned.gained else "better"


def _words(name: str) -> str:
    return escape(name.replace("_", " "))
