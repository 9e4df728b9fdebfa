from __future__ import annotations

import pytest

from evals.metrics.wording import fact_recall, plain, says, shown


@pytest.mark.parametrize(
    "written", ["CHF 50,000", "chf 50.000", "CHF 50 000", "CHF 50\u202f000", "CHF 50'000", "CHF 50’000"]
)
def test_a_number_is_the_same_however_its_thousands_are_written(written: str) -> None:
    assert says(f"From {written} on, bids are asked for.", "CHF 50,000")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        pytest.param("90 Prozent", "90 %", id="per cent in words"),
        pytest.param("90 %", "90 per cent", id="per cent as a sign"),
        pytest.param("2,5 Millionen", "2.5 Millionen", id="decimal comma"),
        pytest.param("Dall’1 al 4 ottobre", "dall'1 al 4 ottobre", id="apostrophe"),
        pytest.param("1–4 October", "1-4 October", id="dash"),
        pytest.param("Price\nEnquiries", "price enquiries", id="case and line break"),
    ],
)
def test_other_ways_of_writing_count_as_the_same(text: str, form: str) -> None:
    assert says(text, form)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        pytest.param("1612 firms", "612", id="a longer number, before"),
        pytest.param("6121 firms", "612", id="a longer number, after"),
        pytest.param("612.5 million", "612", id="a decimal"),
        pytest.param("0.612", "612", id="the end of a decimal"),
        pytest.param("2,612,000", "612", id="within a grouped number"),
        pytest.param("in 2018 200 firms", "2018200", id="two numbers in a row"),
        pytest.param("anything", "", id="an empty form"),
    ],
)
def test_a_number_counts_only_where_it_is_the_whole_number(text: str, form: str) -> None:
    assert not says(text, form)


def test_writing_it_plain_twice_changes_nothing() -> None:
    text = "„Über 1.234.567,5 €“ – 20 pour cent"
    assert plain(plain(text)) == plain(text) == '"über 1234567.5 €" - 20%'


def test_fact_recall_is_the_share_of_facts_said_in_any_form() -> None:
    facts = [["CHF 50,000", "50 000 francs"], ["three years"]]
    assert fact_recall("It is 50.000 francs.", facts) == 0.5
    assert fact_recall("It is CHF 50 000 for three years.", facts) == 1.0
    assert fact_recall("Nothing.", facts) == 0.0


def test_fact_recall_without_facts_is_none() -> None:
    assert fact_recall("Anything.", []) is None


def test_forbidden_content_is_told_as_the_set_writes_it() -> None:
    assert shown("The limit was € 250 000.", ["250,000", "three tenders"]) == ["250,000"]
    assert shown("The limit was lower.", ["250,000"]) == []
