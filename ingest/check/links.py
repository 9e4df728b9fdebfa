"""Whether links and images inside a corpus lead somewhere."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import unquote, urlsplit

from ingest.check.finding import Document, Finding, Severity


def links(document: Document, targets: Iterable[tuple[int, str]], exists: Callable[[str], bool]) -> Iterator[Finding]:
    """Targets, each with its line, that are no file; `exists` says so of a path below the corpus."""
    for line, target in targets:
        path = _path(document.path, target)
        if path is not None and not exists(path):
            problem, remedy = f"{target} leads to no file", "correct the link, or add the file"
            yield document.in_text(Severity.ERROR, line, "link", problem, remedy)


def _path(origin: str, target: str) -> str | None:
    """The file that a link names, None for one to elsewhere or within the document."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return target
    if parts.scheme or parts.netloc or not parts.path:
        return None
    folder = "" if parts.path.startswith("/") else posixpath.dirname(origin)
    return posixpath.normpath(posixpath.join(folder, unquote(parts.path).lstrip("/")))
