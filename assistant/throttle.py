"""How often a reader may ask: a moving window for each key and each address, in memory or in Redis."""

from __future__ import annotations

import logging
import math
import time

from limits import RateLimitItem, parse
from limits.errors import ConfigurationError, StorageError
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from assistant.errors import BadLimits

_OFF = "off"
_log = logging.getLogger(__name__)


class Throttle:
    """Counts what each reader asks for; with the rate `off` nothing is counted.

    Raises:
        BadLimits: the rate or the address of the store is malformed.
    """

    def __init__(self, rate: str, store: str) -> None:
        self._rate = None if rate == _OFF else _parsed(rate)
        try:
            self._window = MovingWindowRateLimiter(storage_from_string(store, wrap_exceptions=True))
        except ConfigurationError as error:
            raise BadLimits(
                f"LIAISON_LIMIT_STORE: {error} (use `memory://`, or `redis://…` with `pip install liaison[redis]`)"
            ) from error

    def seconds_to_wait(self, sort: str, reader: str, times: int) -> int:
        """0 where the reader may ask once more, which is counted; else after how many seconds it may ask again.

        `times` the rate is allowed for this sort of request. A store that is out of reach stops nobody.
        """
        if self._rate is None:
            return 0
        allowed = type(self._rate)(self._rate.amount * times, self._rate.multiples)
        try:
            if self._window.hit(allowed, sort, reader):
                return 0
            again = self._window.get_window_stats(allowed, sort, reader).reset_time
        except StorageError as error:
            _log.warning("requests are not limited, the store cannot be reached: %s", error)
            return 0
        return max(1, math.ceil(again - time.time()))


def _parsed(rate: str) -> RateLimitItem:
    try:
        return parse(rate)
    except ValueError as error:
        raise BadLimits(f"LIAISON_RATE_LIMIT: {rate!r} is no rate: write `60/minute`, or `off`") from error
