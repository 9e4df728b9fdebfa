"""A judge over real HTTP, where only what it says is scripted."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from assistant.generative import open_chat
from assistant.settings import AssistantSettings
from evals.judge import Grade, grade_of, judge, verdict
from tests.evals.answers import PAGE, REFUSAL, UNANSWERABLE, outcome, run_of
from tests.scripted import MODEL, Reply, scripted

RUN = run_of(outcome(), outcome(REFUSAL, UNANSWERABLE))
GOOD = "faithfulness: 5\nrelevance: 5\nreason: nothing to fault"


def test_a_grade_is_a_share_with_its_reason() -> None:
    assert grade_of("Faithfulness: 3\nrelevance: 5\nreason: the date\nis missing") == Grade(
        0.5, 1.0, "the date is missing"
    )


@pytest.mark.parametrize("text", ["", "Very good!", "faithfulness: 9\nrelevance: 5\nreason: x", "faithfulness: 4"])
def test_what_is_no_grade_is_none(text: str) -> None:
    assert grade_of(text) is None


def judged_by(script: Any) -> tuple[dict[str, Any], list[str]]:
    with scripted(script) as server:
        chat = open_chat(AssistantSettings(chat_model=MODEL, chat_base_url=server.url))
        return verdict(judge(RUN, chat.reply, workers=1, quiet=True)), server.prompts


def test_each_answer_from_sources_is_graded_three_times_from_what_it_cites() -> None:
    found, prompts = judged_by(GOOD)
    assert (found["answers"], found["graded"], found["prompt"]) == (1, 1, "judge@1")
    assert found["faithfulness"] == {"mean": 1.0, "spread": 0.0}
    assert len(prompts) == 3
    assert PAGE in prompts[0]


def test_the_spread_says_how_far_the_judge_agrees_with_itself() -> None:
    number = count()
    grades = [5, 1, 3]
    found, _ = judged_by(lambda _: Reply(GOOD.replace("relevance: 5", f"relevance: {grades[next(number)]}")))
    assert found["relevance"] == {"mean": 0.5, "spread": 1.0}


def test_a_judge_that_fails_or_rambles_grades_nothing() -> None:
    assert judged_by(lambda _: Reply(status=400))[0]["faithfulness"] is None
    assert judged_by("I like it.")[0]["graded"] == 0
