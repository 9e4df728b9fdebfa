from __future__ import annotations

import pytest

from assistant.gate import Gate, WrongKey
from ingest.types import Audience

GATE = Gate(["one", "two"])


def test_no_key_is_public() -> None:
    assert GATE.audience(None) is Audience.PUBLIC


@pytest.mark.parametrize("header", ["Bearer one", "bearer two", "Bearer  two "])
def test_a_staff_key_is_staff(header: str) -> None:
    assert GATE.audience(header) is Audience.STAFF


@pytest.mark.parametrize("header", ["Bearer three", "Bearer ", "", "one", "Basic one", "Bearer one,two"])
def test_a_wrong_key_gives_nothing_at_all(header: str) -> None:
    with pytest.raises(WrongKey):
        GATE.audience(header)


def test_without_staff_keys_no_key_is_right() -> None:
    with pytest.raises(WrongKey):
        Gate([]).audience("Bearer ")
