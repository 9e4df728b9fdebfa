from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.spelling import corrected, corrections, distance

NAMES = {"CERN", "ESO", "Flanders Make", "Fusion for Energy"}
WORDS = {"procurement", "Procurement", "transfer", "transport", "Flanders", "infrastructuur"}
KNOWN = {"what", "which", "labs", "house", "makes", "seat", "infrastructure"}


def read(question: str) -> dict[str, str]:
    return corrections(question, NAMES, WORDS, lambda word: word.casefold() in KNOWN | {w.casefold() for w in WORDS})


@pytest.mark.parametrize(
    ("question", "read_as"),
    [
        ("What is the procurment rule?", {"procurment": "procurement"}),
        ("Welke infrastuctuur is er?", {"infrastuctuur": "infrastructuur"}),
        ("What is the tranfser?", {"tranfser": "transfer"}),
        ("Which labs has Flander Make?", {"Flander Make": "Flanders Make"}),
        ("Fusion for Enegry seat?", {"Fusion for Enegry": "Fusion for Energy"}),
        ("What does CERM buy?", {"CERM": "CERN"}),
        ("Welke infrstuctuur is er?", {"infrstuctuur": "infrastructuur"}),
    ],
)
def test_a_slip_is_read_as_what_was_meant(question: str, read_as: dict[str, str]) -> None:
    assert read(question) == read_as


@pytest.mark.parametrize(
    "question",
    [
        "What is the procurement rule?",
        "What is the infrastructure?",
        "Which labs has Flanders Make?",
        "What does ESB buy?",
        "What is a giraffe?",
    ],
)
def test_what_is_known_or_too_far_from_it_stays(question: str) -> None:
    assert read(question) == {}


def test_a_word_between_two_stays() -> None:
    assert corrections("the transpor", (), {"transport", "transpose"}, lambda _: False) == {"transpor": "transport"}
    assert corrections("the carts", (), {"carta", "carte"}, lambda _: False) == {}


def test_only_the_whole_word_is_changed() -> None:
    assert corrected("CERM and CERMET", {"CERM": "CERN"}) == "CERN and CERMET"


@pytest.mark.parametrize(
    ("left", "right", "slips"), [("same", "same", 0), ("ab", "ba", 1), ("procurment", "procurement", 1), ("", "abc", 3)]
)
def test_a_swap_of_neighbours_is_one_slip(left: str, right: str, slips: int) -> None:
    assert distance(left, right) == slips


@settings(deadline=None)
@given(st.text(max_size=12), st.text(max_size=12))
def test_the_distance_has_no_direction(left: str, right: str) -> None:
    assert distance(left, right) == distance(right, left)


@settings(deadline=None)
@given(st.text(max_size=100))
def test_any_question_may_be_read(question: str) -> None:
    assert isinstance(corrected(question, read(question)), str)
