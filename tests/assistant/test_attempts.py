from __future__ import annotations

from assistant.attempts import Attempt, Attempts
from assistant.types import Answer, AnswerStatus, Question
from ingest.types import Audience

ANSWER = Answer("1", AnswerStatus.NO_EVIDENCE, "en", "The documents do not say.")


def attempt(name: str, text: str = "What is it?") -> Attempt:
    return Attempt(name, Question(text, Audience.PUBLIC), generation=1)


def test_an_answer_is_found_for_ten_minutes() -> None:
    now = 100.0
    attempts = Attempts(lambda: now)
    attempts.keep(attempt("one"), ANSWER)
    now += 599
    assert attempts.find(attempt("one")) == ANSWER
    now += 2
    assert attempts.find(attempt("one")) is None


def test_another_question_under_the_same_name_finds_nothing() -> None:
    attempts = Attempts()
    attempts.keep(attempt("one"), ANSWER)
    assert attempts.find(attempt("one", "What is that?")) is None


def test_an_answer_without_a_name_is_not_kept() -> None:
    attempts = Attempts()
    attempts.keep(attempt(""), ANSWER)
    assert attempts.find(attempt("")) is None


def test_the_oldest_answers_make_room() -> None:
    attempts = Attempts()
    for number in range(257):
        attempts.keep(attempt(str(number)), ANSWER)
    assert attempts.find(attempt("0")) is None
    assert attempts.find(attempt("1")) == attempts.find(attempt("256")) == ANSWER
