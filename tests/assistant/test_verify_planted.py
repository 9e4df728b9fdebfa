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


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    settings = IndexSettings()
    lexicon = open_lexicon(settings.model_cache, None)
    likeness = verification.likeness_by(open_embedder(settings.embedding_model, settings.model_cache), lexicon)
    cases = [case for path in FILES for case in verification.read_cases(path)]
    return list(verification.outcomes(cases, by_lexicon(lexicon), likeness))


def test_at_least_97_of_100_corrupted_sentences_are_stopped(outcomes: list[Outcome]) -> None:
    assert verification.stopped(outcomes) >= 0.97, verification.as_text(outcomes)


def test_at_most_5_of_100_faithful_sentences_are_dropped(outcomes: list[Outcome]) -> None:
    assert verification.dropped(outcomes) <= 0.05, verification.as_text(outcomes)


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
