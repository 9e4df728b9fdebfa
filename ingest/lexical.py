"""The lexical half: chunks as stemmed terms and pairs of neighbours in a Tantivy index."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy

from ingest.analyse import pairs

_WRITER_MEMORY = 64_000_000  # bytes; a writer thread wants at least 15 MB
_WHITESPACE = "whitespace_terms"


@dataclass(frozen=True, slots=True)
class TermGroup:
    """Terms that mean one thing, each with its weight: of those that a chunk holds, the best one counts."""

    terms: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class LexicalQuery:
    """What is looked for: groups of terms, each wanted once, and pairs of neighbours that raise a chunk."""

    groups: tuple[TermGroup, ...]
    pairs: tuple[str, ...] = ()
    pair_weight: float = 0.5


@dataclass(frozen=True, slots=True)
class LexicalEntry:
    """A chunk as the index takes it: where it stands, and its terms in reading order."""

    chunk_id: str
    version: str
    terms: Sequence[str]


class Lexical:
    """A handle on the index; a search sees the last state this handle opened or wrote."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._schema = _schema()
        self._index = tantivy.Index(self._schema, path=str(directory))
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer(_WHITESPACE, analyzer)
        self._searcher = self._index.searcher()

    def count(self, shelf: str) -> int:
        """The number of chunks on a shelf."""
        return self._matching(self._term("shelf", shelf))

    def count_of(self, shelf: str, version: str) -> int:
        """The number of chunks of a version on a shelf."""
        return self._matching(self._term("place", _place(shelf, version)))

    def _matching(self, query: tantivy.Query) -> int:
        found: Any = self._searcher.search(query, limit=1)  # its type does not declare the count
        return int(found.count)

    def write(self, add: Iterable[tuple[str, LexicalEntry]], remove: Iterable[tuple[str, str]]) -> None:
        """In one commit, takes versions off shelves (shelf, version), then puts chunks on shelves (shelf, entry)."""
        writer = self._index.writer(heap_size=_WRITER_MEMORY, num_threads=1)
        for shelf, version in remove:
            writer.delete_documents_by_query(self._term("place", _place(shelf, version)))
        for shelf, entry in add:
            writer.add_document(self._document(shelf, entry))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, query: LexicalQuery, shelves: Sequence[str], limit: int) -> list[tuple[str, float]]:
        """The chunks of these shelves that match best, best first, each with its BM25 score (k1 1.2, b 0.75)."""
        wanted = [self._group(group) for group in query.groups]
        raising = [tantivy.Query.boost_query(self._term("pairs", pair), query.pair_weight) for pair in query.pairs]
        if not wanted:
            return []
        any_shelf = _any([self._term("shelf", shelf) for shelf in shelves])
        clauses = [
            (tantivy.Occur.Must, tantivy.Query.const_score_query(any_shelf, 0.0)),
            (tantivy.Occur.Must, _any([*wanted, *raising])),
        ]
        result = self._searcher.search(tantivy.Query.boolean_query(clauses), limit=limit, count=False)
        return [(str(self._searcher.doc(address)["id"][0]), float(score)) for score, address in result.hits]

    def inverse_frequency(self, term: str) -> float:
        """How much a term says: ln(1 + (N − n + ½) / (n + ½)) with n of N chunks holding it (BM25's weight)."""
        held, total = self._searcher.doc_freq("terms", term), self._searcher.num_docs
        return math.log(1 + (max(total - held, 0) + 0.5) / (held + 0.5))

    def _group(self, group: TermGroup) -> tantivy.Query:
        weighted = [
            query if weight == 1.0 else tantivy.Query.boost_query(query, weight)
            for query, weight in ((self._term("terms", term), weight) for term, weight in group.terms)
        ]
        return weighted[0] if len(weighted) == 1 else tantivy.Query.disjunction_max_query(weighted)

    def _term(self, field: str, value: str) -> tantivy.Query:
        option = "freq" if field in ("terms", "pairs") else "basic"
        return tantivy.Query.term_query(self._schema, field, value, index_option=option)

    def _document(self, shelf: str, entry: LexicalEntry) -> tantivy.Document:
        document = tantivy.Document()
        document.add_text("id", entry.chunk_id)
        document.add_text("shelf", shelf)
        document.add_text("place", _place(shelf, entry.version))
        document.add_text("terms", " ".join(entry.terms))
        document.add_text("pairs", " ".join(pairs(entry.terms)))
        return document


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("shelf", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("place", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("terms", tokenizer_name=_WHITESPACE, index_option="freq")
    builder.add_text_field("pairs", tokenizer_name=_WHITESPACE, index_option="freq")
    return builder.build()


def _place(shelf: str, version: str) -> str:
    return f"{shelf}/{version}"


def _any(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])
