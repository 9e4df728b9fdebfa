from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.cues import CUES
from assistant.message import pieces


def asked(message: str, language: str) -> str:
    return " | ".join(piece.text for piece in pieces(message, language) if piece.asks)


def beside(message: str, language: str) -> str:
    return " | ".join(piece.text.strip() for piece in pieces(message, language) if not piece.asks)


@pytest.mark.parametrize(
    ("language", "message", "question"),
    [
        ("en", "Hello! Could you tell me who decides? Thanks in advance.", "who decides?"),
        ("en", "Thanks! And who pays?", "And who pays?"),
        ("en", "Dear all,\nwhat does the\nlabel cost?\nKind regards\nPetra", "what does the label cost?"),
        ("en", "Which hall is it, please?", "Which hall is it?"),
        ("en", "According to your documents, which hall is it?", "which hall is it?"),
        ("nl", "Goedendag, kunt u mij vertellen hoeveel CERN betaalt? Alvast bedankt!", "hoeveel CERN betaalt?"),
        ("nl", "Ik vroeg me af of een ERIC mag handelen.", "of een ERIC mag handelen."),
        ("de", "Guten Tag, wissen Sie, wer entscheidet? Mit freundlichen Grüßen", "wer entscheidet?"),
        ("en", "Could you please tell me: who decides?", "who decides?"),
        ("fr", "J'aimerais savoir : qui décide ?", "qui décide ?"),
        ("fr", "Bonjour Madame, pourriez-vous m'indiquer à qui s'adresser ?", "à qui s'adresser ?"),
        ("it", "Buongiorno, vorrei sapere chi decide. Grazie mille!", "chi decide."),
    ],
)
def test_what_is_polite_is_no_part_of_what_is_asked(language: str, message: str, question: str) -> None:
    assert asked(message, language) == question
    assert beside(message, language) == ""


@pytest.mark.parametrize(
    ("language", "message", "question", "other"),
    [
        ("en", "We are a Belgian firm. Who may bid?", "Who may bid?", "We are a Belgian firm."),
        (
            "en",
            "My boss sells signs and wants to know if CERN buys them.",
            "if CERN buys them.",
            "My boss sells signs and",
        ),
        ("en", "As a small firm from Spain, can we bid?", "can we bid?", "As a small firm from Spain,"),
        (
            "nl",
            "Ons bedrijf maakt lagers en we horen graag wie beslist.",
            "wie beslist.",
            "Ons bedrijf maakt lagers en",
        ),
        ("de", "Ich schreibe einen Bericht: Wie hoch ist der Haushalt?", "Wie hoch ist der Haushalt?", "Ich schreibe"),
        ("fr", "Mon patron voudrait savoir combien cela coûte.", "combien cela coûte.", "Mon patron voudrait"),
        ("fr", "En tant que PME belge, pouvons-nous livrer ?", "pouvons-nous livrer ?", "En tant que PME belge,"),
        ("it", "Siamo una piccola impresa. Chi decide?", "Chi decide?", "Siamo una piccola impresa."),
    ],
)
def test_who_asks_stands_beside_what_is_asked(language: str, message: str, question: str, other: str) -> None:
    assert asked(message, language) == question
    assert beside(message, language).startswith(other)


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Great Britain pays how much?"),
        ("en", "EIC Fund: how much equity for one start-up?"),
        ("en", "Which organisation must we ask what it costs?"),
        ("en", "What did the U.S. Congress decide in 1993?"),
        ("en", "Hi-Lumi LHC: which contracts are open?"),
        ("en", "Transfer of our patent on isotopes: which office at CERN decides?"),
        ("en", "Is there a fee for registration, and do you know who signs?"),
        ("en", "Can you tell me about royalties and how CERN shares income?"),
        ("en", "Do you know experts in cryogenics who help start-ups?"),
        ("en", "Can I tell customers which CERN technology is inside our product?"),
        ("en", "Which language must be used in the documents?"),
        ("nl", "Kunt u ons helpen met licenties of octrooien van CERN?"),
        ("nl", "Vraag over octrooien: wie betaalt?"),
        ("de", "Darf eine Firma vor der Abgabe fragen, wer sonst noch bietet?"),
        ("en", "Could you clarify the conditions under which CERN pays?"),
        ("nl", "Als een bedrijf een licentie neemt, wie betaalt?"),
        ("de", "Wie viele Anlagen gab es im 20. Jahrhundert?"),
    ],
)
def test_a_question_that_says_nothing_else_is_left_whole(language: str, question: str) -> None:
    assert asked(question, language) == question


def test_where_a_question_mark_stands_what_has_none_is_beside_it() -> None:
    message = "I would like to know what a licence costs. Who signs contracts?! Can you help?"
    assert asked(message, "en") == "Who signs contracts?!"
    assert beside(message, "en") == "I would like to know what a licence costs."


def test_a_question_of_small_words_is_no_courtesy() -> None:
    assert asked("We use CERN software. Must we say so?", "en") == "Must we say so?"


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    "message", ["as a firm from " + "x" * 3_900, "we, " * 900, "could you " * 390, "x" + " " * 3_900 + "y?"]
)
def test_no_message_takes_long(message: str) -> None:
    assert pieces(message, "en")


def test_what_is_shouted_is_taken_as_said() -> None:
    assert asked("WHO DECIDES ON A LICENCE?", "en") == "who decides on a licence?"
    assert asked("WHAT IS CERN?", "en") == "WHAT IS CERN?"


def test_a_message_that_is_only_polite_is_left_whole() -> None:
    assert asked("Kind regards", "en") == "Kind regards"


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from(sorted(CUES)))
def test_any_message_gives_pieces_of_what_it_says(message: str, language: str) -> None:
    found = pieces(message, language)
    assert found
    spoken = " ".join(message.split()).casefold()
    assert all(" ".join(piece.text.split()).casefold() in spoken for piece in found)
