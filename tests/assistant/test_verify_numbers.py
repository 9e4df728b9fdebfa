"""Numbers, amounts and dates are read alike however the five languages write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.verify.dates import Day
from assistant.verify.numerals import plain
from assistant.verify.quantities import Amount, Bound, borne_out, figures

MARKS = {"en": ",", "nl": ".", "de": ".", "fr": " ", "it": "."}


@pytest.mark.parametrize("language", MARKS)
@given(number=st.integers(1_000, 10**10))
def test_marked_thousands_are_plain_digits(language: str, number: int) -> None:
    written = f"{number:,}".replace(",", MARKS[language])
    assert plain(f"x {written} x", language) == f"x {number} x"


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("1.6 million", "en", "1600000"),
        ("anderthalb Millionen", "de", "1500000"),
        ("anderhalf miljoen", "nl", "1500000"),
        ("un million et demi", "fr", "1500000"),
        ("due milioni e mezzo", "it", "2500000"),
        ("half a million", "en", "500000"),
        ("2,5 Mrd.", "de", "2500000000"),
        ("vijfentwintig", "nl", "25"),
        ("quatre-vingt-dix-sept", "fr", "97"),
        ("duecentomila", "it", "200000"),
        ("1 632 694", "fr", "1632694"),
        ("1.118,3", "it", "1118.3"),
        ("EUR 1.5 to 2 million", "en", "EUR 1500000 to 2000000"),
        ("zwischen 1,5 und 2 Millionen", "de", "zwischen 1500000 und 2000000"),
        ("3 von 10 Millionen", "de", "3 von 10000000"),
    ],
)
def test_scales_halves_and_words_are_plain_digits(text: str, language: str, number: str) -> None:
    assert plain(text, language) == number


@pytest.mark.parametrize(
    ("text", "language", "amount"),
    [
        ("CHF 200,000", "en", Amount(Decimal(200_000), "CHF")),
        ("200.000 franchi svizzeri", "it", Amount(Decimal(200_000), "CHF")),
        ("at least 5 days", "en", Amount(Decimal(5), "day", frozenset({Bound.LEAST}))),
        ("no more than 5 days", "en", Amount(Decimal(5), "day", frozenset({Bound.MOST}))),
        ("niet hoger dan 50 %", "nl", Amount(Decimal(50), "%", frozenset({Bound.MOST}))),
        ("meer dan 50 %", "nl", Amount(Decimal(50), "%", frozenset({Bound.ABOVE}))),
        ("cinque giorni lavorativi", "it", Amount(Decimal(5), "working day")),
        ("about half", "en", Amount(Decimal(50), "%", frozenset({Bound.ABOUT}))),
        ("neun Zehntel der Fläche", "de", Amount(Decimal(90), "%")),
        ("no more than a tenth of it", "en", Amount(Decimal(10), "%", frozenset({Bound.MOST}))),
        ("the fifth call", "en", Amount(Decimal(5), ordinal=True, counted="call")),
        ("innerhalb eines Monats", "de", Amount(Decimal(1), "month", frozenset({Bound.MOST}))),
        ("300 an den Universitäten", "de", Amount(Decimal(300))),
        ("bis 2030 24 Firmen", "de", Amount(Decimal(24))),
    ],
)
def test_an_amount_has_its_unit_and_its_bounds(text: str, language: str, amount: Amount) -> None:
    assert figures(text, language).amounts == (amount,)


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("on 27 February 2018", "en", Day(2018, 2, 27)),
        ("am 1. Januar 2005", "de", Day(2005, 1, 1)),
        ("le 1er mars 2005", "fr", Day(2005, 3, 1)),
        ("dal 1º gennaio 2005", "it", Day(2005, 1, 1)),
        ("28.10.2022", "nl", Day(2022, 10, 28)),
        ("in May 2019", "en", Day(2019, 5)),
        ("since 2007", "en", Day(2007)),
    ],
)
def test_a_date_says_no_more_than_is_written(text: str, language: str, day: Day) -> None:
    assert figures(text, language).days == (day,)


def test_a_month_is_told_by_a_day_of_it_and_not_the_reverse() -> None:
    assert Day(2018, 2).told_by(Day(2018, 2, 27))
    assert not Day(2018, 2, 27).told_by(Day(2018, 2))


@pytest.mark.parametrize(
    ("said", "follows"), [("1600000", True), ("1700000", False), ("1633000", True), ("1632000", False)]
)
def test_a_rounded_amount_follows_from_an_exact_one(said: str, follows: bool) -> None:
    exact = Amount(Decimal(1_632_694), "EUR")
    assert borne_out(Amount(Decimal(said), "EUR"), exact, limits=False, units=frozenset()) is follows
