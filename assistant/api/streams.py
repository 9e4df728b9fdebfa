"""Server-sent events: what an iterator gives, told as it comes, until the reader leaves."""

from __future__ import annotations

from collections.abc import Generator

import anyio
from anyio.streams.memory import MemoryObjectSendStream
from anyio.to_thread import run_sync
from fastapi.responses import Response
from fastapi.sse import format_sse_event
from starlette.concurrency import iterate_in_threadpool
from starlette.types import Receive, Scope, Send

HEARTBEAT_SECONDS = 10.0  # proxies close a connection that is silent for a minute or less
_HEARTBEAT = b": still at work\n\n"


def event(data: str, name: str | None = None) -> bytes:
    """One event, with its data as it stands."""
    return format_sse_event(data_str=data, event=name)


class EventStream(Response):
    """Sends each event when it is there, and a comment where none comes for a while.

    The iterator runs in worker threads, a step at a time, and is closed when the reader leaves.
    """

    media_type = "text/event-stream"

    def __init__(self, events: Generator[bytes, None, None], heartbeat: float = HEARTBEAT_SECONDS) -> None:
        # A proxy must neither keep events back nor hand them to another reader.
        super().__init__(headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._events, self._heartbeat = events, heartbeat

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Tells the events, unless the reader leaves first."""
        try:
            async with anyio.create_task_group() as work:
                work.start_soon(_cancel_when_left, receive, work.cancel_scope)
                await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
                await self._tell(send)
                work.cancel_scope.cancel()
        finally:
            with anyio.CancelScope(shield=True):
                await run_sync(self._events.close)

    async def _tell(self, send: Send) -> None:
        sender, receiver = anyio.create_memory_object_stream[bytes]()
        async with anyio.create_task_group() as work, receiver:
            work.start_soon(_produce, self._events, sender)
            while True:
                told = None
                with anyio.move_on_after(self._heartbeat):
                    try:
                        told = await receiver.receive()
                    except anyio.EndOfStream:
                        break
                await send({"type": "http.response.body", "body": told or _HEARTBEAT, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _produce(events: Generator[bytes, None, None], sender: MemoryObjectSendStream[bytes]) -> None:
    async with sender:
        async for told in iterate_in_threadpool(events):
            await sender.send(told)


async def _cancel_when_left(receive: Receive, scope: anyio.CancelScope) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    scope.cancel()
