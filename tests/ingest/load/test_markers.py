"""Markers: what starts a list item, and how deep it lies."""

import pytest

from ingest.load.markers import OpenLists, marker, ordinal


@pytest.mark.parametrize(
    ("line", "printed", "text"),
    [
        ("• a bullet", "", "a bullet"),
        ("- a dash", "", "a dash"),
        ("– a long dash", "", "a long dash"),
        ("\uf0b7 a bullet of a symbol font", "", "a bullet of a symbol font"),
        ("1. a number", "1.", "a number"),
        ("12) a number", "12)", "a number"),
        ("(3) a number", "(3)", "a number"),
        ("(a) a letter", "(a)", "a letter"),
        ("b) a letter", "b)", "b) a letter"[3:]),
        ("(iv) a Roman number", "(iv)", "a Roman number"),
        ("2.1 Scope", "2.1", "Scope"),
        ("2.1.3. Scope", "2.1.3.", "Scope"),
    ],
)
def test_a_marker_is_found(line: str, printed: str, text: str) -> None:
    found = marker(line)
    assert found is not None
    assert (found.printed, line[found.length :]) == (printed, text)


@pytest.mark.parametrize(
    "line",
    [
        "1.5 million euro",
        "750.000 euro",
        "2018. was a year",
        "10 000 CHF",
        "a word",
        "-5 degrees",
        "(see below) it",
        "1.",
        "e.g. this",
    ],
)
def test_what_only_looks_like_a_marker_is_none(line: str) -> None:
    assert marker(line) is None


def levels(*lines: str | tuple[str, float]) -> list[int]:
    lists = OpenLists()
    found = []
    for line in lines:
        text, indent = line if isinstance(line, tuple) else (line, 0.0)
        start = marker(text)
        assert start is not None
        found.append(lists.level(start, indent))
    return found


def test_letters_lie_below_numbers_and_roman_numbers_below_letters() -> None:
    assert levels("1. x", "(a) x", "(i) x", "(ii) x", "(b) x", "2. x", "(a) x") == [1, 2, 3, 3, 2, 1, 2]


def test_the_letter_i_after_h_is_a_letter() -> None:
    lists = OpenLists()
    assert [lists.level(start) for letter in "abcdefghij" if (start := marker(f"({letter}) x"))] == [1] * 10


def test_numbers_of_several_parts_lie_below_those_of_fewer() -> None:
    assert levels("1. X", "1.1 X", "1.2 X", "2. X", "2.1 X", "2.1.1 X") == [1, 2, 2, 1, 2, 3]


def test_a_numbered_list_after_bullets_is_not_inside_them() -> None:
    assert levels("• x", "• x", "1. x", "2. x") == [1, 1, 1, 1]


def test_bullets_that_stand_further_in_lie_deeper() -> None:
    assert levels(("• x", 0), ("• x", 20), ("• x", 20), ("• x", 0), ("1. x", 20)) == [1, 2, 2, 1, 2]


def test_only_the_next_number_goes_on_with_a_list() -> None:
    lists = OpenLists()
    for line in ("1. x", "2. x"):
        start = marker(line)
        assert start
        lists.level(start)
    third, fifth = marker("3. x"), marker("5. x")
    assert third
    assert fifth
    assert (lists.continues(third), lists.continues(fifth)) == (True, False)


@pytest.mark.parametrize(
    ("number", "style", "printed"),
    [
        (3, "lowerLetter", "c"),
        (4, "upperRoman", "IV"),
        (49, "lowerRoman", "xlix"),
        (27, "lowerLetter", "27"),
        (7, "decimal", "7"),
    ],
)
def test_an_ordinal_is_printed_in_its_style(number: int, style: str, printed: str) -> None:
    assert ordinal(number, style) == printed
