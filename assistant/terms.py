"""A question's words as they are understood, each with all that it may be called in the documents' languages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.countries import called, country_of
from assistant.types import Understood, Word
from ingest.analyse import is_stop_word, neighbours, pairs, terms, written
from ingest.lexical import LexicalQuery
from ingest.lexicon.found import Found, How
from ingest.lexicon.lexicon import Lexicon
from ingest.lexicon.reading import Reading, read
from ingest.types import TermGroup, Variant

# Flat from 0.4 to 1.0 on cross-dev: `python -m evals beir DATA/cross-dev/de-in-en --split dev`.
_WEIGHT_OF_TRANSLATION = 0.7
_WEIGHT_OF_FORM = 0.9
_MOST_TRANSLATIONS = 6  # of a word into one language


Near = Callable[[str], Sequence[tuple[str, float]]]  # index terms that are like a word, with their likeness
_UNDERSTOOD = {How.EXACT: Understood.WORD, How.LEMMA: Understood.LEMMA, How.STEM: Understood.STEM}


@dataclass(frozen=True, slots=True)
class QuestionTerms:
    """The words of a question that say something, in its order, and its pairs of neighbours.

    `pairs` are of words that say something, `adjacent` of all words.
    """

    language: str
    words: tuple[Word, ...]
    pairs: tuple[str, ...] = ()
    adjacent: tuple[str, ...] = ()

    @property
    def query(self) -> LexicalQuery:
        """What the lexical index is asked for; a word that is asked for twice counts once."""
        return LexicalQuery(tuple(dict.fromkeys(word.group for word in self.words)), self.adjacent)

    def coverage(self, held: Collection[str]) -> float:
        """The share of what the question says that a text holds, from 0 to 1, whatever language the text is in.

        `held` are the text's index terms, made in its own language: `terms(text, version.language)`. A word is held
        when one of its variants is, itself or in translation; each counts by its weight: Σ weight of the words held /
        Σ weight of all; 0 for a question that says nothing.
        """
        total = sum(word.weight for word in self.words)
        return sum(word.weight for word in self.words if word.group.held_by(held)) / total if total else 0.0


def _nothing_near(word: str) -> Sequence[tuple[str, float]]:
    return ()


def understand(
    question: str,
    language: str,
    index_languages: Sequence[str],
    lexicon: Lexicon,
    weigh: Callable[[TermGroup], float],
    also: Sequence[str] = (),
    near: Near = _nothing_near,
) -> QuestionTerms:
    """The words of a question with their translations into the languages of an index.

    `weigh` says how much a group tells in the index. A word is looked up in the languages of `also` too, those that
    the question may be in as well. A word that nothing is known of is looked for as the terms of the index that are
    most like it, by `near`. An empty lexicon leaves every word as it is written.
    """
    languages = tuple(dict.fromkeys((language, *index_languages)))
    like = near if lexicon.languages else _nothing_near
    heard = _Heard(language, languages, lexicon, _other_senses(question, also, lexicon), like)
    words = (word for reading in read(question, language, lexicon) for word in _words(reading, heard, weigh))
    found = {word.group: word for word in words}
    return QuestionTerms(
        language,
        tuple(found.values()),
        tuple(dict.fromkeys(pairs(terms(question, language)))),
        tuple(dict.fromkeys(neighbours(question, language))),
    )


@dataclass(frozen=True, slots=True)
class _Heard:
    """What a question is understood with: its language, those to look it up in, by word what it may mean in others."""

    language: str
    languages: Sequence[str]
    lexicon: Lexicon
    others: Mapping[str, Sequence[Found]]
    near: Near


def _other_senses(question: str, also: Sequence[str], lexicon: Lexicon) -> dict[str, list[Found]]:
    """By word, what it means in other languages that the question may be in."""
    senses: dict[str, list[Found]] = {}
    for code in also:
        for reading in read(question, code, lexicon):
            for part in reading.parts or (reading,):
                senses.setdefault(part.text, []).extend((*part.found, *reading.found))
    return senses


def _words(reading: Reading, heard: _Heard, weigh: Callable[[TermGroup], float]) -> Iterator[Word]:
    """A word, each word of a term, or each part of a compound: what the whole is called stands for each of them."""
    for part in reading.parts or (reading,):
        if part is not reading and is_stop_word(part.text.casefold(), heard.language):
            continue  # "est-ce"
        whole = reading if part is not reading else None
        found = [*(whole.found if whole else ()), *part.found]
        other = heard.others.get(part.text, ())
        translations = _merged(
            _translated(found, heard.language, heard.languages), _translated(other, "", heard.languages)
        )
        written = _as_written(part, heard.languages)
        if whole and not whole.found:
            written += _as_written(whole, heard.languages)
        variants = _variants(translations, heard.lexicon)
        country = country_of(part.text, heard.language, found)
        kin = _of_country(country, heard)
        cognates = () if whole or found or other or not written else heard.near(written[0].stems[0])
        alike = (Variant((term,), _WEIGHT_OF_TRANSLATION * likeness) for term, likeness in cognates)
        group = TermGroup(_distinct([*written, *variants, *_forms(part, heard.language, heard.lexicon), *kin, *alike]))
        understood = Understood.COMPOUND if whole and not whole.found else _understood([*found, *other])
        told = tuple(dict.fromkeys(word for words in translations.values() for word in words))
        if cognates:
            understood, told = Understood.COGNATE, tuple(term for term, _ in cognates)
        yield Word(part.text, understood, told, group, weigh(group), _concept(found), bool(country))


def _of_country(country: Sequence[str], heard: _Heard) -> Iterator[Variant]:
    """What a country is called: its names have no other forms, whose stems would be those of other words ("poles")."""
    for code, names in _translated([*called(country, heard.lexicon)], "", heard.languages).items():
        yield from (Variant(stems, _WEIGHT_OF_TRANSLATION) for name in names if (stems := _stems(name, code)))


def _concept(found: Sequence[Found]) -> str:
    """What the concept of a glossary among these meanings is called, in English if it can be; "" where none is."""
    concepts = (one.sense for one in found if one.sense.synonyms)
    names = (name for sense in concepts for code in ("en", *sense.terms) for name in sense.terms_in(code)[:1])
    return next(names, "")


def _understood(found: Sequence[Found]) -> Understood:
    return _UNDERSTOOD[found[0].how] if found else Understood.UNKNOWN


def _merged(first: Mapping[str, Sequence[str]], second: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {code: tuple(dict.fromkeys((*first[code], *second[code]))) for code in first}


def _as_written(reading: Reading, languages: Sequence[str]) -> list[Variant]:
    """A word as every language of the index would write it; a hyphenated one also by all of its parts together."""
    ways = ((word, terms(word, code)) for code in languages for word in written(reading.text))
    return [Variant(tuple(stems)) for word, made in ways for stems in (made[-1:], _parts(word, made)) if stems]


def _parts(word: str, made: Sequence[str]) -> Sequence[str]:
    """The terms for the parts of a hyphenated word; none where one of them says nothing ("up" in "start-up")."""
    return made[:-1] if len(made) == word.count("-") + 2 else ()


def _translated(found: Sequence[Found], language: str, languages: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """By language, the terms of these senses; those of the question's own where they stand for each other."""
    named: dict[str, tuple[str, ...]] = {}
    for code in languages:
        senses = [one.sense for one in found if code != language or one.sense.synonyms]
        distinct = dict.fromkeys(term for sense in senses for term in sense.terms_in(code))
        named[code] = tuple(distinct)[:_MOST_TRANSLATIONS]
    return named


