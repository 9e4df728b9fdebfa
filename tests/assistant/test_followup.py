from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.followup import standalone
from assistant.language import SPOKEN
from assistant.types import Turn
from tests.fakes import HashingEmbedder

_KNOWN = re.compile(r"\b(?:Fusion for Energy|CERN)\b")


def alike(text: str, others: Sequence[str]) -> list[float]:
    embedder = HashingEmbedder()
    return [float(embedder.embed_query(text) @ embedder.embed_query(other)) for other in others]


def asked(
    question: str, *before: str, language: str = "en", answer: str = "According to “A” (B): it is so. [1]"
) -> str:
    history = [turn for said in before for turn in (Turn("user", said), Turn("assistant", answer))]
    return standalone(question, history, language, alike, _KNOWN)


def test_a_first_question_stays_as_it_is() -> None:
    assert asked("Does it cost anything?") == "Does it cost anything?"


@pytest.mark.parametrize(
    ("language", "before", "question", "stands_alone"),
    [
        (
            "en",
            "How does CERN choose bids for supplies?",
            "And for services?",
            "How does CERN choose bids for services?",
        ),
        ("nl", "Hoe kiest CERN voor leveringen?", "En voor diensten?", "Hoe kiest CERN voor diensten?"),
        ("de", "Wer ist in Polen der ILO?", "Und in Deutschland?", "Wer ist in Deutschland der ILO?"),
        ("fr", "Quand le BSBF a-t-il lieu à Grenade ?", "Et à Trieste ?", "Quand le BSBF a-t-il lieu à Trieste ?"),
        ("it", "Chi compra per i laboratori?", "E per gli uffici?", "Chi compra per i uffici?"),
        ("en", "What did ESRF allow in 2004?", "And in 2020?", "What did ESRF allow in 2020?"),
        (
            "fr",
            "Combien le CERN a-t-il acheté en 2023 ?",
            "Et l'année suivante ?",
            "Combien le CERN a-t-il acheté en 2024 ?",
        ),
        ("en", "Who buys for more than CHF 200,000?", "And below that?", "Who buys for below CHF 200,000?"),
        ("nl", "Hoe koopt CERN boven 200.000 frank?", "En daaronder?", "Hoe koopt CERN onder 200.000 frank?"),
        (
            "de",
            "Wie kauft das CERN über 200.000 Franken?",
            "Und darunter?",
            "Wie kauft das CERN unter 200.000 Franken?",
        ),
    ],
)
def test_a_fragment_takes_its_place_in_the_last_question(
    language: str, before: str, question: str, stands_alone: str
) -> None:
    assert asked(question, before, language=language) == stands_alone


@pytest.mark.parametrize(
    ("language", "before", "question", "carried"),
    [
        ("en", "From what amount does ESO publish?", "Which bid wins there?", "ESO"),
        ("en", "Where is Fusion for Energy?", "For how many years was it set up?", "Fusion for Energy"),
        ("nl", "Wie betaalt KU Leuven?", "En hoeveel haalde ze uit licenties?", "KU Leuven"),
        ("de", "Was baut das CERN Liaison Office?", "Mit wem verbindet es Firmen?", "CERN Liaison Office"),
        ("fr", "Où F4E a-t-il son siège ?", "En quelle année a-t-il été créé ?", "F4E"),
        ("it", "Chi paga Elettra?", "E chi ne è l'azionista?", "Elettra"),
    ],
)
def test_a_question_that_points_back_says_what_it_points_at(
    language: str, before: str, question: str, carried: str
) -> None:
    assert asked(question, before, language=language) == f"{question} ({carried})"


def test_what_is_talked_about_is_carried_through_several_questions() -> None:
    assert "CERN" in asked("And how many people work there?", "Where is CERN?", "What does it do?")


@pytest.mark.parametrize(
    ("language", "question", "asks"),
    [
        ("en", "Something else: who runs the ILL?", "who runs the ILL?"),
        ("nl", "Iets anders: wie leidt het ILL?", "wie leidt het ILL?"),
        ("de", "Andere Frage: Wer leitet das ILL?", "Wer leitet das ILL?"),
        ("fr", "Changeons de sujet : qui dirige l'ILL ?", "qui dirige l'ILL ?"),
        ("it", "Cambiamo argomento: chi dirige l'ILL?", "chi dirige l'ILL?"),
    ],
)
def test_a_change_of_subject_takes_nothing_over(language: str, question: str, asks: str) -> None:
    assert asked(question, "Only CERN, please. What does it buy?", language=language) == asks


@pytest.mark.parametrize(
    "question", ["Who can apply to the ESA BIC in Brussels?", "What is state aid?", "How does ESS treat its suppliers?"]
)
def test_a_question_that_stands_alone_is_left_alone(question: str) -> None:
    assert asked(question, "How does CERN choose the winning bid for supplies?") == question


def test_a_limit_holds_for_the_questions_after_it() -> None:
    limit = "Please speak only about the ILL, not about the ESRF. Who owns it?"
    assert asked("How many instruments are there?", limit) == "How many instruments are there? (ILL)"


def test_who_was_named_in_the_answer_can_be_asked_about() -> None:
    answer = "According to “Contacts” (ILO-net): Firms can turn to the Agoria Desk. [1]"
    assert "Agoria Desk" in asked("Who pays them?", "Who helps with ITER?", answer=answer)


def test_where_the_question_named_nothing_the_source_of_the_answer_is_meant() -> None:
    answer = "According to “Procurement rules” (CERN): The threshold is CHF 200,000. [1]"
    assert "CERN" in asked("And who decides?", "what is the threshold?", answer=answer)


@settings(deadline=None)
@given(
    question=st.text(max_size=80),
    history=st.lists(st.builds(Turn, st.sampled_from(["user", "assistant"]), st.text(max_size=80)), max_size=6),
    language=st.sampled_from(SPOKEN),
)
def test_any_conversation_can_be_followed(question: str, history: list[Turn], language: str) -> None:
    assert isinstance(standalone(question, history, language, alike, _KNOWN), str)
