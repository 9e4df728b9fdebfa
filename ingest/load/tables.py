"""Finds tables among the rows of a flow: columns by the gaps that go through, rows by how the cells were drawn."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from ingest.load.lines import Segment, rows
from ingest.load.markers import marker
from ingest.load.sheet import Ruling

_LONGEST_STEP = 3.2  # of the font size: rows further apart than this belong to no table without ruling lines
_LEADING = 1.45  # of the font size: lines of one cell lie no further apart than this
_NARROWEST_GUTTER = 0.5  # of the font size
_WIDE_GUTTER = 2.0  # of the font size: two short rows so far apart are a table without further signs
_PROSE_WIDTH = 15.0  # of the font size: narrower columns hold no prose
_FEWEST_ROWS = 3  # that make a table without ruling lines
_FULLNESS = 0.6  # of the cells of a table without upright lines are filled at least
_LEADER = re.compile(r"(?:\. ?){5}|…{2}")

Row = list[Segment]
Cell = list[Segment]
Interval = tuple[float, float]


class Header(Enum):
    """How surely the first row of a table names its columns."""

    NONE = "none"
    LIKELY = "likely"  # by what its cells say
    STYLED = "styled"  # by how it looks


@dataclass(frozen=True, slots=True)
class Lines:
    """Rows that are lines of running text."""

    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, as many in each row as there are columns; `header` says how surely the first row names them."""

    rows: list[list[Cell]]
    columns: tuple[Interval, ...]
    header: Header

    def fullness(self) -> float:
        """The share of filled cells, or twice that of the emptiest column if it is smaller."""
        columns = [sum(bool(row[column]) for row in self.rows) / len(self.rows) for column in range(len(self.columns))]
        return min(2 * min(columns), sum(columns) / len(columns))


@dataclass(frozen=True, slots=True)
class Rulings:
    """The ruling lines of a page."""

    level: Sequence[Ruling] = ()
    upright: Sequence[Ruling] = ()

    def part(self, above: Segment, below: Segment) -> bool:
        """Whether a level line runs between two segments, over or under both."""
        left, right = max(above.left, below.left), min(above.right, below.right)
        if left > right:
            left, right = right, left
        low, high = below.baseline + 0.5 * below.size, above.baseline + 0.2 * above.size
        return any(
            low <= line.position <= high and line.start <= left + 1 and line.end >= right - 1 for line in self.level
        )

    def cross(self, gutters: Sequence[Interval], top: float, bottom: float) -> bool:
        """Whether an upright line stands in one of the gaps between columns."""
        return any(
            left - 1 <= line.position <= right + 1 and line.end > bottom and line.start < top
            for line in self.upright
            for left, right in gutters
        )


def parts(found: Sequence[Row], rulings: Rulings) -> list[Lines | Table]:
    """The rows of a flow as running text and tables, in order; columns of text come one after the other."""
    result: list[Lines | Table] = []
    lines: list[Row] = []
    start = 0
    while start < len(found):
        region = _Region.at(found, start, rulings) if len(found[start]) > 1 else None
        pieces = region.pieces(rulings) if region else []
        if region is None or not pieces:
            lines.append(found[start])
            start += 1
            continue
        del lines[len(lines) - region.rows_above :]
        result += [Lines(lines)] if lines else []
        result += pieces
        lines = []
        start += len(region.rows) - region.rows_above
    return [*result, Lines(lines)] if lines else result


