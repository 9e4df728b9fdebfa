"""What the measured programs share: a clock for questions, the peak of memory, and how a step is run and reported.

Imports nothing but the standard library, since it runs in every environment that is measured.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

TOP = 10  # passages wanted for a question
Step = Callable[[Path, Path], Mapping[str, object]]  # a BEIR folder and a folder of its own; what was measured


def run_step(steps: Mapping[str, Step]) -> None:
    """Runs the step that the command line names (`STEP DATA STORE RESULT`) and writes what it measured into RESULT."""
    step, data, store, result = sys.argv[1:]
    measured = steps[step](Path(data), Path(store))
    spent = {"memory_mb": peak_memory_mb(), "processor_seconds": time.process_time()}
    Path(result).write_text(json.dumps({**measured, **spent}), encoding="utf-8")


def peak_memory_mb() -> float:
    """The most memory that this process has held at once, in MB (10⁶ bytes).

    Linux says so itself; what `getrusage` says there includes the process that started this one.
    """
    status = Path("/proc/self/status")
    if status.is_file() and (found := re.search(r"VmHWM:\s+(\d+) kB", status.read_text())):
        return int(found[1]) * 1024 / 1e6
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def questions(data: Path) -> Mapping[str, str]:
    """The texts of the queries of a BEIR folder, by id."""
    lines = (data / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["_id"]: row["text"] for row in map(json.loads, filter(None, lines))}


def timed(queries: Mapping[str, str], rank: Callable[[str], Sequence[str]]) -> Mapping[str, object]:
    """The ids that `rank` finds for each question, the milliseconds it took, and when the first answer was there.

    The first question is asked once more than counted: it pays for what is loaded late.
    """
    rank(next(iter(queries.values())))
    ready = time.time()
    milliseconds: list[float] = []
    rankings: dict[str, Sequence[str]] = {}
    for id_, text in queries.items():
        started = time.perf_counter()
        rankings[id_] = rank(text)[:TOP]
        milliseconds.append(1e3 * (time.perf_counter() - started))
    return {"ready": ready, "milliseconds": milliseconds, "rankings": rankings}
