"""A result's chart as a block of Slack's own, where it fits; else it goes as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from bot.slack.chart_bars import share_rows
from bot.slack.chart_parts import worded
from bot.slack.markup import safe
from tools.results import Chart, Series

MOST = 2
TITLE, LABEL = 50, 20
POINTS, PARTS = 20, 6


def block(chart: Chart) -> dict[str, Any] | None:
    """The data_visualization block; None where Slack would refuse it or show it worse than the picture: a gap, more
    than 20 labels or 6 series, names over 20 characters or the same twice, a share that is not above zero."""
    chart = _with_data(chart)
    labels = [_plain(label) for label in chart.labels]
    values = [value for series in chart.series for value in series.values]
    if not _named(labels, POINTS) or share_rows(chart) or any(value is None for value in values):
        return None
    title = _title(chart)
    if title is None:
        return None
    shown = [_points(labels, series) for series in chart.series]
    if chart.kind == "pie":
        if len(shown) != 1 or len(labels) > PARTS or any(value is not None and value <= 0 for value in values):
            return None
        return {"type": "data_visualization", "title": title, "chart": {"type": "pie", "segments": shown[0]}}
    names = [_plain(series.name) for series in chart.series]
    if not _named(names, PARTS):
        return None
    drawn = {
        "type": chart.kind,
        "series": [{"name": name, "data": points} for name, points in zip(names, shown, strict=True)],
        "axis_config": {"categories": labels, "y_label": _plain(chart.unit)[:TITLE]},
    }
    return {"type": "data_visualization", "title": title, "chart": drawn}


def characters(chart: Any) -> int:
    """At most how many characters Slack counts of the block."""
    if isinstance(chart, dict):
        return sum(characters(value) for value in chart.values())
    if isinstance(chart, list):
        return sum(characters(value) for value in chart)
    return len(str(chart))


def _with_data(chart: Chart) -> Chart:
    """Without the labels at the beginning and end that no series has a value for: months still to come."""
    known = [at for at in range(len(chart.labels)) if any(series.values[at] is not None for series in chart.series)]
    if not known:
        return chart
    kept = slice(known[0], known[-1] + 1)
    series = tuple(Series(one.name, one.values[kept]) for one in chart.series)
    return Chart(chart.kind, chart.title, chart.unit, chart.labels[kept], series)


def _points(labels: Sequence[str], series: Series) -> list[dict[str, Any]]:
    pairs = zip(labels, series.values, strict=True)
    return [{"label": label, "value": _number(value)} for label, value in pairs if value is not None]


def _title(chart: Chart) -> str | None:
    """The title with its unit where there is room; a long one loses what stands after its last commas."""
    title = _plain(worded(chart.title))
    while len(title) > TITLE and ", " in title:
        title = title.rpartition(", ")[0]
    if not title or len(title) > TITLE:
        return None
    with_unit = f"{title} ({_plain(chart.unit)})"
    return with_unit if len(with_unit) <= TITLE else title


def _named(names: list[str], most: int) -> bool:
    return 0 < len(names) <= most and len(set(names)) == len(names) and all(0 < len(name) <= LABEL for name in names)


def _number(value: Decimal) -> float | int:
    """To the cent, small ones to four digits: what is shown on a chart, never added up again."""
    places = max(2, 3 - value.adjusted()) if value else 2
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)


def _plain(text: str) -> str:
    return " ".join(safe(text, ()).split())
