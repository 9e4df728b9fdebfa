"""Reads files into pages and blocks: `read` one here, `read_all` many in worker processes with limits; draws pages."""

from __future__ import annotations

from ingest.load.formats import FORMATS, GLOSSARY, links, read
from ingest.load.painter import Painter
from ingest.load.picture import Drawing, Picture
from ingest.load.workers import Limits, read_all

__all__ = ["FORMATS", "GLOSSARY", "Drawing", "Limits", "Painter", "Picture", "links", "read", "read_all"]
