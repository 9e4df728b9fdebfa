"""How much and how often a reader may ask, and what is said where it is too much."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.api import create_app
from assistant.errors import BadLimits
from assistant.settings import AssistantSettings
from assistant.throttle import Throttle
from ingest.settings import IndexSettings
from tests.assistant.conftest import STAFF_KEY, opened
from tests.fakes import HashingEmbedder

STAFF = {"Authorization": f"Bearer {STAFF_KEY}"}


@contextmanager
def limited(library: IndexSettings, **settings: Any) -> Iterator[TestClient]:
    asking = AssistantSettings.model_validate({"staff_keys": STAFF_KEY, **settings})
    with TestClient(create_app(lambda: opened(library, HashingEmbedder()), asking)) as client:
        yield client


def codes(client: TestClient, times: int, path: str = "/search?q=capital", **more: Any) -> list[int]:
    return [client.get(path, **more).status_code for _ in range(times)]


def test_one_question_too_many_is_told_when_to_come_again(library: IndexSettings) -> None:
    with limited(library, rate_limit="2/minute") as client:
        assert codes(client, 2) == [200, 200]
        refused = client.post("/chat", json={"question": "What?"})
    assert (refused.status_code, refused.headers["content-type"]) == (429, "application/problem+json")
    assert 1 <= int(refused.headers["retry-after"]) <= 60


def test_each_key_is_counted_for_itself(library: IndexSettings) -> None:
    with limited(library, rate_limit="2/minute") as client:
        assert codes(client, 3) == [200, 200, 429]
        assert codes(client, 3, headers=STAFF) == [200, 200, 429]


def test_wrong_keys_count_for_their_address(library: IndexSettings) -> None:
    with limited(library, rate_limit="2/minute") as client:
        assert codes(client, 3, headers={"Authorization": "Bearer guess"}) == [401, 401, 429]


def test_reading_is_allowed_ten_times_as_often_and_probes_always(library: IndexSettings) -> None:
    with limited(library, rate_limit="2/minute") as client:
        assert codes(client, 21, "/documents/policy") == [200] * 20 + [429]
        assert codes(client, 30, "/health") == [200] * 30


def test_off_limits_nothing(library: IndexSettings) -> None:
    with limited(library, rate_limit="off") as client:
        assert codes(client, 70) == [200] * 70


def test_a_window_that_has_passed_is_forgotten() -> None:
    throttle = Throttle("1/second", "memory://")
    assert [throttle.seconds_to_wait("ask", "reader", 1) for _ in range(2)] == [0, 1]
    time.sleep(1.1)
    assert throttle.seconds_to_wait("ask", "reader", 1) == 0


@pytest.mark.parametrize(
    ("rate", "store", "setting"),
    [("often", "memory://", "LIAISON_RATE_LIMIT"), ("1/minute", "nowhere://", "LIAISON_LIMIT_STORE")],
)
def test_malformed_limits_are_named(rate: str, store: str, setting: str) -> None:
    with pytest.raises(BadLimits, match=setting):
        Throttle(rate, store)


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Redis: the machine's, or one of its own; without either it is skipped, but in CI it fails."""
    if answers(socket.AF_INET, ("127.0.0.1", 6379)):
        yield "redis://127.0.0.1:6379"
        return
    program = shutil.which("redis-server")
    if program is None:
        assert not os.environ.get("CI"), "CI needs a Redis at 127.0.0.1:6379, or redis-server"
        pytest.skip("no Redis at 127.0.0.1:6379, and no redis-server")
    folder = tmp_path_factory.mktemp("redis")
    place = str(folder / "socket")
    command = [program, "--port", "0", "--unixsocket", place, "--dir", str(folder), "--save", ""]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 30
        while not answers(socket.AF_UNIX, place) and time.monotonic() < until:
            time.sleep(0.05)
        yield f"redis+unix://{place}"
    finally:
        server.kill()  # it has nothing to keep
        server.wait()


def answers(family: socket.AddressFamily, place: Any) -> bool:
    with socket.socket(family) as probe:
        probe.settimeout(2)
        return probe.connect_ex(place) == 0


def test_several_processes_count_together_in_redis(redis: str) -> None:
    one, other, reader = Throttle("2/minute", redis), Throttle("2/minute", redis), uuid.uuid4().hex
    assert [each.seconds_to_wait("ask", reader, 1) > 0 for each in (one, other, one, other)] == [0, 0, 1, 1]


def test_a_reader_goes_to_several_processes_and_is_counted_once(library: IndexSettings, redis: str) -> None:
    settings = AssistantSettings.model_validate({"rate_limit": "3/minute", "limit_store": redis})
    address = (uuid.uuid4().hex, 50_000)
    applications = [create_app(lambda: opened(library, HashingEmbedder()), settings) for _ in range(2)]
    with TestClient(applications[0], client=address) as one, TestClient(applications[1], client=address) as other:
        responses = [each.get("/search?q=capital") for each in (one, other, one, other)]
    assert [response.status_code for response in responses] == [200, 200, 200, 429]
    assert 1 <= int(responses[3].headers["retry-after"]) <= 60


def test_a_store_out_of_reach_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    assert Throttle("1/minute", "redis://127.0.0.1:9").seconds_to_wait("ask", "reader", 1) == 0
    assert "not limited" in caplog.text


LONG = {"role": "user", "content": "x" * 5_001}
TOO_MUCH = {
    "question": {"question": "x" * 2_001},
    "history": {"question": "x", "history": [{"role": "user", "content": "x"}] * 21},
    "history ": {"question": "x", "history": [LONG] * 4},
    "as_of": {"question": "x", "as_of": "soon"},
    "kinds": {"question": "x", "kinds": ["rumour"]},
    "sort": {"question": "x", "sort": "new"},
}


@pytest.mark.parametrize(("field", "body"), TOO_MUCH.items(), ids=TOO_MUCH)
def test_what_is_wrong_with_a_question_is_named_by_its_field(
    client: TestClient, field: str, body: dict[str, Any]
) -> None:
    response = client.post("/chat", json=body)
    problem = response.json()
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    assert problem["errors"][0]["field"].startswith(f"body.{field.strip()}")
    assert problem["detail"].startswith(f"body.{field.strip()}")
    assert "xxx" not in response.text


def test_what_just_fits_is_answered(client: TestClient) -> None:
    turns = [{"role": "user", "content": "x" * 1_000}] * 20
    assert client.post("/chat", json={"question": "y" * 2_000, "history": turns}).status_code == 200


def test_a_body_of_more_than_256_kib_is_413(client: TestClient) -> None:
    body = b'{"question": "' + b"x" * 262_145 + b'"}'
    chunks = (body[start : start + 10_000] for start in range(0, len(body), 10_000))
    for content in (body, chunks):  # with its length told beforehand, and without
        response = client.post("/chat", content=content, headers={"Content-Type": "application/json"})
        assert (response.status_code, response.headers["content-type"]) == (413, "application/problem+json")


def test_a_body_that_is_no_json_is_422(client: TestClient) -> None:
    response = client.post("/chat", content=b"{", headers={"Content-Type": "application/json"})
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")


@pytest.mark.parametrize(("method", "path", "code"), [("GET", "/nothing", 404), ("GET", "/chat", 405)])
def test_what_does_not_exist_is_a_problem_too(client: TestClient, method: str, path: str, code: int) -> None:
    response = client.request(method, path)
    assert (response.status_code, response.json()["status"]) == (code, code)
    assert response.headers["content-type"] == "application/problem+json"
