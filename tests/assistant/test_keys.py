from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import BadKeys
from assistant.gate import Gate, WrongKey, digest_of
from assistant.keys import KeyFile, keys_of_settings
from ingest.types import Audience

TODAY = date(2026, 6, 1)


@pytest.fixture
def file(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "keys.json")


def test_a_new_key_opens_the_gate_and_a_revoked_one_does_not(file: KeyFile) -> None:
    gate = Gate(file.keys)
    secret = file.create("desk", Audience.STAFF, None, TODAY)
    assert gate.reader(f"Bearer {secret}").audience is Audience.STAFF
    file.revoke("desk")
    with pytest.raises(WrongKey):
        gate.reader(f"Bearer {secret}")


def test_the_file_holds_no_key_and_is_its_owners_alone(file: KeyFile, tmp_path: Path) -> None:
    secret = file.create("desk", Audience.STAFF, None, TODAY)
    path = tmp_path / "keys.json"
    assert secret not in path.read_text()
    assert digest_of(secret) in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_another_process_writes_is_seen(file: KeyFile, tmp_path: Path) -> None:
    assert file.keys() == ()
    KeyFile(tmp_path / "keys.json").create("desk", Audience.STAFF, date(2027, 1, 1), TODAY)
    (key,) = file.keys()
    assert (key.name, key.audience, key.created, key.expires) == ("desk", Audience.STAFF, TODAY, date(2027, 1, 1))


def test_keys_created_at_the_same_moment_are_all_kept(tmp_path: Path) -> None:
    def create(number: int) -> None:
        KeyFile(tmp_path / "keys.json").create(f"key-{number}", Audience.STAFF, None, TODAY)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(create, range(16)))
    assert len(KeyFile(tmp_path / "keys.json").keys()) == 16


@pytest.mark.parametrize("name", ["", "two words", "x" * 65, "a/b"])
def test_a_name_that_is_none_is_refused(file: KeyFile, name: str) -> None:
    with pytest.raises(BadKeys, match="no name for a key"):
        file.create(name, Audience.STAFF, None, TODAY)


def test_a_name_is_given_once_and_an_unknown_one_cannot_be_revoked(file: KeyFile) -> None:
    file.create("desk", Audience.STAFF, None, TODAY)
    with pytest.raises(BadKeys, match="already"):
        file.create("desk", Audience.PUBLIC, None, TODAY)
    with pytest.raises(BadKeys, match="keys list"):
        file.revoke("nobody")


def test_a_damaged_file_opens_nothing_and_is_not_overwritten(file: KeyFile, tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text("{")
    with pytest.raises(BadKeys, match=r"keys\.json"):
        file.keys()
    with pytest.raises(BadKeys, match=r"keys\.json"):
        file.create("desk", Audience.STAFF, None, TODAY)


def test_a_key_of_the_settings_may_be_hidden_behind_its_digest() -> None:
    plain, hidden = keys_of_settings(["one", f"sha256:{digest_of('two')}"])
    gate = Gate(lambda: (plain, hidden))
    assert gate.reader("Bearer one").audience is gate.reader("Bearer two").audience is Audience.STAFF
    with pytest.raises(WrongKey):
        gate.reader(f"Bearer sha256:{digest_of('two')}")
    with pytest.raises(BadKeys, match="LIAISON_STAFF_KEYS"):
        keys_of_settings(["sha256:two"])
