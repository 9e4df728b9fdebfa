"""Questions: `/chat` answers them, `/search` shows what is found for them, and readers say what was useful."""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import closing
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response

from assistant.api import problems
from assistant.api.access import TheAssistant, TheAudience, TheDesk
from assistant.api.description import EVENTS
from assistant.api.problems import not_found
from assistant.api.streams import EventStream, event
from assistant.schemas import AnswerBody, SearchBody
from assistant.types import Event, Question
from assistant.wire import (
    MOST_CHARACTERS,
    ChatForm,
    FeedbackForm,
    answer_as_json,
    event_as_json,
    search_as_json,
)
from ingest.types import Kind

routes = APIRouter()
AnAttempt = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        max_length=64,
        description="a name of your own for a question: asked again with it within ten minutes, it has the same answer",
    ),
]
AQuery = Annotated[
    str,
    Query(min_length=1, max_length=MOST_CHARACTERS, description="what to look for", examples=["capital for spin-offs"]),
]


@routes.post("/chat", summary="Ask a question", response_model=AnswerBody, responses={200: EVENTS})
def chat(
    form: ChatForm, desk: TheDesk, audience: TheAudience, request: Request, attempt: AnAttempt = ""
) -> Response | dict[str, Any]:
    """Answers a question from the documents that the reader may see.

    With `Accept: text/event-stream` the same comes as events while it is worked out: `status`, `citation` before the
    `token` that uses it first, and the whole `answer` at the end, or `error` where it fails. Leaving stops the work.
    """
    question = form.as_question(audience)
    if EventStream.media_type in request.headers.get("accept", ""):
        return EventStream(_told(desk.stream(question, attempt)))
    return answer_as_json(desk.answer(question, attempt))


def _told(events: Generator[Event, None, None]) -> Generator[bytes, None, None]:
    """The events of an answer as they go out; a fault is the last of them, since the response has begun."""
    try:
        with closing(events):
            for one in events:
                name, data = event_as_json(one)
                yield event(json.dumps(data, ensure_ascii=False), name)
    except Exception as error:  # noqa: BLE001  # as at the edge of other requests, where the code can still be told
        yield event(problems.of(error).model_dump_json(), "error")


@routes.post("/answers/{answer_id}/feedback", status_code=204, summary="Say whether an answer was useful")
def feedback(answer_id: str, form: FeedbackForm, desk: TheDesk, audience: TheAudience) -> None:
    """Keeps what the reader says of an answer that was given lately; saying it again replaces it."""
    if not desk.judge(answer_id, audience, useful=form.useful, comment=form.comment):
        raise not_found("no such answer")


@routes.get("/search", summary="Hits without an answer", response_model=SearchBody)
def search(
    q: AQuery,
    assistant: TheAssistant,
    audience: TheAudience,
    limit: Annotated[int, Query(ge=1, le=50, description="most hits")] = 10,
    as_of: Annotated[date | None, Query(description="the day that counts; default: today")] = None,
    language: Annotated[
        str | None, Query(pattern="^[a-z]{2}$", description="of the query; default: it is found out")
    ] = None,
    kinds: Annotated[list[Kind] | None, Query(description="kinds of document; default: all")] = None,
    organisations: Annotated[list[str] | None, Query(description="organisations; default: all")] = None,
) -> dict[str, Any]:
    """The passages found for a query, each with the scores it was ranked by."""
    question = Question(
        q,
        audience,
        as_of=as_of,
        language=language,
        kinds=frozenset(kinds or ()),
        organisations=frozenset(organisations or ()),
    )
    return search_as_json(q, assistant.search(question, limit))
