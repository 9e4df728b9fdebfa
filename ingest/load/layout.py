"""From a page as drawn to its text in reading order, and to the pieces of it that belong together."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.load.blocks import CELL_SEPARATOR
from ingest.load.columns import flows
from ingest.load.lines import LineText, Segment, line_text, rows, segments
from ingest.load.markers import Marker, OpenLists, marker
from ingest.load.sheet import Run, Sheet
from ingest.load.tables import Cell, Header, Interval, Lines, Rulings, Table, parts
from ingest.normalise import normalise

_SPACING = 1.22  # of the usual step between lines: a larger one starts a paragraph
_LEADING = 1.25  # of the font size: the step where lines show no other
_INDENT = 0.8  # of the font size
_SAME_SIZE = 0.12  # of the font size
_LARGE = 1.2  # of the page's usual font size: such lines are parts of one title, however short they are
_TITLE_SPACING = 1.42  # of the font size
_ROOM = 0.35  # of the column: a line that leaves so much empty was ended on purpose
_FIRST_WORD = re.compile(r"\S+")
_STOP = re.compile(r"[.:;!?][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class TableRow:
    """Where a piece stands in a table: which row of how many."""

    row: int
    rows: int
    columns: tuple[Interval, ...]
    header: Header


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, an item or a table row: `[start, end)` of the page text, how it looks and where it stands."""

    start: int
    end: int
    left: float
    top: float
    bottom: float
    size: float
    bold: bool
    lines: int
    marker: Marker | None = None
    row: TableRow | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A page's normalised text; `sources[i]` is the character of the page that `text[i]` shows, or -1."""

    text: str
    sources: Sequence[int]
    pieces: tuple[Piece, ...]
    tags: int = 0


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    sources: list[int]
    left: float
    right: float
    baseline: float
    size: float
    bold: bool

    @classmethod
    def of(cls, row: Sequence[Segment]) -> _Line:
        """A row as one line; its size is that of most of its characters."""
        said = line_text(row)
        sizes = Counter[float]()
        for segment in row:
            for run in segment.runs:
                sizes[run.size] += len(run.text)
        size = sizes.most_common(1)[0][0]
        baseline = next(run.baseline for segment in row for run in segment.runs if run.size == size)
        bold = all(segment.bold for segment in row)
        return cls(said.text, said.sources, row[0].left, max(segment.right for segment in row), baseline, size, bold)


@dataclass(slots=True)
class _Draft:
    """A piece before normalisation: raw text with its sources."""

    text: str
    sources: list[int]
    lines: Sequence[_Line]
    marker: Marker | None = None
    row: TableRow | None = None


def lay_out(sheet: Sheet) -> Layout:
    """The text of a page in reading order; it depends on nothing but the page."""
    drafts = list(_drafts(sheet.runs, Rulings(sheet.level, sheet.upright)))
    for runs in sheet.turned:
        drafts += _drafts(runs, Rulings())
    return _assembled(drafts)


def _drafts(runs: Iterable[Run], rulings: Rulings) -> Iterator[_Draft]:
    found = segments(runs)
    usual_size = _usual_size(found)
    open_lines: list[_Line] = []
    for flow in flows(found, rulings.level):
        for part in parts(rows(flow), rulings):
            paragraphs = [] if isinstance(part, Table) else list(_paragraphs(part, usual_size))
            if open_lines and paragraphs and _goes_on(open_lines, paragraphs[0]):
                paragraphs[0] = open_lines + paragraphs[0]
            elif open_lines:
                yield _paragraph(open_lines)
            open_lines = paragraphs.pop() if paragraphs else []
            yield from map(_paragraph, paragraphs)
            if isinstance(part, Table):
                yield from _table_rows(part)
    if open_lines:
        yield _paragraph(open_lines)


def _goes_on(lines: Sequence[_Line], more: Sequence[_Line]) -> bool:
    """Whether a paragraph goes on at the top of the next column: in the middle of a sentence."""
    last, first = lines[-1], more[0]
    if abs(last.size - first.size) > _SAME_SIZE * last.size or last.bold != first.bold or len(lines) < 2:
        return False
    return first.text[0].islower() and not _STOP.search(last.text) and marker(first.text) is None


def usual_size(layouts: Iterable[Layout]) -> float:
    """The font size of most of a document's text."""
    sizes = Counter[float]()
    for layout in layouts:
        for piece in layout.pieces:
            sizes[round(piece.size, 1)] += piece.end - piece.start
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _usual_size(found: Iterable[Segment]) -> float:
    sizes = Counter[float]()
    for segment in found:
        sizes[segment.size] += sum(len(run.text) for run in segment.runs)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _paragraphs(lines: Lines, usual_size: float) -> Iterator[list[_Line]]:
    found = [_Line.of(row) for row in lines.rows]
    column = _Column.of(found, usual_size)
    current: list[_Line] = []
    for line in found:
        if current and column.breaks(current, line):
            yield current
            current = []
        if not current and (start := marker(line.text)):
            column.lists.level(start)
        current.append(line)
    if current:
        yield current


