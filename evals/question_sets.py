"""Question sets: JSONL files, one a purpose, one question a line."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from evals.errors import BadQuestionSet
from evals.types import Case, Place

_CASE = TypeAdapter(Case)
_log = logging.getLogger(__name__)


def read_cases(path: Path) -> tuple[Case, ...]:
    """The questions of a file, or of all `*.jsonl` of a folder in the order of their names.

    A line needs `id`, `question` and `expected`. For one status, one form of a fact or one document, a plain string
    does for a list of one. A field that is not known is left out, with a warning.

    Raises:
        BadQuestionSet: there is no such file, or a line is malformed: the text names file, line and field.
    """
    cases: dict[str, Case] = {}
    for file in _files(path):
        for number, case in _cases_of(file):
            if case.id in cases:
                raise BadQuestionSet(f"{file}:{number}: id: {case.id} is the id of an earlier question too")
            cases[case.id] = case
    if not cases:
        raise BadQuestionSet(f"{path} holds no question: one JSON object a line is expected")
    return tuple(cases.values())


def case_as_json(case: Case) -> dict[str, Any]:
    """A case as a line of a file holds it."""
    values: dict[str, Any] = _CASE.dump_python(case, mode="json")
    return values


def case_from_json(values: Mapping[str, Any]) -> Case:
    """The case of a line.

    Raises:
        ValidationError: a field is malformed.
    """
    return _CASE.validate_python(_plain(values))


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        found = sorted(path.glob("*.jsonl"))
        if not found:
            raise BadQuestionSet(f"{path} holds no *.jsonl: name a file, or a folder of question sets")
        return found
    if not path.is_file():
        raise BadQuestionSet(f"{path} is missing: name a file, or a folder of question sets")
    return [path]


def _cases_of(file: Path) -> Iterator[tuple[int, Case]]:
    known = {field.name for field in fields(Case)}
    for number, line in enumerate(file.read_text(encoding="utf-8-sig").split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{file}:{number}"
        values = _object(line, where)
        for name in values.keys() - known:
            _log.warning("%s: %s: no such field, it is left out", where, name)
        yield number, _case({"purpose": file.stem, **values}, where)


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        values = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadQuestionSet(f"{where}: (line): not JSON: {error.msg} at character {error.pos + 1}") from error
    if not isinstance(values, dict):
        raise BadQuestionSet(f"{where}: (line): a JSON object is expected")
    return values


def _case(values: Mapping[str, Any], where: str) -> Case:
    try:
        case = case_from_json(values)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "(line)"
        raise BadQuestionSet(f"{where}: {field}: {first['msg']}") from error
    for name in ("id", "question", "expected"):
        if not getattr(case, name):
            raise BadQuestionSet(f"{where}: {name}: must not be empty")
    return case


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """The line with short forms written out; an absent optional field may be null."""
    line = {name: value for name, value in values.items() if value is not None}
    for name in ("id", "question"):
        if isinstance(line.get(name), str | int):
            line[name] = str(line[name]).strip()
    for name in ("expected", "forbidden"):
        if isinstance(line.get(name), str):
            line[name] = [line[name]]
    if isinstance(line.get("facts"), list):
        line["facts"] = [[forms] if isinstance(forms, str) else forms for forms in line["facts"]]
    if isinstance(line.get("relevant"), list):
        places = line["relevant"]
        line["relevant"] = [Place(place) if isinstance(place, str) else place for place in places]
    return line
