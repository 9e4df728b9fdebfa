"""Hybrid retrieval: words and meaning, each weighed by how far it can be trusted in the language of the question."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from assistant.context import Sentence
from assistant.language import also_likely
from assistant.terms import QuestionTerms, understand
from ingest.analyse import is_stop_word
from ingest.embed import Embedder, FloatVector
from ingest.index import IndexReader
from ingest.lexicon.gloss import Glosser
from ingest.lexicon.keys import key_of
from ingest.lexicon.lexicon import Lexicon
from ingest.lexicon.sense import Sense
from ingest.stopwords import STOP_WORDS
from ingest.types import Hit, Scores
from ingest.validity import Scope


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The hits of a question, best first, with the words looked for and milliseconds by step.

    `lexical` and `dense` are the scores that each half gave its candidates by chunk id, best first; `vector` is the
    meaning of the question; `read` is whether the model reads the language of the question, rather than its gloss.
    """

    hits: tuple[Hit, ...]
    terms: QuestionTerms
    lexical: Mapping[str, float] = field(default_factory=dict)
    dense: Mapping[str, float] = field(default_factory=dict)
    vector: FloatVector = field(default_factory=lambda: np.zeros(0, np.float32))
    read: bool = True
    timings_ms: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Weights:
    """The shares of the two halves in the fused score."""

    lexical: float
    dense: float


# Chosen on obliqa-dev, clapnq-dev, xquad-dev and cross-dev by `python -m evals.bench.fusion`: a model that does not
# read the question's language is a weak half, which a weight can bear and reciprocal ranks cannot; a gloss mends it.
_READ = Weights(0.5, 0.5)
_NOT_READ = Weights(0.7, 0.3)
# What a translation loses: chosen on cross-dev/mixed-en and mixed-de by `python -m evals beir`; nDCG@10 grows to 1.2.
_RAISED_ABROAD = 1.03
_SENTENCES_KEPT = 4_000  # vectors of sentences that answered before: 6 MB
_QUESTIONS_KEPT = 16  # of those that are being answered: contact points, or another day, are searched with the same one