@dataclass(slots=True)
class _Column:
    """What is usual where lines stand: the step between them, their right edge, the lists that are open."""

    steps: Mapping[float, float]  # by font size
    right: float
    width: float
    usual_size: float
    lists: OpenLists = field(default_factory=OpenLists)

    @classmethod
    def of(cls, lines: Sequence[_Line], usual_size: float) -> _Column:
        counts: dict[float, Counter[float]] = defaultdict(Counter)
        for one, other in pairwise(lines):
            step = one.baseline - other.baseline
            # Where lines stand far apart, only those that go on with a sentence show that the text is set so.
            widest = (2.6 if other.text[0].islower() else 1.5) * one.size
            if one.size == other.size and 0.8 * one.size <= step <= widest:
                counts[one.size][round(step, 1)] += 1
        steps = {size: _usual_step(each) for size, each in counts.items()}
        right = max(line.right for line in lines)
        return cls(steps, right, right - min(line.left for line in lines), usual_size)

    def breaks(self, current: Sequence[_Line], line: _Line) -> bool:
        """Whether a line starts a new paragraph after those before it."""
        last = current[-1]
        step = last.baseline - line.baseline
        if abs(line.size - last.size) > _SAME_SIZE * last.size or not step > 0:
            return True
        if line.size >= _LARGE * self.usual_size:
            return step > _TITLE_SPACING * line.size or line.bold != last.bold or marker(line.text) is not None
        if step > _SPACING * self.steps.get(line.size, _LEADING * line.size) + 0.5:
            return True
        full = self._is_full(last, line)
        start = marker(line.text)
        if start and (
            not start.printed or not full or self.lists.continues(start) or (start.is_first and _STOP.search(last.text))
        ):
            return True
        if self._is_indented(current, line, full=full):
            return True
        return not full and (
            line.bold != last.bold or bool(_STOP.search(last.text)) or self.right - last.right > _ROOM * self.width
        )

    def _is_full(self, last: _Line, line: _Line) -> bool:
        """Whether the first word of the next line would not have fitted on the last one."""
        word = _FIRST_WORD.match(line.text)
        width = (line.right - line.left) * (len(word[0]) if word else 0) / max(len(line.text), 1)
        return last.right + width > self.right - 0.4 * line.size

    def _is_indented(self, current: Sequence[_Line], line: _Line, *, full: bool) -> bool:
        """Whether the left edge of a line says that a paragraph starts."""
        first, indent = current[0], _INDENT * line.size
        is_item = marker(first.text) is not None
        if len(current) > 1:
            left = min(other.left for other in current[1:])
            return line.left > left + indent or (line.left < left - indent and (is_item or not full))
        if line.left > first.left + indent:
            return not (is_item or full)
        return line.left < first.left - indent and is_item and not full


def _usual_step(counts: Counter[float]) -> float:
    """The smallest step that is common: where paragraphs are short, those between them are as many."""
    return min(step for step, count in counts.items() if 4 * count >= max(counts.values()))


def _paragraph(lines: Sequence[_Line]) -> _Draft:
    text, sources = "", list[int]()
    for line in lines:
        if text:
            text += "\n"
            sources.append(-1)
        text += line.text
        sources += line.sources
    start = marker(text)
    skipped = start.length if start and not start.printed else 0
    return _Draft(text[skipped:], sources[skipped:], lines, marker=start)


def _table_rows(table: Table) -> Iterator[_Draft]:
    for place, cells in enumerate(table.rows):
        text, sources = "", list[int]()
        for column, cell in enumerate(cells):
            said = _cell_text(cell)
            text += (CELL_SEPARATOR if column else "") + said.text
            sources += [-1] * (len(CELL_SEPARATOR) if column else 0) + said.sources
        lines = [_Line.of(row) for cell in cells if cell for row in rows(cell)]
        yield _Draft(text, sources, lines, row=TableRow(place, len(table.rows), table.columns, table.header))


def _cell_text(cell: Cell) -> LineText:
    lines = [line_text(row) for row in rows(cell)]
    sources: list[int] = []
    for line in lines:
        sources += [-1, *line.sources] if sources else line.sources
    return LineText("\n".join(line.text for line in lines), sources)


def _assembled(drafts: Sequence[_Draft]) -> Layout:
    raw = "\n\n".join(draft.text for draft in drafts)
    raw_sources = [source for draft in drafts for source in (*draft.sources, -1, -1)]
    normalised = normalise(raw)
    text, pieces, start = normalised.text, list[Piece](), 0
    for draft in drafts:
        end = start + len(draft.text)
        first, last = bisect_left(normalised.origins, start), bisect_left(normalised.origins, end)
        said = text[first:last].replace("\n", " ")
        text = text[:first] + said + text[last:]
        first, last = first + len(said) - len(said.lstrip()), last - len(said) + len(said.rstrip())
        if first < last:
            pieces.append(_piece(draft, first, last))
        start = end + 2
    return Layout(text, [raw_sources[origin] for origin in normalised.origins], tuple(pieces), normalised.tags)


def _piece(draft: _Draft, start: int, end: int) -> Piece:
    return Piece(
        start,
        end,
        left=draft.lines[0].left if draft.marker else min(line.left for line in draft.lines),
        top=max(line.baseline for line in draft.lines),
        bottom=min(line.baseline for line in draft.lines),
        size=max(draft.lines, key=lambda line: len(line.text)).size,
        bold=all(line.bold for line in draft.lines),
        lines=len(draft.lines),
        marker=draft.marker,
        row=draft.row,
    )
