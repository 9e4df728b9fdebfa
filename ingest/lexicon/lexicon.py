"""The lexicon as it is asked: the glossary of a corpus first, then the table and the further lists."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Protocol

from ingest.analyse import stem
from ingest.lexicon.compiled import open_compiled
from ingest.lexicon.found import Found, How
from ingest.lexicon.keys import STEMS, is_abbreviation, key_of, phrases, stem_key_of
from ingest.lexicon.sense import Sense
from ingest.settings import IndexSettings

_REMEMBERED = 8_192  # words: most words of a passage are among the frequent ones


class _Part(Protocol):
    """What a lexicon is made of."""

    @property
    def version(self) -> str:
        """A digest of what it holds."""

    @property
    def languages(self) -> frozenset[str]:
        """The languages that it covers, not only in some terms."""

    @property
    def knows_forms(self) -> bool:
        """Whether inflected forms of its terms are keys too."""

    def find(self, key: str, language: str) -> Sequence[Found]:
        """What a key of a language may mean, the likeliest first."""

    def phrases(self, words: Sequence[str], language: str) -> Sequence[str]:
        """The keys of two words or more that a text of these words begins with."""

    def other_stems(self, key: str, language: str) -> Sequence[str]:
        """The stems of a term's forms that are not its own stem."""

    def beginnings(self, text: str, language: str) -> Sequence[str]:
        """The keys of a language that a text begins with, the shortest first."""


class Lexicon:
    """What words mean, by the parts it is made of: an earlier part's senses come first."""

    def __init__(self, *parts: _Part) -> None:
        self._parts = parts
        self.find_word = lru_cache(_REMEMBERED)(self._find_word)
        self.stems = lru_cache(_REMEMBERED)(self._stems)

    @property
    def version(self) -> str:
        """A digest of all that it holds."""
        return "+".join(part.version for part in self._parts)

    @property
    def languages(self) -> frozenset[str]:
        """The languages whose texts it can put into others."""
        return frozenset[str]().union(*(part.languages for part in self._parts))

    def find(self, key: str, language: str) -> Sequence[Found]:
        """What a key of a language may mean, the likeliest first; keys are made by `ingest.lexicon.keys`."""
        return [found for part in self._parts for found in part.find(key, language)]

    def _find_word(self, key: str, language: str) -> Sequence[Found]:
        """What a single word may mean: as it stands, else by its lemma, else by its stem; a glossary's senses first."""
        by_stem = STEMS + stem(key.casefold(), language)
        formless = (part for part in self._parts if not part.knows_forms)
        inflected = [replace(found, how=How.LEMMA) for part in formless for found in part.find(by_stem, language)]
        ordered = sorted((*inflected, *self.find(key, language)), key=lambda found: found.how)
        # what is written in capitals may be a heading's word, but not one that only has the same stem ("CIR", "cirer")
        close = key.casefold() if is_abbreviation(key) else by_stem
        return list({id(found.sense): found for found in ordered}.values()) or self.find(close, language)

    def _stems(self, word: str, language: str) -> tuple[str, ...]:
        """The stem of a single word of the lexicon, then those of its forms that have another ("build", "built")."""
        key = key_of(word)
        others = (other for part in self._parts for other in part.other_stems(key, language))
        return tuple(dict.fromkeys((stem(key.casefold(), language), *others)))

    def phrases(self, words: Sequence[str], language: str) -> list[str]:
        """The keys of two words or more that a text of these words begins with."""
        return [key for part in self._parts for key in part.phrases(words, language)]

    def beginnings(self, text: str, language: str) -> set[str]:
        """The keys of a language that a text begins with."""
        return {key for part in self._parts for key in part.beginnings(text, language)}

    def led_by(self, senses: Sequence[Sense]) -> Lexicon:
        """This lexicon with the senses of a glossary ahead of it."""
        return Lexicon(_Glossary(senses, self), *self._parts) if senses else self


def open_lexicon(cache: Path, lists: Path | None) -> Lexicon:
    """The table with the further lists of a folder, compiled into `cache` the first time.

    Raises:
        LexiconError: a line of the table or of a list is malformed, or `cache` cannot be written.
    """
    return Lexicon(open_compiled(cache, lists))


def lexicon_of(settings: IndexSettings) -> Lexicon:
    """The lexicon that the settings ask for; an empty one where they leave it out.

    Raises:
        LexiconError: as `open_lexicon`.
    """
    return open_lexicon(settings.model_cache, settings.lexicons) if settings.lexicon else Lexicon()


class _Glossary:
    """A few hundred senses in memory, entered when the first word is looked up: a sync without news never does."""

    knows_forms = False
    languages: frozenset[str] = frozenset()

    def __init__(self, senses: Sequence[Sense], lexicon: Lexicon) -> None:
        self._senses, self._lexicon = senses, lexicon
        told = hashlib.sha256()
        for sense in senses:
            told.update(repr(sorted(sense.terms.items())).encode())
        self.version = told.hexdigest()[:12]

    def find(self, key: str, language: str) -> Sequence[Found]:
        return self._found.get((language, key), ())

    def phrases(self, words: Sequence[str], language: str) -> Sequence[str]:
        return [key for key in phrases(words) if (language, key) in self._found]

    def other_stems(self, key: str, language: str) -> Sequence[str]:
        return ()

    def beginnings(self, text: str, language: str) -> Sequence[str]:
        ends = range(1, min(len(text), self._longest) + 1)
        return [text[:end] for end in ends if (language, text[:end]) in self._found]

    @cached_property
    def _found(self) -> Mapping[tuple[str, str], Sequence[Found]]:
        entered: dict[tuple[str, str], list[Found]] = {}
        for sense in self._senses:
            for language in sense.terms:
                for key, found in self._keys(sense, language):
                    others = entered.setdefault((language, key), [])
                    if key and all(other.sense is not sense for other in others):
                        others.append(found)
        return entered

    @cached_property
    def _longest(self) -> int:
        return max((len(key) for _, key in self._found), default=0)

    def _keys(self, sense: Sense, language: str) -> Iterator[tuple[str, Found]]:
        for rank, term in sense.ranked(language):
            yield key_of(term), Found(sense, rank, How.EXACT)
            for key in self._stem_keys(term, language):
                yield key, Found(sense, rank, How.STEM)

    def _stem_keys(self, term: str, language: str) -> Iterable[str]:
        if " " in term or is_abbreviation(term):
            return (stem_key_of(term, language),)
        return (STEMS + stem for stem in self._lexicon.stems(term, language))
