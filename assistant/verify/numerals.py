"""Numbers in one form: thousands unmarked, a point before decimals, spelled-out numbers and halves as digits."""

from __future__ import annotations

import re
from decimal import Decimal

from text_to_num import alpha2digit

_ABOVE_ONE = 1.5  # "one" is an article in four of the five languages
_SPELLED = frozenset(("en", "nl", "de", "fr", "it"))
_SPACES = re.compile("[\u00a0\u2007\u2009\u202f]")
_COMPOUND = re.compile(r"(?<=[a-z])-(?=(?:year|month|week|day|hour|fold)s?\b)")  # "five-year"
_GROUPED = re.compile(
    r"(?<![\w.,])(?P<whole>\d{1,3}(?P<mark>[ .,'’])\d{3}(?:(?P=mark)\d{3})*)"
    r"(?:(?!(?P=mark))[.,](?P<part>\d+))?(?!\d|[.,]\d)"
)
_DECIMAL_COMMA = re.compile(r"(?<![\w.,])(\d+),(\d+)(?![\d,]|\.\d)")
_HUNDREDTHS = {"fr": re.compile(r"\bpour cent\b", re.IGNORECASE), "it": re.compile(r"\bper cento\b", re.IGNORECASE)}
# Spelled like a number and mostly another word: Italian "secondo" is "according to".
_SECOND = re.compile(r"\b(il|la|i|le|del|della|al|alla|un|una|dal|nel|nella) second[oaie]\b", re.IGNORECASE)
_NOT_A_NUMBER = {
    "it": re.compile(r"\bsecond[oaie]\b|\bdue diligence\b|\bcentesim[io]\b", re.IGNORECASE),
    "en": re.compile(r"\bseconds?\b", re.IGNORECASE),
}
_WHOLES = (
    ("thousand", 3, r"thousand|duizend|tausend|mille|mila|tsd\."),
    ("million", 6, r"millions?|miljoen(?:en)?|millionen|milion[ei]|mio\.?|mln\.?"),
    ("billion", 9, r"billion|miljard(?:en)?|milliarden?|milliards?|miliard[oi]|mrd\.?|mld\.?|bn"),
)
_SCALES = [(re.compile(rf"(?:{words})(?!\w)", re.IGNORECASE), Decimal(10) ** power) for _, power, words in _WHOLES]
_ANY_SCALE = "|".join(words for _, _, words in _WHOLES)
_SCALED = re.compile(rf"(?P<number>(?<![\w.])\d+(?:\.\d+)?)[\s-]*(?P<scale>{_ANY_SCALE})(?!\w)", re.IGNORECASE)
_RANGES = (
    ("", r"\s?(?:to|tot|bis|à|a|[-–])\s?"),
    (r"\b(?:between|tussen|zwischen|entre|tra|fra) (?:\D{1,4})?", r" (?:and|en|und|et|e) (?:\D{1,4})?"),
)
_SCALES_OF_BOTH = [
    re.compile(
        rf"(?P<before>{before})(?P<low>(?<![\w.])\d+(?:\.\d+)?)(?P<to>{to})(?P<high>\d+(?:\.\d+)?)"
        rf"(?P<scale>[\s-]*(?:{_ANY_SCALE}))(?!\w)",
        re.IGNORECASE,
    )
    for before, to in _RANGES
]
_ONE_SCALE = re.compile(rf"\b(?:an?|one|een|één|eine?r?|un[ao]?)\s+(?P<scale>{_ANY_SCALE})(?!\w)", re.IGNORECASE)
_ONE_AND_A_HALF = re.compile(r"\b(?:anderthalb|eineinhalb|anderhal(?:f|ve)|one and a half)\b", re.IGNORECASE)
_AND_A_HALF = re.compile(
    r"\b(?P<number>\d+|[^\W\d_]+?)(?:[ -](?:and a|en een) half\b|(?:und)?einhalb\b|(?:ën|en)half\b)", re.IGNORECASE
)
_AND_HALF_AFTER = re.compile(
    rf"\b(?P<number>\d+|[^\W\d_]+)\s+(?P<scale>{_ANY_SCALE})\s+(?:et demie?|e mezz[oa])\b", re.IGNORECASE
)
_HALF_A = re.compile(
    r"\b(?:half an?|an? half|half|een hal(?:f|ve)|hal(?:f|ve)|eine halbe|halbe|un demi[- ]|mezz[oa])\s*"
    rf"(?P<scale>{_ANY_SCALE})(?!\w)",
    re.IGNORECASE,
)
_PERIODS = {
    "6 months": (
        "half an? year|(?:een )?half jaar|eine[ms]? halbe[ns] jahr(?:es)?|ein halbes jahr|halbe[ns] jahr(?:es)?"
        "|un semestre|un demi-an|mezzo anno"
    ),
    "3 months": (
        "quarterly|vierteljährlich\\w*|trimestriel\\w*|trimestral[ei]"
        "|(?:every|each|elk|per|ieder|jedes|pro|chaque|par|ogni) (?:quarter|kwartaal|quartal|trimestre)"
    ),
    "30 minutes": "half an hour|(?:een )?half uur|eine[rn]? halben? stunde|une demi-heure|mezz['’]?\\s?ora",
    "2 weeks": "(?:an?|one) fortnight|une quinzaine de jours|una quindicina di giorni",
    "10 years": "a decade|one decade|een decennium|eine[ms]? jahrzehnte?s?|ein jahrzehnt|une décennie|un decennio",
    "12": "a dozen|one dozen|een dozijn|ein(?:em)? dutzend|une douzaine(?: de)?|una dozzina(?: di)?",
    "2 times": "twice|tweemaal|zweimal",
    "3 times": "thrice|driemaal|dreimal",
}
_DECADES = re.compile(r"\b(?P<number>\d+) (?:decades|decennia|jahrzehnte?n?|décennies|decenni)\b", re.IGNORECASE)
_IN_PERIODS = re.compile(rf"(?<!\w)(?:{'|'.join(f'({words})' for words in _PERIODS.values())})(?!\w)", re.IGNORECASE)
_PERIOD_NUMBERS = tuple(_PERIODS)


