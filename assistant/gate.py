"""The one access gate: who a request comes from, and so what it may see."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence

from ingest.types import Audience


class WrongKey(Exception):
    """A key that is not known; it gives nothing at all, not even what is public."""


class Gate:
    """Knows the staff keys, as digests only."""

    def __init__(self, staff_keys: Sequence[str]) -> None:
        self._digests = tuple(_digest(key) for key in staff_keys)

    def audience(self, authorization: str | None) -> Audience:
        """Staff for the bearer of a staff key, public without a key; every comparison takes the same time.

        Raises:
            WrongKey: a key is given that is not known, or not as `Bearer …`.
        """
        if authorization is None:
            return Audience.PUBLIC
        scheme, _, key = authorization.partition(" ")
        given = _digest(key.strip())
        known = [hmac.compare_digest(given, digest) for digest in self._digests]
        if scheme.lower() != "bearer" or not any(known):
            raise WrongKey("the key is not known: leave it out to read what is public")
        return Audience.STAFF


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
