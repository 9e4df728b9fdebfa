"""How well each sentence of the passages fits a question: what the evidence and the extractive engine both go by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from assistant.asked import background_of, is_filler, names_of, parts, without_source_keys
from assistant.context import Sentence, sentences_of
from assistant.countries import COUNTRY
from assistant.cues import CUES
from assistant.gaps import says_unknown, unknown_things
from assistant.phrases import Phrase, phrases_of
from assistant.phrases import Sort as Phrased
from assistant.sorts import Sort
from assistant.sought import NUMBER, end_of_count, sought, without_other_figures
from assistant.terms import QuestionTerms
from assistant.types import Passage, Word
from ingest.analyse import pairs, terms, words

_WEIGHT_OF_FILLERS = 0.25  # of "today" or "gets" against a word that says what is asked about
_WEIGHT_OF_BACKGROUND = 0.35  # of "We are a small firm." before what is asked
_WEIGHT_OF_UNTRANSLATED = 0.3  # of a word that a text in another language could not be found to hold
_BEFORE = 5  # words from a number to what it counts, at most: "eight or more new spin-offs"
_BEHIND = 1  # from what is counted to its number: "Stands: 120"
_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Content:
    """A word of the question: the index terms that stand for it, alone or together, and how much it tells.

    `weight_abroad` is how much it tells of a text in another language: less where no translation is known.
    `names_country` is whether it names a country, or what belongs to one.
    """

    text: str
    alone: frozenset[str]
    together: tuple[frozenset[str], ...]
    weight: float
    weight_abroad: float
    names_country: bool

    def held_by(self, held: frozenset[str]) -> bool:
        """Whether a text with these index terms says it."""
        return not self.alone.isdisjoint(held) or any(map(held.issuperset, self.together))

    @property
    def terms(self) -> frozenset[str]:
        """The index terms that stand for it, alone or with others."""
        return self.alone.union(*self.together)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in a question, with what stands for it in the index; with nothing where it is part of a word.

    `is_word_abroad` is whether other languages write it as any word ("National" in "National Anthem").
    """

    text: str
    content: Content | None
    is_word_abroad: bool

    def stands_in(self, said: AbstractSet[str], held: frozenset[str]) -> bool:
        return self.text in said or (self.content is not None and self.content.held_by(held))


@dataclass(frozen=True, slots=True)
class Fit:
    """A sentence of a passage against the question; all shares are from 0 to 1.

    - `said`: the share of the question's content in the sentence; `framed`: in the sentence and what it stands under
      (title, organisation, headings, context); `around`: in the passage and what that stands under
    - `thing`: the share of the thing asked for in the sentence and what it stands under
    - `named`, `numbered`: the shares of the question's names and numbers in both; `named_around`: of its names in the
      passage and what that stands under
    - `of_countries`: whether all its countries are named in both, or in the sentence alone where that names another
    - `dated`: whether all its years are in both; `dated_around`: whether they are in the passage and what that stands
      under; `of_another_year`: whether it has years, and none of the question's
    - `paired`: the question's pairs of neighbours in the sentence
    - `gives`: whether it gives the sort of thing asked for; `counts`: whether it numbers the thing, where it is asked
      how many there are
    - `unknown`: how well what it says is not known is what the question asks for; None where it says no such thing
    - `foreign`: whether it is in another language than the question
    """

    sentence: Sentence
    terms: frozenset[str]
    says: frozenset[str]
    said: float
    framed: float
    around: float
    thing: float
    named: float
    named_around: float
    numbered: float
    of_countries: bool
    dated: bool
    dated_around: bool
    of_another_year: bool
    paired: frozenset[str]
    gives: bool
    counts: bool
    unknown: float | None
    foreign: bool


@dataclass(frozen=True, slots=True)
class Examined:
    """A question held against its passages: every sentence, in their order.

    `terms` are all index terms that stand for something in the question.
    """

    question: str
    language: str
    sought: Sort | None
    terms: frozenset[str]
    pairs: frozenset[str]
    fits: tuple[Fit, ...]


