"""Servers for clients that speak over the wire: an application, or the whole program; each starts and stops in time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import uvicorn

_STARTED_WITHIN = 120.0  # seconds; a machine may have other things to do
_STOPPED_WITHIN = 60.0
_ADDRESS = re.compile(r"running on (http://\S+)")


@contextmanager
def serving(application: Any) -> Iterator[str]:
    """The address of the application while it is served."""
    config = uvicorn.Config(application, port=0, log_config=None, access_log=False, timeout_graceful_shutdown=5)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + _STARTED_WITHIN
    while not server.started and thread.is_alive() and time.monotonic() < until:
        time.sleep(0.01)
    try:
        assert server.started, "the server did not start"
        host, port = server.servers[0].sockets[0].getsockname()[:2]
        yield f"http://{host}:{port}"
    finally:
        server.should_exit = True
        thread.join(_STOPPED_WITHIN)
        assert not thread.is_alive(), "the server did not stop"


@dataclass(frozen=True)
class Program:
    """The program in a process of its own: where it answers, and what it has logged so far."""

    url: str
    process: subprocess.Popen[bytes]
    _log: IO[bytes]

    @property
    def log(self) -> str:
        return _written(self._log)


@contextmanager
def program(index: Path, **settings: str) -> Iterator[Program]:
    """`python -m assistant serve` over an index, from when it is ready; it ends with the block, by force if need be.

    Its port is its own choice: one that was found free beforehand may be taken by the time it is wanted.
    """
    command = [sys.executable, "-m", "assistant", "serve", "--index", str(index), "--port", "0"]
    environment = {**os.environ, "LIAISON_LOG_FORMAT": "text", **settings}
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=log)
        try:
            yield Program(_address(process, log), process, log)
        finally:
            process.terminate()
            try:
                process.wait(_STOPPED_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _address(process: subprocess.Popen[bytes], log: IO[bytes]) -> str:
    """Where a program that was started answers, told by its log once it does."""
    until = time.monotonic() + _STARTED_WITHIN
    while process.poll() is None and time.monotonic() < until:
        if said := _ADDRESS.search(_written(log)):
            return said[1]
        time.sleep(0.05)
    raise AssertionError(f"the program did not start:\n{_written(log)}")


def _written(log: IO[bytes]) -> str:
    """What stands in a file, without moving the place where its process writes on."""
    return os.pread(log.fileno(), os.fstat(log.fileno()).st_size, 0).decode()
