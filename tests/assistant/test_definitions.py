from __future__ import annotations

import pytest

from assistant.types import Question
from ingest.settings import IndexSettings
from ingest.types import Audience
from tests.assistant.conftest import opened
from tests.conftest import Sync, Write, document
from tests.fakes import HashingEmbedder

GLOSSARY = """
- id: sme
  prefLabel: {en: SME, nl: kmo}
  definition:
    en: "An SME is a company that stays below set limits for staff and turnover."
    nl: "Een kmo is een onderneming die onder vaste grenzen blijft voor personeel en omzet."
- id: ilo
  prefLabel: {en: industrial liaison officer}
  definition: {en: "An industrial liaison officer brings companies and infrastructures together."}
"""


def test_what_a_term_means_is_answered_by_the_glossary_first(
    write: Write, run_sync: Sync, settings: IndexSettings
) -> None:
    write("glossary.yaml", GLOSSARY)
    for number in range(12):
        text = f"# Kmo-regels {number}\n\nEen kmo vraagt steun {number} aan. Elke kmo vult formulier {number} in."
        write(f"kmo-{number}.md", document(text, language="nl"))
    run_sync()
    with opened(settings, HashingEmbedder()) as assistant:
        answer = assistant.answer(Question("Wat is een kmo?", Audience.PUBLIC))
    assert answer.citations[0].quote.startswith("Een kmo is een onderneming die onder vaste grenzen blijft")


def test_an_old_figure_is_said_to_be_old(write: Write, run_sync: Sync, settings: IndexSettings) -> None:
    write("budget.md", document("# Elettra\n\nThe budget of Elettra was EUR 30 million in 2015."))
    run_sync()
    with opened(settings, HashingEmbedder()) as assistant:
        answer = assistant.answer(Question("What is the budget of Elettra?", Audience.PUBLIC))
    assert answer.notes == ("The figure in [1] dates from 2015.",)


def test_a_definition_is_quoted_in_the_readers_language_only(
    write: Write, run_sync: Sync, settings: IndexSettings
) -> None:
    write("glossary.yaml", GLOSSARY)
    run_sync()
    with opened(settings, HashingEmbedder()) as assistant:
        answer = assistant.answer(Question("Wat is een kmo?", Audience.PUBLIC))
    assert [cited.language for cited in answer.citations] == ["nl"]
    assert answer.notes == ()


@pytest.mark.parametrize("question", ["Wat verstaat men onder een kmo?", "Definitie van kmo", "wat betekent kmo?"])
def test_a_term_is_defined_however_its_meaning_is_asked_for(
    write: Write, run_sync: Sync, settings: IndexSettings, question: str
) -> None:
    write("glossary.yaml", GLOSSARY)
    run_sync()
    with opened(settings, HashingEmbedder()) as assistant:
        answer = assistant.answer(Question(question, Audience.PUBLIC))
    assert answer.citations[0].quote.startswith("Een kmo is een onderneming")


def test_a_definition_is_found_by_any_label_of_its_concept(
    write: Write, run_sync: Sync, settings: IndexSettings
) -> None:
    labelled = GLOSSARY.replace("{en: industrial liaison officer}", "{en: industrial liaison officer, de: Lotse}")
    write("glossary.yaml", labelled)
    run_sync()
    with opened(settings, HashingEmbedder()) as assistant:
        answer = assistant.answer(Question("Was ist ein Lotse?", Audience.PUBLIC))
    assert answer.citations[0].quote == "An industrial liaison officer brings companies and infrastructures together."
