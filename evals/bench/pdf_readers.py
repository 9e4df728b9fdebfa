"""Side by side on the same PDFs: PDFium and pypdf, in pages a second and in words that come out glued or broken.

Run as `python -m evals.bench.pdf_readers FILE...`.
"""

from __future__ import annotations

import logging
import re
import sys
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import pypdf
import pypdfium2

from ingest.load import pdf
from ingest.load.pdf_structure import read_structure
from ingest.normalise import normalise

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 3  # letters of a part: shorter ones make words by chance


def main(paths: Sequence[Path]) -> None:
    """Prints the comparison, one table a file."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    for path in paths:
        print(f"\n{path.name}\n{'':34}{'pages/s':>10}{'words':>10}{'glued':>8}{'broken':>8}")
        texts: dict[str, list[list[str]]] = {}
        for name, read in READERS.items():
            rate, texts[name] = _timed(read, path)
            other = texts[OURS] if name != OURS else _timed(READERS[PYPDF], path)[1]
            words, vocabulary = texts[name], {word for page in other for word in page}
            counts = (sum(map(len, words)), _glued(words, vocabulary), _broken(words, vocabulary))
            print(f"{name:34}{rate:10.1f}{counts[0]:10}{counts[1]:8}{counts[2]:8}")
        started = time.process_time()
        read_structure(path)
        print(f"pypdf: outline, labels, attachments in {time.process_time() - started:.3f} s")


def _timed(read: Callable[[Path], Iterable[str]], path: Path) -> tuple[float, list[list[str]]]:
    """Pages a second, and the words of each page."""
    started = time.process_time()
    texts = list(read(path))
    seconds = time.process_time() - started
    return len(texts) / seconds, [_WORD.findall(normalise(text).text.casefold()) for text in texts]


def _ours(path: Path) -> Iterable[str]:
    return [page.text for page in pdf.read(path).pages]


def _pdfium(path: Path) -> Iterable[str]:
    document = pypdfium2.PdfDocument(path)
    return [document[number].get_textpage().get_text_range() for number in range(len(document))]


def _pypdf(path: Path) -> Iterable[str]:
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def _glued(pages: Iterable[Sequence[str]], vocabulary: Collection[str]) -> int:
    """Words that the other reader does not know, and that are two words it knows, written as one."""
    return sum(word not in vocabulary and _splits(word, vocabulary) for page in pages for word in page)


def _splits(word: str, vocabulary: Collection[str]) -> bool:
    places = range(_SHORTEST, len(word) - _SHORTEST + 1)
    return any(word[:place] in vocabulary and word[place:] in vocabulary for place in places)


def _broken(pages: Iterable[Sequence[str]], vocabulary: Collection[str]) -> int:
    """Neighbours of which the other reader knows one at most, but knows them written as one word."""
    return sum(
        one + other in vocabulary and not (one in vocabulary and other in vocabulary)
        for page in pages
        for one, other in pairwise(page)
    )


OURS, PYPDF = "PDFium, with layout (ingest.load)", "pypdf, text alone"
READERS: dict[str, Callable[[Path], Iterable[str]]] = {OURS: _ours, "PDFium, text alone": _pdfium, PYPDF: _pypdf}

if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