def examine(question: str, asked_for: QuestionTerms, passages: Sequence[Passage], *, asks: bool = True) -> Examined:
    """Every sentence of the passages with how well it fits the question, or the claim.

    A claim asks for no thing, and its figures may be what is wrong with it.
    """
    asking = _Asking(question, asked_for, asks=asks)
    fits = tuple(fit for passage in passages for fit in _Frame(passage, asking).fits())
    return Examined(question, asked_for.language, asking.sought, asking.terms, asking.pairs, fits)


class _Asking:
    """What a question holds that a sentence can be held against."""

    def __init__(self, question: str, asked_for: QuestionTerms, *, asks: bool) -> None:
        self.language = asked_for.language
        self.words = frozenset(words(question))
        self.sought = sought(question) if asks else None
        self.contents = _contents(asked_for, self._asking_words(question), background_of(question))
        self.thing = _thing(question, asked_for.language, self.contents)
        self.terms = frozenset(term for content in self.contents for term in content.terms)
        self.names = _names(question, asked_for, self.contents)
        self.countries = tuple(content for content in self.contents if content.names_country)
        self.numbers = frozenset(_NUMBER.findall(question) if asks else ())
        self.years = frozenset(_YEAR.findall(question) if asks else ())
        self.pairs = frozenset(asked_for.pairs)
        self.counted = self._counted(question) if asks else frozenset[str]()

    def _counted(self, question: str) -> frozenset[str]:
        """The index terms for what a question wants counted, which is the phrase behind "how many"."""
        end = end_of_count(question)
        if end is None or self.language not in CUES:
            return frozenset()
        counted = frozenset(words(_said_at_once(question, end, phrases_of(question, self.language))))
        return frozenset(
            term for content in self.contents for term in content.terms if not counted.isdisjoint(words(content.text))
        )

    def is_of_another_year(self, told: str) -> bool:
        """Whether a sentence is of years that the question does not name, and of none that it names."""
        years = frozenset(_YEAR.findall(told)) if self.years else frozenset[str]()
        return bool(years) and years.isdisjoint(self.years)

    def weights(self, language: str) -> tuple[tuple[Content, float], ...]:
        """Each word of the question with how much it tells of a text in a language."""
        abroad = language != self.language
        return tuple((content, content.weight_abroad if abroad else content.weight) for content in self.contents)

    def share_of(self, held: AbstractSet[str]) -> float:
        """The share of a text's index terms that the question says."""
        return len(held & self.terms) / len(held) if held else 0.0

    def gives(self, told: str, above: AbstractSet[str]) -> bool:
        """Whether a sentence gives the sort of thing asked for, other than what the question or the titles say."""
        given = self.sought.given.finditer(told) if self.sought else ()
        return any(not (self.words | above).issuperset(words(match[match.lastgroup or 0])) for match in given)

    def is_of_countries(self, told: str, said: frozenset[str], above: frozenset[str]) -> bool:
        """Whether a sentence is of all countries of the question: it names them, or what it stands under does.

        Not that where it names a country itself: a title on two countries says nothing of either.
        """
        if not self.countries:
            return True
        held = said if COUNTRY.search(told) else said | above
        return all(content.held_by(held) for content in self.countries)

    def named_by(self, said: AbstractSet[str], held: frozenset[str], language: str) -> float:
        """The share of the question's names that a text has, by its words, or by its index terms in translation."""
        names = [name for name in self.names if not name.is_word_abroad or language == self.language]
        return sum(name.stands_in(said, held) for name in names) / len(names) if names else 1.0

    def mentions(self, told: str) -> bool:
        """Whether a text names the sort of thing asked for."""
        return bool(self.sought and self.sought.named and self.sought.named.search(told))

    def _asking_words(self, question: str) -> frozenset[str]:
        """The words that say what sort of thing is asked for: the thing answers them, not the words."""
        named = self.sought.named.finditer(question) if self.sought and self.sought.named else ()
        return frozenset(word for match in named for word in words(match.group()))


