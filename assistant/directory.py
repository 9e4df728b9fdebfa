"""The directories of contacts and infrastructures: records found by what their fields say."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.analyse import fold, words
from ingest.types import Version

_JOINTS = re.compile(r"[-‐‑'’]")


def contacts(versions: Iterable[Version], *, organisation: str = "", country: str = "") -> list[Version]:
    """The contact points that are the way to an organisation, for companies of a country; "" stands for any."""
    return [
        version
        for version in versions
        if (point := version.contact) is not None
        and says(organisation, (version.organisation, *point.organisations))
        and says(country, point.country)
    ]


def infrastructures(
    versions: Iterable[Version], *, country: str = "", field: str = "", service: str = ""
) -> list[Version]:
    """The infrastructures in a country, for a field, with a service; "" stands for any."""
    return [
        version
        for version in versions
        if (record := version.infrastructure) is not None
        and says(country, record.country)
        and says(field, record.fields)
        and says(service, record.services)
    ]


def says(wanted: str, values: Iterable[str]) -> bool:
    """Whether one of the values holds all the words wanted, in any order; case and accents do not count."""
    parts = _parts(wanted)
    return not parts or any(parts <= _parts(value) for value in values)


def _parts(text: str) -> set[str]:
    return {fold(part) for word in words(text) for part in _JOINTS.split(word)}
