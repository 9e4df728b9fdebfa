from __future__ import annotations

import re
from xml.etree import ElementTree

from evals.charts import Bar, histogram, interval_bar, reliability_plot
from evals.metrics.calibration import Bin
from evals.statistics import Interval


def attributes(svg: str, kind: str, name: str) -> list[float]:
    found = [element for element in ElementTree.fromstring(svg).iter() if element.get("class") == kind]
    return [float(element.attrib[name]) for element in found]


def test_an_interval_is_a_band_from_low_to_high_with_a_tick_at_the_mean() -> None:
    svg = interval_bar(Bar("nl", 20, 0.5, Interval(0.25, 0.75)))
    assert (attributes(svg, "band", "x"), attributes(svg, "band", "width")) == ([25.0], [50.0])
    assert attributes(svg, "tick", "x") == [49.5]


def test_a_bin_is_a_dot_whose_area_grows_with_its_count() -> None:
    svg = reliability_plot([Bin(0.0, 0.1, 1, 0.0, 0.0), Bin(0.9, 1.0, 4, 1.0, 1.0)])
    xs, ys, radii = (attributes(svg, "dot", name) for name in ("cx", "cy", "r"))
    assert xs[0] < xs[1]
    assert ys[0] > ys[1]  # up is more
    assert radii == [7.5, 12.0]
    assert "answerable in 1.00 of 4" in svg


def test_a_histogram_counts_every_value_once() -> None:
    svg = histogram([1.0] * 3 + [10.0] * 5 + [1000.0], [("p50", 10.0)], "ms")
    assert sum(int(count) for count in re.findall(r"<title>(\d+) questions", svg)) == 9
    assert ">p50</text>" in svg


def test_plots_of_nothing_are_empty() -> None:
    assert "dot" not in reliability_plot([])
