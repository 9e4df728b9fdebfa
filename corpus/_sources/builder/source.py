"""Reads sources and the list of shapes, and writes the fields of a source as the sidecar of what is built from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from builder.document import Document, Source, SourceError
from builder.markdown import read_blocks


def read_shapes(path: Path) -> dict[str, str]:
    """The shape of each source, by the source's path without its ending."""
    shapes: dict[str, str] = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    return shapes


def read_source(path: Path) -> Document:
    """The document that a Markdown file with front matter describes."""
    try:
        _, front_matter, text = path.read_text(encoding="utf-8").split("---\n", 2)
        fields: dict[str, Any] = yaml.safe_load(front_matter)
        sources = {entry["key"]: _source(entry) for entry in fields.get("sources", ())}
        return Document(
            title=fields["title"],
            organisation=fields["organisation"],
            language=fields["language"],
            published=str(fields.get("published", "")),
            sources=sources,
            blocks=read_blocks(text, sources),
            front_matter=front_matter,
        )
    except (OSError, ValueError, KeyError, yaml.YAMLError) as error:
        raise SourceError(str(error)) from error


def sidecar(document: Document, source: str) -> bytes:
    """The fields for the file beside a built one, under a line that says where to change them."""
    return f"# Built from {source} by `make corpus`: change that file, not this one.\n{document.front_matter}".encode()


def _source(entry: dict[str, Any]) -> Source:
    wanted = ("key", "title", "organisation", "url", "date")
    return Source(**{name: str(entry[name]) for name in wanted if name in entry})
