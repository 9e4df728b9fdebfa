from __future__ import annotations

import pytest

from assistant.premise import premise_of


@pytest.mark.parametrize(
    ("question", "premise"),
    [
        ("Since ESO owns a ship, in which port does it lie?", "ESO owns a ship"),
        ("As the pass is free for all, where do I fetch it?", "the pass is free for all"),
        ("Aangezien ESO een schip bezit, in welke haven ligt het?", "ESO een schip bezit"),
        ("Da die ESO ein Schiff besitzt: In welchem Hafen liegt es?", "die ESO ein Schiff besitzt"),
        ("Puisqu'il faut payer le port, combien coûte-t-il ?", "il faut payer le port"),
        ("Comme l'ESO a un navire, dans quel port est-il ?", "l'ESO a un navire"),
        ("Dato che l'ESO ha una nave, in quale porto si trova?", "l'ESO ha una nave"),
    ],
)
def test_a_reason_that_opens_a_question_is_taken_for_granted(question: str, premise: str) -> None:
    assert premise_of(question) == premise


@pytest.mark.parametrize(
    "question",
    [
        "As a small company from Ghent, how do I start?",
        "Since 2015, how many calls were there?",
        "Since when has ESO owned a ship, and where is it?",
        "What does ESO do, since it owns a ship?",
        "Comment participer, et qui décide ?",
        "Da wo die ESO sitzt.",
    ],
)
def test_other_questions_take_nothing_for_granted(question: str) -> None:
    assert premise_of(question) is None
