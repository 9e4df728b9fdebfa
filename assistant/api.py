"""The HTTP interface; every route passes the one gate."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager
from datetime import date
from threading import Thread
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, FastAPI, HTTPException, Query, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from assistant import directory
from assistant.answer import Assistant
from assistant.gate import Gate, WrongKey
from assistant.library import Library
from assistant.settings import AssistantSettings
from assistant.types import Question
from assistant.wire import (
    ChatForm,
    answer_as_json,
    contact_as_json,
    hit_as_json,
    infrastructure_as_json,
    version_as_json,
)
from ingest.errors import IngestError
from ingest.types import Audience, Kind

_NOT_FOUND = "no such document, version or page"
_INLINE = {"application/pdf", "text/plain"}  # what a browser shows without running anything in it


def create_app(opened: Callable[[], AbstractContextManager[Assistant]], settings: AssistantSettings) -> FastAPI:
    """The application; `opened` gives the assistant for as long as the application runs."""
    gate = Gate(settings.staff_key_list)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with opened() as assistant:
            app.state.assistant = assistant
            # The first question loads what the others find loaded; nobody should have to wait for that.
            warming = Thread(target=assistant.answer, args=(Question("ready?", Audience.PUBLIC),))
            warming.start()
            yield
            warming.join()

    def reader(request: Request) -> Audience:
        request.state.audience = gate.audience(request.headers.get("authorization"))
        return Audience(request.state.audience)

    app = FastAPI(title="Liaison", lifespan=lifespan, dependencies=[Depends(reader)])
    app.add_exception_handler(WrongKey, _unauthorised)
    app.add_exception_handler(IngestError, _unavailable)
    _add_routes(app)
    return app


def _assistant(request: Request) -> Assistant:
    assistant: Assistant = request.app.state.assistant
    return assistant


def _audience(request: Request) -> Audience:
    """What the gate found; only ever read behind it."""
    audience: Audience = request.state.audience
    return audience


def _library(request: Request) -> Iterator[Library]:
    assistant = _assistant(request)
    with assistant.index.reader() as index:
        yield Library(index, _audience(request), assistant.today())


TheAssistant = Annotated[Assistant, Depends(_assistant)]
TheAudience = Annotated[Audience, Depends(_audience)]
TheLibrary = Annotated[Library, Depends(_library)]
AVersion = Annotated[str | None, Query(description="an older version; default: the one in force")]
AFilter = Annotated[str, Query(max_length=200, description="words that a record must hold; countries as two letters")]


def _add_routes(app: FastAPI) -> None:
    app.post("/chat", summary="Ask a question")(chat)
    app.get("/search", summary="Hits without an answer")(search)
    app.get("/documents", summary="The documents that the reader may see")(documents)
    app.get("/documents/{document}", summary="One document, its pages and versions")(document_by_id)
    app.get("/documents/{document}/pages/{number}", summary="The text of a page")(page)
    app.get("/documents/{document}/file", summary="The original file")(original)
    app.get("/contacts", summary="Whom to ask, by organisation and country")(contacts)
    app.get("/infrastructures", summary="Infrastructures by country, field and service")(infrastructures)
    app.get("/health", summary="Whether the program runs")(health)
    app.get("/ready", summary="Whether an index is open, and its generation")(ready)
    app.get("/", include_in_schema=False)(home)


def chat(form: ChatForm, assistant: TheAssistant, audience: TheAudience) -> dict[str, Any]:
    """Answers a question from the documents that the reader may see."""
    return answer_as_json(assistant.answer(form.as_question(audience)))


def search(
    q: Annotated[str, Query(min_length=1, max_length=2_000, description="what to look for")],
    assistant: TheAssistant,
    audience: TheAudience,
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
    as_of: date | None = None,
    language: str | None = None,
    kinds: Annotated[list[Kind] | None, Query()] = None,
    organisations: Annotated[list[str] | None, Query()] = None,
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
    found = assistant.search(question, limit)
    return {"query": q, "terms": list(found.terms), "hits": [hit_as_json(hit) for hit in found.hits]}


def documents(library: TheLibrary, as_of: date | None = None) -> dict[str, Any]:
    """The documents in force on a day (today if none is given) that the reader may see."""
    return {"documents": [version_as_json(version) for version in library.documents(as_of)]}


def document_by_id(document: str, library: TheLibrary, version: AVersion = None) -> dict[str, Any]:
    """A document: the version in force, its pages, and all its versions."""
    opened = library.open(document, version)
    if opened is None:
        raise HTTPException(404, _NOT_FOUND)
    history = [
        {"version": v.id, "effective_from": v.effective_from, "effective_until": v.effective_until}
        for v in opened.versions
    ]
    return {**version_as_json(opened.version), "pages": list(opened.pages), "versions": history}


def page(document: str, number: int, library: TheLibrary, version: AVersion = None) -> dict[str, Any]:
    """The text of a page; citations count its characters as Unicode code points."""
    opened = library.page(document, number, version)
    if opened is None:
        raise HTTPException(404, _NOT_FOUND)
    return {
        "document": document,
        "version": opened.version.id,
        "title": opened.version.title,
        "page": number,
        "label": opened.page.label,
        "section": opened.sections[0] if opened.sections else "",
        "sections": list(opened.sections),
        "language": opened.version.language,
        "text": opened.page.text,
    }


def original(document: str, library: TheLibrary, version: AVersion = None) -> Response:
    """The file as it was taken in."""
    found = library.file(document, version)
    if found is None:
        raise HTTPException(404, _NOT_FOUND)
    described, content = found
    name = described.path.rpartition("/")[2]
    shown = "inline" if described.media_type in _INLINE else "attachment"
    headers = {
        "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(name)}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox",
    }
    return Response(content, media_type=described.media_type, headers=headers)


def contacts(library: TheLibrary, organisation: AFilter = "", country: AFilter = "") -> dict[str, Any]:
    """The contact points that the reader may see; a filter finds what holds all its words."""
    found = directory.contacts(library.documents(), organisation=organisation, country=country)
    return {"contacts": [contact_as_json(version) for version in found]}


def infrastructures(
    library: TheLibrary, country: AFilter = "", field: AFilter = "", service: AFilter = ""
) -> dict[str, Any]:
    """The infrastructures that the reader may see, with their contacts; a filter finds what holds all its words."""
    visible = library.documents()
    found = directory.infrastructures(visible, country=country, field=field, service=service)
    points = {version.document: version for version in directory.contacts(visible)}
    return {"infrastructures": [infrastructure_as_json(version, points) for version in found]}


def health() -> dict[str, str]:
    """Says that the program runs."""
    return {"status": "ok"}


def ready(assistant: TheAssistant) -> dict[str, Any]:
    """Says which generation of the index is served."""
    with assistant.index.reader() as index:
        return {"status": "ready", "generation": index.generation}


def home() -> PlainTextResponse:
    """What this is and where to go on."""
    return PlainTextResponse("Liaison answers questions at POST /chat; /docs describes every route.\n")


async def _unauthorised(_request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"detail": str(error)}, 401, headers={"WWW-Authenticate": "Bearer"})


async def _unavailable(_request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"detail": str(error)}, 503)
