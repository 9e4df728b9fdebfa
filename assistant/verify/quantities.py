"""Amounts as a text says them: the number, its unit, and whether it is a bound."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import lru_cache, partial
from pathlib import Path

from assistant.verify.dates import Day, dates
from assistant.verify.numerals import plain, small


class Bound(StrEnum):
    """What stands beside a number and says where it lies."""

    LEAST = "at least"
    MOST = "at most"
    ABOVE = "more than"
    BELOW = "less than"
    ABOUT = "about"
    COMPARED = "compared"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit ("" where it has none) and its bounds; `ordinal` for "third", `counted` what follows."""

    value: Decimal
    unit: str = ""
    bounds: frozenset[Bound] = frozenset()
    ordinal: bool = False
    counted: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Figures:
    """The amounts and dates of a text, and the text without them.

    `about_a_limit` where its words say that a number is a limit; `units` are those that it names with a number or
    without one: "in EUR", "an hour"; `within` those that a word holds: "daily", "Tagessatz", "calendar year".
    """

    amounts: tuple[Amount, ...]
    days: tuple[Day, ...]
    about_a_limit: bool
    units: frozenset[str]
    rest: str
    within: frozenset[str] = frozenset()


_TABLE: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("figures.toml").read_text(encoding="utf-8")
)


def _either(words: list[str]) -> str:
    return "|".join(words)


_CURRENCIES = {unit: _either(words) for unit, words in _TABLE["currencies"].items()}
_MEASURES = {unit: _either(words) for unit, words in _TABLE["measures"].items()}
_UNITS = {**_CURRENCIES, **_MEASURES}
_UNIT_PATTERNS = {unit: re.compile(words, re.IGNORECASE) for unit, words in _UNITS.items()}
_NAMED_ALONE = (*_CURRENCIES, "%", "hour", "day", "working day", "week", "month", "year")
_NAMED_PATTERNS = {unit: re.compile(rf"(?<!\w)(?:{_UNITS[unit]})", re.IGNORECASE) for unit in _NAMED_ALONE}
_TIME = "|".join(_UNITS[unit] for unit in ("hour", "day", "week", "month", "year"))
_TIME_WORDS = re.compile(rf"(?<!\w)(?:{_TIME})", re.IGNORECASE)
_YEAR_OF = re.compile(rf"\b(?:{_UNITS['year']}) (?=(?:1[5-9]|20)\d\d\b)", re.IGNORECASE)  # names no length of time
_WITHIN = {unit: re.compile(_either(words), re.IGNORECASE) for unit, words in _TABLE["within"].items()}
_AFTER = "|".join(_UNITS.values())
_BEFORE = "|".join(_CURRENCIES.values())
_NUMBER = re.compile(
    rf"(?P<before>(?:{_BEFORE})\s?)?(?P<sign>(?<![\w)])[-−])?(?<![\w.])(?P<number>\d+(?:\.\d+)?)"
    rf"(?P<ordinal>(?:st|nd|rd|th|ste|de|e|ème|er|º|ª|°)\b|º|\.(?=\s+[^\W\d]))?"
    rf"(?:[\s-]?(?:d[ei] |d['’])?(?P<after>{_AFTER}))?",
    re.IGNORECASE,
)
# What may stand between a number and its unit: "the two last years".
_BETWEEN = re.compile(rf"(?<![\w.])(\d+) ({'|'.join(_TABLE['between']['words'])})(?= (?:{_AFTER}))", re.IGNORECASE)
_LIMITS = re.compile(_either(_TABLE["limits"]["words"]), re.IGNORECASE)
_FRACTIONS = [
    (Decimal(percent), re.compile(_either(words), re.IGNORECASE)) for percent, words in _TABLE["fractions"].items()
]
_TO = "and|to|or|en|tot|of|und|bis|oder|et|à|ou|e|a|o|[-–]"
# "12, 18 or 24 months".
_LISTED = re.compile(rf"(?<![\w.])\d+(?:, \d+)+(?=,? (?:{_TO}) \d+ (?P<unit>{_AFTER}))", re.IGNORECASE)
_UNIT_AND_A_HALF = re.compile(
    rf"\b(?P<count>[^\W\d_]+|\d+) (?P<unit>{_TIME}|an\b)"
    r" (?:and a half|et demie?|e mezz[oa])(?!\w)",
    re.IGNORECASE,
)
# "One" counts where it limits or is said with weight: "within a month", "at most one year".
_ONE = r"(?:an?|one|een|één|eine?[mnrs]?|une?|uno|una|un['’])"
_ONE_OF_UNIT = re.compile(
    rf"(?<!\w)(?P<before>{'|'.join(word for words in _TABLE['before'].values() for word in words)})\s+{_ONE}\s?"
    rf"(?={_TIME}|an\b(?! \w+ly))",
    re.IGNORECASE,
)
_OF = r"(?= (?:of|van|de|del|der|des|von)\b| d['’e])"  # behind "a fifth" it is a part, and not one of a row
_PARTS = [
    (int(whole), re.compile(rf"\b(?P<count>\d+|[^\W\d_]+)[ -](?:{_either(words)})\b(?P<of>{_OF})?", re.IGNORECASE))
    for whole, words in _TABLE["parts"].items()
]
_ARTICLES = "the|de|den|der|die|das|het|een|a|an|le|la|les|i|il|lo|gli|dei|delle|of|von|van|dem|einen|einem|einer"
_GAP = rf"(?:\s+(?:{_ARTICLES}))*\s*"
_BEFORE_NUMBER = [
    (Bound[name.upper()], re.compile(rf"(?<!\w)(?:{_either(words)}){_GAP}$", re.IGNORECASE))
    for name, words in _TABLE["before"].items()
]
_AFTER_NUMBER = [
    (Bound[name.upper()], re.compile(rf"[\s,]*(?:{_either(words)})(?!\w)", re.IGNORECASE))
    for name, words in _TABLE["behind"].items()
]
_BOUND_WORDS = re.compile(rf"(?<!\w)(?:{_either(_TABLE['empty']['words'])})(?!\w)", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|cannot|niet|nicht|ne|pas|non)\b(?:\s+\w+){0,4}\s*$", re.IGNORECASE)
_WEAKER = {Bound.ABOVE: Bound.MOST, Bound.BELOW: Bound.LEAST}  # "no more than" ends in "more than"


