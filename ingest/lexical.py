"""The lexical half: chunks as stemmed terms and pairs of neighbours in a Tantivy index."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import tantivy

from ingest.types import TermGroup, Variant

_WRITER_MEMORY = 64_000_000  # bytes; a writer thread wants at least 15 MB
_WHITESPACE = "whitespace_terms"
_SHORTEST_NEAR = 5  # letters: shorter words are too often alike by chance
_NEAR_LOOKED_AT = 50
_REMEMBERED = 16_384  # terms: a question asks of each several times, and of a hundred with its translations
_MOST_NEAR = 3
# cross-dev/de-in-en, nDCG@10 of words alone: .882 without, .893 from 0.6, .895 from 0.5, where wrong ones begin.
_LEAST_LIKENESS = 0.6
# Tantivy's k1 is 1.2, whatever one likes. A text that stands n times in its field counts as with k1 = 1.2 / n, since
# all texts are longer by the same factor.
_TIMES = 2
_PAIR_WEIGHT = 0.4


@dataclass(frozen=True, slots=True)
class LexicalQuery:
    """What is looked for: groups of terms, each wanted once, and pairs of neighbours that raise a chunk."""

    groups: tuple[TermGroup, ...]
    pairs: tuple[str, ...] = ()
    pair_weight: float = _PAIR_WEIGHT


@dataclass(frozen=True, slots=True)
class LexicalEntry:
    """A chunk as the index takes it: where it stands, its terms, its pairs of neighbours, and its gloss's terms."""

    chunk_id: str
    version: str
    terms: Sequence[str]
    pairs: Sequence[str] = ()
    glossed: Sequence[str] = ()


