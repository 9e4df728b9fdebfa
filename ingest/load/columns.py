"""The order in which the parts of a page are read: columns from left to right, each from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.load.gutters import NARROWEST_GUTTER, Gutter, Side, gutters
from ingest.load.lines import Segment
from ingest.load.sheet import Ruling

_TALLEST_GAP = 2.6  # of the font size: a larger step down starts a new zone
_TALLEST_RISE = 8.0  # of the font size: how far above the end of one cell of a table the next one may start
_DEEPEST = 6


@dataclass(slots=True)
class Zone:
    """Segments drawn one after the other, each beside or below the one before, on one side of each gutter."""

    gutters: Sequence[Gutter] = ()
    sides: dict[Gutter, Side] = field(default_factory=dict)
    segments: list[Segment] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    top: float = 0.0

    def add(self, segment: Segment) -> None:
        """Takes in a further segment."""
        first = not self.segments
        top, bottom = segment.baseline + 0.7 * segment.size, segment.baseline
        self.left = segment.left if first else min(self.left, segment.left)
        self.right = segment.right if first else max(self.right, segment.right)
        self.bottom = bottom if first else min(self.bottom, bottom)
        self.top = top if first else max(self.top, top)
        self.segments.append(segment)
        self.sides |= self._sides(segment)

    def goes_on(self, segment: Segment) -> bool:
        """Whether a segment is the next of this zone: on the same line, below, or in the next cell of a table row."""
        if any(self.sides.get(gutter, side) is not side for gutter, side in self._sides(segment).items()):
            return False
        last = self.segments[-1]
        size = max(last.size, segment.size)
        step = last.baseline - segment.baseline
        beside = segment.left >= last.right - 0.3 * size
        if beside and abs(step) <= 0.5 * size:
            return True
        if segment.baseline < self.bottom:
            overlaps = segment.left < self.right and segment.right > self.left
            return overlaps and self.bottom - segment.baseline <= _TALLEST_GAP * size
        return beside and abs(step) <= _TALLEST_RISE * size

    def _sides(self, segment: Segment) -> dict[Gutter, Side]:
        return {gutter: side for gutter in self.gutters if (side := gutter.side(segment))}


def flows(segments: Sequence[Segment], level: Iterable[Ruling] = ()) -> list[list[Segment]]:
    """The segments of each stretch that is read from top to bottom across its whole width, in reading order.

    Level lines tell the columns of a page from those of a table.
    """
    zones: list[Zone] = []
    between = gutters(segments, level)
    for segment in segments:
        if not zones or not zones[-1].goes_on(segment):
            zones.append(Zone(between))
        zones[-1].add(segment)
    return [[segment for zone in flow for segment in zone.segments] for flow in _ordered(zones, _DEEPEST)]


def _ordered(zones: Sequence[Zone], depth: int) -> list[list[Zone]]:
    ordered: list[list[Zone]] = []
    goes_on = False
    for band in _merged(_bands(zones)):
        columns = _columns(band) if depth else [band]
        if len(columns) > 1:
            for column in columns:
                ordered += _ordered(column, depth - 1)
        elif goes_on:
            ordered[-1] += band
        else:
            ordered.append(list(band))
        goes_on = len(columns) == 1
    return ordered


def _bands(zones: Sequence[Zone]) -> list[list[Zone]]:
    """Zones that share some height, from the top of the page to its bottom."""
    bands: list[list[Zone]] = []
    bottom = 0.0
    for zone in sorted(zones, key=lambda zone: -zone.top):
        if bands and zone.top > bottom:
            bands[-1].append(zone)
            bottom = min(bottom, zone.bottom)
        else:
            bands.append([zone])
            bottom = zone.bottom
    return bands


def _merged(bands: Sequence[list[Zone]]) -> list[list[Zone]]:
    """Bands one below the other whose columns go on."""
    merged: list[list[Zone]] = []
    for band in bands:
        if merged and _goes_on_in_columns(merged[-1], band):
            merged[-1] = merged[-1] + band
        else:
            merged.append(band)
    return merged


def _goes_on_in_columns(above: list[Zone], band: list[Zone]) -> bool:
    columns = _columns(above)
    if len(columns) < 2 or len(_columns(above + band)) < 2:
        return False
    if len(band) > 1:
        return True
    size = band[0].segments[0].size
    column = min(columns, key=lambda column: abs(min(zone.left for zone in column) - band[0].left))
    return min(zone.bottom for zone in column) - band[0].top <= _TALLEST_GAP * size


def _columns(zones: Sequence[Zone]) -> list[list[Zone]]:
    """Zones that share some width, from left to right; apart by a gutter."""
    columns: list[list[Zone]] = []
    right = 0.0
    for zone in sorted(zones, key=lambda zone: zone.left):
        if columns and zone.left < right + NARROWEST_GUTTER * zone.segments[0].size:
            columns[-1].append(zone)
            right = max(right, zone.right)
        else:
            columns.append([zone])
            right = zone.right
    return columns
