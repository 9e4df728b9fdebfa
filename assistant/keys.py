"""Where keys are kept: in the settings, and in a file that a running server follows."""

from __future__ import annotations

import fcntl
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.errors import BadKeys
from assistant.gate import Key, digest_of
from ingest.types import Audience

_KEYS = TypeAdapter(tuple[Key, ...])
_HASHED = "sha256:"
_NAME = re.compile(r"[\w.@-]{1,64}")


def keys_of_settings(entries: Sequence[str]) -> tuple[Key, ...]:
    """The staff keys of `LIAISON_STAFF_KEYS`; each is the key itself, or `sha256:` and its SHA-256 in hexadecimal.

    Raises:
        BadKeys: something else follows `sha256:`.
    """
    return tuple(Key(f"setting-{place}", _digest(entry), Audience.STAFF) for place, entry in enumerate(entries, 1))


def _digest(entry: str) -> str:
    if not entry.startswith(_HASHED):
        return digest_of(entry)
    digest = entry.removeprefix(_HASHED).lower()
    if not re.fullmatch("[0-9a-f]{64}", digest):
        raise BadKeys("LIAISON_STAFF_KEYS: 64 hexadecimal digits must follow `sha256:`")
    return digest


@dataclass(frozen=True, slots=True)
class _Seen:
    """The keys of a file as it was when its stamp was taken."""

    stamp: tuple[int, int, int]
    keys: tuple[Key, ...]


class KeyFile:
    """A file of keys, readable by its owner alone; a change is seen by every process that has it open."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: _Seen | None = None

    def keys(self) -> tuple[Key, ...]:
        """The keys in the file as it is now; none where there is no file.

        Raises:
            BadKeys: the file cannot be read.
        """
        try:
            status = self._path.stat()
            stamp = (status.st_ino, status.st_mtime_ns, status.st_size)
            seen = self._seen
            if seen is None or seen.stamp != stamp:
                self._seen = seen = _Seen(stamp, _KEYS.validate_json(self._path.read_bytes()))
        except FileNotFoundError:
            return ()
        except (OSError, ValidationError) as error:
            raise BadKeys(f"{self._path} is no file of keys: restore it, or remove it and create new keys") from error
        return seen.keys

    def create(self, name: str, audience: Audience, expires: date | None, today: date) -> str:
        """A new key, which is told this once.

        Raises:
            BadKeys: the name is taken, or is not made of at most 64 letters, digits, `_`, `.`, `@` and `-`.
        """
        if not _NAME.fullmatch(name):
            raise BadKeys(f"{name!r} is no name for a key: use at most 64 letters, digits, `_`, `.`, `@` and `-`")
        with self._held():
            keys = self.keys()
            if any(key.name == name for key in keys):
                raise BadKeys(f"there is a key {name!r} already: revoke it first, or choose another name")
            secret = f"liaison-{secrets.token_urlsafe(32)}"
            self._write((*keys, Key(name, digest_of(secret), audience, today, expires)))
        return secret

    def revoke(self, name: str) -> None:
        """Takes a key back; whoever holds it is refused from then on.

        Raises:
            BadKeys: there is no key of that name.
        """
        with self._held():
            keys = self.keys()
            left = tuple(key for key in keys if key.name != name)
            if left == keys:
                raise BadKeys(f"there is no key {name!r}: `python -m assistant keys list` names those there are")
            self._write(left)

    def _write(self, keys: tuple[Key, ...]) -> None:
        """Replaces the file in one step, so that no reader meets half of it."""
        draft = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(_KEYS.dump_json(keys, indent=2))
        draft.replace(self._path)

    @contextmanager
    def _held(self) -> Iterator[None]:
        """One writer at a time."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)
