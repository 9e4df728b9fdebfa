"""Answers just given, kept for a reader whose connection broke before they arrived: a second attempt costs nothing."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock

from assistant.types import Answer, Explanation, Question

_MOST = 256
_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Attempt:
    """What an answer is kept under: the name that its reader gave the attempt, what was asked, of which generation.

    All three have to be the same, the audience within the question too: a guessed name tells nothing, and what a sync
    hid since then stays hidden.
    """

    name: str
    question: Question
    generation: int


class Attempts:
    """The last answers, for ten minutes, in the memory of this process alone."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._kept: OrderedDict[Attempt, tuple[float, Answer]] = OrderedDict()

    def keep(self, attempt: Attempt, answer: Answer) -> None:
        """Keeps an answer, without what was considered for it; one without a name is not kept, the oldest ones go."""
        if not attempt.name:
            return
        with self._lock:
            self._kept[attempt] = (self._clock() + _SECONDS, replace(answer, explanation=Explanation()))
            while len(self._kept) > _MOST or next(iter(self._kept.values()))[0] < self._clock():
                self._kept.popitem(last=False)

    def find(self, attempt: Attempt) -> Answer | None:
        """The answer that was given to this attempt, if it was lately."""
        with self._lock:
            until, answer = self._kept.get(attempt, (0.0, None))
        return answer if self._clock() < until else None
