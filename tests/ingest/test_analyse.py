from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.analyse import neighbours, pairs, terms, words


@pytest.mark.parametrize("written", ["200 000", "200,000", "200.000", "200'000", "200\u00a0000", "200000"])
def test_a_number_counts_by_its_digits_however_it_is_written(written: str) -> None:
    assert "200000" in terms(f"above CHF {written} francs", "en")


def test_a_decimal_is_not_a_grouped_number() -> None:
    assert "15" not in words("1.5 million in 2015")
    assert "2015" in words("1.5 million in 2015")


def test_a_hyphenated_word_is_found_by_its_parts_and_as_a_whole() -> None:
    assert {"spinoff", "spin"} <= set(terms("spin-off", "en"))
    assert "spinoff" in terms("spinoff", "en")


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The thresholds of the Organization's tenders", "en", ["threshold", "organ", "tender"]),
        ("Wat zijn de drempels?", "nl", ["drempel"]),
        ("l'appel d'offres", "fr", ["appel", "offre"]),
        ("Dov'è la soglia, e qual è?", "it", ["sogl"]),
        ("Was dürfen die Bieter wissen, woraus und worüber?", "de", ["biet", "wiss"]),
        ("Waarvan zou de prijs kunnen afhangen?", "nl", ["prijs", "afhang"]),
        ("Lorsqu'il pourra être prolongé", "fr", ["prolong"]),
        ("Café", "xx", ["cafe"]),
    ],
)
def test_words_are_stemmed_in_their_language_and_stop_words_dropped(
    text: str, language: str, expected: list[str]
) -> None:
    assert [term[: len(wanted)] for term, wanted in zip(terms(text, language), expected, strict=True)] == expected


def test_neighbours_are_paired() -> None:
    assert pairs(["price", "enquiry", "limit"]) == ["price_enquiry", "enquiry_limit"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Who must pay?", "en", ["who_must", "must_pay"]),
        ("the spin-off's fee", "en", ["the_spin", "spin_off", "off_fee"]),
        ("l'appel d'offres", "fr", ["appel_offre"]),
    ],
)
def test_neighbours_of_a_text_are_all_its_words_in_their_order(text: str, language: str, expected: list[str]) -> None:
    assert neighbours(text, language) == expected


@given(st.text(max_size=200), st.sampled_from(["en", "nl", "de", "fr", "it", "und"]))
def test_terms_hold_no_white_space(text: str, language: str) -> None:
    assert all(term and not any(sign.isspace() for sign in term) for term in terms(text, language))
