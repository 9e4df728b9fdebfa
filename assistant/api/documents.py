"""Documents: the list, one document, its pages and its original file."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Response

from assistant.api.access import TheLibrary, ThePainter
from assistant.api.problems import not_found
from assistant.schemas import DifferenceBody, DocumentsBody, OpenedDocumentBody, PageBody
from assistant.wire import in_force_as_json, page_as_json, version_as_json

routes = APIRouter()
AVersion = Annotated[str | None, Query(description="an older version; default: the one in force")]
AVersionId = Annotated[str, Query(max_length=64, description="a version of the document's succession")]
AnOffset = Annotated[int, Query(ge=0, description="a character of the page text, in Unicode code points")]
AWidth = Annotated[int, Query(ge=200, le=3000, description="width of the picture in pixels")]
_INLINE = {"application/pdf", "text/plain"}  # what a browser shows without running anything in it


@routes.get("/documents", summary="The documents that the reader may see", response_model=DocumentsBody)
def documents(library: TheLibrary, as_of: date | None = None) -> dict[str, Any]:
    """The documents in force on a day (today if none is given) that the reader may see."""
    return {"documents": [version_as_json(library.shown(version)) for version in library.documents(as_of)]}


@routes.get("/documents/{document}", summary="One document, its pages and versions", response_model=OpenedDocumentBody)
def document_by_id(document: str, library: TheLibrary, version: AVersion = None) -> dict[str, Any]:
    """A document: the version in force, its pages, and all its versions."""
    opened = library.open(document, version)
    if opened is None:
        raise not_found()
    history = [
        {"version": v.id, "effective_from": v.effective_from, "effective_until": v.effective_until}
        for v in opened.versions
    ]
    succession = [in_force_as_json(one) for one in library.succession(document)]
    return {
        **version_as_json(library.shown(opened.version)),
        "in_force": in_force_as_json(library.in_force(opened.version)),
        "pages": list(opened.pages),
        "versions": history,
        "succession": succession,
    }


@routes.get("/documents/{document}/pages/{number}", summary="The text of a page", response_model=PageBody)
def page(document: str, number: int, library: TheLibrary, version: AVersion = None) -> dict[str, Any]:
    """The text of a page; citations count its characters as Unicode code points."""
    opened = library.page(document, number, version)
    if opened is None:
        raise not_found()
    return page_as_json(opened.version, opened.page, opened.sections, library.in_force(opened.version))


@routes.get(
    "/documents/{document}/pages/{number}/image",
    summary="The picture of a page of a PDF, with a quotation marked",
    response_class=Response,
    responses={200: {"content": {"image/png": {}}}},
)
def picture(
    document: str,
    number: int,
    library: TheLibrary,
    painter: ThePainter,
    version: AVersion = None,
    start: AnOffset = 0,
    end: AnOffset = 0,
    width: AWidth = 1200,
) -> Response:
    """The page as a PNG, with characters `[start, end)` of its text marked exactly.

    The header `X-Marks` says in JSON what is marked: left, top, right and bottom of each line, as parts of width and
    height. It is empty where the page reads differently now from when it was indexed.
    """
    opened = library.page(document, number, version)
    drawn = library.picture(opened, start, end, width, painter) if opened else None
    if drawn is None:
        raise not_found()
    marks = [[round(side, 5) for side in mark] for mark in drawn.marks]
    return Response(drawn.png, media_type="image/png", headers={"X-Marks": json.dumps(marks)})


@routes.get(
    "/documents/{document}/difference", summary="What changed between two versions", response_model=DifferenceBody
)
def difference(document: str, old: AVersionId, new: AVersionId, library: TheLibrary) -> dict[str, Any]:
    """The stretches of text that stayed, went and came between two versions of a document or of its succession."""
    found = library.difference(document, old, new)
    if found is None:
        raise not_found()
    return {"document": document, "old": old, "new": new, "stretches": [asdict(stretch) for stretch in found]}


@routes.get(
    "/documents/{document}/file",
    summary="The original file",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}, "description": "The file, in its own media type"}},
)
def original(document: str, library: TheLibrary, version: AVersion = None) -> Response:
    """The file as it was taken in."""
    found = library.file(document, version)
    if found is None:
        raise not_found()
    described, content = found
    name = described.path.rpartition("/")[2]
    shown = "inline" if described.media_type in _INLINE else "attachment"
    headers = {
        "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(name)}",
        "Content-Security-Policy": "sandbox",
    }
    return Response(content, media_type=described.media_type, headers=headers)
