"""The gate is red for what it is there to catch: each regression is planted into the program, over its real corpus."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant import answer, compose, retrieve, understand
from assistant.answer import Assistant
from assistant.cite import PageText, checked
from assistant.context import sentences_of
from assistant.retrieve import Weights
from assistant.settings import AssistantSettings
from assistant.types import Answer, Passage, Question, Statement
from assistant.verify.check import Verdict
from evals.baseline import Baseline, baseline_of
from evals.gate import Ruled, gate
from evals.instance import open_local
from evals.question_sets import read_cases
from evals.run import run
from evals.run_folder import read_run
from evals.score import Marked, marked
from evals.types import Case
from ingest import split
from ingest.embed import open_embedder
from ingest.folder import folder_of
from ingest.settings import IndexSettings
from ingest.sync import sync
from ingest.types import Audience, BlockKind, Chunk
from ingest.validity import Era, Scope, Shelf, Timeline
from tests.conftest import ROOT
from tests.scripted import MODEL, scripted

pytestmark = pytest.mark.slow

ASKED = {"answerable": 4, "as-of": 1, "access": 1, "cross-language": 5, "unanswerable": 4, "out-of-scope": 3}
Plant = pytest.MonkeyPatch


def cases() -> tuple[Case, ...]:
    """Some questions of the sets that the regressions touch, and all of the glossary."""
    asked: dict[str, list[Case]] = {}
    for case in read_cases(ROOT / "evals" / "questions"):
        asked.setdefault(case.purpose, []).append(case)
    every = [case for purpose, step in ASKED.items() for case in asked[purpose][::step]]
    glossary = [case for case in asked["answerable"] if case.topic == "glossary" and case not in every]
    return (*every, *glossary)


CASES = cases()


def synced(corpus: Path, settings: IndexSettings) -> IndexSettings:
    embedder = open_embedder(settings.embedding_model, settings.model_cache)
    sync(folder_of(corpus, settings), settings, embedder, date.today())
    return settings


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> IndexSettings:
    return synced(ROOT / "corpus", IndexSettings(index=tmp_path_factory.mktemp("index")))


def questions(library: IndexSettings, folder: Path, settings: AssistantSettings | None = None) -> tuple[Marked, ...]:
    settings = settings or AssistantSettings()
    with open_local(library, settings) as local:
        run(local, CASES, folder, workers=2, quiet=True)
    return marked(read_run(folder))


@pytest.fixture(scope="module")
def baseline(library: IndexSettings, tmp_path_factory: pytest.TempPathFactory) -> Baseline:
    return baseline_of(questions(library, tmp_path_factory.mktemp("runs") / "whole"))


@pytest.fixture
def again(library: IndexSettings, baseline: Baseline, tmp_path: Path) -> Callable[..., dict[str, Ruled]]:
    """Asks once more, and gives what is red by name."""

    def asked(settings: AssistantSettings | None = None, index: IndexSettings = library) -> dict[str, Ruled]:
        rulings = gate(questions(index, tmp_path / "run", settings), baseline)
        return {ruled.name: ruled for ruled in rulings if ruled.red}

    return asked


Again = Callable[..., dict[str, Ruled]]


def reasons(red: dict[str, Ruled], check: str) -> list[str]:
    """The questions that are red for a check."""
    return [name for name, ruled in red.items() if any(part.startswith(check) for part in ruled.reason.split(" | "))]


def test_nothing_planted_is_green(again: Again) -> None:
    assert again() == {}


def test_a_weight_of_the_fusion_set_to_zero(again: Again, monkeypatch: Plant) -> None:
    weights = Weights(0.0, 1.0)
    monkeypatch.setattr(retrieve, "_READ", weights)
    monkeypatch.setattr(retrieve, "_NOT_READ", weights)
    assert [name for name in again() if name.endswith("@5")]


@pytest.mark.parametrize(
    ("threshold", "figure"),
    [pytest.param(1.0, "false_refusals", id="too high"), pytest.param(0.0, "abstention_recall", id="too low")],
)
def test_a_threshold_that_is_off_by_a_half(again: Again, threshold: float, figure: str) -> None:
    red = again(AssistantSettings(evidence_threshold=threshold))
    assert figure in red
    assert reasons(red, "status")


def after_the_check(monkeypatch: Plant, change: Callable[[Answer], Answer]) -> None:
    """Plants a fault that comes after the program's own check of its citations."""

    def spoilt(given: Answer, page_text: PageText) -> Answer:
        return change(checked(given, page_text))

    monkeypatch.setattr(answer, "checked", spoilt)


