from __future__ import annotations

import pytest

from assistant.terms import QuestionTerms, understand
from assistant.types import Understood
from ingest.analyse import terms
from ingest.lexicon.lexicon import Lexicon
from ingest.lexicon.sense import Sense


def understood(question: str, language: str, lexicon: Lexicon, *index_languages: str) -> QuestionTerms:
    return understand(question, language, index_languages, lexicon, weigh=lambda group: 1.0)


def test_without_a_lexicon_a_word_is_looked_up_as_every_language_of_the_index_writes_it() -> None:
    words = understood("Drempels voor thresholds", "nl", Lexicon(), "en", "nl").words
    assert {"drempel", "drempels"} & {stem for variant in words[0].group.variants for stem in variant.stems}
    assert "threshold" in {stem for variant in words[1].group.variants for stem in variant.stems}


def test_stop_words_are_not_looked_for() -> None:
    assert [word.text for word in understood("What is the budget of it?", "en", Lexicon(), "en").words] == ["budget"]


def test_words_that_say_nothing_are_no_parts_of_a_compound_either(lexicon: Lexicon) -> None:
    assert [word.text for word in understood("Qu'est-ce qu'une PME ?", "fr", lexicon, "fr").words] == ["PME"]


@pytest.mark.parametrize(
    ("question", "language", "sentence", "other"),
    [
        ("Welke bedrijven leveren magneten?", "nl", "The companies supply magnets.", "en"),
        ("Which companies supply magnets?", "en", "De bedrijven leveren magneten.", "nl"),
        ("Quelles entreprises fournissent des aimants ?", "fr", "Die Unternehmen liefern Magnete.", "de"),
        ("Quali università aiutano imprese?", "it", "Les universités aident les entreprises.", "fr"),
    ],
)
def test_a_sentence_in_another_language_holds_what_is_asked(
    question: str, language: str, sentence: str, other: str, lexicon: Lexicon
) -> None:
    asked = understood(question, language, lexicon, other)
    assert asked.coverage(frozenset(terms(sentence, other))) == 1
    assert understood(question, language, Lexicon(), other).coverage(frozenset(terms(sentence, other))) < 1


def test_a_word_that_the_glossary_has_names_its_concept(lexicon: Lexicon) -> None:
    led = lexicon.led_by([Sense({"en": ("spin-off",), "de": ("Ausgründung",)}, synonyms=True)])
    words = understood("Welche Ausgründungen zahlen Miete?", "de", led, "en").words
    assert {word.text: word.concept for word in words}["Ausgründungen"] == "spin-off"
    assert {word.text: word.concept for word in words}["Miete"] == ""


@pytest.mark.parametrize(
    ("question", "language", "country"),
    [
        ("Quelle part revient à la Suisse ?", "fr", "Suisse"),
        ("Hoeveel Belgische bedrijven zijn er?", "nl", "Belgische"),
        ("Welche deutschen Firmen liefern?", "de", "deutschen"),
        ("Quali imprese polacche forniscono?", "it", "polacche"),
        ("Which Polish firms polish mirrors?", "en", "Polish"),
    ],
)
def test_a_word_names_a_country_or_what_belongs_to_it(
    question: str, language: str, country: str, lexicon: Lexicon
) -> None:
    words = understood(question, language, lexicon, "en").words
    assert [word.text for word in words if word.names_country] == [country]


def test_an_index_in_several_languages_is_asked_in_each_of_them(lexicon: Lexicon) -> None:
    asked = understood("Welke bedrijven leveren magneten?", "nl", lexicon, "en", "nl", "de", "fr")
    for sentence, other in (("The companies supply magnets.", "en"), ("Die Unternehmen liefern Magnete.", "de")):
        assert asked.coverage(frozenset(terms(sentence, other))) == 1


def test_the_parts_of_a_compound_are_looked_for(lexicon: Lexicon) -> None:
    asked = understood("Verteidigungsspieler", "de", lexicon, "en")
    assert [(word.text, word.understood) for word in asked.words] == [
        ("verteidigung", Understood.COMPOUND),
        ("spieler", Understood.COMPOUND),
    ]
    assert asked.coverage(frozenset(terms("He is a player in defense", "en"))) == 1
    assert asked.coverage(frozenset(terms("Der Verteidigungsspieler", "de"))) == 1


def test_a_term_of_several_words_is_found_by_its_compound(lexicon: Lexicon) -> None:
    asked = understood("Who does market surveys?", "en", lexicon, "nl")
    assert asked.coverage(frozenset(terms("Wie doet een marktonderzoek?", "nl"))) == 1


def test_a_word_asked_for_twice_counts_once(lexicon: Lexicon) -> None:
    assert len(understood("magnets and magnets", "en", lexicon, "en").query.groups) == 1


def test_other_forms_of_a_word_are_looked_for(lexicon: Lexicon) -> None:
    asked = understood("Who built magnets?", "en", lexicon, "en")
    assert asked.coverage(frozenset(terms("They build magnets.", "en"))) == 1


def test_a_word_is_looked_up_in_each_language_that_the_question_may_be_in(lexicon: Lexicon) -> None:
    heard = understand("offerta SATT", "en", ["en"], lexicon, lambda group: 1.0, also=["it"])
    assert "tender" in heard.words[0].translations
    assert understood("offerta SATT", "en", lexicon, "en").words[0].translations == ()


def test_an_english_question_taken_for_german_keeps_its_words(lexicon: Lexicon) -> None:
    asked = "supplies superconducting magnets accelerator"
    sentence = frozenset(terms("A company supplies superconducting magnets to the accelerator.", "en"))
    assert understood(asked, "de", lexicon, "en").coverage(sentence) == 1


def test_a_word_in_no_list_is_looked_for_as_the_words_most_like_it(lexicon: Lexicon) -> None:
    def near(word: str) -> list[tuple[str, float]]:
        return [("inflationari", 0.8)] if word.startswith("inflation") else []

    asked = understand("inflationäre", "de", ["en"], lexicon, lambda group: 1.0, near=near)
    assert asked.words[0].understood is Understood.COGNATE
    assert asked.coverage(frozenset(terms("an inflationary gap", "en"))) == 1
