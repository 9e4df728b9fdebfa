"""What an answer says: key facts and forbidden content, however numbers are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_QUOTES = {ord(sign): "'" for sign in "‘’´`ʼ"} | {ord(sign): '"' for sign in "“”„«»"}
_DASHES = {ord(sign): "-" for sign in "‐‑‒–—−"}
_SIGNS = str.maketrans(_QUOTES | _DASHES)
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,' ]\d{3})+(?!\d)")  # 50,000 and 50.000 and 50 000 and 50'000
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_PER_CENT = re.compile(r"(?<=\d) ?(?:%|per ?cent\b|percento\b|prozent\b|procent\b|pour ?cent\b|per cento\b)")


def plain(text: str) -> str:
    """The text in one way of writing: small letters, plain quotation marks and dashes, `50000`, `2.5`, `90%`."""
    text = " ".join(unicodedata.normalize("NFKC", text).translate(_SIGNS).casefold().split())
    text = _GROUPED.sub(lambda match: re.sub(r"\D", "", match[0]), text)
    return _PER_CENT.sub("%", _DECIMAL_COMMA.sub(".", text))


def says(text: str, form: str) -> bool:
    """Whether a text holds a form of a fact; a number counts only where it is the whole number."""
    wanted = plain(form)
    if not wanted:
        return False
    before = r"(?<!\d)(?<!\d\.)" if wanted[0].isdigit() else ""
    after = r"(?!\d)(?!\.\d)" if wanted[-1].isdigit() else ""
    return re.search(f"{before}{re.escape(wanted)}{after}", plain(text)) is not None


def fact_recall(text: str, facts: Sequence[Sequence[str]]) -> float | None:
    """Facts of which the text holds a form / facts; None without facts."""
    return sum(any(says(text, form) for form in forms) for forms in facts) / len(facts) if facts else None


def shown(text: str, forbidden: Sequence[str]) -> list[str]:
    """What of the forbidden content a text holds."""
    return [form for form in forbidden if says(text, form)]
