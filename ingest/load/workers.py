"""Reads many files at once, each in a worker process that a bad file can end without harm to the others."""

from __future__ import annotations

import os
import pickle
import resource
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Generator, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Semaphore, Thread
from typing import IO

from ingest.errors import IngestError, Refusal, RefusedFile
from ingest.load.formats import reader_of
from ingest.load.worker import OUT_OF_MEMORY, READY, Request
from ingest.types import Parsed

Read = tuple[Path, Parsed | RefusedFile]

_AHEAD = 16  # files for each worker that may be read before anyone asks for them
_ROOT = str(Path(__file__).resolve().parents[2])
_START = f"import sys; sys.path.insert(0, {_ROOT!r}); from ingest.load.worker import serve; serve()"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: bytes on disk, seconds, and bytes of memory in its worker."""

    max_bytes: int
    seconds: float
    memory_bytes: int


def read_all(paths: Iterable[Path], *, limits: Limits, workers: int) -> Generator[Read, None, None]:
    """Each file with what it says or why it was refused, as soon as it is read; the largest start first.

    A file that hangs, crashes its worker or takes too much memory is refused; its worker is replaced and the others go
    on. Workers are reused, and end with this iteration or with this process.
    """
    sized: list[tuple[int, Path]] = []
    for path in paths:
        size = _size(path, limits)
        if isinstance(size, RefusedFile):
            yield path, size
        else:
            sized.append((size, path))
    sized.sort(key=lambda each: -each[0])
    crew = _Crew(limits, deque(path for _, path in sized), Semaphore(workers * _AHEAD))
    crew.start(min(workers, len(sized)))
    try:
        for _ in sized:
            yield crew.next()
    finally:
        crew.dismiss()


def _size(path: Path, limits: Limits) -> int | RefusedFile:
    try:
        reader_of(path)
        size = path.stat().st_size
    except RefusedFile as refused:
        return refused
    except OSError as error:
        return RefusedFile(Refusal.CORRUPT, f"it cannot be read: {error.strerror}")
    if size > limits.max_bytes:
        return RefusedFile(Refusal.TOO_LARGE, f"{size:,} bytes; the limit is {limits.max_bytes:,}")
    return size


@dataclass(slots=True)
class _Crew:
    """Threads that each keep one worker process busy with the files that wait."""

    limits: Limits
    waiting: deque[Path]
    room: Semaphore
    results: SimpleQueue[Read | IngestError | None] = field(default_factory=SimpleQueue)
    workers: list[Worker] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)
    ended: int = 0

    def start(self, count: int) -> None:
        """Sets so many workers to work."""
        self.workers = [Worker(self.limits) for _ in range(count)]
        self.threads = [Thread(target=self._work, args=(worker,), daemon=True) for worker in self.workers]
        for thread in self.threads:
            thread.start()

    def next(self) -> Read:
        """The next file that is done."""
        while (result := self.results.get()) is None:
            self.ended += 1
            if self.ended == len(self.threads):
                raise IngestError("reading files broke down; the error output says why")
        if isinstance(result, IngestError):
            raise result
        self.room.release()
        return result

    def dismiss(self) -> None:
        """Ends all workers, at whatever they are."""
        self.waiting.clear()
        for worker in self.workers:
            worker.kill()
            self.room.release()
        for thread in self.threads:
            thread.join()

    def _path(self) -> Path | None:
        """The next file to read, as soon as there is room for what it says."""
        self.room.acquire()
        try:
            return self.waiting.popleft()
        except IndexError:
            return None

    def _work(self, worker: Worker) -> None:
        try:
            while path := self._path():
                self.results.put((path, worker.read(path)))
        except IngestError as error:
            self.results.put(error)
        finally:
            worker.kill()
            worker.bury()
            self.results.put(None)  # whoever waits for a result must not wait for ever


@dataclass(slots=True)
class Worker:
    """A worker process, started when it is first needed and again after a file ended it."""

    limits: Limits
    process: subprocess.Popen[bytes] | None = None
    dismissed: bool = False
    lock: Lock = field(default_factory=Lock)

    def read(self, path: Path) -> Parsed | RefusedFile:
        """What a file says, or why it was refused."""
        answer = self.ask(path)
        assert isinstance(answer, Parsed | RefusedFile)
        return answer

    def ask(self, request: Request) -> object:
        """The answer of the process to a request, or why the file was refused."""
        process = self.process or self._started()
        try:
            pickle.dump(request, _pipe(process.stdin))
            _pipe(process.stdin).flush()
            return pickle.load(_pipe(process.stdout))
        except (EOFError, BrokenPipeError, pickle.UnpicklingError):
            return self._obituary(process)

    def kill(self) -> None:
        """Ends the process, if there is one, and starts no other."""
        with self.lock:
            self.dismissed = True
            if self.process:
                self.process.kill()

    def bury(self) -> None:
        """Waits for the end of the process and closes its pipes."""
        process, self.process = self.process, None
        if process:
            process.wait()
            with suppress(BrokenPipeError):
                _pipe(process.stdin).close()
            _pipe(process.stdout).close()

    def _started(self) -> subprocess.Popen[bytes]:
        command = [
            sys.executable,
            "-P",
            "-W",
            "ignore",
            "-c",
            _START,
            str(self.limits.seconds),
            str(self.limits.memory_bytes),
        ]
        with self.lock:
            if self.dismissed:
                raise IngestError("reading was given up")
            try:
                process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            except OSError as error:
                raise IngestError(f"a process for reading files could not be started: {error}") from error
            self.process = process
        with suppress(EOFError):
            if pickle.load(_pipe(process.stdout)) == READY:
                return process
        raise IngestError("a process for reading files did not start; its error output says why")

    def _obituary(self, process: subprocess.Popen[bytes]) -> RefusedFile:
        """Why a file ended its worker, told by how the worker ended."""
        peak = self._reaped(process)
        self.bury()
        code = process.returncode
        if code == -signal.SIGALRM:
            return RefusedFile(Refusal.TIMED_OUT, f"reading it takes more than {self.limits.seconds:g} seconds")
        # A library that is refused memory crashes, near the limit or stopped by the kernel.
        if code in (OUT_OF_MEMORY, -signal.SIGKILL) or (code < 0 and peak > self.limits.memory_bytes // 2):
            limit = self.limits.memory_bytes >> 20
            return RefusedFile(Refusal.TOO_LARGE, f"reading it takes more than {limit:,} MB of memory")
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return RefusedFile(Refusal.CORRUPT, f"its reader broke down on it ({how})")

    def _reaped(self, process: subprocess.Popen[bytes]) -> int:
        """Peak memory of the process in bytes, 0 where it is not known to be the process's own.

        It is waited for by hand because only so the kernel says; and the kernel counts from before the process was
        another program than this one, so that no peak below this program's own tells anything.
        """
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except ChildProcessError:  # killed and waited for by another thread meanwhile
            return 0
        process.returncode = os.waitstatus_to_exitcode(status)
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return usage.ru_maxrss * 1024 if usage.ru_maxrss > own else 0


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe
