from __future__ import annotations

import pytest

from assistant.ambiguity import organisations_meant
from ingest.types import Audience, Chunk, Hit, Kind, Span, Version


def hit(organisation: str, kind: Kind = Kind.POLICY) -> Hit:
    version = Version("v", "d", "d.md", "T", kind, "en", Audience.PUBLIC, 1, organisation=organisation)
    return Hit("c", Chunk("Text.", (Span(1, 0, 5),)), version, 1)


SEVERAL = [hit("CERN"), hit("", Kind.NOTE), hit("ESO"), hit("Glossary", Kind.GLOSSARY), hit("CERN"), hit("F4E")]


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "What is the threshold?"),
        ("nl", "Wat is de drempel?"),
        ("de", "Wie hoch ist die Schwelle?"),
        ("fr", "Quel est le seuil ?"),
        ("it", "Qual è la soglia?"),
    ],
)
def test_a_bare_question_may_be_about_several_organisations(language: str, question: str) -> None:
    assert organisations_meant(question, language, SEVERAL) == ("CERN", "ESO", "F4E")


@pytest.mark.parametrize(
    "question",
    ["What is a threshold?", "What is the threshold of CERN?", "What is the threshold for public market surveys?"],
)
def test_a_question_that_says_enough_is_clear(question: str) -> None:
    assert organisations_meant(question, "en", SEVERAL) == ()


def test_what_one_or_two_organisations_say_is_clear() -> None:
    assert organisations_meant("What is the threshold?", "en", SEVERAL[:4]) == ()
