"""Finds the gutters of a page: free strips between columns of running text that were drawn one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby, pairwise
from operator import itemgetter

from ingest.load.lines import Segment
from ingest.load.sheet import Ruling

NARROWEST_GUTTER = 0.8  # of the font size
_PROSE_WIDTH = 15.0  # of the font size: shorter lines say nothing of running text
_FEWEST_LINES = 6  # of running text on either side
_FEWEST_OF_ALL = 2 / 3  # of the running text that crosses no gutter stands on its two sides
_MOST_ACROSS = 0.2  # of the lines at the height of the columns: such as the caption of a wide picture
_BESIDE = 0.5  # of the shorter column stands beside the other one
_HEAD = 3.0  # of the font size: a heading stands no further above the running text of its column
_MOST_EDGES = 8  # left edges that are tried
_SAME_LINE = 1.0  # points: parts of one ruling line lie no further apart, up or down
_SAME_EDGE = 2.0


class Side(Enum):
    """Where text stands that has to do with a gutter."""

    LEFT = "left"
    RIGHT = "right"
    ACROSS = "across"


@dataclass(frozen=True, slots=True)
class Gutter:
    """The strip left of `edge`, the left edge of a column, and the height of the running text beside it."""

    edge: float
    bottom: float
    top: float

    def side(self, segment: Segment) -> Side | None:
        """Where a segment stands; none for what is above or below the columns and does not lie across."""
        side = _side(self.edge, segment)
        return side if side is Side.ACROSS or self.bottom - 1 <= segment.baseline <= self.top else None


def gutters(segments: Sequence[Segment], level: Iterable[Ruling]) -> list[Gutter]:
    """The gutters between segments in the order in which they were drawn, where no level line runs across."""
    prose = [segment for segment in segments if _is_prose(segment)]
    if len(prose) < 2 * _FEWEST_LINES:
        return []
    lines = _joined(level)
    edges = Counter(round(segment.left) for segment in segments).most_common(_MOST_EDGES)
    found = (_gutter(float(edge), segments, lines) for edge, count in edges if count >= _FEWEST_LINES)
    return [gutter for gutter in found if gutter]


def _gutter(edge: float, segments: Sequence[Segment], level: Sequence[Ruling]) -> Gutter | None:
    sides = [(_side(edge, segment), segment) for segment in segments]
    all_prose = sum(side is not Side.ACROSS and _is_prose(segment) for side, segment in sides)
    stretches = [(side, [each for _, each in drawn]) for side, drawn in groupby(sides, key=itemgetter(0))]
    for (one_side, one), (other_side, other) in pairwise(stretches):
        if Side.ACROSS in (one_side, other_side):
            continue
        left, right = (one, other) if one_side is Side.LEFT else (other, one)
        columns = [[segment for segment in column if _is_prose(segment)] for column in (left, right)]
        if min(map(len, columns)) < _FEWEST_LINES or sum(map(len, columns)) < _FEWEST_OF_ALL * all_prose:
            continue
        gutter = _beside(edge, *columns)
        if gutter and not _is_filled(gutter, sides) and not _is_ruled(gutter, columns[0], level):
            return gutter
    return None


def _beside(edge: float, left: Sequence[Segment], right: Sequence[Segment]) -> Gutter | None:
    """The gutter between two columns, if for the most part they stand beside each other."""
    spans = [(column[0].size, *_span(column)) for column in (left, right)]
    shared = min(top for _, _, top in spans) - max(bottom for _, bottom, _ in spans)
    if shared <= 0 or shared < _BESIDE * min(top - bottom for _, bottom, top in spans):
        return None
    return Gutter(edge, min(bottom for _, bottom, _ in spans), max(top + _HEAD * size for size, _, top in spans))


def _span(column: Iterable[Segment]) -> tuple[float, float]:
    baselines = [segment.baseline for segment in column]
    return min(baselines), max(baselines)


def _is_filled(gutter: Gutter, sides: Iterable[tuple[Side, Segment]]) -> bool:
    """Whether much of the text at the height of the columns lies across the gutter."""
    beside = Counter(side for side, segment in sides if gutter.bottom <= segment.baseline <= gutter.top)
    return beside[Side.ACROSS] > _MOST_ACROSS * beside.total()


def _is_ruled(gutter: Gutter, left: Iterable[Segment], level: Iterable[Ruling]) -> bool:
    """Whether a level line runs from one side to the other: what it parts are rows of a table."""
    end = max(segment.right for segment in left)
    return any(
        gutter.bottom <= line.position <= gutter.top and line.start < end - 1 and line.end > gutter.edge + 1
        for line in level
    )


def _joined(level: Iterable[Ruling]) -> list[Ruling]:
    """Level lines, those that were drawn cell by cell as one."""
    joined: list[Ruling] = []
    for row in _at_one_height(level):
        start, end = row[0].start, row[0].end
        for line in row[1:]:
            if line.start > end + _SAME_EDGE:
                joined.append(Ruling(line.position, start, end))
                start = line.start
            end = max(end, line.end)
        joined.append(Ruling(row[0].position, start, end))
    return joined


def _at_one_height(level: Iterable[Ruling]) -> Iterator[list[Ruling]]:
    row: list[Ruling] = []
    for line in sorted(level, key=lambda line: line.position):
        if row and line.position > row[-1].position + _SAME_LINE:
            yield sorted(row, key=lambda line: line.start)
            row = []
        row.append(line)
    if row:
        yield sorted(row, key=lambda line: line.start)


def _side(edge: float, segment: Segment) -> Side:
    if segment.right <= edge - NARROWEST_GUTTER * segment.size:
        return Side.LEFT
    return Side.RIGHT if segment.left >= edge - 1 else Side.ACROSS


def _is_prose(segment: Segment) -> bool:
    return segment.right - segment.left >= _PROSE_WIDTH * segment.size
