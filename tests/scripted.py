"""A chat model for tests: an OpenAI-compatible server on a real socket that says what a test tells it to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MODEL = "openai:scripted"


@dataclass(frozen=True)
class Reply:
    """What the server does with one request: says a text, or fails in one of the ways in which servers fail."""

    text: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    between: float = 0.0
    breaks_off: bool = False
    raw: bytes | None = None
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass
class Scripted:
    """A running server: `script` gives the reply to each request, `requests` are those that came."""

    script: Callable[[dict[str, Any]], Reply]
    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    hung_up: threading.Event = field(default_factory=threading.Event)

    @property
    def prompts(self) -> list[str]:
        """Everything that the model was told, request by request."""
        return ["\n".join(str(message["content"]) for message in body["messages"]) for body in self.requests]


@contextmanager
def scripted(script: Callable[[dict[str, Any]], Reply] | str) -> Iterator[Scripted]:
    """Serves a model on a free port of this machine until the block ends."""
    say = (lambda _: Reply(script)) if isinstance(script, str) else script
    state = Scripted(say)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(state))
    state.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(state: Scripted) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.requests.append(body)
            reply = state.script(body)
            time.sleep(reply.wait)
            try:
                if reply.raw is not None or reply.status != 200:
                    self._whole(reply.raw if reply.raw is not None else b'{"error": {"message": "no"}}', reply)
                elif body.get("stream"):
                    self._streamed(reply)
                else:
                    self._whole(json.dumps(_completion(reply)).encode(), reply)
            except OSError:
                state.hung_up.set()

        def _whole(self, content: bytes, reply: Reply) -> None:
            self.send_response(reply.status)
            for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _streamed(self, reply: Reply) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            for piece in (reply.text[start : start + 7] for start in range(0, len(reply.text), 7)):
                self._event(_chunk({"content": piece, **reply.extra}))
                time.sleep(reply.between)
            if reply.breaks_off:
                return
            self._event(_chunk({**reply.extra}, "stop"))
            self.wfile.write(b"data: [DONE]\n\n")

        def _event(self, value: dict[str, Any]) -> None:
            self.wfile.write(f"data: {json.dumps(value)}\n\n".encode())
            self.wfile.flush()

    return Handler


def _completion(reply: Reply) -> dict[str, Any]:
    message = {"role": "assistant", "content": reply.text, **reply.extra}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return {"id": "c", "object": "chat.completion", "created": 1, "model": "scripted", "choices": [choice]}


def _chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [choice]}
