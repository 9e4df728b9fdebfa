"""What a PDF says of its own structure, and its text where PDFium fails. The only file that knows pypdf."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from ingest.errors import Refusal, RefusedFile
from ingest.load.headings import OutlineEntry

# What pypdf raises on damaged files: it follows references without asking what they lead to.
_FAULTS = (
    PyPdfError,
    DependencyError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Structure:
    """Outline in order, printed page labels (none where pages are only counted), names of attached files."""

    outline: tuple[OutlineEntry, ...] = ()
    labels: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()


def read_structure(path: Path) -> Structure | None:
    """The structure of a PDF; None where it is damaged beyond reading."""
    try:
        reader = _opened(path)
        labels = tuple(reader.page_labels) if "/PageLabels" in reader.root_object else ()
        return Structure(tuple(_outline(reader, reader.outline, depth=1)), labels, tuple(reader.attachments))
    except _FAULTS:
        return None


def read_texts(path: Path) -> list[str]:
    """The text of each page, empty for one that cannot be read; refuses a file that cannot be opened."""
    try:
        reader = _opened(path)
        pages = list(reader.pages)
    except _FAULTS as error:
        raise RefusedFile(Refusal.CORRUPT, f"it does not open as a PDF: {error}") from error
    return [_text(page) for page in pages]


def _opened(path: Path) -> PdfReader:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it remarks on every flaw of a file
    return PdfReader(path)


def _outline(reader: PdfReader, entries: Sequence[Any], depth: int) -> Iterator[OutlineEntry]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _outline(reader, entry, depth + 1)
            continue
        page = reader.get_destination_page_number(entry)
        if page is not None and page >= 0 and entry.title:
            yield OutlineEntry(str(entry.title), page + 1, depth)


def _text(page: Any) -> str:
    try:
        return str(page.extract_text())
    except _FAULTS:
        return ""
