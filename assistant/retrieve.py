"""Hybrid retrieval: words and meaning, each weighed by how far it can be trusted in the language of the question."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.analyse import pairs, terms, words
from ingest.embed import Embedder
from ingest.index import IndexReader
from ingest.lexical import LexicalQuery, TermGroup
from ingest.types import Hit, Scores
from ingest.validity import Scope


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The hits of a question, best first, with the terms looked for and milliseconds by step."""

    hits: tuple[Hit, ...]
    terms: tuple[str, ...]
    timings_ms: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Weights:
    """The shares of the two halves in the fused score."""

    lexical: float
    dense: float


# Chosen on obliqa-dev, clapnq-dev and xquad-dev by `python -m evals.bench.fusion`: a model that does not read the
# language of the question is a weak half, which a weight can bear and reciprocal ranks cannot.
_READ = Weights(0.5, 0.5)
_NOT_READ = Weights(0.7, 0.3)


class Retriever:
    """Finds chunks for questions; one serves all readers."""

    def __init__(self, embedder: Embedder, candidates: int) -> None:
        self._embedder, self._candidates = embedder, candidates

    def retrieve(self, index: IndexReader, question: str, language: str, scope: Scope, limit: int) -> Retrieved:
        """The `limit` best chunks in scope."""
        started = time.perf_counter()
        query = lexical_query(question, language, index.languages)
        vector = self._embedder.embed_query(question)
        embedded = time.perf_counter()
        lexical = index.search_lexical(query, scope, self._candidates)
        dense = index.search_dense(vector, scope, self._candidates)
        unscored = [id_ for id_ in lexical if id_ not in dense]
        dense.update(index.similarities(unscored, vector, scope))
        ranked = fused(lexical, dense, self._weights(language))[:limit]
        hits = _resolved(index, ranked)
        done = time.perf_counter()
        timings = {"embed": 1e3 * (embedded - started), "retrieve": 1e3 * (done - embedded)}
        return Retrieved(hits, tuple(term for group in query.groups for term, _ in group.terms[:1]), timings)

    def _weights(self, language: str) -> Weights:
        read = self._embedder.languages
        return _READ if read is None or language in read else _NOT_READ


def lexical_query(question: str, language: str, index_languages: Iterable[str]) -> LexicalQuery:
    """The question's terms as each language of the index would write them; pairs in the question's own."""
    own = terms(question, language)
    groups: dict[str, TermGroup] = {}
    for word in words(question):
        stems = [stem for code in (language, *index_languages) for stem in terms(word, code)]
        if terms(word, language) and stems:
            distinct = tuple((stem, 1.0) for stem in dict.fromkeys(stems))
            groups.setdefault(distinct[0][0], TermGroup(distinct))
    return LexicalQuery(tuple(groups.values()), tuple(dict.fromkeys(pairs(own))))


def fused(lexical: Mapping[str, float], dense: Mapping[str, float], weights: Weights) -> list[tuple[str, Scores]]:
    """Chunk ids with their scores, best first: w_l · l / max l + w_d · d / max d, a missing score counting 0."""
    most_lexical = max(lexical.values(), default=0.0) or 1.0
    most_dense = max(dense.values(), default=0.0) or 1.0
    scored = {
        id_: Scores(
            lexical=lexical.get(id_, 0.0),
            dense=dense.get(id_, 0.0),
            weighted_lexical=weights.lexical * lexical.get(id_, 0.0) / most_lexical,
            weighted_dense=weights.dense * max(dense.get(id_, 0.0), 0.0) / most_dense,
        )
        for id_ in dict.fromkeys((*lexical, *dense))
    }
    return sorted(scored.items(), key=lambda item: (-item[1].total, item[0]))


def _resolved(index: IndexReader, ranked: Sequence[tuple[str, Scores]]) -> tuple[Hit, ...]:
    stored = index.chunks([id_ for id_, _ in ranked])
    return tuple(
        Hit(id_, stored[id_].chunk, index.timeline.versions[stored[id_].version], rank, scores)
        for rank, (id_, scores) in enumerate(ranked, start=1)
        if id_ in stored
    )
