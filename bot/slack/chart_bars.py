"""Bars: in rows with their values, upright where there are many, and shares, largest first."""

from __future__ import annotations

from decimal import Decimal
from textwrap import wrap
from typing import TYPE_CHECKING

from bot.slack.chart_parts import (
    COLOURS,
    INK,
    LABEL_WIDTH,
    LABELS_SHOWN,
    SMALL,
    colours,
    floats,
    legend,
    shortened,
    value_axis,
    worded,
)
from tools.results import Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def bars(axes: Axes, chart: Chart) -> None:
    """Bars side by side; series that never share a label (chosen, not chosen), or go both ways from zero (a tornado),
    have the whole row each."""
    count = max(1, len(chart.series))
    known_of = [sum(value is not None for value in row) for row in zip(*(s.values for s in chart.series), strict=True)]
    apart = share_rows(chart)
    width = 0.8 if apart else 0.8 / count
    for number, (series, colour) in enumerate(zip(chart.series, colours(count), strict=True)):
        shift = 0.0 if apart else (number - (count - 1) / 2) * width
        places = [place + shift for place in range(len(chart.labels))]
        known = [(place, value) for place, value in zip(places, series.values, strict=True) if value is not None]
        axes.barh(
            [p for p, _ in known], [float(v) for _, v in known], width * 0.92, color=colour, label=series.name
        )  # fmt: skip
        for place, value, known_here in zip(places, series.values, known_of, strict=True):
            if apart and value is None and known_here:
                continue
            axes.annotate(
                "unknown" if value is None else shortened(value, chart.unit),
                (float(value or 0), place), xytext=(-4 if value is not None and value < 0 else 4, 0),
                textcoords="offset points", va="center", ha="right" if value is not None and value < 0 else "left",
                fontsize=SMALL, color=INK, annotation_clip=False,
            )  # fmt: skip
    axes.set_yticks(range(len(chart.labels)), [_row_label(label) for label in chart.labels])
    axes.invert_yaxis()
    axes.margins(x=0.18)
    value_axis(axes, chart, "x")
    if any(value is not None and value < 0 for series in chart.series for value in series.values):
        axes.axvline(0, color=INK, linewidth=0.8)
        axes.spines["left"].set_visible(False)
    if count > 1:
        legend(axes, count)


def _row_label(label: str) -> str:
    """On two lines at most, cut at the end."""
    lines = wrap(worded(label), LABEL_WIDTH) or [""]
    return "\n".join(lines[:2]) + ("..." if len(lines) > 2 else "")


def share_rows(chart: Chart) -> bool:
    """Whether the series of a bar chart never stand on the same side of zero at one label."""
    rows = list(zip(*(series.values for series in chart.series), strict=True))
    sides = [[value > 0 for value in row if value] for row in rows]
    return len(chart.series) > 1 and all(len(set(side)) == len(side) for side in sides)


def columns(axes: Axes, chart: Chart) -> None:
    """Upright bars, for more labels than rows can show; every few of them is named."""
    places = range(len(chart.labels))
    count = max(1, len(chart.series))
    width = 0.8 / count
    for number, (series, colour) in enumerate(zip(chart.series, colours(count), strict=True)):
        shift = (number - (count - 1) / 2) * width
        axes.bar([p + shift for p in places], floats(series), width * 0.95, color=colour, label=worded(series.name))
    value_axis(axes, chart, "y")
    step = max(1, -(-len(places) // LABELS_SHOWN))
    axes.set_xticks(places[::step], [worded(label) for label in chart.labels[::step]], rotation=35, ha="right")
    if count > 1:
        legend(axes, count)


def shares(axes: Axes, chart: Chart) -> None:
    """A pie reads badly: shares are drawn as bars, largest first, and the rest stays as given."""
    values = chart.series[0].values if chart.series else ()
    order = sorted(range(len(values)), key=lambda place: (values[place] is None, -(values[place] or Decimal(0))))
    known = [values[place] for place in order]
    places = range(len(order))
    axes.barh(places, [float(value or 0) for value in known], 0.7, color=COLOURS[0])
    for place, value in zip(places, known, strict=True):
        text = "unknown" if value is None else shortened(value, chart.unit)
        axes.annotate(text, (float(value or 0), place), xytext=(4, 0), textcoords="offset points", va="center",
                      fontsize=SMALL, color=INK, annotation_clip=False)  # fmt: skip
    axes.set_yticks(places, [_row_label(chart.labels[place]) for place in order])
    axes.invert_yaxis()
    axes.margins(x=0.16)
    value_axis(axes, chart, "x")