@dataclass(frozen=True, slots=True)
class _Around:
    """How much of a question a whole passage holds with what it stands under: of its content, names and years."""

    covered: float
    named: float
    dated: bool


class _Frame:
    """A passage and what stands above its text: title, organisation, headings, context."""

    def __init__(self, passage: Passage, asking: _Asking) -> None:
        version, chunk = passage.hit.version, passage.hit.chunk
        above = f"{version.title}\n{version.organisation}\n{chunk.section}\n{chunk.context}"
        self._passage, self._asking, self._language = passage, asking, version.language
        self._terms = frozenset(terms(above, version.language))
        self._parts = parts(above)
        self._numbers = frozenset(_NUMBER.findall(above))
        self._told = self._terms & asking.terms
        self._weights = asking.weights(version.language)

    def fits(self) -> list[Fit]:
        told = [(sentence, terms(sentence.text, self._language)) for sentence in sentences_of(self._passage)]
        around = self._around(told)
        return [self._fit(sentence, sequence, around) for sentence, sequence in told]

    def _around(self, told: Sequence[tuple[Sentence, Sequence[str]]]) -> _Around:
        held = self._terms.union(*(sequence for _, sequence in told))
        numbers = self._numbers.union(*(_NUMBER.findall(sentence.text) for sentence, _ in told))
        said = self._parts.union(*(parts(sentence.text) for sentence, _ in told))
        named = self._asking.named_by(said, held, self._language)
        return _Around(self._covered(held), named, dated=self._asking.years <= numbers)

    def _fit(self, sentence: Sentence, sequence: Sequence[str], around: _Around) -> Fit:
        asking, told = self._asking, without_source_keys(sentence.text)
        held = frozenset(sequence)
        said = held & asking.terms
        numbers = self._numbers.union(_NUMBER.findall(told))
        return Fit(
            sentence=sentence,
            terms=held,
            says=frozenset(content.text for content, _ in self._weights if content.held_by(said)),
            said=_covered(self._weights, said),
            framed=_covered(self._weights, said | self._told),
            around=around.covered,
            thing=_covered(asking.thing, said | self._told) if asking.thing else 1.0,
            named=asking.named_by(parts(sentence.text) | self._parts, said | self._told, self._language),
            named_around=around.named,
            numbered=_share(asking.numbers, numbers),
            of_countries=asking.is_of_countries(told, said, self._told),
            dated=asking.years <= numbers,
            dated_around=around.dated,
            of_another_year=asking.is_of_another_year(told),
            paired=asking.pairs.intersection(pairs(sequence)),
            gives=asking.gives(told, self._parts),
            counts=not asking.counted or self._counts(told),
            unknown=self._unknown(sentence.text),
            foreign=self._language != asking.language,
        )

    def _counts(self, told: str) -> bool:
        """Whether a number stands beside a word for what is to be counted."""
        found = words(without_other_figures(told))
        numbers = [at for at, word in enumerate(found) if NUMBER.fullmatch(word)]
        things = [at for at, word in enumerate(found) if not self._asking.counted.isdisjoint(self._terms_of(word))]
        return any(-_BEHIND <= thing - number <= _BEFORE for thing in things for number in numbers)

    def _terms_of(self, word: str) -> list[str]:
        return terms(word, self._language)

    def _unknown(self, sentence: str) -> float | None:
        if not says_unknown(sentence):
            return None
        return max((self._asked_for(thing) for thing in unknown_things(sentence)), default=0.0)

    def _asked_for(self, thing: str) -> float:
        """How well a thing is what the question asks for.

        The harmonic mean of two shares: of the question, what the thing and what stands above it hold; of the thing,
        what the question says.
        """
        held = frozenset(terms(thing, self._language))
        own = held - self._terms
        named = 1 / max(len(own), 1) if self._asking.mentions(thing) else 0.0
        asked = min(1.0, self._asking.share_of(own) + named)
        covered = self._covered(held | self._terms)
        return 2 * covered * asked / (covered + asked) if covered and asked else 0.0

    def _covered(self, held: frozenset[str]) -> float:
        """The share of the question's content that a text with these index terms holds."""
        return _covered(self._weights, held & self._asking.terms)


