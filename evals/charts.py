"""Plots as inline SVG, small enough to read the numbers off; colours and type come from the page's style sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from evals.metrics.calibration import Bin
from evals.statistics import Interval

_SIDE, _MARGIN = 300, 34  # of the reliability plot
_WIDTH, _HEIGHT, _BASE = 340, 150, 24  # of the histogram
_BARS = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """A mean with its interval, over so many questions; all from 0 to 1."""

    label: str
    count: int
    mean: float
    interval: Interval


def interval_bar(bar: Bar) -> str:
    """A line from 0 to 1 with the interval as a band and the mean as a tick; it stretches to the width it is given."""
    low, high, middle = (100 * value for value in (bar.interval.low, bar.interval.high, bar.mean))
    return (
        '<svg class="interval" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="track" x="0" y="4.5" width="100" height="1"/>'
        f'<rect class="band" x="{low:.1f}" y="2" width="{max(high - low, 0.4):.1f}" height="6"/>'
        f'<rect class="tick" x="{middle - 0.5:.1f}" y="0" width="1" height="10"/></svg>'
    )


def reliability_plot(bins: Sequence[Bin]) -> str:
    """Evidence against how often it was right: on the diagonal it can be read as a probability. Area is the count."""
    most = max((filled.count for filled in bins), default=1)
    dots = "".join(
        f'<circle class="dot" cx="{_x(filled.confidence):.1f}" cy="{_y(filled.frequency):.1f}" '
        f'r="{3 + 9 * (filled.count / most) ** 0.5:.1f}"><title>evidence {filled.confidence:.2f}: answerable in '
        f"{filled.frequency:.2f} of {filled.count}</title></circle>"
        for filled in bins
    )
    return (
        f'<svg class="plot" viewBox="0 0 {_SIDE} {_SIDE}" role="img" aria-label="Reliability of the evidence">'
        f"{''.join(_grid())}"
        f'<line class="diagonal" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>{dots}'
        f'<text x="{_x(0.5)}" y="{_SIDE - 2}" text-anchor="middle">evidence</text>'
        f'<text transform="translate(10 {_y(0.5)}) rotate(-90)" text-anchor="middle">share answerable</text></svg>'
    )


def histogram(values: Sequence[float], marks: Sequence[tuple[str, float]], unit: str) -> str:
    """How often values occur, with some of them marked by name; the last bar holds all beyond the 99th percentile."""
    most = float(np.percentile(values, 99)) or 1.0
    counts, _ = np.histogram(np.minimum(values, most), bins=_BARS, range=(0.0, most))
    wide, tall = _WIDTH / _BARS, _HEIGHT - _BASE - 14
    bars = "".join(
        f'<rect class="band" x="{place * wide + 0.5:.1f}" y="{_HEIGHT - _BASE - tall * count / counts.max():.1f}" '
        f'width="{wide - 1:.1f}" height="{tall * count / counts.max():.1f}"><title>{count} questions</title></rect>'
        for place, count in enumerate(counts)
    )
    return (
        f'<svg class="plot" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="Distribution in {unit}">{bars}'
        f"{''.join(_marks(marks, most))}"
        f'<line class="axis" x1="0" y1="{_HEIGHT - _BASE}" x2="{_WIDTH}" y2="{_HEIGHT - _BASE}"/>'
        f'<text x="0" y="{_HEIGHT - 8}">0</text>'
        f'<text x="{_WIDTH}" y="{_HEIGHT - 8}" text-anchor="end">{most:.0f} {unit}</text></svg>'
    )


def _marks(marks: Sequence[tuple[str, float]], most: float) -> Iterator[str]:
    for name, value in marks:
        x = min(value / most, 1.0) * _WIDTH
        anchor = "end" if x > _WIDTH / 2 else "start"
        yield f'<line class="tick" x1="{x:.1f}" y1="0" x2="{x:.1f}" y2="{_HEIGHT - _BASE}"/>'
        yield f'<text x="{x + (-4 if anchor == "end" else 4):.1f}" y="11" text-anchor="{anchor}">{name}</text>'


def _grid() -> Iterator[str]:
    for value in (0.0, 0.25, 0.5, 0.75, 1.0):
        yield f'<line class="axis" x1="{_x(0)}" y1="{_y(value)}" x2="{_x(1)}" y2="{_y(value)}"/>'
        yield f'<text x="{_x(value)}" y="{_SIDE - 18}" text-anchor="middle">{value:g}</text>'
        yield f'<text x="{_MARGIN - 5}" y="{_y(value) + 4:.1f}" text-anchor="end">{value:g}</text>'


def _x(share: float) -> float:
    return _MARGIN + share * (_SIDE - _MARGIN - 10)


def _y(share: float) -> float:
    return _SIDE - _MARGIN - share * (_SIDE - _MARGIN - 10)