_TAKEN = "·"  # in the place of an amount, so that what stands before it is not read with what follows
_NONE: frozenset[Bound] = frozenset()
_TIMES_OVER = "times"  # "in three payments", "en trois fois"
_TIMES = frozenset(("minute", "working day", "month"))  # in base units
_WORD_BEHIND = re.compile(r"\s([^\W\d_]+)")
_BASES = {
    "hour": ("minute", 60),
    "day": ("minute", 1440),
    "week": ("minute", 10080),
    "quarter year": ("month", 3),
    "year": ("month", 12),
}
_RANGE = re.compile(
    rf"(?P<sign>(?:{_BEFORE})\s?)?(?<![\w.])(?P<low>\d+(?:\.\d+)?)\s?(?:{_TO})\s?"
    rf"(?:{_BEFORE})?\s?(?P<high>\d+(?:\.\d+)?)(?:[\s-]?(?:d[ei] |d['’])?(?P<unit>{_AFTER}))?",
    re.IGNORECASE,
)


@lru_cache(maxsize=20_000)  # of a sentence of one clause, once for both
def figures(text: str, language: str) -> Figures:
    """Every amount and date of a text in one of the five languages."""
    counted = _UNIT_AND_A_HALF.sub(partial(_and_a_half, language=language), _parted(text, language))
    counted = _ONE_OF_UNIT.sub(r"\g<before> 1 ", counted)
    even = _BETWEEN.sub(r"\2 \1", plain(counted, language))
    for value, pattern in _FRACTIONS:
        even = pattern.sub(f" {value} % ", even)
    amounts: list[Amount] = []
    measured: list[tuple[int, int]] = []
    for found in _NUMBER.finditer(even):
        if found["before"] or found["after"]:
            amounts.append(_amount(found, even))
            measured.append(found.span())
    days, rest = dates(_blanked(even, measured))
    amounts.extend(_amount(found, rest) for found in _NUMBER.finditer(rest))
    amounts = _shared_units(amounts, even)
    measured_in = {amount.unit for amount in amounts}
    even = _YEAR_OF.sub(" ", even)
    units = frozenset(unit for unit in _NAMED_ALONE if unit in measured_in or _NAMED_PATTERNS[unit].search(even))
    within = frozenset(unit for unit, pattern in _WITHIN.items() if pattern.search(even))
    rest = _TIME_WORDS.sub(" ", _NUMBER.sub(" ", _BOUND_WORDS.sub(" ", rest)))
    return Figures(tuple(amounts), days, _LIMITS.search(text) is not None, units, rest, within)


def _parted(text: str, language: str) -> str:
    """The text with parts of a whole as percentages: "nine tenths" as "90 %"."""
    for whole, pattern in _PARTS:
        text = pattern.sub(partial(_part, whole=whole, language=language), text)
    return text


def _part(found: re.Match[str], whole: int, language: str) -> str:
    count = small(found["count"], language)
    told = 0 < count < whole and (count > 1 or found["of"] is not None)
    return f"{_written(100 * count / whole)} %" if told else found.group()


def _and_a_half(found: re.Match[str], language: str) -> str:
    count = small(found["count"], language)
    return f"{count + Decimal('0.5')} {found['unit']}" if count else found.group()


