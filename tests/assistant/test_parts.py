from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.language import SPOKEN
from assistant.parts import parts_of


@pytest.mark.parametrize(
    ("language", "question", "parts"),
    [
        ("en", "What is the threshold, and who decides on bids?", ["What is the threshold?", "who decides on bids?"]),
        (
            "en",
            "Where is its seat, and for how many years was it set up?",
            ["Where is its seat?", "for how many years was it set up?"],
        ),
        ("en", "Who owns the ILL? How many instruments has it?", ["Who owns the ILL?", "How many instruments has it?"]),
        ("en", "1) Who owns the ILL? 2) Who pays for it?", ["Who owns the ILL?", "Who pays for it?"]),
        (
            "en",
            "How long does an incubator help, and does ESA take shares?",
            ["How long does an incubator help?", "does ESA take shares?"],
        ),
        (
            "en",
            "What does a licence cost, what must the firm do, and who signs it?",
            ["What does a licence cost?", "what must the firm do?", "who signs it?"],
        ),
        (
            "de",
            "Was kostet das Labor und muss man Ergebnisse zeigen?",
            ["Was kostet das Labor?", "muss man Ergebnisse zeigen?"],
        ),
        ("fr", "Que coûte le stand et faut-il une licence ?", ["Que coûte le stand?", "faut-il une licence ?"]),
        ("nl", "Wat kost het lab en wie betaalt de bouw?", ["Wat kost het lab?", "wie betaalt de bouw?"]),
        ("de", "Wer zahlt den Stand und wo liegt die Halle?", ["Wer zahlt den Stand?", "wo liegt die Halle?"]),
        ("fr", "Qui paie le stand et où est la salle ?", ["Qui paie le stand?", "où est la salle ?"]),
        ("it", "Chi paga lo stand e dove è la sala?", ["Chi paga lo stand?", "dove è la sala?"]),
    ],
)
def test_several_things_are_asked_one_by_one(language: str, question: str, parts: list[str]) -> None:
    assert parts_of(question, language) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Who pays and how much?",
        "How and when does CERN pay?",
        "What are the rules for supplies and services?",
        "We make magnets and what we need is a customer.",
        "Which firms and which institutes?",
        "The ILL is in Grenoble. Who owns it?",
        "Which firm that makes magnets and is in Italy may bid?",
        "Where is the lab, which opened in 2014 and is the largest?",
        "Who? What? When? Where is it? Why?",
    ],
)
def test_one_thing_stays_one_question(question: str) -> None:
    assert parts_of(question, "en") == [question]


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from(SPOKEN))
def test_every_question_has_a_part(question: str, language: str) -> None:
    assert parts_of(question, language)
