"""Whether the passages answer the question: a calibrated probability from a few signals that a person can read."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from assistant.extractive import coverage, ranked_sentences
from assistant.types import Passage
from ingest.analyse import terms

# Logistic regression on clapnq-dev (300 questions, half of them answerable); see evals/README.md for the command.
_INTERCEPT = -3.2
_COEFFICIENTS = {"cosine": 4.5, "passage_coverage": 1.5, "sentence_coverage": 1.0}


def signals(
    question: str, language: str, passages: Sequence[Passage], weigh: Callable[[str], float]
) -> Mapping[str, float]:
    """What speaks for an answer being among the passages, each from 0 to 1."""
    if not passages:
        return dict.fromkeys(_COEFFICIENTS, 0.0)
    wanted = [_wanted(question, language, passage, weigh) for passage in passages]
    held = [frozenset(_all_terms(passage)) for passage in passages]
    best = ranked_sentences(question, language, passages, weigh)
    sentence = max((coverage(wanted[s.sentence.passage.number - 1], s.held) for s in best[:10]), default=0.0)
    return {
        "cosine": max(0.0, max(passage.hit.scores.dense for passage in passages)),
        "passage_coverage": max(coverage(w, h) for w, h in zip(wanted, held, strict=True)),
        "sentence_coverage": sentence,
    }


def probability(values: Mapping[str, float]) -> float:
    """1 / (1 + e^−z) with z the intercept plus the sum of each signal times its coefficient."""
    z = _INTERCEPT + sum(coefficient * values[name] for name, coefficient in _COEFFICIENTS.items())
    return 1 / (1 + math.exp(-z))


def _wanted(question: str, language: str, passage: Passage, weigh: Callable[[str], float]) -> dict[str, float]:
    codes = {language, passage.hit.version.language}
    return {term: weigh(term) for code in codes for term in terms(question, code)}


def _all_terms(passage: Passage) -> list[str]:
    version, chunk = passage.hit.version, passage.hit.chunk
    return terms(f"{version.title}\n{chunk.section}\n{chunk.context}\n{chunk.text}", version.language)
