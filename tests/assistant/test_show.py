from __future__ import annotations

from assistant.show import explained
from assistant.types import Explanation, Question, Turn
from ingest.settings import IndexSettings
from ingest.types import Audience
from tests.assistant.conftest import opened
from tests.conftest import Sync, Write, document
from tests.fakes import HashingEmbedder

GLOSSARY = """
- id: spin-off
  prefLabel: {en: spin-off, nl: spin-off, de: Ausgründung}
  definition: {en: "A spin-off is a company that brings a technology to the market."}
"""


def asked(write: Write, run_sync: Sync, settings: IndexSettings, question: Question) -> Explanation:
    write("glossary.yaml", GLOSSARY)
    write("policy.md", document("# Policy on founders\n\nCERN gives a spin-off advice.", organisation="CERN"))
    run_sync()
    with opened(settings, HashingEmbedder()) as desk:
        found = desk.assistant.search(question, 5)
        assert found.organisations == desk.answer(question).explanation.organisations
    return found


def test_an_explanation_says_what_of_the_corpus_a_question_names(
    write: Write, run_sync: Sync, settings: IndexSettings
) -> None:
    question = Question("Was gibt CERN laut Policy on founders einer Ausgründung?", Audience.PUBLIC)
    found = asked(write, run_sync, settings, question)
    assert found.organisations == ("CERN",)
    assert found.documents == ("policy",)
    assert "Names: CERN" in explained(found)
    assert "CERN (organisation)" in explained(found)


def test_a_search_says_which_question_it_looked_for(write: Write, run_sync: Sync, settings: IndexSettings) -> None:
    history = (Turn("user", "What does CERN give a spin-off?"),)
    found = asked(write, run_sync, settings, Question("And to founders?", Audience.PUBLIC, history))
    assert found.question != "And to founders?"
    assert f"Asked: {found.question}" in explained(found)
