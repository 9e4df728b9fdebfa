"""A meaning with what it is called in each language, and the files that meanings are read from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.errors import LexiconError
from ingest.glossary import Concept

TABLE = Path(__file__).parent / "lexicon.tsv"
_COLUMNS = ("en", "pos", "nl", "de", "fr", "it")
_PARTS_OF_SPEECH = frozenset(("n", "v", "adj", "adv", "phr", "name", "abbr", "num"))
_MOST_TERMS = 6  # of one language in a cell
_LIST_NAME = re.compile(r"(?P<language>[a-z]{2})-en\.[^.]+\.tsv")


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning: its terms by language, the best first.

    `synonyms` says whether terms of one language stand for each other, as the labels of a concept do; the
    translations of a headword need not. `ranks` says how good each term is for this meaning where that is not its
    place among the others.
    """

    terms: Mapping[str, tuple[str, ...]]
    synonyms: bool = False
    ranks: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def terms_in(self, language: str) -> tuple[str, ...]:
        """What it is called in a language, the best first; empty where nothing is known."""
        return self.terms.get(language, ())

    def ranked(self, language: str) -> Iterator[tuple[int, str]]:
        """Its terms in a language with their ranks, 0 for the best."""
        terms = self.terms_in(language)
        if self.synonyms:
            return ((0, term) for term in terms)
        return zip(self.ranks.get(language, range(len(terms))), terms, strict=True)


def text_of(path: Path) -> str:
    """What a table or a list says.

    Raises:
        LexiconError: the first line that is not in UTF-8.
    """
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise LexiconError(str(path), line, "is not in UTF-8: save the file in it") from error


def read_table(text: str, path: str) -> list[Sense]:
    """The meanings of a table of headwords: tab-separated columns `en pos nl de fr it`, terms separated by `|`.

    Raises:
        LexiconError: the first malformed line; the text names it and says what is wrong.
    """
    head, *lines = text.splitlines() or [""]
    if tuple(head.split("\t")) != _COLUMNS:
        raise LexiconError(path, 1, f"the columns must be {' '.join(_COLUMNS)}, separated by tabs")
    seen: dict[tuple[str, str], int] = {}
    return [_row(line, path, number, seen) for number, line in enumerate(lines, start=2)]


def _row(line: str, path: str, number: int, seen: dict[tuple[str, str], int]) -> Sense:
    cells = line.split("\t")
    if len(cells) != len(_COLUMNS):
        raise LexiconError(path, number, f"{len(cells)} columns instead of {len(_COLUMNS)}")
    headword, part_of_speech, *translations = cells
    if part_of_speech not in _PARTS_OF_SPEECH:
        known = ", ".join(sorted(_PARTS_OF_SPEECH))
        raise LexiconError(path, number, f"{part_of_speech!r} is no part of speech: use one of {known}")
    if seen.setdefault((headword, part_of_speech), number) != number:
        earlier = seen[headword, part_of_speech]
        raise LexiconError(path, number, f"{headword} ({part_of_speech}) stands in line {earlier} too: make them one")
    by_language = {
        language: _terms(cell, language, path, number)
        for language, cell in zip(("en", *_COLUMNS[2:]), (headword, *translations), strict=True)
    }
    return Sense(by_language)


def _terms(cell: str, language: str, path: str, number: int) -> tuple[str, ...]:
    terms = tuple(cell.split("|"))
    if any(not term or term != " ".join(term.split()) for term in terms):
        raise LexiconError(path, number, f"{language}: an empty term or a stray space in {cell!r}")
    if len(set(terms)) < len(terms):
        raise LexiconError(path, number, f"{language}: a term stands twice in {cell!r}")
    if len(terms) > _MOST_TERMS:
        raise LexiconError(path, number, f"{language}: {len(terms)} terms, keep the best {_MOST_TERMS}")
    return terms


def further_lists(directory: Path) -> list[Path]:
    """The lists `LL-en.NAME.tsv` of a folder.

    Raises:
        LexiconError: the folder is missing or holds none.
    """
    found = sorted(path for path in directory.glob("*.tsv") if _LIST_NAME.fullmatch(path.name))
    if not found:
        raise LexiconError(str(directory), None, "holds no list LL-en.NAME.tsv: see LIAISON_LEXICONS in README")
    return found


def read_lists(paths: Iterable[Path]) -> list[Sense]:
    """The meanings of lists, one for each English term: `term<TAB>English|English…`, best first, `# ` for remarks.

    A term's place among the translations of an English one is its English one's place in the term's line.

    Raises:
        LexiconError: the first malformed line.
    """
    ranked: dict[str, dict[str, list[tuple[int, str]]]] = {}
    for path in paths:
        language = path.name[:2]
        for term, translations in _list_rows(path):
            for rank, english in enumerate(translations):
                ranked.setdefault(english, {}).setdefault(language, []).append((rank, term))
    return [_of_lists(english, by_language) for english, by_language in ranked.items()]


def _of_lists(english: str, by_language: Mapping[str, Sequence[tuple[int, str]]]) -> Sense:
    best = {language: _best(terms) for language, terms in by_language.items()}
    terms = {language: tuple(ranked) for language, ranked in best.items()}
    return Sense({"en": (english,), **terms}, ranks={code: tuple(ranked.values()) for code, ranked in best.items()})


def _list_rows(path: Path) -> Iterator[tuple[str, Sequence[str]]]:
    """The terms of a list with their English ones; spaces around a term do not count."""
    for number, line in enumerate(text_of(path).splitlines(), start=1):
        if not line or line.startswith("# "):
            continue
        cells = line.split("\t")
        term, translations = cells[0].strip(), [english.strip() for english in cells[-1].split("|")]
        if len(cells) != 2 or "|" in term or not all((term, *translations)):
            raise LexiconError(str(path), number, "expected is: term, tab, English terms separated by |")
        yield term, translations


def _best(terms: Sequence[tuple[int, str]]) -> dict[str, int]:
    """Each term with its best rank, the best first."""
    return dict(reversed([(term, rank) for rank, term in sorted(terms, key=lambda ranked: -ranked[0])]))


def of_glossary(concepts: Iterable[Concept]) -> list[Sense]:
    """The meanings of a glossary: all labels of a concept in a language stand for each other."""
    return [
        Sense({language: concept.labels(language) for language in concept.languages}, synonyms=True)
        for concept in concepts
    ]
