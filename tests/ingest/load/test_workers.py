"""Reading many files: bad ones end alone, good ones always arrive, and no process stays behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from ingest.errors import IngestError, Refusal, RefusedFile
from ingest.load import Limits, read_all
from ingest.types import Parsed

LIMITS = Limits(max_bytes=100_000_000, seconds=30, memory_bytes=1_000_000_000)
READ_ONE_THAT_HANGS = """
import sys
from pathlib import Path
from ingest.load import Limits, read_all
for path, read in read_all([Path(sys.argv[1])], limits=Limits(10**8, 3, 10**9), workers=1):
    pass
"""


def outcomes(paths: list[Path], limits: Limits = LIMITS, workers: int = 2) -> dict[str, str]:
    read = read_all(paths, limits=limits, workers=workers)
    return {path.name: "read" if isinstance(parsed, Parsed) else parsed.refusal for path, parsed in read}


def texts(folder: Path, count: int) -> list[Path]:
    paths = [folder / f"{number}.md" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(f"# Title {number}\n\nSome words.", encoding="utf-8")
    return paths


@pytest.fixture
def hanging(tmp_path: Path) -> Path:
    """A file whose reading never ends."""
    path = tmp_path / "hangs.txt"
    os.mkfifo(path)
    return path


def test_every_file_arrives_with_what_it_says(tmp_path: Path) -> None:
    paths = texts(tmp_path, 20)
    read = dict(read_all(paths, limits=LIMITS, workers=2))
    titles = {path: parsed.title for path, parsed in read.items() if isinstance(parsed, Parsed)}
    assert titles == {path: f"Title {number}" for number, path in enumerate(paths)}


def the_workers(parent: int | None = None) -> list[psutil.Process]:
    """The reading processes of this process or another; other tests may have left children of their own."""
    children = psutil.Process(parent).children()
    return [child for child in children if "ingest.load.worker" in " ".join(child.cmdline())]


def test_no_files_need_no_worker() -> None:
    assert list(read_all([], limits=LIMITS, workers=2)) == []
    assert the_workers() == []


def test_a_file_that_hangs_is_refused_and_the_others_are_read(tmp_path: Path, hanging: Path) -> None:
    limits = Limits(max_bytes=1000, seconds=4, memory_bytes=1_000_000_000)
    found = outcomes([hanging, *texts(tmp_path, 5)], limits, workers=1)
    assert found == {"hangs.txt": Refusal.TIMED_OUT, **{f"{number}.md": "read" for number in range(5)}}


def test_a_file_that_crashes_its_worker_is_refused_and_the_others_are_read(tmp_path: Path, hanging: Path) -> None:
    paths = texts(tmp_path, 6)
    reading = read_all([*paths, hanging], limits=LIMITS, workers=1)
    first = dict(next(reading) for _ in paths)
    the_workers()[0].send_signal(signal.SIGSEGV)
    ((path, refused),) = reading
    assert set(first) == set(paths)
    assert path == hanging
    assert isinstance(refused, RefusedFile)
    assert (refused.refusal, refused.detail) == (Refusal.CORRUPT, "its reader broke down on it (SIGSEGV)")


def test_a_file_that_takes_too_much_memory_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_text("word " * 8_000_000, encoding="utf-8")
    limits = Limits(max_bytes=100_000_000, seconds=30, memory_bytes=60_000_000)
    found = outcomes([large, *texts(tmp_path, 3)], limits, workers=1)
    assert found == {"large.txt": Refusal.TOO_LARGE, "0.md": "read", "1.md": "read", "2.md": "read"}


def test_a_reading_process_that_cannot_be_started_is_an_error_and_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nowhere"))
    with pytest.raises(IngestError, match="could not be started"):
        outcomes(texts(tmp_path, 3))


def test_files_are_refused_before_a_worker_sees_them(tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_text("x" * 2000, encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"")
    limits = Limits(max_bytes=1000, seconds=5, memory_bytes=1_000_000_000)
    found = outcomes([tmp_path / name for name in ("large.txt", "picture.png", "missing.txt")], limits)
    expected = {"large.txt": Refusal.TOO_LARGE, "picture.png": Refusal.UNSUPPORTED, "missing.txt": Refusal.CORRUPT}
    assert found == expected


def test_giving_up_half_way_ends_the_workers(tmp_path: Path, hanging: Path) -> None:
    reading = read_all([*texts(tmp_path, 1), hanging], limits=LIMITS, workers=2)
    next(reading)
    reading.close()
    assert the_workers() == []


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda ending: ending.name)
def test_no_worker_outlives_its_parent_by_more_than_the_time_limit(hanging: Path, ending: signal.Signals) -> None:
    command = [sys.executable, "-c", READ_ONE_THAT_HANGS, str(hanging)]
    parent = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    workers = _eventually(lambda: the_workers(parent.pid))
    parent.send_signal(ending)
    parent.wait(10)
    assert psutil.wait_procs(workers, timeout=10)[1] == []


def _eventually(found: object) -> list[psutil.Process]:
    assert callable(found)
    for _ in range(200):
        if children := found():
            return list(children)
        time.sleep(0.05)
    raise AssertionError("no worker started")
