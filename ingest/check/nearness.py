"""Documents that say nearly the same."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from ingest.check.finding import Document, Finding, Severity
from ingest.types import Kind

_WORD = re.compile(r"\w+")
_LENGTH = 5  # words of a shingle: long enough that two texts on one subject share few by chance
_MOST_COMMON = 100  # documents; what more of them share is a form letter, and its pairs would be too many to count
_LIKE = 0.6  # share of common shingles among all of two documents
_INSIDE = 0.8  # share of a document's shingles that another one holds
_LEAST_INSIDE = 50  # shingles: less is a phrase that documents may well share
_FACTORS = np.array([31**place for place in range(_LENGTH)], dtype=np.uint64)

Hashes = NDArray[np.uint64]


def near(documents: Sequence[Document], languages: Sequence[str]) -> Iterator[Finding]:
    """Pairs of documents in one language that are nearly the same, unless one supersedes the other."""
    considered = [
        (document, _shingles(document.text), language)
        for document, language in zip(documents, languages, strict=True)
        if document.fields.kind is not Kind.GLOSSARY
    ]
    shared = _shared([hashes for _, hashes, _ in considered])
    for (one, other), common in sorted(shared.items()):
        first, first_hashes, language = considered[one]
        second, second_hashes, other_language = considered[other]
        if language == other_language and not _succeed(first, second):
            yield from _pair(first, second, len(first_hashes), len(second_hashes), common)


def _shingles(text: str) -> Hashes:
    """A number for each run of five words of a text, each once; for a shorter text one of all its words."""
    numbers = np.array([zlib.crc32(word.encode()) for word in _WORD.findall(text.casefold())], dtype=np.uint64)
    if 0 < len(numbers) < _LENGTH:
        numbers = np.pad(numbers, (0, _LENGTH - len(numbers)))
    if not len(numbers):
        return numbers
    return np.unique(np.lib.stride_tricks.sliding_window_view(numbers, _LENGTH) @ _FACTORS)


def _shared(sets: Sequence[Hashes]) -> Mapping[tuple[int, int], int]:
    """How many shingles each pair of documents has in common, for those that have any."""
    if not sets:
        return {}
    hashes = np.concatenate(sets)
    owners = np.repeat(np.arange(len(sets)), [len(each) for each in sets])
    order = np.argsort(hashes, kind="stable")
    starts = np.concatenate([[0], np.flatnonzero(np.diff(hashes[order])) + 1])
    lengths = np.diff(starts, append=len(hashes))
    of_several = (lengths > 1) & (lengths <= _MOST_COMMON)
    shared: Counter[tuple[int, int]] = Counter()
    for start, length in zip(starts[of_several].tolist(), lengths[of_several].tolist(), strict=True):
        shared.update(combinations(owners[order[start : start + length]].tolist(), 2))
    return shared


def _succeed(first: Document, second: Document) -> bool:
    return first.fields.supersedes == second.id or second.fields.supersedes == first.id


def _pair(first: Document, second: Document, size: int, other_size: int, common: int) -> Iterator[Finding]:
    inside = common / min(size, other_size)
    if common / (size + other_size - common) >= _LIKE:
        problem = f"says nearly the same as {first.path} ({inside:.0%} of its text)"
    elif inside >= _INSIDE and min(size, other_size) >= _LEAST_INSIDE:
        larger = first if size >= other_size else second
        smaller = second if larger is first else first
        problem = f"{inside:.0%} of {smaller.path} stands in {larger.path} too"
    else:
        return
    remedy = "keep one of them, or let the newer supersede the other"
    yield second.in_text(Severity.WARNING, None, "text", problem, remedy)
