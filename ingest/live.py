"""An index that follows its syncs: a reader of the newest generation, changed over without a pause."""

from __future__ import annotations

import ctypes
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ingest.errors import IngestError
from ingest.index import IndexReader

_POLL_SECONDS = 0.5
_log = logging.getLogger(__name__)


class LiveIndex:
    """Gives out the newest reader; an older one is closed when its last user is done.

    `open_newest` opens a reader, `generation` asks the catalog for the newest generation.
    """

    def __init__(self, open_newest: Callable[[], IndexReader], generation: Callable[[], int]) -> None:
        self._open_newest, self._generation = open_newest, generation
        self._lock = threading.Lock()
        self._users: dict[IndexReader, int] = {}
        self._newest = open_newest()
        self._stopped = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="index-watcher", daemon=True)
        self._watcher.start()

    @contextmanager
    def reader(self) -> Iterator[IndexReader]:
        """The newest reader, which stays open and as it is until the block ends."""
        with self._lock:
            reader = self._newest
            self._users[reader] = self._users.get(reader, 0) + 1
        try:
            yield reader
        finally:
            with self._lock:
                self._users[reader] -= 1
            self._close_if_left(reader)

    def close(self) -> None:
        """Stops following and closes the reader."""
        self._stopped.set()
        self._watcher.join()
        self._newest.close()

    def _watch(self) -> None:
        while not self._stopped.wait(_POLL_SECONDS):
            try:
                if self._generation() != self._newest.generation:
                    self._change_over(self._open_newest())
            except IngestError as error:
                _log.warning("the index changed and cannot be opened yet: %s", error)

    def _change_over(self, newest: IndexReader) -> None:
        with self._lock:
            old, self._newest = self._newest, newest
        self._close_if_left(old)
        _log.info("generation %d is served", newest.generation)

    def _close_if_left(self, reader: IndexReader) -> None:
        with self._lock:
            in_use = self._users.get(reader, 0) > 0
            if in_use or reader is self._newest:
                return
            self._users.pop(reader, None)
        reader.close()
        _give_back_memory()


def _give_back_memory() -> None:
    """Hands freed memory back to the system, which glibc otherwise keeps: a closed index may be hundreds of MB."""
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    except (OSError, AttributeError):
        _log.debug("no malloc_trim on this system")
