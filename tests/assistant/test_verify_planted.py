"""Verification on planted cases: corrupted sentences are stopped, faithful ones go through."""

from __future__ import annotations

import pytest

from assistant.verify.compare import Fault
from assistant.verify.words import by_lexicon
from evals import verification
from evals.verification import FAITHFUL, PLANTED, Case, Outcome
from ingest.embed import open_embedder
from ingest.lexicon.lexicon import open_lexicon
from ingest.settings import IndexSettings

FILES = sorted(PLANTED.glob("*.jsonl"))
HARD = {"sixth", "seventh"}  # paraphrases that go further from the wording; the goal is not reached on them
FREEST = {
    "tenth": (0.93, 0.2),
    "eleventh": (0.9, 0.14),
    "twelfth": (0.91, 0.29),
}  # and those after which the rules were mended in few places


@pytest.fixture(scope="module")
def by_set() -> dict[str, list[Outcome]]:
    settings = IndexSettings()
    lexicon = open_lexicon(settings.model_cache, None)
    likeness = verification.likeness_by(open_embedder(settings.embedding_model, settings.model_cache), lexicon)
    reader = by_lexicon(lexicon)
    return {path.stem: list(verification.outcomes(verification.read_cases(path), reader, likeness)) for path in FILES}


@pytest.fixture(scope="module")
def outcomes(by_set: dict[str, list[Outcome]]) -> list[Outcome]:
    return [outcome for name, found in by_set.items() if name not in FREEST for outcome in found]


@pytest.fixture(scope="module")
def near_the_wording(by_set: dict[str, list[Outcome]]) -> list[Outcome]:
    return [outcome for name, found in by_set.items() if name not in {*HARD, *FREEST} for outcome in found]


def test_at_least_97_of_100_corrupted_sentences_are_stopped(near_the_wording: list[Outcome]) -> None:
    assert verification.stopped(near_the_wording) >= 0.97, verification.as_text(near_the_wording)


def test_at_most_5_of_100_faithful_sentences_are_dropped(near_the_wording: list[Outcome]) -> None:
    assert verification.dropped(near_the_wording) <= 0.05, verification.as_text(near_the_wording)


def test_of_freer_paraphrases_no_more_go_the_wrong_way_than_when_they_were_written(outcomes: list[Outcome]) -> None:
    assert verification.stopped(outcomes) >= 0.97, verification.as_text(outcomes)
    assert verification.dropped(outcomes) <= 0.05, verification.as_text(outcomes)


@pytest.mark.parametrize("name", FREEST)
def test_of_the_freest_paraphrases_no_more_go_the_wrong_way_than_now(
    by_set: dict[str, list[Outcome]], name: str
) -> None:
    least_stopped, most_dropped = FREEST[name]
    assert verification.stopped(by_set[name]) >= least_stopped, verification.as_text(by_set[name])
    assert verification.dropped(by_set[name]) <= most_dropped, verification.as_text(by_set[name])


def test_there_are_enough_cases_of_every_kind_in_every_language(outcomes: list[Outcome]) -> None:
    kinds = verification.by_kind(outcomes)
    assert sum(total for kind, (_, total) in kinds.items() if kind != FAITHFUL) >= 150
    assert all(total >= 5 for _, total in kinds.values())
    faithful = [outcome.case.language for outcome in outcomes if outcome.case.kind == FAITHFUL]
    assert len(faithful) >= 60
    assert all(faithful.count(language) >= 10 for language in ("en", "nl", "de", "fr", "it"))


def test_a_case_counts_as_wrong_if_it_goes_the_wrong_way() -> None:
    case = Case("digit", "en", "CERN has 3 sites [1].", ())
    assert not Outcome(case, None).right
    assert not Outcome(Case(FAITHFUL, "en", "CERN has 2 sites [1].", ()), Fault.NUMBER).right
