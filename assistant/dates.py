"""The day that a question speaks of ("in 2015", "op 1 maart 2019", "vandaag"), and days as they are said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date

from assistant.types import Said

_MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": tuple("January February March April May June July August September October November December".split()),
    "nl": tuple("januari februari maart april mei juni juli augustus september oktober november december".split()),
    "de": tuple("Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()),
    "fr": tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()),
    "it": tuple(
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split()
    ),
}
_NUMBER_OF = {name.casefold(): number for names in _MONTHS.values() for number, name in enumerate(names, start=1)}
_MONTH = "|".join(sorted(_NUMBER_OF, key=len, reverse=True))
_ON = r"(?:(?:as of|on|op|per|vanaf|am|vom|zum|le|au|du|il|al|del|dell)\b[ '’]*(?:the |den |den )?)?"
_IN = (
    r"(?:during|in the year|in the course of|in|back in|throughout|tijdens|gedurende|in het jaar|"
    r"im jahr|im jahre|anno|"
    r"en l'année|en l'an|durant|pendant|en|nel corso del|nell'anno|nel|durante il)"
)
_BEFORE = r"(?:before|prior to|voor|vóór|vor|avant|prima del|prima dell'anno)"
_UNTIL = r"(?:until|till|up to|tot|bis|jusqu'en|jusqu'à|jusqu'au|fino al)"
_A_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d/–-]|[.,]\d)"
_DATES = (
    re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"),
    re.compile(
        rf"{_ON}\b(?P<day>\d{{1,2}})(?:\.|er|st|nd|rd|th)?[ ]+(?:of |de |di )?(?P<name>{_MONTH})\.?,?[ ]+{_A_YEAR}"
    ),
    re.compile(rf"{_ON}\b(?P<name>{_MONTH})[ ]+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?[ ]+{_A_YEAR}"),
    re.compile(rf"{_ON}\b(?P<day>\d{{1,2}})[./-](?P<month>\d{{1,2}})[./-]{_A_YEAR}"),
)
_MONTH_OF_YEAR = re.compile(rf"\b{_IN} (?P<name>{_MONTH})(?: of| van| de| di)? {_A_YEAR}")
_YEAR_ALONE = re.compile(rf"(?<!\d )\b(?P<how>{_IN}|{_BEFORE}|{_UNTIL}) {_A_YEAR}")
# "galt 2015": German says a year without "in" behind a verb, which has no capital; "Horizont 2020" is a name.
_YEAR_BEHIND_VERB = re.compile(rf"(?<=[a-zäöüß] ){_A_YEAR}")
_GERMAN = re.compile(r"\b(?:der|die|das|den|dem|ein|eine|welche[rnms]?|wie|wer|was|wann|wo|galt(?:en)?|wurden?)\b")
_NO_VERBS = frozenset("für und oder seit ab nach über zwischen von bis vom zum etwa rund circa um".split())
_NOW = re.compile(
    r"\b(?:today|nowadays|currently|at present|presently|right now|vandaag|momenteel|tegenwoordig|op dit moment|nu|"
    r"heute|heutzutage|derzeit|aktuell|zurzeit|momentan|gegenwärtig|aujourd'hui|actuellement|en ce moment|"
    r"à l'heure actuelle|oggi|attualmente|al momento|oggigiorno)\b"
)
_YEARS_AGO = re.compile(
    r"\b(?:(?P<a>\d{1,2}) years? ago|(?P<b>\d{1,2}) jaar geleden|vor (?P<c>\d{1,2}) jahren|il y a (?P<d>\d{1,2}) ans|"
    r"(?P<e>\d{1,2}) anni fa)\b"
)
_LAST_YEAR = re.compile(
    r"\b(?:last year|vorig jaar|letztes jahr|im letzten jahr|l'année dernière|l'an dernier|l'anno scorso)\b"
)
_IN_FORCE = re.compile(
    r"\b(?:in force|in effect|valid|applicable|applied|applies|as of|at the time|back then|geldig|"
    r"geld(?:t|en)|gold(?:en)?|"
    r"van kracht|toen|destijds|toepasselijk|gültig|galt(?:en)?|gelten|gilt|in kraft|damals|anwendbar|en vigueur|"
    r"applicables?|s'appliqu\w+|à l'époque|valables?|in vigore|valid[oaie]|valev\w+|all'epoca|"
    r"applicabil[ei]|si applica\w*)\b"
)


def said(question: str, today: date) -> Said | None:
    """The day that a question speaks of; None where it speaks of none or of several.

    A year stands for its middle, "before 2010" for the last day of 2009. A year within a name ("Horizon 2020") is none.
    """
    lowered = question.casefold()
    found = [*_dates(lowered), *_years(lowered)] or [*_behind_verbs(question)] or [*_relative(lowered, today)]
    if len({day for day, _ in found}) != 1:
        return None
    day, words = found[0]
    return Said(min(day, today), words, _IN_FORCE.search(lowered) is not None)


def without(text: str, said: Said) -> str:
    """A text but for the words that say a day."""
    rest = re.sub(re.escape(said.words), " ", text, flags=re.IGNORECASE)
    return re.sub(r"\s+(?=[?.,])", "", " ".join(rest.split()))


def spoken(day: date, language: str) -> str:
    """A day as it is said in a language ("30 June 2015"), in English where the language is not known."""
    month = _MONTHS.get(language, _MONTHS["en"])[day.month - 1]
    return f"{day.day}. {month} {day.year}" if language == "de" else f"{day.day} {month} {day.year}"


_Found = tuple[date, str]


def _dates(text: str) -> Iterator[_Found]:
    for pattern in _DATES:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            month = _NUMBER_OF[parts["name"]] if parts.get("name") else int(parts["month"])
            with suppress(ValueError):  # there is no 31 June
                yield date(int(parts["year"]), month, int(parts["day"])), match.group()


def _years(text: str) -> Iterator[_Found]:
    for match in _MONTH_OF_YEAR.finditer(text):
        yield date(int(match["year"]), _NUMBER_OF[match["name"]], 15), match.group()
    for match in _YEAR_ALONE.finditer(text):
        year = int(match["year"])
        is_end = re.fullmatch(f"{_BEFORE}|{_UNTIL}", match["how"]) is not None
        yield (date(year - 1, 12, 31) if is_end else date(year, 6, 30)), match.group()


def _behind_verbs(text: str) -> Iterator[_Found]:
    for match in _YEAR_BEHIND_VERB.finditer(text) if _GERMAN.search(text.casefold()) else ():
        before = re.search(r"(\S+) $", text[: match.start()])
        if before and before[1].islower() and before[1] not in _NO_VERBS:
            yield date(int(match["year"]), 6, 30), match.group()


def _relative(text: str, today: date) -> Iterator[_Found]:
    for match in _NOW.finditer(text):
        yield today, match.group()
    for match in _LAST_YEAR.finditer(text):
        yield date(today.year - 1, 6, 30), match.group()
    for match in _YEARS_AGO.finditer(text):
        years = next(int(number) for number in match.groups() if number)
        yield date(today.year - years, 6, 30), match.group()
