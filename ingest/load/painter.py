"""Draws pages for readers, in one worker process under limits: a file that is served is as strange as one taken in."""

from __future__ import annotations

from threading import Lock

from ingest.errors import RefusedFile
from ingest.load.picture import Drawing, Picture
from ingest.load.workers import Limits, Worker


class Painter:
    """Draws one page at a time; its process starts with the first page and again after a page that ended it."""

    def __init__(self, limits: Limits) -> None:
        self._worker, self._turn = Worker(limits), Lock()

    def paint(self, drawing: Drawing) -> Picture:
        """The picture of a page.

        Raises:
            RefusedFile: it is no PDF, or drawing it takes more time or memory than the limits allow.
        """
        with self._turn:
            answer = self._worker.ask(drawing)
        if isinstance(answer, RefusedFile):
            raise answer
        assert isinstance(answer, Picture)
        return answer

    def close(self) -> None:
        """Ends the process, at whatever it is."""
        self._worker.kill()
        with self._turn:
            self._worker.bury()
