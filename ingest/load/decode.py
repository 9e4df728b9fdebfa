"""From the bytes of a text file to its characters."""

from __future__ import annotations

import codecs
import re

from ingest.errors import Refusal, RefusedFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]+?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)


def decode(data: bytes, *, declared: str = "") -> str:
    """The text of a file: by its byte order mark, else UTF-8, else as `declared`, else UTF-16 or Windows Latin.

    Refuses what holds NUL characters in none of these: that is no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    text = _decode_unmarked(data, declared)
    if "\0" in text:
        raise RefusedFile(Refusal.CORRUPT, "the file is not text: it holds NUL characters")
    return text


def declared_charset(data: bytes) -> str:
    """The character set that an HTML file declares in its head, or nothing."""
    declared = _DECLARED.search(data[:4096])
    return declared[1].decode("ascii") if declared else ""


def _decode_unmarked(data: bytes, declared: str) -> str:
    candidates = ("utf-8", declared, *_utf16_by_zeros(data))
    for encoding in filter(None, candidates):
        try:
            text = data.decode(_as_browsers_do(encoding))
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" not in text:
            return text
    # Five bytes of cp1252 mean nothing; Latin-1 reads them as the controls that normalisation drops.
    return data.decode("cp1252", errors="ignore")


def _as_browsers_do(encoding: str) -> str:
    """Pages that declare Latin-1 or ASCII are written in Windows Latin."""
    return (
        "cp1252"
        if encoding.lower().replace("_", "-") in {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"}
        else encoding
    )


def _utf16_by_zeros(data: bytes) -> tuple[str, ...]:
    """UTF-16 without a mark shows by the zero bytes of its Latin letters, all on one side."""
    even, odd = data[:4096:2].count(0), data[1:4096:2].count(0)
    if max(even, odd) * 5 < len(data[:4096:2]):
        return ()
    return ("utf-16-le",) if odd > even else ("utf-16-be",)
