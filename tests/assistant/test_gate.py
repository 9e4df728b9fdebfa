from __future__ import annotations

from datetime import date, timedelta

import pytest

from assistant.gate import Gate, Key, Reader, WrongKey, digest_of
from ingest.types import Audience

TODAY = date(2026, 6, 1)
KEYS = [
    Key("desk", digest_of("one"), Audience.STAFF),
    Key("partner", digest_of("two"), Audience.PUBLIC, expires=TODAY),
    Key("left", digest_of("three"), Audience.STAFF, expires=TODAY - timedelta(days=1)),
]
GATE = Gate(lambda: KEYS, lambda: TODAY)


@pytest.mark.parametrize("header", [None, "Bearer public", "Bearer DUMMY_KEY"])
def test_no_key_is_public(header: str | None) -> None:
    assert GATE.reader(header) == Reader(Audience.PUBLIC)


@pytest.mark.parametrize("header", ["Bearer one", "bearer one", "Bearer  one "])
def test_a_staff_key_is_staff(header: str) -> None:
    assert GATE.reader(header) == Reader(Audience.STAFF, "desk")


def test_a_key_counts_on_its_last_day() -> None:
    assert GATE.reader("Bearer two") == Reader(Audience.PUBLIC, "partner")


@pytest.mark.parametrize("header", ["Bearer four", "Bearer three", "Bearer ", "", "one", "Basic one", "Bearer one,two"])
def test_a_wrong_or_expired_key_gives_nothing_at_all(header: str) -> None:
    with pytest.raises(WrongKey) as caught:
        GATE.reader(header)
    assert "three" not in str(caught.value)


def test_without_keys_no_key_is_right() -> None:
    with pytest.raises(WrongKey):
        Gate(tuple).reader("Bearer ")
