"""The proper names of a sentence, and whether a text holds them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from ingest.analyse import fold, is_stop_word

_WORD = re.compile(r"[^\W_][\w&]*(?:[-‐‑.’'/][\w&]+)*")
_ELIDED = re.compile(r"^(?:[ldjnsmtc]|qu|dell|nell|sull|dall|all|un|quell)['’](?=\w)", re.IGNORECASE)
_SOURCE_KEYS = re.compile(r"\((?:[A-Z]{1,3}\d{1,2}[,;]? ?)+[^)]*\)")
_KEY = r"[A-Z]{1,3}\d{1,2}\b"
_NOTE = re.compile(rf"\s?\({_KEY}(?:[,;][^)]*)?\)")
_KEYS = re.compile(rf"\b{_KEY}[,;]?\s?")
_KEY_CELL = re.compile(rf"(?<=\| ){_KEY}(?:, {_KEY})*(?= [(|])")
_OPENS = re.compile(r"(?:^|[.!?:;•|“\"«„(]|\n|[-–*] )\s*[\"'“«„(]*$")
_SAME_NAME = 0.75  # likeness of a name in two languages: "Slowenien", "Slovenia"
_COMMON = frozenset(  # abbreviations of what is no name, which languages write each in its way
    "VAT BTW MwSt TVA IVA HT TTC EUR KEUR CHF USD GBP SEK DKK NOK PLN CZK JPY MW kW GeV MeV TeV keV GB TB PB "
    "R&D O&O FuE F&E R&S".split()
)
_PARTICLES = frozenset("van von de der den du di da le la les el the and of for und et e".split())


def names(text: str, language: str, is_ordinary: Callable[[str], bool]) -> tuple[str, ...]:
    """The proper names of a sentence, word by word, as written; keys of sources in brackets are none.

    A word in capitals, with a capital inside or with digits in it is one anywhere. A word with a first capital is one
    within a sentence; where it opens one, and everywhere in German, only if it is no ordinary word of the language.
    """
    text = _SOURCE_KEYS.sub(" ", text)
    return tuple(
        part
        for word, opens in _capitalised(text)
        if _is_name(word, opens, language, is_ordinary)
        for part in _named_parts(word, is_ordinary)
        if part not in _COMMON
    )


def _named_parts(word: str, is_ordinary: Callable[[str], bool]) -> tuple[str, ...]:
    """A name; of a compound with an abbreviation and ordinary words the abbreviation: "ITER-Koordinierungszelle"."""
    parts = word.split("-")
    ordinary = [part for part in parts if not _is_abbreviation(part) and (part.islower() or is_ordinary(part))]
    named = tuple(part for part in parts if part not in ordinary)
    return named if named and any(map(_is_abbreviation, named)) else (word,)


def _is_abbreviation(part: str) -> bool:
    return sum(sign.isupper() for sign in part) > 1


def without_keys(text: str) -> str:
    """What a sentence says, without the keys of its sources; a note on them stays if it tells of a date."""
    return _KEY_CELL.sub("", _NOTE.sub(_dated, text))


def _dated(note: re.Match[str]) -> str:
    rest = _KEYS.sub("", note.group())
    return rest if any(sign.isdigit() for sign in rest) else ""


def _capitalised(text: str) -> Iterable[tuple[str, bool]]:
    for match in _WORD.finditer(text):
        word = _ELIDED.sub("", match.group()).removesuffix("'s").removesuffix("’s")
        if any(sign.isupper() for sign in word):
            yield word, bool(_OPENS.search(text[: match.start()]))


def _is_name(word: str, opens: bool, language: str, is_ordinary: Callable[[str], bool]) -> bool:
    if word in _COMMON:
        return False
    capitals = sum(sign.isupper() for sign in word)
    if (capitals > 1 and "-" not in word) or any(sign.isdigit() for sign in word):
        return len(word) > 1
    if capitals > 1 and any(sum(sign.isupper() for sign in part) > 1 for part in re.split(r"[-/]", word)):
        return True
    if not word[0].isupper() or len(word) == 1:
        return False
    if opens or language == "de":
        lowered = word.lower()
        return not (is_stop_word(lowered, language) or is_ordinary(word))
    return True


def holds_name(name: str, text_names: frozenset[str], text: str, same_language: bool) -> bool:
    """Whether a text holds a name: as a word, as part of a hyphenated one, or by the initials of its words.

    `text_names` are the folded words of the text. In two languages a name may be spelled a little differently.
    """
    parts = [part for part in re.split(r"[-‐‑/’']", fold(name.casefold())) if part and part not in _PARTICLES]
    if fold(name.casefold()) in text_names or all(_held(part, text_names, same_language) for part in parts):
        return True
    return name.isupper() and len(name) > 2 and name.casefold() in _initials(text)


def folded_words(text: str) -> frozenset[str]:
    """The words of a text and their parts, lower case, without accents."""
    found: set[str] = set()
    for match in _WORD.finditer(text):
        word = fold(_ELIDED.sub("", match.group()).casefold())
        found.add(word)
        found.update(part for part in re.split(r"[-‐‑./’']", word) if part)
    return frozenset(found)


def _held(part: str, words: frozenset[str], same_language: bool) -> bool:
    stripped = part.rstrip("s")
    if part in words or (len(stripped) > 2 and (stripped in words or f"{part}s" in words)):
        return True
    return not same_language and len(part) > 4 and any(_alike(part, word) for word in words if word[:1] == part[:1])


@lru_cache(maxsize=50_000)
def _alike(left: str, right: str) -> bool:
    return len(right) > 4 and SequenceMatcher(None, left, right, autojunk=False).ratio() >= _SAME_NAME


@lru_cache(maxsize=2_000)
def _initials(text: str) -> frozenset[str]:
    """What the initials of three to six words that stand together spell, small words within them skipped."""
    found: set[str] = set()
    words = [match.group() for match in _WORD.finditer(text)]
    letters = [word[0].casefold() if word[0].isupper() or word.casefold() not in _PARTICLES else "" for word in words]
    for start in range(len(letters)):
        for length in range(3, 9):
            found.add("".join(letters[start : start + length]))
    return frozenset(found)
