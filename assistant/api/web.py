"""What a browser gets: the chat page and the files that it is made of."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

_WEB = Path(__file__).resolve().parents[1] / "web"
routes = APIRouter()
files = StaticFiles(directory=_WEB)


@routes.get("/", include_in_schema=False)
def home() -> FileResponse:
    """The chat page."""
    # Asked for again each time, and not sent again where nothing changed.
    return FileResponse(_WEB / "index.html", headers={"Cache-Control": "no-cache"})
