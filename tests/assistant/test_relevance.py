from __future__ import annotations

import pytest

from assistant.context import passages_of
from assistant.relevance import Examined, examine
from assistant.terms import understand
from ingest.lexicon.lexicon import Lexicon
from ingest.types import Audience, Chunk, Hit, Kind, Span, Version


def passage(
    text: str, *, title: str = "Handbook", language: str = "en", headings: tuple[str, ...] = (), context: str = ""
) -> Hit:
    version = Version("v1", title.lower(), "p.md", title, Kind.NOTE, language, Audience.PUBLIC, recorded=1)
    return Hit("v1/0", Chunk(text, (Span(1, 0, len(text)),), headings, context), version, rank=1)


def examined(question: str, *hits: Hit, language: str = "en", lexicon: Lexicon | None = None) -> Examined:
    languages = tuple({hit.version.language for hit in hits})
    asked_for = understand(question, language, languages, lexicon or Lexicon(), weigh=lambda group: 1.0)
    return examine(question, asked_for, passages_of(hits))


def test_a_sentence_holds_what_it_says_and_what_it_stands_under() -> None:
    fit = examined("What does the annual pass cost?", passage("It is EUR 90.", headings=("Annual pass",))).fits[0]
    assert fit.said == 0
    assert fit.framed == 1
    assert fit.gives


def test_words_that_only_ask_count_for_less_than_those_of_the_matter() -> None:
    fits = examined("Which licence does ESO use today?", passage("ESO has a licence. Today it rains.")).fits
    assert fits[0].said > 4 * fits[1].said


def test_what_only_leads_up_to_a_question_counts_for_less_than_what_it_asks() -> None:
    question = "Our small workshop mills flanges. Does ESO publish tenders?"
    asked, led_up = examined(question, passage("ESO publishes tenders. A workshop mills flanges.")).fits
    assert asked.said > led_up.said


def test_a_name_may_be_said_in_another_language(lexicon: Lexicon) -> None:
    fit = examined("Wat betaalt Zwitserland?", passage("Switzerland pays."), language="nl", lexicon=lexicon).fits[0]
    assert fit.named == 1


def test_a_german_word_is_a_name_where_other_languages_write_it_with_a_capital(lexicon: Lexicon) -> None:
    fits = examined(
        "Welchen Anteil hat Österreich?",
        passage("Switzerland has a share. Austria has a share."),
        language="de",
        lexicon=lexicon,
    ).fits
    assert [fit.named for fit in fits] == [0, 1]
    assert [fit.named_around for fit in fits] == [1, 1]


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What share does Germany have?", "en"),
        ("What is the German share?", "en"),
        ("Wie hoch ist der deutsche Anteil?", "de"),
        ("Quelle est la part allemande ?", "fr"),
        ("Hoe groot is het Duitse aandeel?", "nl"),
    ],
)
def test_what_is_told_of_a_country_is_told_of_what_belongs_to_it(
    question: str, language: str, lexicon: Lexicon
) -> None:
    told = passage("The share of Germany is 20 %. The share of Poland is 2 %. German firms have a share.")
    fits = examined(question, told, language=language, lexicon=lexicon).fits
    assert [fit.of_countries for fit in fits] == [True, False, True]


def test_a_title_tells_of_which_country_a_sentence_is_that_names_no_other(lexicon: Lexicon) -> None:
    told = passage("The share is 20 %. In Switzerland it is 2 %.", title="German and Swiss firms")
    fits = examined("What is the share of Germany?", told, lexicon=lexicon).fits
    assert [fit.of_countries for fit in fits] == [True, False]


def test_a_word_with_a_hyphen_is_not_said_by_one_of_its_parts() -> None:
    fits = examined("What is a micro-enterprise?", passage("An enterprise pays. A micro enterprise pays less.")).fits
    assert [fit.said for fit in fits] == [0, 1]


def test_a_year_that_no_sentence_has_is_told() -> None:
    fits = examined("What was the budget in 2019?", passage("The budget in 2018 was CHF 5. In 2019 it rose.")).fits
    assert [fit.dated for fit in fits] == [False, True]


def test_a_year_may_stand_elsewhere_in_the_passage_or_another_in_its_place() -> None:
    fits = examined("What was the budget in 2019?", passage("The budget in 2018 was CHF 5. In 2019 it rose.")).fits
    assert [fit.dated_around for fit in fits] == [True, True]
    assert [fit.of_another_year for fit in fits] == [True, False]


@pytest.mark.parametrize(
    ("question", "counted", "uncounted"),
    [
        (
            "How many spin-offs did imec found?",
            "Imec founded 5 new spin-offs.",
            "Imec founded spin-offs with partners from 12 regions.",
        ),
        ("How many Member States does ESO have?", "ESO has 16 Member States.", "ESO has Member States since 1962."),
        ("Hoeveel stands zijn er?", "Er zijn twaalf stands.", "De stands zijn voor elk bedrijf 3 dagen open."),
        ("What does a stand cost?", "A stand costs EUR 5.", "A stand costs EUR 5."),
    ],
)
def test_what_is_to_be_counted_stands_beside_a_number(question: str, counted: str, uncounted: str) -> None:
    language = "nl" if question.startswith("Hoe") else "en"
    told = (passage(text, language=language) for text in (counted, uncounted))
    fits = [examined(question, hit, language=language).fits[0] for hit in told]
    assert [fit.counts for fit in fits] == [True, counted == uncounted]


def test_what_the_question_says_itself_is_not_given_by_a_sentence_that_repeats_it() -> None:
    fits = examined("How many of the 12 members pay?", passage("The 12 members met. Only 7 members pay.")).fits
    assert [fit.gives for fit in fits] == [False, True]


def test_a_gap_fits_by_the_thing_that_is_not_known() -> None:
    gap = passage("No source was found for prices, or for the date of the next call.", title="Beamlines of Elettra")
    price, staff = (examined(f"What is the {thing} of Elettra?", gap).fits[0].unknown for thing in ("price", "motto"))
    assert price is not None
    assert staff is not None
    assert price > 0.9 > staff


def test_a_sentence_that_says_something_is_no_gap() -> None:
    assert examined("What is the price?", passage("The price is EUR 5.")).fits[0].unknown is None


def test_a_sentence_in_another_language_is_held_to_what_a_translation_is_known_for(lexicon: Lexicon) -> None:
    hit = passage("The companies supply magnets.")
    fit = examined("Welke bedrijven leveren magneten aan Xyzlab?", hit, language="nl", lexicon=lexicon).fits[0]
    assert fit.foreign
    assert 0.6 < fit.said < 1