def _written(percent: Decimal) -> str:
    return f"{percent.quantize(Decimal('0.0001')).normalize():f}"


def _shared_units(amounts: Sequence[Amount], text: str) -> list[Amount]:
    """The amounts with the unit that two of them share: "between 40 and 60 euros", "EUR 40 to 60"."""
    shared: dict[str, str] = {}
    for found in _LISTED.finditer(text):
        shared |= dict.fromkeys(found.group().split(", "), _unit(found["unit"]))
    for found in _RANGE.finditer(text):
        unit = _unit(found["unit"]) or _unit(found["sign"])
        shared |= {number: unit for number in (found["low"], found["high"]) if unit}
    return [
        replace(amount, unit=shared.get(f"{amount.value:f}", "")) if not amount.unit and not amount.ordinal else amount
        for amount in amounts
    ]


def borne_out(said: Amount, told: Amount, *, limits: bool, units: frozenset[str]) -> bool:
    """Whether one amount follows from another.

    `limits` tells that the words of one side make the number a limit, `units` which units the surroundings of the
    passage name: a table says "in EUR" once for all its rows.
    """
    if said.unit and told.unit:
        said, told = _in_base(said), _in_base(told)
    unit_fits = said.unit == told.unit or not said.unit or (not told.unit and said.unit in {*units, _TIMES_OVER})
    return unit_fits and said.ordinal == told.ordinal and _same_value(said, told) and _same_bounds(said, told, limits)


def same_value(one: Amount, other: Amount) -> bool:
    """Whether two amounts are the same, whatever bounds stand beside them: two hours are 120 minutes."""
    return one.value == other.value or (one.unit != "" != other.unit and _in_base(one) == _in_base(other))


def ones(amount: Amount) -> frozenset[str]:
    """The units of which an amount is just one: a year is twelve months."""
    return frozenset(
        unit for unit in _BASES if _in_base(Amount(Decimal(1), unit)) == _in_base(replace(amount, bounds=_NONE))
    )


def _in_base(amount: Amount) -> Amount:
    """The amount in the smallest unit of its kind: two hours are 120 minutes, a year is twelve months."""
    unit, factor = _BASES.get(amount.unit, (amount.unit, 1))
    return replace(amount, value=amount.value * factor, unit=unit)


def _same_value(said: Amount, told: Amount) -> bool:
    if said.value == told.value:
        return True
    digits = len(said.value.normalize().as_tuple().digits)
    exact = len(told.value.normalize().as_tuple().digits)
    rough = Bound.ABOUT in said.bounds or exact >= digits + 2
    return rough and digits < exact and _rounded(told.value, digits) == said.value


def _rounded(value: Decimal, digits: int) -> Decimal:
    """A value to so many significant digits, halves away from zero."""
    step = Decimal(1).scaleb(value.adjusted() - digits + 1)
    return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def _same_bounds(said: Amount, told: Amount, limits: bool) -> bool:
    mine, theirs = said.bounds - {Bound.ABOUT}, told.bounds - {Bound.ABOUT}
    if Bound.COMPARED in mine | theirs:  # "younger than 14" says which way in its own word
        return True
    if said.unit in _TIMES and not (mine and theirs) and mine | theirs == {Bound.MOST}:
        return True  # who has ten days to do something does it within ten days
    return _directions(mine) == _directions(theirs) or (limits and not (mine and theirs))


def _directions(bounds: frozenset[Bound]) -> frozenset[bool]:
    """Whether bounds point upwards or downwards; "from 120" and "more than 120" are not told apart."""
    return frozenset(bound in (Bound.LEAST, Bound.ABOVE) for bound in bounds)


def _amount(found: re.Match[str], text: str) -> Amount:
    unit = _unit(found["after"]) or _unit(found["before"])
    value = Decimal(found["number"])
    behind = _WORD_BEHIND.match(text[found.end() :])
    ordinal = found["ordinal"] is not None and not unit
    return Amount(value, unit, _bounds(text, found), ordinal, behind[1] if behind else "")


def _unit(words: str | None) -> str:
    if not words or not words.strip():
        return ""
    return next((unit for unit, pattern in _UNIT_PATTERNS.items() if pattern.fullmatch(words.strip())), "")


def _bounds(text: str, found: re.Match[str]) -> frozenset[Bound]:
    before, after = text[max(0, found.start() - 40) : found.start()], text[found.end() : found.end() + 30]
    bounds = {bound for bound, pattern in _BEFORE_NUMBER if pattern.search(before)}
    bounds |= {bound for bound, pattern in _AFTER_NUMBER if pattern.match(after)}
    for strict, weak in _WEAKER.items():
        if weak in bounds:
            bounds.discard(strict)
        elif strict in bounds and _DENIED.search(before):
            bounds = (bounds - {strict}) | {weak}
    return frozenset(bounds)


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + _TAKEN * (end - start) + text[end:]
    return text
