"""A run as files: what was asked of which program, and what came of each question; scored as often as one likes.

A run folder holds `run.json` (settings, versions, the day), `in_force.json` (which versions were in force for whom on
which day), `outcomes.jsonl` (a question, its whole Answer and its time a line) and `pages.jsonl` (the cited pages).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant.types import Answer, Citation
from evals.errors import BadRun
from evals.question_sets import case_as_json, case_from_json
from evals.types import Case, CitedPage, Found, Outcome, Reply
from ingest.types import Audience

_SETTINGS, _IN_FORCE, _OUTCOMES, _PAGES = "run.json", "in_force.json", "outcomes.jsonl", "pages.jsonl"
_VARIES = {"started", "workers"}  # what may differ when a run is taken up again
_ANSWER, _FOUND, _PAGE = TypeAdapter(Answer), TypeAdapter(tuple[Found, ...] | None), TypeAdapter(CitedPage)
InForce = Mapping[str, frozenset[str]]
PageKey = tuple[Audience, str, str, int]


@dataclass(frozen=True, slots=True)
class Run:
    """A run as read from its folder."""

    folder: Path
    settings: Mapping[str, Any]
    outcomes: tuple[Outcome, ...]
    pages: Mapping[PageKey, str | None]
    in_force: InForce

    def page_text(self, audience: Audience, cited: Citation) -> str | None:
        """The text of a cited page as such a reader opened it; None where that was not possible."""
        return self.pages.get((audience, cited.document, cited.version, cited.page))

    def versions_in_force(self, case: Case) -> frozenset[str]:
        """What was in force for the one who asks, on the day asked for."""
        return self.in_force.get(reader_and_day(case.audience, case.as_of), frozenset())


class RunWriter:
    """Writes a run folder, line by line, so that an interrupted run can be taken up again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pages: set[PageKey] = set()

    def begin(self, settings: Mapping[str, object], in_force: InForce) -> frozenset[str]:
        """Opens the folder for a run, and gives the ids of the questions that are done already.

        Raises:
            BadRun: the folder holds something else, or a run with other settings, questions or documents.
        """
        path = self.folder / _SETTINGS
        if not path.is_file():
            if self.folder.is_dir() and any(self.folder.iterdir()):
                raise BadRun(f"{self.folder} holds something that is no run: name a new folder with `--out DIR`")
            self.folder.mkdir(parents=True, exist_ok=True)
            listed = {name: sorted(versions) for name, versions in in_force.items()}
            _write(self.folder / _IN_FORCE, json.dumps(listed, indent=1))
            _write(path, json.dumps(settings, indent=2, ensure_ascii=False))
        self._require_same(_object(path), settings)
        for name in (_OUTCOMES, _PAGES):
            _drop_half_a_line(self.folder / name)
        self._pages = {key_of(page) for page in _read_pages(self.folder)}
        return frozenset(str(line["id"]) for _, line in _lines(self.folder / _OUTCOMES))

    def add(self, case: Case, reply: Reply, pages: Sequence[CitedPage], milliseconds: float) -> None:
        """Adds what came of a question, its pages first."""
        new = {key_of(page): asdict(page) for page in pages if key_of(page) not in self._pages}
        self._pages.update(new)
        self._append(_PAGES, list(new.values()))
        outcome = {
            "id": case.id,
            "answer": reply.answer,
            "error": reply.error,
            "found": None if reply.found is None else [asdict(found) for found in reply.found],
            "milliseconds": round(milliseconds, 2),
            "case": case_as_json(case),
        }
        self._append(_OUTCOMES, [outcome])

    def _append(self, name: str, lines: Sequence[Mapping[str, object]]) -> None:
        with (self.folder / name).open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)

    def _require_same(self, old: Mapping[str, object], new: Mapping[str, object]) -> None:
        other = [name for name in {*old, *new} - _VARIES if old.get(name) != new.get(name)]
        if other:
            differs = ", ".join(sorted(other))
            raise BadRun(f"{self.folder} holds a run that differs in {differs}: name a new folder with `--out DIR`")


def read_run(folder: Path) -> Run:
    """A run.

    An Answer that has not the agreed form is no fault here: its outcome has none, and says why.

    Raises:
        BadRun: the folder holds no run, or a file of it is damaged; the text names file and line.
    """
    settings = _object(folder / _SETTINGS)
    in_force = {name: frozenset(versions) for name, versions in _object(folder / _IN_FORCE).items()}
    outcomes = tuple(_outcome(line, f"{folder / _OUTCOMES}:{number}") for number, line in _lines(folder / _OUTCOMES))
    if not outcomes:
        raise BadRun(f"{folder / _OUTCOMES} holds no outcome: run `python -m evals run QUESTIONS --out {folder}`")
    pages = {key_of(page): page.text for page in _read_pages(folder)}
    return Run(folder, settings, outcomes, pages, in_force)


def reader_and_day(audience: Audience, day: date | None) -> str:
    """How `in_force.json` names a reader and the day asked for."""
    return f"{audience} {day or 'today'}"


def key_of(page: CitedPage) -> PageKey:
    """What tells a page, as opened by a sort of reader, from all others."""
    return page.audience, page.document, page.version, page.page


def _outcome(line: Mapping[str, Any], where: str) -> Outcome:
    try:
        case = case_from_json(line["case"])
        found = _FOUND.validate_python(line.get("found"))
        milliseconds = float(line["milliseconds"])
    except (KeyError, TypeError, ValueError) as error:
        raise BadRun(f"{where}: not an outcome: {error}") from error
    answer, fault = _answer(line.get("answer"))
    return Outcome(case, answer, str(line.get("error") or fault), found, milliseconds)


def _answer(values: object) -> tuple[Answer | None, str]:
    if values is None:
        return None, "no answer"
    try:
        return _ANSWER.validate_python(values), ""
    except ValidationError as error:
        first = error.errors()[0]
        return None, f"the Answer is malformed: {'.'.join(str(part) for part in first['loc'])}: {first['msg']}"


def _read_pages(folder: Path) -> list[CitedPage]:
    return [_page(line, f"{folder / _PAGES}:{number}") for number, line in _lines(folder / _PAGES)]


def _page(line: Mapping[str, Any], where: str) -> CitedPage:
    try:
        return _PAGE.validate_python(line)
    except ValidationError as error:
        raise BadRun(f"{where}: not a page: {error.errors()[0]['msg']}") from error


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line.strip():
            yield number, _parsed(line, f"{path}:{number}")


def _object(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise BadRun(f"{path} is missing: name a folder that `python -m evals run` wrote")
    return _parsed(path.read_text(encoding="utf-8"), str(path))


def _parsed(text: str, where: str) -> dict[str, Any]:
    try:
        values = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadRun(f"{where}: not JSON: {error.msg}") from error
    if not isinstance(values, dict):
        raise BadRun(f"{where}: a JSON object is expected")
    return values


def _drop_half_a_line(path: Path) -> None:
    """What a killed run was in the middle of writing."""
    if path.is_file():
        whole, _, rest = path.read_bytes().rpartition(b"\n")
        if rest:
            path.write_bytes(whole + b"\n" if whole else b"")


def _write(path: Path, text: str) -> None:
    path.write_text(text + "\n", encoding="utf-8")