@dataclass(slots=True)
class _Region:
    """Rows that share at least one gap from top to bottom; `columns` is what lies between the gaps."""

    rows: list[Row]
    columns: list[Interval]
    rows_above: int = 0

    @classmethod
    def at(cls, found: Sequence[Row], start: int, rulings: Rulings) -> _Region:
        """The region that starts at a row of several segments."""
        region = cls([found[start]], _widened([], found[start]))
        for row in found[start + 1 :]:
            columns = _widened(region.columns, row)
            if not region._takes(row, columns) or not region._reaches(row, rulings):
                break
            region.rows.append(row)
            region.columns = columns
        while len(region.rows[-1]) == 1 and not region._is_drawn_with(region.rows[-1][0], region.rows[:-1], rulings):
            region.rows.pop()
        region._add_rows_above(found[:start], rulings)
        return region

    def _takes(self, row: Row, columns: Sequence[Interval]) -> bool:
        """Whether a row leaves the gaps open; a single segment has to stand in a column that is there."""
        return len(columns) >= len(self.columns) and (len(row) > 1 or len(columns) == len(self.columns))

    def _reaches(self, row: Row, rulings: Rulings) -> bool:
        above, size = self.rows[-1][0], max(segment.size for segment in row)
        step = above.baseline - row[0].baseline
        if len(row) == 1 and not self._is_drawn_with(row[0], self.rows, rulings):
            steps = [one[0].baseline - other[0].baseline for one, other in pairwise(self.rows)]
            return step <= 1.3 * max([_LEADING * size, *steps]) and size <= 1.1 * above.size
        return step <= _LONGEST_STEP * size or rulings.part(above, row[0])

    def _add_rows_above(self, found: Sequence[Row], rulings: Rulings) -> None:
        """The first lines of cells that are taller than their neighbours."""
        for row in reversed(found):
            columns = _widened(self.columns, row)
            if not self._takes(row, columns) or not all(
                self._is_drawn_with(segment, self.rows[:1], rulings) for segment in row
            ):
                return
            self.rows.insert(0, row)
            self.columns = columns
            self.rows_above += 1

    def _is_drawn_with(self, segment: Segment, others: Sequence[Row], rulings: Rulings) -> bool:
        """Whether it was drawn right before or after a neighbour in its column: they are lines of one cell."""
        return any(
            abs(other.order - segment.order) == 1
            and abs(other.baseline - segment.baseline) <= _LEADING * segment.size
            and self._column(other) == self._column(segment)
            and not rulings.part(*sorted((other, segment), key=lambda each: -each.baseline))
            for row in (*others[-1:], *others[:1])
            for other in row
        )

    def _column(self, segment: Segment) -> int:
        middle = (segment.left + segment.right) / 2
        return min(range(len(self.columns)), key=lambda column: _distance(self.columns[column], middle))

    def pieces(self, rulings: Rulings) -> list[Lines | Table]:
        """The region as a table or as columns of text; nothing where it is neither for sure."""
        several = [row for row in self.rows if len({self._column(segment) for segment in row}) > 1]
        boxed = rulings.cross(self._gutters(), self._top(), self._bottom())
        lined = any(rulings.part(one[0], other[0]) for one, other in pairwise(self.rows))
        if self._is_list(several) or any(_LEADER.search(segment.text) for row in self.rows for segment in row):
            return []
        if not boxed and len(several) > 1 and (self._falls() == 0 or (not lined and self._is_prose(several))):
            return [Lines(rows(self._of_column(column))) for column in range(len(self.columns))]
        if len(several) < 2:
            return [self._table(rulings)] if boxed and lined else []
        table = self._table(rulings)
        certain = boxed or (
            table.fullness() >= _FULLNESS and (lined or len(several) >= _FEWEST_ROWS or self._is_even())
        )
        return [table] if certain else []

    def _is_even(self) -> bool:
        """Whether two rows are enough: near each other in type of one size, over three columns or over a wide gap."""
        one, other = self.rows[0], self.rows[-1]
        near = one[0].baseline - other[0].baseline <= 2 * one[0].size and one[0].size == other[0].size
        wide = min(right - left for left, right in self._gutters()) >= _WIDE_GUTTER * one[0].size
        return near and (wide or len(self.columns) > 2)

    def _of_column(self, column: int) -> Row:
        return [segment for row in self.rows for segment in row if self._column(segment) == column]

    def _gutters(self) -> list[Interval]:
        return [(one[1], other[0]) for one, other in pairwise(self.columns)]

    def _top(self) -> float:
        return self.rows[0][0].baseline + self.rows[0][0].size

    def _bottom(self) -> float:
        return self.rows[-1][0].baseline

    def _drawn(self) -> list[Segment]:
        return sorted((segment for row in self.rows for segment in row), key=lambda segment: segment.order)

    def _falls(self) -> int:
        """How often drawing went back to the left: at each new row of a table, never in columns of text."""
        return sum(self._column(other) < self._column(one) for one, other in pairwise(self._drawn()))

    def _is_prose(self, several: Sequence[Row]) -> bool:
        """Lines that fill two wide columns, drawn straight across the gutter."""
        narrowest = min(right - left for left, right in self.columns)
        if len(several) < max(6, 0.8 * len(self.rows)) or narrowest < _PROSE_WIDTH * several[0][0].size:
            return False
        widths = [
            (segment.right - segment.left, self.columns[self._column(segment)]) for row in several for segment in row
        ]
        full = sum(width >= 0.75 * (right - left) for width, (left, right) in widths)
        return len(self.columns) == 2 and full >= 0.8 * len(widths)

    def _is_list(self, several: Sequence[Row]) -> bool:
        """Bullets or numbers in a column of their own."""
        return len(self.columns) == 2 and all(_is_marker(row[0].text) for row in several)

    def _table(self, rulings: Rulings) -> Table:
        found = self._cells(rulings)
        return Table(found, tuple(self.columns), _header(found) if len(found) > 1 else Header.NONE)

    def _cells(self, rulings: Rulings) -> list[list[Cell]]:
        """Rows as they were drawn, cell by cell; in geometrical order where drawing went column by column."""
        drawn = self._drawn() if self._falls() else [segment for row in self.rows for segment in row]
        found: list[dict[int, Cell]] = []
        last: Segment | None = None
        for segment in drawn:
            if last is None or self._starts_row(found[-1], last, segment, rulings):
                found.append({})
            found[-1].setdefault(self._column(segment), []).append(segment)
            last = segment
        found.sort(key=lambda cells: -max(segment.baseline for cell in cells.values() for segment in cell))
        return [[cells.get(column, []) for column in range(len(self.columns))] for cells in found]

    def _starts_row(self, row: dict[int, Cell], last: Segment, segment: Segment, rulings: Rulings) -> bool:
        column, step = self._column(segment), last.baseline - segment.baseline
        baselines = [other.baseline for cell in row.values() for other in cell]
        if step > 0 and rulings.part(last, segment):
            return True
        if column == self._column(last):
            return step > _LEADING * segment.size
        if column in row or column < self._column(last):
            return not min(baselines) - 1 <= segment.baseline <= max(baselines) + 1 or column in row
        return segment.baseline < min(baselines) - _LEADING * segment.size


