"""Faults as responses: which HTTP code each one is, and what the reader is told; here and nowhere else."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException as AnyHTTPException

from assistant.errors import AssistantError, BadKeys
from assistant.gate import WrongKey
from assistant.schemas import FieldProblem, Problem
from ingest.errors import IngestError, RefusedFile

OPENAI_ROUTES = "/v1/"  # what stands below speaks of faults as OpenAI does
MEDIA_TYPE = "application/problem+json"
# What a fault is and what is told of it; the first that fits counts, and None tells what the fault says of itself. The
# others speak of files and settings, which are the operator's business and go into the log.
_FAULTS: tuple[tuple[type[Exception], int, str | None], ...] = (
    (WrongKey, 401, None),
    (RefusedFile, 422, "this page cannot be drawn; its text is there all the same"),
    (BadKeys, 503, "keys cannot be checked at the moment"),
    (IngestError, 503, "the index cannot be read at the moment"),
    (AssistantError, 500, "the answer did not pass its checks and is withheld"),
    (Exception, 500, "something went wrong; the log has it under the request's id"),
)
_log = logging.getLogger(__name__)


def not_found(detail: str = "no such document, version or page") -> HTTPException:
    """The one answer for what is missing and for what is hidden."""
    return HTTPException(404, detail)


def problem(status: int, detail: str, errors: tuple[FieldProblem, ...] = ()) -> Problem:
    """A problem with the title that its code has."""
    return Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, errors=list(errors))


def of(error: Exception) -> Problem:
    """What a reader is told of a fault; what is not told is logged."""
    if isinstance(error, AnyHTTPException):
        return problem(error.status_code, error.detail)
    for kind, status, told in _FAULTS:
        if isinstance(error, kind):
            if status >= 500:
                _log.error("%s", error, exc_info=error)
            return problem(status, told or str(error))
    raise error


def respond(request: Request, told: Problem, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The response that tells a problem, in the form that the route's clients know."""
    headers = {**({"WWW-Authenticate": "Bearer"} if told.status == 401 else {}), **(headers or {})}
    if request.url.path.startswith(OPENAI_ROUTES):
        return JSONResponse(as_openai(told), 400 if told.status == 422 else told.status, headers)
    return JSONResponse(told.model_dump(mode="json"), told.status, headers, MEDIA_TYPE)


def as_openai(told: Problem) -> dict[str, Any]:
    """A problem in OpenAI's form of errors."""
    kind = "invalid_request_error" if told.status < 500 else "server_error"
    code = {401: "invalid_api_key", 429: "rate_limit_exceeded"}.get(told.status)
    param = told.errors[0].field.removeprefix("body.") if told.errors else None
    return {"error": {"message": told.detail, "type": kind, "param": param, "code": code}}


def register(app: FastAPI) -> None:
    """Makes the application answer every fault of its routes this way."""
    app.add_exception_handler(AnyHTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    for fault in (IngestError, AssistantError):
        app.add_exception_handler(fault, _faulty)


async def _refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, AnyHTTPException)
    return respond(request, of(error), error.headers)


async def _malformed(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    errors = tuple(
        FieldProblem(field=".".join(str(part) for part in one["loc"]), problem=one["msg"]) for one in error.errors()
    )
    detail = "; ".join(f"{one.field}: {one.problem}" for one in errors)
    return respond(request, problem(422, detail, errors))


async def _faulty(request: Request, error: Exception) -> JSONResponse:
    return respond(request, of(error))
