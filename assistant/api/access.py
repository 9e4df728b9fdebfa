"""The one gate on the way to every route, mounted ones and files included, and what stands behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.answer import Assistant
from assistant.api import problems
from assistant.desk import Desk
from assistant.errors import BadKeys
from assistant.gate import Gate, Reader, WrongKey
from assistant.library import Library
from assistant.throttle import Throttle
from ingest.load import Painter
from ingest.types import Audience

_UNCOUNTED = {"/", "/health", "/ready", "/metrics"}  # the page, and what machines that watch ask at their own rate
_FILES = "/web/"  # what the page is made of: some fifty small files
_READING = 10  # reading costs a tenth of a question, and a page of a browser asks for several things at once


class GateMiddleware:
    """Lets a request through as the reader that its key makes it; a wrong key, or one too many, gets no further."""

    def __init__(self, app: ASGIApp, gate: Gate, throttle: Throttle) -> None:
        self._app, self._gate, self._throttle = app, gate, throttle

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sets `request.state.reader`, or answers 401, 429, or 503 while nobody knows which keys there are."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        refusal: Exception | None = None
        try:
            request.state.reader = self._gate.reader(request.headers.get("authorization"))
        except (WrongKey, BadKeys) as error:
            refusal = error
        wait = await self._seconds_to_wait(request)
        if wait:
            told = problems.problem(429, f"too many requests: come again in {wait} s")
            await problems.respond(request, told, {"Retry-After": str(wait)})(scope, receive, send)
        elif refusal is not None:
            await problems.respond(request, problems.of(refusal))(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _seconds_to_wait(self, request: Request) -> int:
        """Counts a request for its key, or for its address where it has none that is known."""
        path = request.url.path
        if path in _UNCOUNTED or path.startswith(_FILES):
            return 0
        asks = request.method == "POST" or path == "/search"
        sort, times = ("ask", 1) if asks else ("read", _READING)
        return await run_in_threadpool(self._throttle.seconds_to_wait, sort, _counted_as(request), times)


def _counted_as(request: Request) -> str:
    reader: Reader | None = getattr(request.state, "reader", None)
    if reader is not None and reader.key is not None:
        return f"key {reader.key}"
    return f"address {request.client.host if request.client else 'unknown'}"


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _assistant(request: Request) -> Assistant:
    return _desk(request).assistant


def _audience(request: Request) -> Audience:
    """What the gate found; only ever read behind it."""
    reader: Reader = request.state.reader
    return reader.audience


def _library(request: Request) -> Iterator[Library]:
    assistant = _assistant(request)
    with assistant.index.reader() as index:
        yield Library(index, _audience(request), assistant.today())


def _painter(request: Request) -> Painter:
    painter: Painter = request.app.state.painter
    return painter


TheDesk = Annotated[Desk, Depends(_desk)]
TheAssistant = Annotated[Assistant, Depends(_assistant)]
TheAudience = Annotated[Audience, Depends(_audience)]
TheLibrary = Annotated[Library, Depends(_library)]
ThePainter = Annotated[Painter, Depends(_painter)]
