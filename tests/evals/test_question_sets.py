"""The schema of question sets, and the committed sets held to the corpus."""

from __future__ import annotations

import json
import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import fields
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from assistant.types import AnswerStatus, Turn
from evals.errors import BadQuestionSet
from evals.metrics.wording import says
from evals.question_sets import case_as_json, case_from_json, read_cases
from evals.types import Case, Place
from ingest.catalog import Catalog
from ingest.folder import folder_of
from ingest.settings import IndexSettings
from ingest.sync import sync
from ingest.types import Audience
from tests.conftest import ROOT
from tests.fakes import HashingEmbedder

QUESTIONS = ROOT / "evals" / "questions"
PLAIN_WORDING = ROOT / "evals" / "plain-wording"
FREE_WORDING = ROOT / "evals" / "free-wording"
MESSAGES = ROOT / "evals" / "messages"
GATED = read_cases(QUESTIONS)
CASES = (*GATED, *read_cases(PLAIN_WORDING), *read_cases(FREE_WORDING), *read_cases(MESSAGES))
Sections = Mapping[tuple[str, str, int], str]
WriteSet = Callable[..., Path]


@pytest.fixture
def write_set(tmp_path: Path) -> WriteSet:
    def write(*rows: Mapping[str, object] | str, name: str = "set.jsonl") -> Path:
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return tmp_path / name

    return write


def row(**values: object) -> Mapping[str, object]:
    return {"id": "q1", "question": "Is beam time free?", "expected": ["answered"], **values}


def test_a_line_needs_id_question_and_expected(write_set: WriteSet) -> None:
    (case,) = read_cases(write_set(row()))
    assert case == Case("q1", "Is beam time free?", (AnswerStatus.ANSWERED,), purpose="set")
    assert case.audience is Audience.PUBLIC


def test_short_forms_are_written_out(write_set: WriteSet) -> None:
    line = row(id=7, expected="partial", facts=["CHF 50"], forbidden="secret", relevant=["policy"], as_of=None)
    (case,) = read_cases(write_set(line))
    assert (case.id, case.expected, case.facts) == ("7", (AnswerStatus.PARTIAL,), (("CHF 50",),))
    assert (case.forbidden, case.relevant, case.as_of) == (("secret",), (Place("policy"),), None)


def test_every_field_is_read(write_set: WriteSet) -> None:
    line = row(
        language="nl",
        as_of="2018-01-31",
        audience="staff",
        history=[{"role": "user", "content": "Hello?"}],
        relevant=[{"document": "policy", "section": "A › B", "page": 2, "grade": 2}],
        checked="2026-01-02",
    )
    (case,) = read_cases(write_set(line))
    assert (case.as_of, case.checked, case.history) == (date(2018, 1, 31), date(2026, 1, 2), (Turn("user", "Hello?"),))
    assert case.relevant == (Place("policy", "A › B", 2, 2),)
    assert case_from_json(case_as_json(case)) == case


@pytest.mark.parametrize(
    ("second", "complaint"),
    [
        pytest.param("{", "set.jsonl:2: (line): not JSON", id="no JSON"),
        pytest.param("[]", "set.jsonl:2: (line): a JSON object", id="no object"),
        pytest.param({"id": "q2", "question": "Why?"}, "set.jsonl:2: expected: ", id="a field is missing"),
        pytest.param(row(id="q2", expected=[]), "set.jsonl:2: expected: must not be empty", id="nothing expected"),
        pytest.param(row(id="q2", expected=["yes"]), "set.jsonl:2: expected.0: ", id="no such status"),
        pytest.param(row(id="q2", question=" "), "set.jsonl:2: question: must not be empty", id="no question"),
        pytest.param(row(id="q2", as_of="yesterday"), "set.jsonl:2: as_of: ", id="no date"),
        pytest.param(row(id="q2", audience="all"), "set.jsonl:2: audience: ", id="no such audience"),
        pytest.param(row(id="q2", relevant=[{"page": 1}]), "set.jsonl:2: relevant.0.document: ", id="no document"),
        pytest.param(row(id="q2", history=[{"role": "x", "content": ""}]), "set.jsonl:2: history.0.role: ", id="role"),
        pytest.param(row(), "set.jsonl:2: id: q1 is the id of an earlier question too", id="twice"),
    ],
)
def test_a_malformed_line_is_named_by_file_line_and_field(write_set: WriteSet, second: Any, complaint: str) -> None:
    with pytest.raises(BadQuestionSet) as raised:
        read_cases(write_set(row(), second))
    assert complaint in str(raised.value)


