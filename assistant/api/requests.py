"""Around every request: its id, its log line and its counters, the headers of its response, and its last resort."""

from __future__ import annotations

import logging
import re
import time
import uuid

from fastapi import HTTPException, Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api import problems
from assistant.gate import Reader
from assistant.logs import request_id
from assistant.metrics import Metrics

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
# The page, its scripts and its pictures come from here; `blob:` is for pictures that are fetched with a key.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_MOST_BYTES = 256 * 1024  # of a body; the longest question with the longest history has a tenth
_log = logging.getLogger("assistant.requests")


class RequestMiddleware:
    """The outermost of the application: nothing that goes out is without its id and its headers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, and answers 500 for a fault that nobody else answered for."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request, started, codes = Request(scope), time.perf_counter(), list[int]()
        id_ = _id_of(request)
        request_id.set(id_)

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                codes.append(message["status"])
                _complete(MutableHeaders(scope=message), id_, has_key="authorization" in request.headers)
            await send(message)

        try:
            await self._app(scope, _limited(request, receive), send_on)
        except Exception as error:  # noqa: BLE001  # the edge: beyond it only the connection would be lost
            told = problems.of(error)
            if not codes:
                await problems.respond(request, told)(scope, receive, send_on)
        finally:
            self._tell(request, codes[0] if codes else 499, time.perf_counter() - started)

    def _tell(self, request: Request, code: int, seconds: float) -> None:
        reader: Reader | None = getattr(request.state, "reader", None)
        audience = reader.audience.value if reader else "unknown"
        route = _route(request)
        metrics: Metrics = request.app.state.desk.metrics
        metrics.count_request(route, request.method, code, audience, seconds)
        fields = {
            "method": request.method,
            "route": route,
            "code": code,
            "milliseconds": round(1e3 * seconds, 1),
            "audience": audience,
            "key": reader.key if reader else None,
        }
        _log.info("%s %s %d in %.1f ms", request.method, route, code, 1e3 * seconds, extra={"fields": fields})


def _limited(request: Request, receive: Receive) -> Receive:
    """Gives a body on as far as it may go; what its sender says of its length is believed only where it is too much."""
    announced = request.headers.get("content-length", "")
    received = int(announced) if announced.isdigit() and int(announced) > _MOST_BYTES else 0

    async def receive_on() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > _MOST_BYTES:
            raise HTTPException(413, f"the body has more than {_MOST_BYTES // 1024} KiB")
        return message

    return receive_on


def _id_of(request: Request) -> str:
    """The id that a client or a proxy gave, where it can be printed safely, or a new one."""
    given = request.headers.get("x-request-id", "")
    return given if _ID.fullmatch(given) else uuid.uuid4().hex


def _complete(headers: MutableHeaders, id_: str, *, has_key: bool) -> None:
    headers["X-Request-ID"] = id_
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    headers.add_vary_header("Authorization")
    if has_key:
        headers["Cache-Control"] = "no-store"  # what a key shows is not kept for whoever uses the browser next


def _route(request: Request) -> str:
    """The template of the route that was taken; paths are not told, they may name what is hidden."""
    return getattr(request.scope.get("route"), "path", "unmatched")
