"""What `/openapi.json` and `/docs` say of the routes: what every one of them can answer, said in one place."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from assistant.api.problems import MEDIA_TYPE, OPENAI_ROUTES
from assistant.schemas import AnswerEvent, CitationEvent, OpenAIErrorBody, Problem, StatusEvent, TokenEvent

VERSION = version("liaison")
INTRODUCTION = (
    "Answers about working with research infrastructures, every sentence cited and every citation checked. A key goes "
    "into `Authorization: Bearer …`; without one a reader sees what is public. What a reader may not see does not "
    "exist for that reader."
)
_EVENTS: dict[str, type[BaseModel]] = {
    "status": StatusEvent,
    "citation": CitationEvent,
    "token": TokenEvent,
    "answer": AnswerEvent,
    "error": Problem,
}
_MODELS: tuple[type[BaseModel], ...] = (*_EVENTS.values(), OpenAIErrorBody)
_REFERENCE = "#/components/schemas/{model}"
_FAULTS = {
    400: "The body is malformed, or a field holds what it may not",
    401: "The key is not known, or has expired",
    404: "There is no such thing, for this reader",
    413: "The body has more than 256 KiB",
    422: "A field or parameter is missing, or holds what it may not; `errors` names it",
    429: "Too many requests; `Retry-After` says when to come again",
    500: "Something went wrong",
    503: "The index cannot be read at the moment",
}
routes = APIRouter()


def _event_schema(name: str, model: type[BaseModel]) -> dict[str, Any]:
    data = {
        "type": "string",
        "contentMediaType": "application/json",
        "contentSchema": {"$ref": _REFERENCE.format(model=model.__name__)},
    }
    return {"properties": {"event": {"const": name}, "data": data}, "required": ["event", "data"]}


EVENTS: dict[str, Any] = {
    "description": "The answer, or the events that lead to it",
    "content": {
        "text/event-stream": {
            "schema": {"type": "string"},
            "itemSchema": {"oneOf": [_event_schema(name, model) for name, model in _EVENTS.items()]},
            "example": 'event: status\ndata: {"stage": "retrieve"}\n\nevent: token\ndata: {"text": "It does. [1]"}\n\n',
        }
    },
}


def complete(app: FastAPI) -> None:
    """Makes the application describe itself with every error of every route."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
            _add_models(schema)
            for path, method, operation in operations(schema):
                operation["responses"].update(_faults(path, method, operation))
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]  # the way that FastAPI documents


def operations(schema: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path, method and description of every operation."""
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _add_models(schema: dict[str, Any]) -> None:
    asked: list[tuple[type[BaseModel], JsonSchemaMode]] = [(model, "serialization") for model in _MODELS]
    _, definitions = models_json_schema(asked, ref_template=_REFERENCE)
    models = schema.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        models.pop(unused, None)
    models.update(definitions["$defs"])


def _faults(path: str, method: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    """What a route can answer instead, as its parameters and its body make possible."""
    as_openai = path.startswith(OPENAI_ROUTES)
    codes = {401, 429, 500, 503}
    if "requestBody" in operation:
        codes |= {413, 422}
    if operation.get("parameters"):
        codes.add(422)
    if "{" in path or (as_openai and method == "post"):
        codes.add(404)
    if as_openai and 422 in codes:
        codes = codes - {422} | {400}
    model, media_type = (OpenAIErrorBody, "application/json") if as_openai else (Problem, MEDIA_TYPE)
    content = {media_type: {"schema": {"$ref": _REFERENCE.format(model=model.__name__)}}}
    faults: dict[str, Any] = {str(code): {"description": _FAULTS[code], "content": content} for code in sorted(codes)}
    faults["429"]["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "seconds"}}
    if as_openai:
        operation["responses"].pop("422", None)
    return faults


@routes.get("/docs", include_in_schema=False)
def docs(request: Request) -> HTMLResponse:
    """Every route as a page to read, which needs nothing from another host."""
    schema = request.app.openapi()
    parts = [_operation_as_html(*one) for one in operations(schema)]
    models = [_model_as_html(name, model) for name, model in sorted(schema["components"]["schemas"].items())]
    title, introduction = html.escape(schema["info"]["title"]), html.escape(schema["info"]["description"])
    return HTMLResponse(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}: API</title>'
        f'<meta name="viewport" content="width=device-width"><main><h1>{title} {VERSION}</h1><p>{introduction}</p>'
        '<p>The same for machines: <a href="/openapi.json">/openapi.json</a></p>'
        f"<h2>Routes</h2>{''.join(parts)}<h2>Schemas</h2>{''.join(models)}</main></html>"
    )


def _operation_as_html(path: str, method: str, operation: Mapping[str, Any]) -> str:
    shown = {key: operation[key] for key in ("parameters", "requestBody", "responses") if key in operation}
    return (
        f"<section><h3><code>{method.upper()} {html.escape(path)}</code></h3>"
        f"<p><strong>{html.escape(operation.get('summary', ''))}</strong></p>"
        f"<p>{html.escape(operation.get('description', ''))}</p>"
        f"<details><summary>Parameters, body and responses</summary>{_as_html(shown)}</details></section>"
    )


def _model_as_html(name: str, model: Mapping[str, Any]) -> str:
    return f"<details><summary><code>{html.escape(name)}</code></summary>{_as_html(model)}</details>"


def _as_html(value: object) -> str:
    return f"<pre>{html.escape(json.dumps(value, indent=2, ensure_ascii=False))}</pre>"
