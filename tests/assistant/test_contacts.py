from __future__ import annotations

import pytest

from assistant.types import Question
from ingest.settings import IndexSettings
from ingest.types import Audience
from tests.assistant.conftest import opened
from tests.conftest import Sync, Write, document
from tests.fakes import HashingEmbedder


@pytest.fixture
def synced(write: Write, run_sync: Sync, settings: IndexSettings) -> IndexSettings:
    """Four contact points: a forum of many organisations, two groups of CERN, and an office for Polish companies."""
    many = '["CERN", "ESA", "ESO", "ESRF", "ESS", "ILL"]'
    write("a-forum.md", _point("The Big Forum", "The forum is a fair.", "Forum", f"organisations: {many}"))
    write("buying.md", _point("CERN purchasing group", "Companies ask here about tenders and invoices.", "CERN"))
    write("licences.md", _point("CERN transfer group", "Founders ask here about a licence or a spin-off.", "CERN"))
    listed = 'organisations: ["CERN", "ESS", "Technology Park"]'
    write("poland.md", _point("CERN liaison officer for Poland", "Polish firms.", "Technology Park", listed))
    write("rules.md", document("# Rules\n\nThe canteen opens at noon.", organisation="CERN"))
    run_sync()
    return settings


def _point(title: str, text: str, organisation: str, listed: str = "") -> str:
    head = f'kind: contact\naudience: public\nlanguage: en\norganisation: "{organisation}"\nurl: "https://example.org"'
    return f"---\n{head}\n{listed}\n---\n\n# {title}\n\n{text}\n"


def asked(settings: IndexSettings, question: str) -> list[str]:
    with opened(settings, HashingEmbedder()) as assistant:
        answer = assistant.answer(Question(question, Audience.PUBLIC))
    return [contact.name for contact in answer.contacts]


def test_of_the_offices_of_an_organisation_the_one_for_the_matter_is_named_first(synced: IndexSettings) -> None:
    assert asked(synced, "What did a licence of CERN cost a founder in 1999?")[0] == ("CERN transfer group")
    assert asked(synced, "How often were invoices of CERN lost in 1999?")[0] == "CERN purchasing group"


def test_a_forum_of_many_organisations_speaks_for_none_of_them(synced: IndexSettings) -> None:
    assert "The Big Forum" not in asked(synced, "How often were invoices of CERN lost in 1999?")


def test_a_question_about_something_else_is_sent_to_nobody(synced: IndexSettings) -> None:
    assert asked(synced, "Which train goes from Ghent to Antwerp?") == []