def test_an_unknown_field_is_left_out_with_a_warning(write_set: WriteSet, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        read_cases(write_set(row(forbiden=["x"])))
    assert "set.jsonl:1: forbiden: no such field" in caplog.text


def test_a_folder_is_all_its_files_and_an_id_is_its_own_in_all_of_them(write_set: WriteSet, tmp_path: Path) -> None:
    write_set(row(), name="a.jsonl")
    write_set(row(id="q2"), name="b.jsonl")
    assert [(case.id, case.purpose) for case in read_cases(tmp_path)] == [("q1", "a"), ("q2", "b")]
    write_set(row(), name="c.jsonl")
    with pytest.raises(BadQuestionSet, match=r"c\.jsonl:1: id: q1"):
        read_cases(tmp_path)


def test_a_missing_or_empty_set_is_told(tmp_path: Path, write_set: WriteSet) -> None:
    with pytest.raises(BadQuestionSet, match="is missing"):
        read_cases(tmp_path / "gone")
    with pytest.raises(BadQuestionSet, match=r"holds no \*\.jsonl"):
        read_cases(tmp_path)
    with pytest.raises(BadQuestionSet, match="holds no question"):
        read_cases(write_set(""))


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    settings = IndexSettings(index=tmp_path_factory.mktemp("index"))
    sync(folder_of(ROOT / "corpus", settings), settings, HashingEmbedder(), date(2026, 11, 21))
    with closing(Catalog.open(settings.index, None)) as opened:
        yield opened


@pytest.fixture(scope="module")
def sections(catalog: Catalog) -> Sections:
    """The text of every section by document, heading path and page."""
    texts: dict[tuple[str, str, int], str] = defaultdict(str)
    versions = catalog.snapshot().timeline.versions
    for stored in catalog.chunks_of(versions):
        parts = iter(stored.chunk.text)
        for span in stored.chunk.spans:
            where = (versions[stored.version].document, stored.chunk.section, span.page)
            texts[where] += "".join(islice(parts, span.end - span.start)) + next(parts, "\n")
    return texts


@pytest.mark.parametrize(
    "path",
    sorted(path for folder in (QUESTIONS, PLAIN_WORDING, FREE_WORDING) for path in folder.glob("*.jsonl")),
    ids=lambda path: path.stem,
)
def test_no_committed_line_has_an_unknown_field(path: Path) -> None:
    known = {field.name for field in fields(Case)}
    for line in path.read_text(encoding="utf-8").splitlines():
        assert set(json.loads(line)) <= known


def test_every_relevant_place_is_a_section_of_the_corpus(sections: Sections) -> None:
    named = {(case.id, place.document, place.section, place.page) for case in CASES for place in case.relevant}
    assert not [where for where in named if where[1:] not in sections]


def test_every_expected_fact_stands_in_a_relevant_place(sections: Sections) -> None:
    lost = [
        (case.id, forms)
        for case in CASES
        for forms in case.facts
        if not any(says(_text(sections, place), form) for place in case.relevant for form in forms)
    ]
    assert not lost


def test_every_place_of_the_best_grade_says_one_of_the_facts(sections: Sections) -> None:
    idle = [
        (case.id, place.document, place.section)
        for case in CASES
        for place in case.relevant
        if place.grade == max(p.grade for p in case.relevant)
        and not any(says(_text(sections, place), form) for forms in case.facts for form in forms)
    ]
    assert not idle


def test_what_is_forbidden_is_not_asked() -> None:
    assert not [case.id for case in CASES for form in case.forbidden if says(case.question, form)]


def test_what_staff_alone_may_see_is_asked_for_by_staff_alone(catalog: Catalog) -> None:
    timeline = catalog.snapshot().timeline
    public = {d for d in timeline.documents if timeline.audience(d) is Audience.PUBLIC}
    for case in CASES:
        if case.audience is Audience.PUBLIC:
            assert {place.document for place in case.relevant} <= public, case.id


def test_every_answerable_question_says_where_and_what_the_answer_is() -> None:
    for case in CASES:
        assert not case.answerable or (case.facts and case.relevant), case.id
        assert case.language, case.id
        assert case.topic, case.id
        assert case.persona, case.id
        assert case.checked, case.id


def test_the_sets_are_large_enough_for_every_purpose() -> None:
    purposes = Counter(case.purpose for case in GATED)
    languages = Counter(case.language for case in GATED)
    topics = Counter(case.topic for case in GATED)
    assert len(GATED) >= 250
    assert set(purposes) == {
        "answerable", "unanswerable", "out-of-scope", "follow-ups", "as-of", "conflicting", "cross-language",
        "adversarial", "access",
    }  # fmt: skip
    assert sum(not case.answerable for case in GATED) >= 60
    assert sum(bool(case.history) for case in GATED) >= 30
    assert sum(case.as_of is not None for case in GATED) >= 20
    assert set(languages) == {"en", "nl", "de", "fr", "it"}
    assert min(languages.values()) >= 50
    assert min(topics.values()) >= 5


def _text(sections: Sections, place: Place) -> str:
    return sections.get((place.document, place.section or "", place.page or 0), "")
