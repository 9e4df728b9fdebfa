"""The routes that OpenAI's clients know, so that they and what is built on them work unchanged."""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import closing
from typing import Any

from fastapi import APIRouter, Request, Response

from assistant.api import problems
from assistant.api.access import TheAudience, TheDesk
from assistant.api.streams import EventStream, event
from assistant.openai_wire import CompletionForm, chunks_as_json, completion_as_json, models_as_json
from assistant.schemas import CompletionBody, ModelsBody
from assistant.types import Event

routes = APIRouter(prefix="/v1")
_CHUNKS: dict[str, Any] = {
    "description": "The answer, or its parts as they come",
    "content": {"text/event-stream": {"schema": {"type": "string"}, "example": "data: {…}\n\ndata: [DONE]\n\n"}},
}


@routes.post(
    "/chat/completions", summary="Ask as OpenAI's clients do", response_model=CompletionBody, responses={200: _CHUNKS}
)
def completions(
    form: CompletionForm, desk: TheDesk, audience: TheAudience, request: Request
) -> Response | dict[str, Any]:
    """Answers the last message; what stands before it is the conversation, and instructions in it are not followed.

    The text ends with the list of its sources; `citations` has them as fields, `liaison` the whole answer of `/chat`.
    A client that insists on a key and has none sends `public`.
    """
    question, base_url = form.as_question(audience), str(request.base_url)
    if form.stream:
        return EventStream(_told(desk.stream(question), base_url))
    return completion_as_json(question, desk.answer(question), base_url)


@routes.get("/models", summary="The models there are: one", response_model=ModelsBody)
def models() -> dict[str, Any]:
    """Names the one model, so that clients that ask for a list find it."""
    return models_as_json()


def _told(events: Generator[Event, None, None], base_url: str) -> Generator[bytes, None, None]:
    try:
        with closing(events):
            for chunk in chunks_as_json(events, base_url):
                yield event(json.dumps(chunk, ensure_ascii=False))
        yield event("[DONE]")
    except Exception as error:  # noqa: BLE001  # the response has begun: clients raise what such an event says
        yield event(json.dumps(problems.as_openai(problems.of(error))))
