"""The application: its routes, and what every request passes on its way to them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager, closing
from threading import Thread

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from assistant.api import chat, description, directories, documents, mcp, openai_api, problems, state, web
from assistant.api.access import GateMiddleware
from assistant.api.requests import RequestMiddleware
from assistant.desk import Desk
from assistant.gate import Gate
from assistant.keys import KeyFile, keys_of_settings
from assistant.settings import AssistantSettings
from assistant.throttle import Throttle
from assistant.types import Question
from ingest.load import Limits, Painter
from ingest.types import Audience

_DRAWING = Limits(max_bytes=1 << 30, seconds=10, memory_bytes=1 << 30)  # of one page; a reader waits for it


def create_app(
    opened: Callable[[], AbstractContextManager[Desk]], settings: AssistantSettings, key_file: KeyFile | None = None
) -> FastAPI:
    """The application; `opened` gives the desk for as long as the application runs.

    Raises:
        BadKeys, BadLimits: the keys or the limits in the settings are malformed.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with opened() as desk, closing(Painter(_DRAWING)) as painter:
            app.state.desk, app.state.painter = desk, painter
            # The first question loads what the others find loaded; nobody should have to wait for that.
            question = Question("ready?", Audience.PUBLIC)
            warming = Thread(target=desk.assistant.answer, args=(question,), name="warming")
            warming.start()
            async with mcp.protocols(desk) as app.state.mcp:
                yield
            warming.join()

    app = FastAPI(
        title="Liaison",
        description=description.INTRODUCTION,
        version=description.VERSION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    _guard(app, settings, key_file)
    problems.register(app)
    groups = (chat, documents, directories, openai_api, state, description, web)
    for group in groups:
        app.include_router(group.routes)
    app.router.routes.append(mcp.route)
    app.mount("/web", web.files)
    description.complete(app)
    return app


def _guard(app: FastAPI, settings: AssistantSettings, key_file: KeyFile | None) -> None:
    """Puts before the routes what every request passes; the last one added is the first one passed."""
    throttle = Throttle(settings.rate_limit, settings.limit_store_secret)
    app.add_middleware(GateMiddleware, gate=_gate(settings, key_file), throttle=throttle)
    if settings.cors_origin_list:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origin_list,
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "X-Request-ID"],
            expose_headers=["Retry-After", "X-Marks", "X-Request-ID"],
        )
    app.add_middleware(RequestMiddleware)


def _gate(settings: AssistantSettings, key_file: KeyFile | None) -> Gate:
    fixed = keys_of_settings(settings.staff_key_list)
    return Gate(lambda: (*fixed, *(key_file.keys() if key_file is not None else ())))
