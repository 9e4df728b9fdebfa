"""What the program says of itself."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from assistant.api.access import TheAssistant, TheAudience, TheDesk
from assistant.metrics import MEDIA_TYPE
from assistant.schemas import HealthBody, ReadyBody

routes = APIRouter()


@routes.get("/health", summary="Whether the program runs", response_model=HealthBody)
def health() -> dict[str, str]:
    """Says that the program runs."""
    return {"status": "ok"}


@routes.get("/ready", summary="Whether an index is open, and its generation", response_model=ReadyBody)
def ready(assistant: TheAssistant) -> dict[str, Any]:
    """Says which generation of the index is served."""
    with assistant.index.reader() as index:
        return {"status": "ready", "generation": index.generation}


@routes.get("/metrics", summary="Counters for Prometheus", response_class=PlainTextResponse)
def metrics(desk: TheDesk, audience: TheAudience) -> Response:
    """Requests, answers, times and the size of the index; what is labelled `staff` is shown for a staff key alone."""
    return Response(desk.counted(audience), media_type=MEDIA_TYPE)