def _widened(columns: Sequence[Interval], row: Row) -> list[Interval]:
    """What a row occupies, together with what others did; gaps that it fills are gone."""
    widened: list[Interval] = []
    gap = _NARROWEST_GUTTER * row[0].size
    for left, right in sorted([*columns, *((segment.left, segment.right) for segment in row)]):
        if widened and left < widened[-1][1] + gap:
            widened[-1] = (widened[-1][0], max(widened[-1][1], right))
        else:
            widened.append((left, right))
    return widened


def _distance(column: Interval, x: float) -> float:
    return max(column[0] - x, x - column[1], 0.0)


def _is_marker(text: str) -> bool:
    found = marker(f"{text} X")
    return found is not None and found.length == len(text) + 1


def _header(table: Sequence[Sequence[Cell]]) -> Header:
    """The first row is a header where it looks unlike the second, where it alone has no figures, or over many columns.

    Two columns alike are as often a name and its value.
    """
    first, second = ([segment for cell in row for segment in cell] for row in table[:2])
    if all(segment.bold for segment in first) and not all(segment.bold for segment in second):
        return Header.STYLED
    if {segment.runs[0].colour for segment in first}.isdisjoint(segment.runs[0].colour for segment in second):
        return Header.STYLED
    if any(map(_has_digit, table[0])) or not all(table[0]):
        return Header.NONE
    figures = any(all(_has_digit(row[column]) for row in table[1:]) for column in range(len(table[0])))
    return Header.LIKELY if figures or len(table[0]) > 2 else Header.NONE


def _has_digit(cell: Cell) -> bool:
    return any(character.isdigit() for segment in cell for character in segment.text)
