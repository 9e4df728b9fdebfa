"""A sentence as verification reads it: clause by clause its words, signs, figures and names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from assistant.verify.names import names
from assistant.verify.quantities import Figures, figures
from assistant.verify.signs import Sign, sign_words, signs, without_signs
from assistant.verify.words import Reader, Word

_CLAUSE_WORDS = {
    "en": "and|but|while|whereas|although|though|because|if|unless|when|which|who|so|after|before|yet|however",
    "nl": "en|maar|terwijl|hoewel|omdat|als|indien|wanneer|die|dat|want|nadat|voordat|tenzij|dus",
    "de": "und|aber|während|obwohl|weil|wenn|falls|sondern|denn|nachdem|bevor|sofern",
    "fr": "et|mais|tandis que|alors que|bien que|parce que|si|lorsque|quand|qui|car|après|avant",
    "it": "e|ed|ma|mentre|sebbene|perché|se|quando|che|poiché|dopo|prima",
}
_BREAK = {
    code: re.compile(rf"(?<!\d),|,(?!\d)|[;:()|•]|\s[-–—]\s|(?<=\s)(?:{words})(?=\s)", re.I)
    for code, words in _CLAUSE_WORDS.items()
}
_BETWEEN_NUMBERS = re.compile(r"\d[^\s\w]?\s*$")
_NUMBER_NEXT = re.compile(r"\s*(?:[A-Z]{3}|[€£$])?\s?\d")
_APART = re.compile(r"\s(?:or|of|oder|ou|o)\s|(?<!\d),\s|,\s(?!\d)", re.IGNORECASE)
_DEMONYM = re.compile(r"(?:ish|ese|ians?|eans?|se|isch\w*)$")  # "Flemish", "Vlaamse": unknown to most lists
_SCOPE = frozenset(Sign) - {
    Sign.NOT,
    Sign.PRIVATIVE,
    Sign.NON,
    Sign.WITHOUT,
    Sign.EXCEPT,
    Sign.FREE,
    Sign.REFUSED,
    Sign.ENDED,
}
_VERBS = frozenset((Sign.MUST, Sign.SHOULD, Sign.MAY))  # signs that also say who does what to whom
_SYLLABLE = 3  # letters that many a name ends in too: "Delta-res"
_FEWEST_WORDS = 2  # a clause says something of something; less belongs to its neighbour
_REPLY = re.compile(r"^\W*(?:yes|no|ja|nee|neen|nein|oui|non|sì|si|no)\s*[,:;–—-]\s*(?=\w)", re.IGNORECASE)


# The amounts between two commas or conjunctions, "or" among them, and the words that stand with them.
Stretch: TypeAlias = tuple[frozenset[tuple[Decimal, str]], tuple[Word, ...]]


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between two commas or conjunctions.

    `words` carry what it says, `spoken` are those with "obliges" and "allows" among them, `titles` are ordinary
    words written large: "Member State". `turning` are the words that say its signs, as a lexicon reads them.
    """

    text: str
    words: tuple[Word, ...]
    spoken: tuple[Word, ...]
    signs: frozenset[Sign]
    figures: Figures
    names: tuple[str, ...]
    titles: tuple[str, ...]
    turning: tuple[tuple[Sign, tuple[Word, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with its clauses in order."""

    text: str
    language: str
    clauses: tuple[Clause, ...]
    figures: Figures
    signs: frozenset[Sign]
    stretches: tuple[Stretch, ...] = ()
    everything: tuple[Word, ...] = ()

    @property
    def words(self) -> tuple[Word, ...]:
        """The words of all clauses in order."""
        return tuple(word for clause in self.clauses for word in clause.words)

    @property
    def spoken(self) -> tuple[Word, ...]:
        """The words of all clauses in order, "obliges" and "allows" among them."""
        return tuple(word for clause in self.clauses for word in clause.spoken)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all clauses in order."""
        return tuple(name for clause in self.clauses for name in clause.names)

    @property
    def titles(self) -> tuple[str, ...]:
        """The ordinary words written large of all clauses in order."""
        return tuple(title for clause in self.clauses for title in clause.titles)


def said(text: str, language: str, reader: Reader) -> Said:
    """Reads a sentence; "Yes," and "No," before it answer a question and say nothing themselves."""
    text = _REPLY.sub("", text)
    clauses = tuple(
        _clause(piece, language, reader, opens=not place) for place, piece in enumerate(_pieces(text, language, reader))
    )
    return Said(
        text,
        language,
        clauses,
        figures(text, language),
        frozenset[Sign]().union(signs(text, language), *(clause.signs for clause in clauses)),
        _stretches(clauses, language, reader),
        tuple(reader(text, language)),
    )


def _stretches(clauses: Sequence[Clause], language: str, reader: Reader) -> tuple[Stretch, ...]:
    pieces = (piece for clause in clauses for piece in _APART.split(clause.text))
    found = ((figures(piece, language), piece) for piece in pieces)
    return tuple(
        (
            frozenset((amount.value, amount.unit) for amount in told.amounts),
            tuple(reader(without_signs(told.rest, language), language)),
        )
        for told, _ in found
        if told.amounts
    )


def _clause(text: str, language: str, reader: Reader, *, opens: bool) -> Clause:
    told = figures(text, language)
    shown = told.rest if opens else f"… {told.rest}"

    def is_ordinary(word: str) -> bool:
        read = reader(word if language == "de" else word.lower(), language)
        known = _is_known(read) or bool(signs(word, language)) or _ends_in_noun(word, language, reader)
        return known and not any(part.is_name for part in read)

    named = names(shown, language, is_ordinary)
    turned = signs(text, language)
    if not turned & {Sign.NOT, Sign.NON, Sign.REFUSED} and any(
        _is_privative(word, reader) for word in reader(without_signs(told.rest, language), language)
    ):
        turned |= {Sign.PRIVATIVE}
    common = tuple(name for name in named if name.istitle() and (is_ordinary(name) or _DEMONYM.search(name)))
    content = tuple(reader(without_signs(told.rest, language), language))
    return Clause(
        text,
        content,
        tuple(reader(without_signs(told.rest, language, _VERBS), language)),
        turned,
        told,
        tuple(name for name in named if name not in common),
        common,
        tuple((sign, tuple(reader(sign_words(text, language, sign), language))) for sign in sorted(turned & _SCOPE)),
    )


def _ends_in_noun(word: str, language: str, reader: Reader) -> bool:
    """Whether a German word is a compound of which at least the end is known: "Mindeststandard"."""
    if language != "de" or "-" in word:
        return False
    ends = (word[start:] for start in range(3, len(word) - 6))
    read = ((end, reader(end, language)) for end in ends)
    return any(len(parts) == 1 and parts[0].text == end and _is_common(parts[0]) for end, parts in read)


def _is_known(read: Sequence[Word]) -> bool:
    """Whether a lexicon knows a word; a compound only if it knows all of its parts and none is a mere syllable."""
    if len(read) < 2:
        return any(part.meanings for part in read)
    return all(part.meanings and len(part.text) > _SYLLABLE for part in read)


def _is_common(word: Word) -> bool:
    return bool(word.meanings) and not word.is_name


def _is_privative(word: Word, reader: Reader) -> bool:
    """Whether a word means in English what a word of that language denies: "unpaid", "unbezahlt", "non pagato"."""
    english = [meaning.removeprefix("en:") for meaning in word.meanings if meaning.startswith("en:")]
    rests = [term.removeprefix("un") for term in english if term.startswith("un") and " " not in term]
    return 0 < len(english) == len(rests) and any(len(rest) > 3 and reader(rest, "en")[0].meanings for rest in rests)


def _pieces(text: str, language: str, reader: Reader) -> list[str]:
    breaks = _BREAK.get(language)
    if breaks is None:
        return [text]
    pieces: list[str] = []
    start = 0
    for found in [*breaks.finditer(text), None]:
        if (
            found is not None
            and _BETWEEN_NUMBERS.search(text[: found.start()])
            and _NUMBER_NEXT.match(text[found.end() :])
        ):
            continue
        # A conjunction begins the clause that it opens: "if", "because" and "but" are part of what it says.
        end = len(text) if found is None else found.start() if found.group().strip().isalpha() else found.end()
        piece = text[start:end].strip()
        start = end
        if (piece and pieces and len(reader(piece, language)) < _FEWEST_WORDS) or (
            piece and pieces and len(reader(pieces[-1], language)) < _FEWEST_WORDS
        ):
            pieces[-1] = f"{pieces[-1]} {piece}"
        elif piece:
            pieces.append(piece)
    return pieces


def joined(first: Said, second: Said) -> Said:
    """Two sentences that stand together, as one."""
    both: Sequence[Figures] = (first.figures, second.figures)
    return Said(
        f"{first.text} {second.text}",
        first.language,
        first.clauses + second.clauses,
        Figures(
            both[0].amounts + both[1].amounts,
            both[0].days + both[1].days,
            both[0].about_a_limit or both[1].about_a_limit,
            both[0].units | both[1].units,
            f"{both[0].rest} {both[1].rest}",
            both[0].within | both[1].within,
        ),
        first.signs | second.signs,
        first.stretches + second.stretches,
        first.everything + second.everything,
    )
