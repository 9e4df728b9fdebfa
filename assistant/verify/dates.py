"""Dates as a text says them, as far as it says them: a year, a month, a day."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MONTHS = (
    "jan(?:uar[iy]?|vier)?|gennaio|gen|jänner",
    "feb(?:ruar[iy]?|braio)?|f[ée]vr(?:ier)?",
    "mar(?:ch|t|s|zo)?|maart|mrt|märz",
    "apr(?:il(?:e)?)?|avril|avr",
    "may|mei|mai|maggio|mag",
    "june?|juni|juin|giugno|giu",
    "july?|juli|juillet|juil|luglio|lug",
    "aug(?:ust(?:us)?)?|août|agosto|ago",
    "sept?(?:ember|embre)?|settembre|set",
    "o[ck]t(?:ober|obre)?|ottobre|ott",
    "nov(?:ember|embre)?",
    "de[cz](?:ember|embre)?|déc(?:embre)?|dicembre|dic",
)
_MONTH = "|".join(f"(?P<m{number}>{names})" for number, names in enumerate(_MONTHS, start=1))
_FULL = (
    "january februar[iy] march april june july august september october november december januari maart augustus "
    "januar märz juni juli oktober dezember janvier février avril juin juillet août septembre octobre novembre "
    "décembre gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre dicembre"
).split()
_YEAR = r"(?:1[5-9]|20)\d\d"
_WRITTEN = re.compile(
    rf"\b(?:(?P<day>[0-3]?\d)(?:\.|er|º|°|st|nd|rd|th|e|ste|de)?\s+(?:of\s+|di\s+|de\s+)?)?(?:{_MONTH})\b\.?"
    rf"(?:\s+(?P<after>[0-3]?\d)(?:st|nd|rd|th)?\b(?!\d))?(?:,?\s+(?:of\s+|de\s+|del\s+|van\s+)?(?P<year>{_YEAR})\b)?",
    re.IGNORECASE,
)
_ISO = re.compile(rf"\b(?P<year>{_YEAR})-(?P<month>[01]\d)-(?P<day>[0-3]\d)\b")
_DIGITS = re.compile(
    rf"(?<![\d./])(?P<day>[0-3]?\d)(?P<mark>[./])(?P<month>[01]?\d)(?P=mark)(?P<year>{_YEAR})(?![\d/])"
)
_LONE_YEAR = re.compile(rf"(?<![\w.,/#-])(?P<year>{_YEAR})(?:s(?=\b))?(?![\w%/]|[.,]\d)")
_SPAN = re.compile(rf"(?<![\w.,/])(?P<from>{_YEAR})\s?[-–/]\s?(?P<to>{_YEAR}|\d\d)(?![\w/]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Day:
    """A date; None where the text leaves it open."""

    year: int | None
    month: int | None = None
    day: int | None = None

    def told_by(self, other: Day) -> bool:
        """Whether another date says all that this one says."""
        told = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(mine is None or mine == theirs for mine, theirs in told)


def dates(text: str) -> tuple[tuple[Day, ...], str]:
    """The dates of a text whose numbers are plain, and the text with them blanked out.

    A month alone counts where its name is no other word ("May", "mars"); digits are day before month.
    """
    found: list[Day] = []

    def take(day: Day | None) -> str | None:
        if day is not None:
            found.append(day)
        return " , " if day is not None else None  # so that what stands before a date is not before what follows

    text = _ISO.sub(lambda m: take(Day(int(m["year"]), int(m["month"]), int(m["day"]))) or m.group(), text)
    text = _DIGITS.sub(lambda m: take(Day(int(m["year"]), int(m["month"]), int(m["day"]))) or m.group(), text)
    text = _WRITTEN.sub(lambda m: take(_written(m)) or m.group(), text)
    text = _SPAN.sub(lambda m: (take(Day(int(m["from"]))) or "") + (take(Day(_end(m))) or ""), text)
    text = _LONE_YEAR.sub(lambda m: take(Day(int(m["year"]))) or m.group(), text)
    return tuple(found), text


def _written(found: re.Match[str]) -> Day | None:
    month = next(number for number in range(1, 13) if found[f"m{number}"])
    day = found["day"] or found["after"]
    name = found[f"m{month}"]
    if not (found["year"] or day) and not _stands_alone(name):
        return None
    if (
        not found["year"]
        and day
        and name.lower() in ("set", "mar", "mag", "ago", "gen", "dec", "may")
        and name.islower()
    ):
        return None
    return Day(int(found["year"]) if found["year"] else None, month, int(day) if day else None)


def _stands_alone(name: str) -> bool:
    """Whether a name means a month without a day or year beside it."""
    return any(re.fullmatch(full, name, re.IGNORECASE) for full in _FULL) and not (
        name.lower() == "march" and name[0] == "m"
    )


def _end(found: re.Match[str]) -> int:
    return int(found["to"]) if len(found["to"]) == 4 else int(found["from"][:2] + found["to"])
