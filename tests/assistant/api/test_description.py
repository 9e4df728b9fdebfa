from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from assistant.api import create_app
from assistant.api.description import operations
from assistant.settings import AssistantSettings

SCHEMA = create_app(lambda: pytest.fail("not opened"), AssistantSettings()).openapi()
OPERATIONS = [pytest.param(*one, id=f"{one[1].upper()} {one[0]}") for one in operations(SCHEMA)]


def referred(value: Any) -> Iterator[str]:
    """Every reference below a value."""
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for part in value.values():
            yield from referred(part)
    elif isinstance(value, list):
        for part in value:
            yield from referred(part)


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS)
def test_every_operation_says_what_it_does_takes_and_gives(path: str, method: str, operation: dict[str, Any]) -> None:
    assert operation["summary"]
    assert operation["description"]
    success = next(told for code, told in operation["responses"].items() if code.startswith("2"))
    contents = success.get("content", {}).values()
    assert all(content.get("schema") != {} for content in contents), "the response has no schema"
    assert "requestBody" in operation or method == "get"


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS)
def test_every_operation_tells_its_errors(path: str, method: str, operation: dict[str, Any]) -> None:
    codes = set(operation["responses"])
    assert codes >= {"401", "429", "500", "503"}
    if method == "post":
        assert "413" in codes
    for code, told in operation["responses"].items():
        if code >= "400":
            assert set(told["content"]) <= {"application/problem+json", "application/json"}
            assert list(referred(told)) in (["#/components/schemas/Problem"], ["#/components/schemas/OpenAIErrorBody"])


def test_every_body_has_an_example() -> None:
    bodies = [operation["requestBody"] for _, _, operation in operations(SCHEMA) if "requestBody" in operation]
    assert bodies
    for body in bodies:
        name = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        assert SCHEMA["components"]["schemas"][name]["examples"], name


def test_every_reference_leads_somewhere() -> None:
    for reference in referred(SCHEMA):
        assert reference.rpartition("/")[2] in SCHEMA["components"]["schemas"], reference


def test_the_events_of_the_stream_are_described() -> None:
    stream = SCHEMA["paths"]["/chat"]["post"]["responses"]["200"]["content"]["text/event-stream"]
    named = [one["properties"]["event"]["const"] for one in stream["itemSchema"]["oneOf"]]
    assert named == ["status", "citation", "token", "answer", "error"]
