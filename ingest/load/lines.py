"""From runs to segments, rows and the text of a line: what stands side by side on one baseline."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from ingest.load.sheet import Run

WIDE_GAP = 0.9  # of the font size: wider than the space between words, narrower than that between cells
_CELL_GAP = 0.6  # of the font size: as narrow as this between cells, if others above or below start at the same place
_CELLS_NEARBY = 6.0  # of the font size: how far above or below
_FEWEST_ALIGNED = 2  # others that start there
_SAME_EDGE = 0.5  # points
_SAME_ROW = 0.5  # of the font size: how far the baseline of a raised figure may lie from that of its line
_LETTER_GAP = 0.12  # of the font size: runs closer than this belong to one word
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED_SIZE = 0.8  # of the size of its line: what is as small and raised as this is a superscript


@dataclass(slots=True)
class Segment:
    """Runs that follow each other without a wide gap; `order` is its place among the segments as drawn."""

    order: int
    runs: list[Run] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0
    baseline: float = 0.0
    size: float = 0.0

    def add(self, run: Run) -> None:
        """Takes in a further run; the largest type gives the baseline and the size."""
        self.left = min(self.left, run.left) if self.runs else run.left
        self.right = max(self.right, run.right) if self.runs else run.right
        if run.size > self.size:
            self.baseline, self.size = run.baseline, run.size
        self.runs.append(run)

    @property
    def bold(self) -> bool:
        """Whether every letter is bold."""
        return all(run.bold for run in self.runs)

    @property
    def text(self) -> str:
        """Its text, for looking at."""
        return line_text([self]).text


def segments(runs: Iterable[Run]) -> list[Segment]:
    """The segments of runs, in the order in which they were drawn."""
    joined: list[Segment] = []
    for run in runs:
        if not joined or not _joins(joined[-1], run):
            joined.append(Segment(len(joined)))
        joined[-1].add(run)
    starts = defaultdict[int, list[Segment]](list)
    for segment in joined:
        starts[round(segment.left)].append(segment)
    found: list[Segment] = []
    for cell in (cell for segment in joined for cell in _cells(segment, starts)):
        found.append(Segment(len(found)))
        for run in cell:
            found[-1].add(run)
    return found


def _cells(segment: Segment, starts: Mapping[int, Sequence[Segment]]) -> Iterator[list[Run]]:
    """The runs of a segment; apart where the cell of a table is so full that its neighbour stands close to it."""
    cell = segment.runs[:1]
    for before, run in pairwise(segment.runs):
        if run.left - before.right >= _CELL_GAP * segment.size and _is_column(run, segment, starts):
            yield cell
            cell = []
        cell.append(run)
    yield cell


def _is_column(run: Run, segment: Segment, starts: Mapping[int, Sequence[Segment]]) -> bool:
    """Whether other segments nearby start where a run does."""
    edge = round(run.left)
    aligned = (
        other
        for place in (edge - 1, edge, edge + 1)
        for other in starts.get(place, ())
        if other is not segment
        and abs(other.left - run.left) <= _SAME_EDGE
        and abs(other.baseline - run.baseline) <= _CELLS_NEARBY * segment.size
    )
    return len(list(islice(aligned, _FEWEST_ALIGNED))) == _FEWEST_ALIGNED


def _joins(segment: Segment, run: Run) -> bool:
    size = max(segment.size, run.size)
    apart = abs(segment.baseline - run.baseline)
    return apart <= _SAME_ROW * size and -0.5 * size <= run.left - segment.right <= WIDE_GAP * size


def rows(found: Iterable[Segment]) -> list[list[Segment]]:
    """Segments by baseline, from the top, each row from left to right."""
    grouped: list[list[Segment]] = []
    for segment in sorted(found, key=lambda segment: -segment.baseline):
        if grouped and grouped[-1][0].baseline - segment.baseline <= _SAME_ROW * min(grouped[-1][0].size, segment.size):
            grouped[-1].append(segment)
        else:
            grouped.append([segment])
    for row in grouped:
        row.sort(key=lambda segment: segment.left)
    return grouped


@dataclass(frozen=True, slots=True)
class LineText:
    """Text and, for each of its characters, the character of the page that it shows; -1 for a space between runs."""

    text: str
    sources: list[int]


def line_text(row: Sequence[Segment]) -> LineText:
    """The text of segments on one baseline, read from left to right, or from right to left in scripts that do."""
    runs = sorted((run for segment in row for run in segment.runs), key=lambda run: run.left)
    if _reads_leftwards(runs):
        runs.reverse()
    size = max(run.size for run in runs)
    baseline = next(run.baseline for run in runs if run.size == size)
    text, sources = "", list[int]()
    for number, run in enumerate(runs):
        if number and _is_spaced(runs[number - 1], run):
            text += " "
            sources.append(-1)
        raised = run.size <= _RAISED_SIZE * size and run.baseline > baseline + 0.15 * size and run.text.isdecimal()
        text += run.text.translate(_SUPERSCRIPTS) if raised else run.text
        sources += range(run.first, run.first + len(run.text))
    return LineText(text, sources)


def _is_spaced(before: Run, run: Run) -> bool:
    if run.first == before.first + len(before.text):
        return not run.glued
    gap = max(run.left - before.right, before.left - run.right)
    return gap > _LETTER_GAP * max(run.size, before.size)


def _reads_leftwards(runs: Sequence[Run]) -> bool:
    if all(run.text.isascii() for run in runs):
        return False
    letters = [character for run in runs for character in run.text if character.isalpha()]
    return sum(unicodedata.bidirectional(letter) in ("R", "AL") for letter in letters) * 2 > len(letters)
