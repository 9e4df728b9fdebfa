"""The worker's side of `workers`: reads files and draws pages, as standard input asks, under limits of the kernel.

Run as `python -c "from ingest.load.worker import serve; serve()" SECONDS MEMORY_BYTES`.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import sys
from pathlib import Path
from typing import BinaryIO

from ingest.errors import RefusedFile
from ingest.load.formats import draw, read
from ingest.load.picture import Drawing, Picture
from ingest.types import Parsed

Request = Path | Drawing

READY = "ready"
OUT_OF_MEMORY = 77  # exit code


def serve() -> None:
    """Answers each path with what the file says, each drawing with its picture, or why not, until standard input ends.

    A file that takes too long ends the process by an alarm that no library can hold up, and so does one that takes too
    much memory: a process that ran out once is not to be trusted with the next file.
    """
    seconds, memory_bytes = float(sys.argv[1]), int(sys.argv[2])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    with _own_output() as answers:
        _send(answers, READY)
        while (request := _next(sys.stdin.buffer)) is not None:
            signal.setitimer(signal.ITIMER_REAL, seconds)
            try:
                answer = _answer(request)
            except MemoryError:
                os._exit(OUT_OF_MEMORY)
            signal.setitimer(signal.ITIMER_REAL, 0)
            _send(answers, answer)


def _own_output() -> BinaryIO:
    """Standard output for answers alone: what a library prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _next(requests: BinaryIO) -> Request | None:
    try:
        request: Request = pickle.load(requests)
    except EOFError:
        return None
    return request


def _answer(request: Request) -> Parsed | Picture | RefusedFile:
    try:
        return draw(request) if isinstance(request, Drawing) else read(request)
    except RefusedFile as refused:
        return refused


def _send(answers: BinaryIO, answer: object) -> None:
    pickle.dump(answer, answers, protocol=pickle.HIGHEST_PROTOCOL)
    answers.flush()
