"""Whether an answer cites what the set says it should."""

from __future__ import annotations

from collections.abc import Collection, Hashable


def citation_precision(cited: Collection[Hashable], relevant: Collection[Hashable]) -> float | None:
    """Cited and relevant / cited, each document (or page) counted once; None where nothing is cited."""
    return len({*cited} & {*relevant}) / len({*cited}) if cited else None


def citation_recall(cited: Collection[Hashable], relevant: Collection[Hashable]) -> float | None:
    """Cited and relevant / relevant, each document (or page) counted once; None where nothing is relevant.

    Where several documents say the same, an answer that cites one of them is right and its recall is below 1.
    """
    return len({*cited} & {*relevant}) / len({*relevant}) if relevant else None
