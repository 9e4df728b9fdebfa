"""Which reader reads which file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from ingest.errors import Refusal, RefusedFile
from ingest.load.picture import Drawing, Picture
from ingest.types import Parsed

GLOSSARY = "glossary.yaml"
FORMATS: Mapping[str, str] = MappingProxyType(
    {
        ".pdf": "pdf",
        ".md": "markdown",
        ".markdown": "markdown",
        ".html": "html",
        ".htm": "html",
        ".docx": "docx",
        ".txt": "plain",
    }
)
_WITH_LINKS = ("markdown", "html")


def read(path: Path) -> Parsed:
    """The pages of a file, by its extension, in this process and without limits; refuses what cannot be taken in."""
    try:
        # Imported when needed: together the libraries behind the readers take longer to import than most files to read.
        reader: Callable[[Path], Parsed] = import_module(f"ingest.load.{reader_of(path)}").read
        return reader(path)
    except OSError as error:
        raise RefusedFile(Refusal.CORRUPT, f"it cannot be read: {error.strerror or error}") from error


def draw(drawing: Drawing) -> Picture:
    """The picture of a page, in this process and without limits; refuses what is no PDF."""
    picture: Picture = import_module("ingest.load.pdf").draw(drawing)
    return picture


def links(path: Path) -> list[tuple[int, str]]:
    """The targets of links and images in a Markdown or HTML file, each with its line; none in other formats."""
    name = reader_of(path)
    return list(import_module(f"ingest.load.{name}").links(path)) if name in _WITH_LINKS else []


def reader_of(path: Path) -> str:
    """The name of the reader for a file; refuses an extension that none reads."""
    if path.name == GLOSSARY:
        return "glossary"
    name = FORMATS.get(path.suffix.lower())
    if name is None:
        listed = ", ".join(sorted(FORMATS))
        raise RefusedFile(Refusal.UNSUPPORTED, f"{path.suffix or 'a file without extension'} is none of {listed}")
    return name
