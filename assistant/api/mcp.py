"""The Model Context Protocol at `/mcp`, behind the same gate as every other route."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Protocol

from starlette.concurrency import run_in_threadpool
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from assistant.desk import Desk


class _Server(Protocol):
    """What answers the protocol's requests while it runs."""

    def run(self) -> AbstractAsyncContextManager[None]:
        """Runs it until the block ends, in the task that entered it."""

    async def handle_request(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""


class Protocols:
    """Hands requests to a server that the first of them starts; nobody else waits for what it takes to load."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._starting = asyncio.Lock()
        self._server: _Server | None = None
        self._running: asyncio.Task[None] | None = None

    async def handle_request(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, when the server has started."""
        async with self._starting:
            server = self._server = self._server or await self._started()
        await server.handle_request(scope, receive, send)

    async def close(self) -> None:
        """Ends the server, where there is one."""
        if self._running is not None:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running

    async def _started(self) -> _Server:
        server, started = await run_in_threadpool(_loaded, self._desk), asyncio.Event()
        self._running = asyncio.create_task(_run(server, started))
        await started.wait()
        return server


@asynccontextmanager
async def protocols(desk: Desk) -> AsyncIterator[Protocols]:
    """What serves the protocol until the block ends."""
    served = Protocols(desk)
    try:
        yield served
    finally:
        await served.close()


def _loaded(desk: Desk) -> _Server:
    from assistant.mcp_server import over_http  # half a second that a start need not take

    return over_http(lambda: desk)


async def _run(server: _Server, started: asyncio.Event) -> None:
    async with server.run():
        started.set()
        await asyncio.Event().wait()  # until it is cancelled


class _Endpoint:
    """Hands requests to what serves the protocol as long as the application runs."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await scope["app"].state.mcp.handle_request(scope, receive, send)


# Neither GET nor DELETE: nothing is ever told unasked, and a stream for it would keep a program that stops waiting;
# there are no sessions that a client could end.
route = Route("/mcp", endpoint=_Endpoint(), methods=["POST"], include_in_schema=False)
