"""How a text is understood word by word: terms of up to several words, single words, the parts of compounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.analyse import is_stop_word, stem
from ingest.lexicon.found import Found
from ingest.lexicon.keys import STEMS, Token, tokens
from ingest.lexicon.lexicon import Lexicon

_MOST_WORDS = 6  # of a term: four, and room for articles between them
_COMPOUNDING = frozenset(("de", "nl"))
_LINKS = ("", "s", "es", "n", "en", "er", "e")  # what German and Dutch put between the parts of a compound
_SHORTEST_PART = 3
_SHORTEST_COMPOUND = 7


@dataclass(frozen=True, slots=True)
class Reading:
    """One or more words of a text that mean one thing.

    `text` is what is written, `stems` are its index terms, `found` its senses, the likeliest first. `parts` are the
    readings of the words of a term, or of the parts of a compound, which has no senses itself. A word that has neither
    is unknown.
    """

    text: str
    stems: tuple[str, ...]
    found: tuple[Found, ...] = ()
    parts: tuple[Reading, ...] = ()

    @property
    def known(self) -> bool:
        """Whether it is in the lexicon, itself or by its parts."""
        return bool(self.found or self.parts)


def read(text: str, language: str, lexicon: Lexicon) -> list[Reading]:
    """The readings of a text in its order; words that say nothing are left out."""
    words = tokens(text, language)
    readings: list[Reading] = []
    place = 0
    while place < len(words):
        term = _term(words[place : place + _MOST_WORDS], language, lexicon)
        if term is not None:
            readings.append(term[0])
            place += term[1]
            continue
        if not words[place].says_nothing:
            readings.append(_word(words[place], language, lexicon))
        place += 1
    return readings


def _term(words: Sequence[Token], language: str, lexicon: Lexicon) -> tuple[Reading, int] | None:
    """The longest term of several words that a text begins with, and how many words it takes."""
    if len(words) < 2:
        return None
    as_written = {key.count(" ") + 1: key for key in lexicon.phrases([word.key for word in words], language)}
    length = max(as_written, default=0)
    if length < 2 and not words[0].says_nothing:
        return _term_by_stems(words, language, lexicon)
    if length < 2:
        return None
    return _several(words[:length], as_written[length], language, lexicon), length


def _term_by_stems(words: Sequence[Token], language: str, lexicon: Lexicon) -> tuple[Reading, int] | None:
    telling = [place for place, word in enumerate(words) if word.stems]
    stems = [stem for word in words for stem in word.stems]
    phrases = stems and lexicon.phrases([STEMS + stems[0], *stems[1:]], language)
    if not phrases:
        return None
    key = max(phrases, key=len)
    wanted = key.count(" ") + 1
    held = 0
    for place in telling:
        held += len(words[place].stems)
        if held == wanted:
            return _several(words[: place + 1], key, language, lexicon), place + 1
    return None  # the term ends within a hyphenated word


def _several(words: Sequence[Token], key: str, language: str, lexicon: Lexicon) -> Reading:
    text, stems = " ".join(word.text for word in words), tuple(stem for word in words for stem in word.stems)
    parts = tuple(_word(word, language, lexicon) for word in words if not word.says_nothing)
    return Reading(text, stems, tuple(lexicon.find(key, language)), parts)


def _word(word: Token, language: str, lexicon: Lexicon) -> Reading:
    found = tuple(lexicon.find_word(word.key, language))
    parts = () if found else _parts(word, language, lexicon)
    return Reading(word.text, word.stems, found, parts)


def _parts(word: Token, language: str, lexicon: Lexicon) -> tuple[Reading, ...]:
    if "-" in word.text:
        return _hyphenated(word, language, lexicon)
    if language not in _COMPOUNDING or len(word.key) < _SHORTEST_COMPOUND:
        return ()
    split = _split(word.key.casefold(), language, lexicon)
    return tuple(_part(part, language, lexicon) for part in split)


def _hyphenated(word: Token, language: str, lexicon: Lexicon) -> tuple[Reading, ...]:
    parts = [_word(part, language, lexicon) for part in tokens(word.text.replace("-", " "), language)]
    return tuple(parts) if any(part.known for part in parts) else ()


def _part(part: str, language: str, lexicon: Lexicon) -> Reading:
    return Reading(part, (stem(part, language),), tuple(lexicon.find_word(part, language)))


def _split(word: str, language: str, lexicon: Lexicon) -> tuple[str, ...]:
    """A compound as the fewest known parts, the longest last one among equals; empty where it has none."""
    best: tuple[str, ...] = ()
    for part in _openings(word, language, lexicon):
        for link in _LINKS:
            if not word.startswith(part + link):
                continue
            rest = word[len(part) + len(link) :]
            if len(rest) < _SHORTEST_PART or is_stop_word(rest, language):
                continue
            tail = (rest,) if lexicon.find_word(rest, language) else _split(rest, language, lexicon)
            candidate = (part, *tail)
            if tail and (not best or (len(candidate), -len(tail[-1])) < (len(best), -len(best[-1]))):
                best = candidate
    return best


def _openings(word: str, language: str, lexicon: Lexicon) -> list[str]:
    """The known words and stems that a compound may begin with, the longest first."""
    stems = (key.removeprefix(STEMS) for key in lexicon.beginnings(STEMS + word, language))
    known = {part for part in lexicon.beginnings(word, language) if len(part) >= _SHORTEST_PART}
    known.update(stem for stem in stems if len(stem) > _SHORTEST_PART)  # "kom" of "Komet" opens too much
    return sorted((part for part in known if not is_stop_word(part, language)), key=len, reverse=True)