def test_a_citation_shifted_by_a_character(again: Again, monkeypatch: Plant) -> None:
    def shifted(given: Answer) -> Answer:
        return replace(given, citations=tuple(replace(c, start=c.start + 1, end=c.end + 1) for c in given.citations))

    after_the_check(monkeypatch, shifted)
    red = again()
    assert "invariants_broken" in red
    assert reasons(red, "invariant quote")


def test_a_citation_of_the_wrong_page(again: Again, monkeypatch: Plant) -> None:
    def turned(given: Answer) -> Answer:
        return replace(given, citations=tuple(replace(c, page=c.page + 1) for c in given.citations))

    after_the_check(monkeypatch, turned)
    red = again()
    assert "invariants_broken" in red
    assert reasons(red, "invariant opens")


def test_a_superseded_version_returned(again: Again, monkeypatch: Plant) -> None:
    def every_era(scope: Scope) -> tuple[Shelf, ...]:
        return tuple(Shelf(Audience.PUBLIC, era) for era in Era)

    def at_any_time(scope: Scope, timeline: Timeline, version_id: str) -> bool:
        version = timeline.versions.get(version_id)
        return version is not None and timeline.may_see(version, scope.audience)

    monkeypatch.setattr(Scope, "shelves", property(every_era))
    monkeypatch.setattr(Scope, "permits", at_any_time)
    red = again()
    assert "invariants_broken" in red
    assert reasons(red, "invariant in force")


def test_a_staff_document_shown_to_the_public(again: Again, monkeypatch: Plant) -> None:
    scope = Assistant.scope

    def for_staff(assistant: Assistant, question: Question) -> Scope:
        return replace(scope(assistant, question), audience=Audience.STAFF)

    monkeypatch.setattr(Assistant, "scope", for_staff)
    red = again()
    assert reasons(red, "invariant opens")
    assert reasons(red, "forbidden")


def test_a_glossary_that_was_removed(again: Again, library: IndexSettings, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    shutil.copytree(ROOT / "corpus", corpus)
    (corpus / "glossary.yaml").unlink()
    red = again(index=synced(corpus, a_copy(library, tmp_path)))
    assert len([name for name in reasons(red, "facts") if name.startswith("answerable-glossary")]) > 5


def test_a_lexicon_that_was_removed(again: Again, library: IndexSettings, tmp_path: Path) -> None:
    without = a_copy(library, tmp_path).model_copy(update={"lexicon": False})
    red = again(index=synced(ROOT / "corpus", without))
    assert "section_recall@5" in red
    assert len([name for name in reasons(red, "facts") if name.startswith("cross-language")]) > 5


def test_a_chunker_that_cuts_sentences(again: Again, tmp_path: Path, monkeypatch: Plant) -> None:
    def units(text: str, kind: BlockKind) -> list[tuple[int, int]]:
        return [(start, min(start + 100, len(text))) for start in range(0, len(text), 100)]

    def packed(pieces: list[Any], *rest: Any) -> Iterator[Chunk]:
        yield from (split._chunk([piece], *rest) for piece in pieces)

    monkeypatch.setattr(split, "_units", units)
    monkeypatch.setattr(split, "_packed", packed)
    red = again(index=synced(ROOT / "corpus", IndexSettings(index=tmp_path / "index")))
    assert "fact_recall" in red
    assert reasons(red, "invariant whole")


LIE = "The documents set a limit of CHF 987,654,321 since 1877. [1]"


def test_a_verification_that_is_off_while_the_model_lies(
    library: IndexSettings, tmp_path: Path, monkeypatch: Plant
) -> None:
    def unchecked(statements: Iterable[Statement], passages: Sequence[Passage], *rest: Any) -> Iterator[Verdict]:
        for statement in statements:
            sources = tuple(sentences_of(passages[number - 1])[0].quoted[0] for number in statement.cited)
            yield Verdict(statement.text, replace(statement, sources=statement.sources or sources))

    with scripted(LIE) as server:
        settings = AssistantSettings(chat_model=MODEL, chat_base_url=server.url)
        honest = baseline_of(questions(library, tmp_path / "on", settings))
        assert honest.ceilings["invariants_broken"] == 0
        monkeypatch.setattr(compose, "verified", unchecked)
        rulings = gate(questions(library, tmp_path / "off", settings), honest)
    red = {ruled.name: ruled for ruled in rulings if ruled.red}
    assert "invariants_broken" in red
    assert reasons(red, "invariant figures")


def test_a_language_that_is_ignored(again: Again, monkeypatch: Plant) -> None:
    monkeypatch.setattr(understand, "of_question", lambda text, history=(), listed=None: "en")
    red = again()
    assert "language_accuracy" in red
    assert reasons(red, "language")


def a_copy(library: IndexSettings, folder: Path) -> IndexSettings:
    """An index of its own, with what was embedded already."""
    shutil.copytree(library.index, folder / "index")
    return library.model_copy(update={"index": folder / "index"})