class Retriever:
    """Finds chunks for questions; one serves all readers."""

    def __init__(self, embedder: Embedder, candidates: int, lexicon: Lexicon | None = None) -> None:
        """Without a lexicon, words are looked for as they are written."""
        self._embedder, self._candidates = embedder, candidates
        self.lexicon = lexicon or Lexicon()
        self._read = lru_cache(maxsize=_SENTENCES_KEPT)(embedder.embed_query)
        self._heard = lru_cache(maxsize=_QUESTIONS_KEPT)(embedder.embed_query)
        self._led: tuple[tuple[Sense, ...], Lexicon] = ((), self.lexicon)
        self._beside = ThreadPoolExecutor(thread_name_prefix="words")

    def retrieve(self, index: IndexReader, question: str, language: str, scope: Scope, limit: int) -> Retrieved:
        """The `limit` best chunks in scope; their words are looked for, and vectors fetched, while the model runs."""
        started = time.perf_counter()
        by_words = self._beside.submit(self._by_words, index, question, language, scope)
        vector = self.vector(index, question, language)
        embedded = time.perf_counter()
        dense = index.search_dense(vector, scope, self._candidates)
        asked, lexical, meanings = by_words.result()
        nearest = dict(dense)
        dense.update((id_, float(own @ vector)) for id_, own in meanings.items() if id_ not in nearest)
        abroad = {id_ for id_ in (*lexical, *dense) if index.language_of(id_) != language}
        ranked = fused(lexical, dense, self._weights(index, language), limit, abroad)
        hits = _resolved(index, ranked)
        done = time.perf_counter()
        timings = {"embed": 1e3 * (embedded - started), "retrieve": 1e3 * (done - embedded)}
        return Retrieved(hits, asked, lexical, nearest, vector, self._reads(language), timings)

    def _by_words(
        self, index: IndexReader, question: str, language: str, scope: Scope
    ) -> tuple[QuestionTerms, Mapping[str, float], Mapping[str, FloatVector]]:
        """The words of a question, and the chunks in scope that hold them, best first, with scores and vectors."""
        asked = self.understand(index, question, language)
        scores = index.search_lexical(asked.query, scope, self._candidates)
        return asked, scores, index.vectors_of(list(scores))

    def vector(self, index: IndexReader, question: str, language: str) -> FloatVector:
        """The meaning of a question, by its gloss where the model does not read its language."""
        return self._heard(self._glosser(index).as_read(question, language))

    def understand(self, index: IndexReader, question: str, language: str) -> QuestionTerms:
        """The words of a question, with all that they may be called in the documents of an index."""
        lexicon, also = self.led_by(index), also_likely(question, language)
        return understand(question, language, index.languages, lexicon, index.inverse_frequency, also, index.near)

    def nearness(self, index: IndexReader, vector: FloatVector, sentence: Sentence) -> float:
        """How near in meaning a sentence of the documents is to what a vector stands for: the cosine, −1 to 1."""
        language = sentence.passage.hit.version.language
        return float(self._read(self._glosser(index).as_read(sentence.text, language)) @ vector)

    def alike(self, text: str, others: Sequence[str]) -> list[float]:
        """How near in meaning each of some phrases is to one: the cosine, −1 to 1."""
        one, *rest = self._embedder.embed([text, *others])
        return [float(one @ other) for other in rest]

    def _reads(self, language: str) -> bool:
        return self._embedder.languages is None or language in self._embedder.languages

    def knows(self, index: IndexReader, word: str) -> bool:
        """Whether a word is one that the documents or the lexicon have, in any language."""
        if any(is_stop_word(word.casefold(), code) for code in STOP_WORDS):
            return True
        if index.holds(word):  # looked at first, being quicker and true of most words
            return True
        lexicon, key = self.led_by(index), key_of(word)
        return any(lexicon.find_word(key, language) for language in lexicon.languages)

    def _weights(self, index: IndexReader, language: str) -> Weights:
        """By whether the model reads the question and most documents, themselves or by their glosses."""
        glosser = self._glosser(index)
        return _READ if all(map(glosser.reaches, (language, *index.languages[:1]))) else _NOT_READ

    def _glosser(self, index: IndexReader) -> Glosser:
        return Glosser(self.led_by(index), self._embedder.languages)

    def led_by(self, index: IndexReader) -> Lexicon:
        """The lexicon with an index's glossary ahead of it, which stays the same from one sync to the next mostly."""
        glossary, led = self._led
        if self.lexicon.languages and glossary is not index.glossary:
            led = self.lexicon.led_by(index.glossary)
            self._led = (index.glossary, led)
        return led


def fused(
    lexical: Mapping[str, float],
    dense: Mapping[str, float],
    weights: Weights,
    limit: int | None = None,
    abroad: Collection[str] = (),
) -> list[tuple[str, Scores]]:
    """The ids of the `limit` best chunks, else of all, with their scores, best first.

    The score is w_l · l / max l + w_d · d / max d, a missing one counting 0, and 1.03 times that for the chunks of
    `abroad`, which are in other languages than the question.
    """
    most_lexical = max(lexical.values(), default=0.0) or 1.0
    most_dense = max(dense.values(), default=0.0) or 1.0
    raised = {id_: _RAISED_ABROAD if id_ in abroad else 1.0 for id_ in dict.fromkeys((*lexical, *dense))}
    weighted = {
        id_: (
            by * weights.lexical * lexical.get(id_, 0.0) / most_lexical,
            by * weights.dense * max(dense.get(id_, 0.0), 0.0) / most_dense,
        )
        for id_, by in raised.items()
    }
    best = sorted(weighted, key=lambda id_: (-sum(weighted[id_]), id_))[:limit]
    return [(id_, Scores(lexical.get(id_, 0.0), dense.get(id_, 0.0), *weighted[id_])) for id_ in best]


def _resolved(index: IndexReader, ranked: Sequence[tuple[str, Scores]]) -> tuple[Hit, ...]:
    stored = index.chunks([id_ for id_, _ in ranked])
    return tuple(
        Hit(id_, stored[id_].chunk, index.timeline.versions[stored[id_].version], rank, scores)
        for rank, (id_, scores) in enumerate(ranked, start=1)
        if id_ in stored
    )