def _variants(translations: Mapping[str, Sequence[str]], lexicon: Lexicon) -> Iterator[Variant]:
    for code, words in translations.items():
        for word in words:
            stems = _stems(word, code)
            if len(stems) == 1:
                yield from (
                    Variant((stem,), _WEIGHT_OF_TRANSLATION) for stem in (*stems, *lexicon.stems(word, code)[1:])
                )
            elif stems:
                yield Variant(stems, _WEIGHT_OF_TRANSLATION)


@lru_cache(maxsize=8_192)  # what translates one question's words translates another's
def _stems(term: str, language: str) -> tuple[str, ...]:
    """An index term for each word of a term that has one, a hyphenated word's for its whole."""
    return tuple(ways[-1] for word in written(term) if (ways := terms(word, language)))


def _forms(reading: Reading, language: str, lexicon: Lexicon) -> Iterator[Variant]:
    """Other forms of a word, which its stem does not tell ("built" of "build")."""
    lemmas = (term for found in reading.found for term in found.sense.terms_in(language) if " " not in term)
    for lemma in dict.fromkeys(lemmas):
        stems = lexicon.stems(lemma, language)
        if len(stems) > 1 and not set(stems).isdisjoint(reading.stems):
            yield from (Variant((stem,), _WEIGHT_OF_FORM) for stem in stems)


def _distinct(variants: Sequence[Variant]) -> tuple[Variant, ...]:
    """Each variant once, with the first of its weights."""
    return tuple({variant.stems: variant for variant in reversed(variants)}.values())
