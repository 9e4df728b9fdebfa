"""The one access gate: who a request comes from, and so what it may see."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.types import Audience

# What a client that insists on a key sends for a reader who has none: what we tell people to write, and what the
# command line `llm` sends by itself.
NO_KEYS = frozenset({"public", "DUMMY_KEY"})


class WrongKey(Exception):
    """A key that is not known or has expired; it gives nothing at all, not even what is public."""


@dataclass(frozen=True, slots=True)
class Key:
    """What its bearer may see and until which day, that day included; of the key itself only the SHA-256 is kept."""

    name: str
    digest: str
    audience: Audience
    created: date | None = None
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks: what they may see, and the name of their key if they have one."""

    audience: Audience
    key: str | None = None


class Gate:
    """Knows the keys by their digests; asks for them at every request, so that a change counts at once."""

    def __init__(self, keys: Callable[[], Sequence[Key]], today: Callable[[], date] = date.today) -> None:
        self._keys, self._today = keys, today

    def reader(self, authorization: str | None) -> Reader:
        """The bearer of a key, or a public reader without one; every comparison takes the same time.

        Raises:
            WrongKey: a key is given that is not known, has expired, or is not given as `Bearer …`.
        """
        if authorization is None:
            return Reader(Audience.PUBLIC)
        scheme, _, key = authorization.partition(" ")
        if scheme.lower() == "bearer" and key.strip() in NO_KEYS:
            return Reader(Audience.PUBLIC)
        given = digest_of(key.strip())
        known = [held for held in self._keys() if hmac.compare_digest(given, held.digest)]
        if scheme.lower() != "bearer" or not known or self._expired(known[0]):
            raise WrongKey("the key is not known: leave it out to read what is public")
        return Reader(known[0].audience, known[0].name)

    def _expired(self, key: Key) -> bool:
        return key.expires is not None and key.expires < self._today()


def digest_of(key: str) -> str:
    """The SHA-256 of a key, in hexadecimal; keys are long and random, so a slow hash would protect nothing more."""
    return hashlib.sha256(key.encode()).hexdigest()