def plain(text: str, language: str) -> str:
    """The text with every number as plain digits: "1.6 million", "1.600.000" and "1 600 000" become 1600000.

    A lone group of three after a point or comma is read the way of the language ("1.632" is 1632 in Dutch and 1.632
    in English) unless it ends in three zeros, which nobody writes as decimals.
    """
    text = _COMPOUND.sub(" ", _SPACES.sub(" ", text))
    text = _GROUPED.sub(lambda found: _ungrouped(found, language), text)
    text = _DECIMAL_COMMA.sub(r"\1.\2", text)
    text = _scaled(_spelled(_scaled(_halves(text, language)), language))
    return _DECADES.sub(lambda found: f"{found['number']}0 years", text)


def _ungrouped(found: re.Match[str], language: str) -> str:
    whole, mark = found["whole"], found["mark"]
    digits = re.sub(r"\D", "", whole)
    if found["part"] is not None:
        return f"{digits}.{found['part']}"
    lone = len(digits) <= 6
    decimal = "." if language == "en" else ","
    return whole.replace(",", ".") if lone and mark == decimal and not whole.endswith("000") else digits


def _scaled(text: str) -> str:
    for pattern in _SCALES_OF_BOTH:  # "1.5 to 2 million"
        text = pattern.sub(_scaled_twice, text)
    text = _ONE_SCALE.sub(lambda found: _written(_scale(found["scale"])), text)
    return _SCALED.sub(lambda found: _written(Decimal(found["number"]) * _scale(found["scale"])), text)


def _scaled_twice(found: re.Match[str]) -> str:
    """A range with its scale behind both numbers, if it rises only without one."""
    if Decimal(found["low"]) >= Decimal(found["high"]):
        return found.group()
    return f"{found['before']}{found['low']}{found['scale']}{found['to']}{found['high']}{found['scale']}"


def _scale(word: str) -> Decimal:
    return next(size for pattern, size in _SCALES if pattern.fullmatch(word))


def _written(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _halves(text: str, language: str) -> str:
    text = _IN_PERIODS.sub(lambda found: _PERIOD_NUMBERS[(found.lastindex or 1) - 1], text)
    text = _ONE_AND_A_HALF.sub("1.5", text)
    text = _AND_HALF_AFTER.sub(
        lambda found: (
            _written((small(found["number"], language) + Decimal("0.5")) * _scale(found["scale"]))
            if small(found["number"], language)
            else found.group()
        ),
        text,
    )
    text = _AND_A_HALF.sub(
        lambda found: (
            _written(small(found["number"], language) + Decimal("0.5"))
            if small(found["number"], language)
            else found.group()
        ),
        text,
    )
    return _HALF_A.sub(lambda found: _written(_scale(found["scale"]) / 2), text)


def small(word: str, language: str) -> Decimal:
    """The number that a word says, one for "a"; 0 where it says none."""
    if word.isdigit():
        return Decimal(word)
    if word.lower() in _ONES:
        return Decimal(1)
    digits = _digits(word, language) if language in _SPELLED else word
    return Decimal(digits) if digits.isdigit() else Decimal(0)


_ONES = frozenset("a an one een één ein eine einem einen un une uno una".split())


def _spelled(text: str, language: str) -> str:
    """Spelled-out numbers from two on as digits."""
    if language not in _SPELLED:
        return text
    if language in _HUNDREDTHS:
        text = _HUNDREDTHS[language].sub("%", text)
    if language == "it":
        text = _SECOND.sub(r"\1 2º", text)
    kept = _NOT_A_NUMBER.get(language)
    if kept is None:
        return _digits(text, language)
    pieces = re.split(f"({kept.pattern})", text, flags=re.IGNORECASE)
    return "".join(
        piece if place % 2 else _digits(piece, language) if piece.strip() else piece
        for place, piece in enumerate(pieces)
    )


def _digits(text: str, language: str) -> str:
    return str(alpha2digit(text, language, threshold=_ABOVE_ONE))
