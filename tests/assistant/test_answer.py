from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import Assistant
from assistant.types import AnswerStatus, Question, Turn
from ingest.types import Audience, Kind

PUBLIC, STAFF = Audience.PUBLIC, Audience.STAFF


def test_an_answer_quotes_the_sentence_that_answers(assistant: Assistant) -> None:
    answer = assistant.answer(Question("Does CERN invest capital in spin-offs?", PUBLIC))
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.citations[0].quote == "CERN does not invest capital in spin-off companies."
    assert "[1]" in answer.answer
    assert answer.citations[0].section == "Money"
    assert answer.citations[0].effective_from == date(2018, 8, 1)


def test_a_superseded_rule_answers_only_for_its_own_day(assistant: Assistant) -> None:
    question = "May CERN invest capital in spin-off companies?"
    now = assistant.answer(Question(question, PUBLIC))
    then = assistant.answer(Question(question, PUBLIC, as_of=date(2010, 1, 1)))
    assert "old" not in {cited.document for cited in now.citations}
    assert {cited.document for cited in then.citations} == {"old"}


def test_nothing_is_made_up_where_the_documents_do_not_say(assistant: Assistant) -> None:
    answer = assistant.answer(Question("What is the airspeed velocity of an unladen swallow?", PUBLIC))
    assert answer.status is AnswerStatus.NO_EVIDENCE
    assert answer.citations == ()


def test_no_evidence_names_whom_to_ask(assistant: Assistant) -> None:
    answer = assistant.answer(Question("How many swallows nest at CERN in winter?", PUBLIC))
    assert answer.status is AnswerStatus.NO_EVIDENCE
    assert [contact.name for contact in answer.contacts] == ["Transfer office"]


def test_an_internal_document_answers_staff_alone(assistant: Assistant) -> None:
    question = "What is the canary margin in percent?"
    assert assistant.answer(Question(question, STAFF)).citations[0].document == "internal"
    public = assistant.answer(Question(question, PUBLIC))
    assert "internal" not in {cited.document for cited in public.citations}
    assert "internal" not in {hit.version.document for hit in public.explanation.hits}


def test_the_program_speaks_the_language_of_the_question_and_says_which_the_source_is_in(assistant: Assistant) -> None:
    answer = assistant.answer(Question("Investeert CERN capital in spin-off companies?", PUBLIC, language="nl"))
    assert answer.language == "nl"
    assert answer.answer.startswith("Volgens “Spin-off policy” (CERN):")
    assert answer.notes == ("De bron [1] is in het Engels; de woorden staan er zoals in de bron.",)


def test_a_follow_up_is_in_the_language_of_its_conversation(assistant: Assistant) -> None:
    history = (Turn("user", "Wie betaalt de spin-off bedrijven van de organisatie?"), Turn("assistant", "Niemand."))
    assert assistant.answer(Question("En CERN?", PUBLIC, history=history)).language == "nl"


@pytest.mark.parametrize("narrowed", [{"kinds": frozenset({Kind.POLICY})}, {"organisations": frozenset({"ESA"})}])
def test_a_question_can_be_narrowed(assistant: Assistant, narrowed: dict[str, frozenset[str]]) -> None:
    answer = assistant.answer(Question("Does CERN invest capital in spin-offs?", PUBLIC, **narrowed))  # type: ignore[arg-type]
    assert answer.explanation.hits == ()
    assert answer.status is AnswerStatus.NO_EVIDENCE