class Vocabulary:
    """The words of an index, found by the three-letter pieces that they share with another word."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("term", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("pieces", tokenizer_name=_WHITESPACE, index_option="basic")
        self._schema = builder.build()
        self._index = _opened(self._schema, directory)
        self._searcher = self._index.searcher()

    def add(self, terms: Iterable[str]) -> None:
        """Takes in those terms that are words and new; none ever leaves, for a stale one finds nothing."""
        fresh = [term for term in terms if _is_word(term) and not self._searcher.doc_freq("term", term)]
        if not fresh:
            return
        writer = self._index.writer(heap_size=_WRITER_MEMORY, num_threads=1)
        for term in fresh:
            document = tantivy.Document()
            document.add_text("term", term)
            document.add_text("pieces", " ".join(_pieces(term)))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def near(self, word: str) -> list[tuple[str, float]]:
        """The words most like this one, the most alike first, with their likeness; none for a word that is there.

        Likeness is Dice's coefficient of the sets of pieces, 2 |A ∩ B| / (|A| + |B|), and at least 0.6. Words begin
        with the same letter.
        """
        if not _is_word(word) or self._searcher.doc_freq("term", word):
            return []
        own = _pieces(word)
        wanted = _any([tantivy.Query.term_query(self._schema, "pieces", piece) for piece in own])
        found = self._searcher.search(wanted, limit=_NEAR_LOOKED_AT).hits
        terms = [str(self._searcher.doc(address)["term"][0]) for _, address in found]
        likeness = {term: _likeness(own, _pieces(term)) for term in terms if term[0] == word[0]}
        close = [(term, alike) for term, alike in likeness.items() if alike >= _LEAST_LIKENESS]
        return sorted(close, key=lambda one: (-one[1], one[0]))[:_MOST_NEAR]


class Lexical:
    """A handle on the index; a search sees the last state this handle opened or wrote."""

    def __init__(self, directory: Path, shelves: Sequence[str]) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._shelves = tuple(shelves)
        self._schema = _schema()
        self._index = _opened(self._schema, directory)
        self._look()
        self.vocabulary = Vocabulary(directory / "vocabulary")

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
        words: set[str] = set()
        for shelf, entry in add:
            writer.add_document(self._document(shelf, entry))
            words.update(entry.terms, entry.glossed)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._look()
        self.vocabulary.add(words)

    def _look(self) -> None:
        """Sees the index as it is now; until the next look nothing in it changes."""
        self._searcher = self._index.searcher()
        self._holding = lru_cache(_REMEMBERED)(partial(self._searcher.doc_freq, "terms"))

    def search(
        self, query: LexicalQuery, shelves: Sequence[str], limit: int, versions: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """The chunks of these shelves that match best, best first, each with its BM25 score (k1 0.6, b 0.75).

        Those of some versions alone, where they are given.
        """
        wanted = [found for group in query.groups if (found := self._group(group)) is not None]
        raising = [tantivy.Query.boost_query(self._term("pairs", pair), query.pair_weight) for pair in query.pairs]
        if not wanted:
            return []
        # Few chunks stand on the other shelves: to leave those out takes less time than to ask for all of these.
        elsewhere = [self._term("shelf", shelf) for shelf in self._shelves if shelf not in shelves]
        clauses = [
            (tantivy.Occur.Must, _any(wanted)),
            *((tantivy.Occur.MustNot, query) for query in elsewhere),
            *((tantivy.Occur.Must, query) for query in self._within(shelves, versions)),
            *((tantivy.Occur.Should, query) for query in raising),
        ]
        result = self._searcher.search(tantivy.Query.boolean_query(clauses), limit=limit, count=False)
        return [(str(self._searcher.doc(address)["id"][0]), float(score)) for score, address in result.hits]

    def _within(self, shelves: Sequence[str], versions: Sequence[str] | None) -> Iterator[tantivy.Query]:
        """What keeps a search to some versions; nothing where it is to look everywhere."""
        if versions is not None:
            places = [self._term("place", _place(shelf, version)) for shelf in shelves for version in versions]
            yield tantivy.Query.const_score_query(_any(places), 0.0)

    def inverse_frequency(self, group: TermGroup) -> float:
        """How much a group says: BM25's weight of a term that is as frequent as the most frequent variant."""
        return self._weight_of(max((self._frequency(variant) for variant in group.variants), default=0))

    def holds(self, term: str) -> bool:
        """Whether a chunk of any shelf holds a term."""
        return self._holding(term) > 0

    def _frequency(self, variant: Variant) -> int:
        """The number of chunks that hold the rarest term of a variant."""
        return min(map(self._holding, variant.stems))

    def _weight_of(self, held: int) -> float:
        """ln(1 + (N − n + ½) / (n + ½)) with n of N chunks holding it."""
        return math.log(1 + (max(self._searcher.num_docs - held, 0) + 0.5) / (held + 0.5))

    def _group(self, group: TermGroup) -> tantivy.Query | None:
        """Each variant scored as if it were as frequent as the group, so that a rare translation is no better one."""
        told = self.inverse_frequency(group)
        queries = [self._variant(variant, told) for variant in group.variants if self._frequency(variant)]
        if len(queries) <= 1:
            return queries[0] if queries else None
        return tantivy.Query.disjunction_max_query(queries)

    def _variant(self, variant: Variant, told: float) -> tantivy.Query:
        queries = [self._term("terms", stem) for stem in variant.stems]
        own = sum(self._weight_of(self._holding(stem)) for stem in variant.stems)
        together = queries[0] if len(queries) == 1 else _all(queries)
        return tantivy.Query.boost_query(together, variant.weight * told / own)

    def _term(self, field: str, value: str) -> tantivy.Query:
        option = "freq" if field in ("terms", "pairs") else "basic"
        return tantivy.Query.term_query(self._schema, field, value, index_option=option)

    def _document(self, shelf: str, entry: LexicalEntry) -> tantivy.Document:
        document = tantivy.Document()
        document.add_text("id", entry.chunk_id)
        document.add_text("shelf", shelf)
        document.add_text("place", _place(shelf, entry.version))
        document.add_text("terms", " ".join((*entry.terms, *entry.glossed) * _TIMES))
        document.add_text("pairs", " ".join(tuple(entry.pairs) * _TIMES))
        return document


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("shelf", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("place", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("terms", tokenizer_name=_WHITESPACE, index_option="freq")
    builder.add_text_field("pairs", tokenizer_name=_WHITESPACE, index_option="freq")
    return builder.build()


def _opened(schema: tantivy.Schema, directory: Path) -> tantivy.Index:
    index = tantivy.Index(schema, path=str(directory))
    index.register_tokenizer(_WHITESPACE, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def _is_word(term: str) -> bool:
    return len(term) >= _SHORTEST_NEAR and term.isalpha()


def _pieces(word: str) -> set[str]:
    """Its three-letter pieces, its beginning and its end marked."""
    marked = f"^{word}$"
    return {marked[start : start + 3] for start in range(len(marked) - 2)}


def _likeness(left: set[str], right: set[str]) -> float:
    return 2 * len(left & right) / (len(left) + len(right))


def _place(shelf: str, version: str) -> str:
    return f"{shelf}/{version}"


def _all(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in queries])


def _any(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])
