"""Lines: where the points stand, a range as a band, the point where two lines cross, names at their ends."""

from __future__ import annotations

import re
from itertools import pairwise
from textwrap import fill
from typing import TYPE_CHECKING

from bot.slack.chart_parts import (
    BAND,
    HIGH,
    INK,
    LABELS_SHOWN,
    LOW,
    SMALL,
    colours,
    floats,
    legend,
    value_axis,
    worded,
)
from tools.results import Chart, Series

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def lines(axes: Axes, chart: Chart) -> None:
    places = _places(chart.labels)
    ends: list[tuple[float, str, str]] = []
    band = {series.name: floats(series) for series in chart.series if series.name in (LOW, HIGH)}
    shown = [series for series in chart.series if len(band) < 2 or series.name not in band]
    for series, colour in zip(shown, colours(len(shown)), strict=True):
        values = floats(series)
        marked = "o" if len(values) <= 40 else ""
        axes.plot(places, values, color=colour, linewidth=2, marker=marked, markersize=4, label=worded(series.name))
        known = [value for value in values if value == value]
        if known:
            ends.append((values[-1] if values[-1] == values[-1] else known[-1], worded(series.name), colour))
    if len(band) == 2:
        axes.fill_between(places, band[LOW], band[HIGH], color=BAND, linewidth=0, label="range", zorder=1)
    _mark_crossing(axes, places, shown)
    value_axis(axes, chart, "y")
    if places:
        _label_points(axes, chart, places)
    if len(shown) > 1 and len(band) < 2 and all(series.values[-1] is not None for series in shown):
        _name_at_end(axes, ends, places[-1])
    elif len(chart.series) > 1:
        legend(axes, len(chart.series))


def _label_points(axes: Axes, chart: Chart, places: list[float]) -> None:
    """Every few points are named, the last one always."""
    step = max(1, -(-len(places) // LABELS_SHOWN))
    first = (len(places) - 1) % step
    labels = [worded(chart.labels[at]) for at in range(first, len(places), step)]
    axes.set_xticks(places[first::step], labels)
    margin = 0.03 * max(places[-1] - places[0], 1)
    axes.set_xlim(places[0] - margin, max(places[-1], places[0] + 1) + margin)
    if sum(map(len, labels)) > 52:
        for label in axes.get_xticklabels():
            label.set(rotation=35, ha="right", rotation_mode="anchor")


def _places(labels: tuple[str, ...]) -> list[float]:
    """Where the points stand along the axis: percents by their size, anything else in equal steps."""
    shares = [float(label[:-1]) for label in labels if re.fullmatch(r"\d+(?:\.\d+)?%", label)]
    if len(shares) == len(labels) > 1 and all(one < other for one, other in pairwise(shares)):
        return shares
    return [float(place) for place in range(len(labels))]


def _mark_crossing(axes: Axes, places: list[float], shown: list[Series]) -> None:
    """A ring where two lines cross once: the break-even."""
    if len(shown) != 2:
        return
    one, other = (floats(series) for series in shown)
    apart = [left - right for left, right in zip(one, other, strict=True)]
    found = []
    for at in range(len(apart) - 1):
        if apart[at] * apart[at + 1] < 0 or (apart[at] == 0 and at > 0):
            part = apart[at] / (apart[at] - apart[at + 1]) if apart[at] != apart[at + 1] else 0.0
            found.append((places[at] + part * (places[at + 1] - places[at]), one[at] + part * (one[at + 1] - one[at])))
    if len(found) == 1:
        axes.plot(*found[0], marker="o", markersize=11, fillstyle="none", color=INK, linestyle="none", zorder=5)


def _name_at_end(axes: Axes, ends: list[tuple[float, str, str]], last: float) -> None:
    """Each line's name beside its end, moved apart where the ends are near, but not past the top."""
    low, high = axes.get_ylim()
    gap = (high - low) * 0.06
    ranked, heights = sorted(ends), list[float]()
    for value, _, _ in ranked:
        heights.append(max(value, heights[-1] + gap) if heights else value)
    ceiling = high
    for place in reversed(range(len(heights))):
        heights[place] = min(heights[place], ceiling)
        ceiling = heights[place] - gap
    for at, (_, name, colour) in zip(heights, ranked, strict=True):
        axes.annotate(
            fill(name[:36], 18), (last, at), xytext=(10, 0), textcoords="offset points", color=colour, va="center",
            fontsize=SMALL,
            annotation_clip=False,
        )  # fmt: skip
