"""Everything wrong with a corpus before it is synced: `check` gives findings with file, line and what to do."""

from __future__ import annotations

from ingest.check.corpus import check
from ingest.check.finding import Checked, Finding, Severity

__all__ = ["Checked", "Finding", "Severity", "check"]
