from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("CERN buys e.g. magnets. It pays.", ["CERN buys e.g. magnets.", "It pays."]),
        ("Seit 1. Januar 2015 gilt das. Ja.", ["Seit 1. Januar 2015 gilt das.", "Ja."]),
        ("It costs 1.632.694 euro. Good.", ["It costs 1.632.694 euro.", "Good."]),
        ("1. CERN promotes. 2. CERN pays.", ["1. CERN promotes.", "2. CERN pays."]),
        ("(b) access to labels. Done.", ["(b) access to labels.", "Done."]),
        ("See No. 5 of c. 2018. He said no. Then.", ["See No. 5 of c. 2018.", "He said no.", "Then."]),
        ('She said "Yes." Then she left.', ['She said "Yes."', "Then she left."]),
        ("Line one\nline two", ["Line one", "line two"]),
        ("Volgens art. 5 bv. dit. Dat ook.", ["Volgens art. 5 bv. dit.", "Dat ook."]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_every_visible_character_lies_in_exactly_one_sentence(text: str) -> None:
    covered = [0] * len(text)
    for start, end in sentence_spans(text):
        assert text[start:end] == text[start:end].strip()
        for place in range(start, end):
            covered[place] += 1
    assert all(
        times == (0 if sign.isspace() else 1) or (times == 1 and sign.isspace())
        for sign, times in zip(text, covered, strict=True)
    )
