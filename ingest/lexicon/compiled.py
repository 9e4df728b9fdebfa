"""The lexicon in the form it is looked up in: a trie of keys for each language, opened from disk without reading it.

Made once of the table and further lists (some seconds, most of it for inflected forms) and kept in the model cache.
"""

from __future__ import annotations

import hashlib
import mmap
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import marisa_trie

from ingest.analyse import stem
from ingest.errors import LexiconError
from ingest.lexicon.found import Found, How
from ingest.lexicon.keys import key_of, phrases, stem_key_of
from ingest.lexicon.sense import TABLE, Sense, further_lists, read_lists, read_table, text_of

_FORMAT = 3  # raise it when the same table would be compiled to other files, as with other stop words
_RECORD = "<IBB"  # where the sense stands in the file of senses, the term's rank in it, how the key belongs to the term
_SENSES = "senses"
_TRIE = ".marisa"
_STEMS = ".stems"
_MOST_STEMS = 4  # of a term besides its own: the rest are forms that nobody writes
_WORST_RANK = 255
_REMEMBERED = 4_096  # keys: most words of a passage are among the frequent ones

Record = tuple[int, int, int]


class CompiledLexicon:
    """The table and the lists; safe to use from several threads."""

    knows_forms = True

    def __init__(self, directory: Path) -> None:
        self.version = directory.name.rpartition("-")[2]
        self._tries = {
            path.stem: marisa_trie.RecordTrie(_RECORD).mmap(str(path)) for path in directory.glob(f"*{_TRIE}")
        }
        self.languages = frozenset(self._tries)
        self._stems = {
            language: marisa_trie.BytesTrie().mmap(str(directory / f"{language}{_STEMS}")) for language in self._tries
        }
        with (directory / _SENSES).open("rb") as file:
            self._senses = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.find = lru_cache(_REMEMBERED)(self._find)
        self._sense = lru_cache(_REMEMBERED)(self._read)

    def other_stems(self, key: str, language: str) -> Sequence[str]:
        """The stems of a term's forms that are not its own stem."""
        found = self._stems[language].get(key) if language in self._stems else None
        return found[0].decode().split() if found else ()

    def phrases(self, words: Sequence[str], language: str) -> Sequence[str]:
        """The keys of two words or more that a text of these words begins with."""
        trie = self._tries.get(language)
        if trie is None or not any(trie.iterkeys(" ".join(words[:2]))):
            return ()  # most words begin no phrase
        return [key for key in phrases(words) if key in trie]

    def beginnings(self, text: str, language: str) -> Sequence[str]:
        """The keys of a language that a text begins with, the shortest first."""
        trie = self._tries.get(language)
        return trie.prefixes(text) if trie else ()

    def _find(self, key: str, language: str) -> tuple[Found, ...]:
        """What a key of a language may mean, the likeliest first."""
        trie = self._tries.get(language)
        if trie is None:
            return ()
        return tuple(Found(self._sense(place), rank, How(how)) for place, rank, how in _ranked(trie, key))

    def _read(self, place: int) -> Sense:
        return _read_sense(self._senses[place : self._senses.find(b"\n", place)].decode())


def open_compiled(cache: Path, lists: Path | None) -> CompiledLexicon:
    """The lexicon with the further lists of a folder, compiled into `cache` the first time.

    Raises:
        LexiconError: a line of the table or of a list is malformed, or `cache` cannot be written.
    """
    paths = [TABLE, *(further_lists(lists) if lists else ())]
    directory = cache / f"lexicon-{_digest(paths)}"
    if not directory.is_dir():
        senses = [*read_table(text_of(TABLE), TABLE.name), *read_lists(paths[1:])]
        try:
            _compile(senses, directory)
        except OSError as error:
            raise LexiconError(str(cache), None, f"cannot be written ({error}): set LIAISON_MODEL_CACHE") from error
    return CompiledLexicon(directory)


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256(str(_FORMAT).encode())
    for path in paths:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _compile(senses: Sequence[Sense], directory: Path) -> None:
    """Writes beside the place and moves there, so that no process ever opens half of it."""
    from ingest.lexicon.inflect import forms  # its dictionaries take a while to import, and only compiling needs them

    directory.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(dir=directory.parent, prefix="lexicon."))
    places = _write_senses(senses, unfinished / _SENSES)
    for language in dict.fromkeys(language for sense in senses for language in sense.terms):
        written = _written(senses, places, language)
        inflected = list(forms(written, language))
        records = marisa_trie.RecordTrie(_RECORD, _records(written, inflected, language))
        records.save(str(unfinished / f"{language}{_TRIE}"))
        marisa_trie.BytesTrie(_other_stems(inflected, language)).save(str(unfinished / f"{language}{_STEMS}"))
    try:
        unfinished.replace(directory)
    except OSError:
        if not directory.is_dir():  # else another process was faster
            raise
        shutil.rmtree(unfinished)


def _write_senses(senses: Iterable[Sense], path: Path) -> list[int]:
    """The place of each sense in the file."""
    places: list[int] = []
    with path.open("wb") as file:
        for sense in senses:
            places.append(file.tell())
            line = "\t".join(f"{language}:{'|'.join(terms)}" for language, terms in sense.terms.items())
            file.write(f"{line}\n".encode())
    return places


def _read_sense(line: str) -> Sense:
    cells = (cell.partition(":") for cell in line.split("\t"))
    return Sense({language: tuple(terms.split("|")) for language, _, terms in cells})


def _written(senses: Iterable[Sense], places: Iterable[int], language: str) -> dict[str, list[tuple[int, int]]]:
    """By the key of each term of a language, the places of its senses and its ranks in them."""
    written: dict[str, list[tuple[int, int]]] = {}
    for sense, place in zip(senses, places, strict=True):
        for rank, term in sense.ranked(language):
            written.setdefault(key_of(term), []).append((place, min(rank, _WORST_RANK)))
    return written


def _records(
    written: Mapping[str, Sequence[tuple[int, int]]], inflected: Iterable[tuple[str, str]], language: str
) -> Iterator[tuple[str, Record]]:
    """Every key of a language with a sense that it leads to."""
    for key, meanings in written.items():
        stem_key = stem_key_of(key, language)
        for meaning in meanings:
            yield key, (*meaning, How.EXACT)
            if stem_key:
                yield stem_key, (*meaning, How.STEM)
    for form, lemma in inflected:
        for meaning in written[lemma]:
            yield form, (*meaning, How.LEMMA)


def _other_stems(inflected: Iterable[tuple[str, str]], language: str) -> Iterator[tuple[str, bytes]]:
    """The stems of a term's forms that are not its own stem ("built" of "build"), those of most forms first."""
    counted: dict[str, Counter[str]] = {}
    for form, lemma in inflected:
        if (other := stem(form.casefold(), language)) != stem(lemma, language):
            counted.setdefault(lemma, Counter())[other] += 1
    for lemma, stems in counted.items():
        yield lemma, " ".join(other for other, _ in stems.most_common(_MOST_STEMS)).encode()


def _ranked(trie: marisa_trie.RecordTrie, key: str) -> list[Record]:
    """The records of a key: exact before inflected, then by rank, then as the table has them."""
    records: list[Record] = trie.get(key) or []
    if len(records) < 2:
        return records
    best: dict[int, Record] = {}
    for record in sorted(records, key=lambda record: (record[2], record[1], record[0])):
        best.setdefault(record[0], record)
    return list(best.values())
