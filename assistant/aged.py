"""Which year a quoted figure is of: as its sentence says, else as the source does that the sentence names."""

from __future__ import annotations

import re

from assistant.asked import source_keys, without_source_keys
from assistant.sorts import MONTHS
from assistant.types import Quoted

_OLD_AFTER = 3  # years
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DATE = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th|er|º|\.)?\s+(?:may\b|{MONTHS})", re.IGNORECASE)
_NAME_OF_AN_ACT = re.compile(r"\b\w*\d\w*(?:/\w+)+|\b[A-Z]+\d+\w*")  # 2008/416/EC, F4E
_LABEL = re.compile(r"^\s*(?:\d{1,3}[.)]|\(?[a-z]\))\s")


def year_of_old_figure(quoted: Quoted, this_year: int) -> int | None:
    """The year of the figure in a quotation; None where it holds none, or one that is not old, or of unknown year."""
    told = without_source_keys(quoted.quote)
    if not _holds_figure(told):
        return None
    years = _years(told) or _years(" ".join(source_keys(quoted.quote))) or _years_of_sources(quoted)
    newest = max(years, default=this_year)
    return newest if newest <= this_year - _OLD_AFTER else None


def _holds_figure(told: str) -> bool:
    bare = _LABEL.sub("", told)
    for other in (_DATE, _YEAR, _NAME_OF_AN_ACT):
        bare = other.sub(" ", bare)
    return any(sign.isdigit() for sign in bare)


def _years_of_sources(quoted: Quoted) -> list[int]:
    named = " ".join(source_keys(quoted.quote))
    sources = quoted.passage.hit.version.sources
    return [year for source in sources if re.search(rf"\b{source.key}\b", named) for year in _years(source.date)]


def _years(text: str) -> list[int]:
    return [int(year) for year in _YEAR.findall(text)]