def _said_at_once(question: str, start: int, phrases: Sequence[Phrase]) -> str:
    """What stands behind a place in a question up to its next small word: "firms" of "firms in 2022"."""
    end = start
    for phrase in phrases:
        if phrase.end > end and not question[end : max(phrase.start, end)].strip():
            end = phrase.end
    return question[start:end]


def _contents(
    asked_for: QuestionTerms, asking_words: frozenset[str], background: frozenset[str]
) -> tuple[Content, ...]:
    told = (word for word in asked_for.words if not asking_words.issuperset(words(word.text)))
    return tuple({word.text: _content(word, asked_for.language, background) for word in told}.values())


def _content(word: Word, language: str, background: frozenset[str]) -> Content:
    stems = [frozenset(variant.stems) for variant in word.group.variants]
    alone = frozenset(stem for variant in stems if len(variant) == 1 for stem in variant)
    together = tuple(variant for variant in stems if len(variant) > 1)
    leads_up = word.text.islower() and background.issuperset(words(word.text))  # names count wherever they are said
    asks = _WEIGHT_OF_FILLERS if is_filler(word.text, language) else 1.0
    weight = word.weight * asks * (_WEIGHT_OF_BACKGROUND if leads_up else 1.0)
    comparable = bool(word.translations) or not word.text.islower()  # a name or a number is the same in every language
    weight_abroad = weight * (1.0 if comparable else _WEIGHT_OF_UNTRANSLATED)
    return Content(word.text, alone, together, weight, weight_abroad, word.names_country)


def _names(question: str, asked_for: QuestionTerms, contents: Sequence[Content]) -> tuple[_Name, ...]:
    content_of = {part: content for content in contents for part in parts(content.text) if _is_one(content)}
    abroad = (word.text for word in asked_for.words if asked_for.language == "de" and _is_name_abroad(word))
    names = names_of(question, asked_for.language).union(*map(parts, abroad))
    words_abroad = {word.text for word in asked_for.words if word.translations and not _is_name_abroad(word)}
    return tuple(
        _Name(name, content_of.get(name), _is_word(content_of.get(name), words_abroad)) for name in sorted(names)
    )


def _is_word(content: Content | None, words_abroad: AbstractSet[str]) -> bool:
    return content is not None and content.text in words_abroad and not content.text.isupper()


def _is_one(content: Content) -> bool:
    return len(parts(content.text)) == 1


def _is_name_abroad(word: Word) -> bool:
    """Whether a German word, whose capital tells nothing, is written with one in other languages ("Österreich")."""
    return bool(word.translations) and all(translation[:1].isupper() for translation in word.translations)


def _thing(question: str, language: str, contents: Sequence[Content]) -> tuple[tuple[Content, float], ...]:
    """The thing that a question asks for, which is what it says first that is no name: the "salary" of an engineer."""
    told = phrases_of(question, language) if language in CUES else ()
    first = next((frozenset(words(phrase.text)) for phrase in told if phrase.sort is Phrased.WORDS), frozenset())
    return tuple((content, content.weight) for content in contents if not first.isdisjoint(words(content.text)))


def _covered(weights: Sequence[tuple[Content, float]], held: frozenset[str]) -> float:
    """The share, by weight, of some words that a text with these index terms holds; 0 of no words."""
    total = sum([weight for _, weight in weights])
    return sum([weight for content, weight in weights if content.held_by(held)]) / total if total else 0.0


def _share(wanted: AbstractSet[str], held: AbstractSet[str]) -> float:
    """The share of what is wanted that is held; 1 where nothing is wanted."""
    return len(wanted & held) / len(wanted) if wanted else 1.0
