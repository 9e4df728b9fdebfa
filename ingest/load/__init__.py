"""Reads files into pages and blocks: `read` one here, `read_all` many in worker processes with limits."""

from __future__ import annotations

from ingest.load.formats import FORMATS, read
from ingest.load.workers import Limits, read_all

__all__ = ["FORMATS", "Limits", "read", "read_all"]
