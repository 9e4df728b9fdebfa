"""Asks every question of a set once, and writes down what came of it."""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from evals.instance import Instance
from evals.question_sets import case_as_json
from evals.run_folder import InForce, PageKey, RunWriter, reader_and_day
from evals.types import Case, CitedPage, Reply
from ingest.report import progress
from ingest.types import Audience

RUNS = Path("evals/runs")
_log = logging.getLogger(__name__)


def run(instance: Instance, cases: Sequence[Case], folder: Path, *, workers: int, quiet: bool = False) -> None:
    """Asks the questions that are not done yet, `workers` at a time, and writes the folder as it goes.

    Raises:
        BadRun: the folder holds another run.
        Unreachable: a served instance stopped answering; the same command goes on where this one ended.
    """
    in_force = _in_force(instance, cases)
    writer = RunWriter(folder)
    done = writer.begin(_settings(instance, cases, in_force, workers), in_force)
    open_questions = [case for case in cases if case.id not in done]
    asker = _Asker(instance)
    with progress("questions", hidden=quiet) as advance, ThreadPoolExecutor(workers) as pool:
        if open_questions and not done:
            instance.ask(open_questions[0])  # loads what a serving program has loaded; not counted
        for number, (case, (reply, pages, milliseconds)) in enumerate(
            zip(open_questions, pool.map(asker.ask, open_questions), strict=True), start=1
        ):
            writer.add(case, reply, pages, milliseconds)
            advance(number, len(open_questions))


def without_staff(cases: Sequence[Case]) -> tuple[Case, ...]:
    """The questions that can be asked without a key; says how many are left out."""
    kept = tuple(case for case in cases if case.audience is not Audience.STAFF)
    if len(kept) < len(cases):
        left = len(cases) - len(kept)
        _log.warning("%d of %d questions are for staff and are not asked: give `--key`", left, len(cases))
    return kept


def new_folder(now: datetime) -> Path:
    """Where a run goes that names no folder."""
    return RUNS / now.strftime("%Y-%m-%dT%H-%M-%S")


class _Asker:
    """Asks, and opens each page that an answer cites once."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._opened: dict[PageKey, CitedPage] = {}

    def ask(self, case: Case) -> tuple[Reply, Sequence[CitedPage], float]:
        started = time.perf_counter()
        reply = self._instance.ask(case)
        milliseconds = 1e3 * (time.perf_counter() - started)
        return reply, [self._page((case.audience, *place)) for place in _cited(reply)], milliseconds

    def _page(self, key: PageKey) -> CitedPage:
        if key not in self._opened:
            self._opened[key] = self._instance.page(*key)
        return self._opened[key]


def _cited(reply: Reply) -> Iterator[tuple[str, str, int]]:
    """The pages that an answer names, where it names them as agreed."""
    citations: Any = (reply.answer or {}).get("citations") or []
    for cited in citations if isinstance(citations, list) else []:
        document, version, number = (cited.get(name) for name in ("document", "version", "page"))
        if isinstance(document, str) and isinstance(version, str) and isinstance(number, int):
            yield document, version, number


def _in_force(instance: Instance, cases: Sequence[Case]) -> InForce:
    wanted: Mapping[tuple[Audience, date | None], None] = dict.fromkeys((case.audience, case.as_of) for case in cases)
    return {reader_and_day(audience, day): instance.in_force(audience, day) for audience, day in wanted}


def _settings(instance: Instance, cases: Sequence[Case], in_force: InForce, workers: int) -> Mapping[str, object]:
    now = datetime.now(UTC)
    return {
        "started": now.isoformat(timespec="seconds"),
        "today": date.today().isoformat(),
        "workers": workers,
        **instance.described(),
        "corpus": _digest({name: sorted(versions) for name, versions in in_force.items()}),
        "questions": {"count": len(cases), "digest": _digest([case_as_json(case) for case in cases])},
    }


def _digest(values: object) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]
