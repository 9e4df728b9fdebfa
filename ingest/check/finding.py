"""What a check gives and what it looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ingest.frontmatter import Entry
from ingest.types import Fields


class Severity(StrEnum):
    """Whether a finding must be mended or only looked at."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: where it stands, which field or part it concerns, what is wrong, and what to do about it.

    `line` counts from 1 and is None where the finding concerns a file as a whole.
    """

    severity: Severity
    path: str
    line: int | None
    what: str
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a check: how many documents there are, and what is wrong, in the order of files and lines."""

    documents: int
    findings: tuple[Finding, ...]

    @property
    def has_errors(self) -> bool:
        """Whether something must be mended."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Document:
    """A document as checks see it.

    `entries` tell where its fields stand. `text` is the text of its pages, empty where the file could not be read.
    `source` is a text file as it was written, whose lines a finding can name; empty for other formats.
    """

    path: str
    id: str
    fields: Fields
    entries: Mapping[str, Entry] = field(default_factory=dict)
    text: str = ""
    title: str = ""
    source: str = ""

    def finding(self, severity: Severity, what: str, problem: str, remedy: str) -> Finding:
        """A finding on a field, at the line where it is given, or on the file where it is not."""
        entry = self.entries.get(what)
        path, line = (entry.path, entry.line) if entry else (self.path, None)
        return Finding(severity, path, line, what, problem, remedy)

    def in_text(self, severity: Severity, line: int | None, what: str, problem: str, remedy: str) -> Finding:
        """A finding on a line of the file itself."""
        return Finding(severity, self.path, line, what, problem, remedy)
