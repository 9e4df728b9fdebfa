"""Front matter as a stretch of text: where it stands in a file. What it says is read by `ingest.frontmatter`."""

from __future__ import annotations

import re

_FENCED = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


def split_front_matter(text: str) -> tuple[str, str]:
    """The YAML between the `---` lines that open a text, and the rest; ("", text) where there is none."""
    fenced = _FENCED.match(text)
    return (fenced.group(1), text[fenced.end() :]) if fenced else ("", text)
