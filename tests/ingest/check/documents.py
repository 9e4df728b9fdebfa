"""Documents as checks see them, and what a check says of them in short."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.check import Finding
from ingest.check.finding import Document
from ingest.frontmatter import examine, read_layer


def document(
    path: str, fields: str = "", text: str = "", *, audience: str = "public", title: str = "A title", source: str = ""
) -> Document:
    """A document whose id is its path; its audience stands in line 1, its other fields below."""
    examined = examine(read_layer(f"audience: {audience}\n{fields}", path))
    assert not examined.errors
    return Document(path, examined.fields.id or path, examined.fields, examined.entries, text, title, source)


def said(findings: Iterable[Finding]) -> list[tuple[str, int | None, str, str]]:
    """File, line, severity and problem of each finding; every finding says what to do."""
    found = list(findings)
    assert all(finding.what and finding.remedy for finding in found)
    return [(finding.path, finding.line, finding.severity.value, finding.problem) for finding in found]
