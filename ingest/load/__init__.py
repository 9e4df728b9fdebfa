"""Reads files into pages and blocks: `read` one here, `read_all` many in worker processes with limits."""

from __future__ import annotations

from ingest.load.formats import FORMATS, GLOSSARY, links, read
from ingest.load.workers import Limits, read_all

__all__ = ["FORMATS", "GLOSSARY", "Limits", "links", "read", "read_all"]
