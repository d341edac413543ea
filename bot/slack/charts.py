"""A result's chart as a PNG to put into a thread."""

from __future__ import annotations

import io
from decimal import Decimal
from textwrap import fill
from typing import TYPE_CHECKING

from tools.money import SYMBOLS
from tools.results import Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = ("#2f6db5", "#d1782a", "#3f8f5b", "#b04a6f", "#7a63b5", "#8a7a3c", "#3f8c99", "#6b6b6b")
INK, FAINT = "#26282b", "#d9dce0"
LABELS_SHOWN = 13
TITLE_WIDTH = 80
SCALES = ((Decimal(10) ** 12, "T"), (Decimal(10) ** 9, "B"), (Decimal(10) ** 6, "M"), (Decimal(10) ** 3, "k"))


def draw(chart: Chart) -> bytes:
    """PNG, about 1,600 pixels wide. A gap stays a gap; values are only placed, never summed up or changed."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with rc_context({"text.parse_math": False}):  # two dollar signs are money, not a formula
        bars = chart.kind == "bar"
        height = max(3.2, 0.42 * len(chart.labels) * max(1, 0.6 * len(chart.series)) + 1.5) if bars else 4.5
        figure = Figure(figsize=(8, min(height, 14)), dpi=200, layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        figure.suptitle(fill(chart.title, TITLE_WIDTH), x=0.01, ha="left", fontsize=12, fontweight="bold", color=INK)
        {"line": _lines, "bar": _bars, "pie": _shares}[chart.kind](axes, chart)
        output = io.BytesIO()
        figure.savefig(output, format="png", facecolor="white")
        return output.getvalue()


def shortened(value: Decimal, unit: str) -> str:
    """As an axis says it: `$1.2M`, `€340k`, `$12.50`, `0.0125`, `35%`; at most three significant digits, and cents."""
    size, suffix = abs(value), ""
    for scale, letter in SCALES:
        if size >= scale:
            size, suffix = size / scale, letter
            break
    digits = max(0, 2 - size.adjusted()) if size else 0
    number = f"{size:.{digits}f}"
    number = number.rstrip("0").rstrip(".") if "." in number else number
    if unit in SYMBOLS and not suffix and "." in number:
        number += "0" * (2 - len(number.partition(".")[2]))
    sign = "-" if value < 0 else ""
    if unit == "%":
        return f"{sign}{number}{suffix}%"
    return f"{sign}{SYMBOLS.get(unit, '')}{number}{suffix}"


def _lines(axes: Axes, chart: Chart) -> None:
    places = list(range(len(chart.labels)))
    ends: list[tuple[float, str, str]] = []
    for series, colour in zip(chart.series, _colours(len(chart.series)), strict=True):
        values = [float("nan") if value is None else float(value) for value in series.values]
        axes.plot(places, values, color=colour, linewidth=2, marker="o", markersize=4, label=series.name)
        known = [value for value in values if value == value]
        if known:
            ends.append((values[-1] if values[-1] == values[-1] else known[-1], series.name, colour))
    _value_axis(axes, chart, "y")
    step = max(1, -(-len(places) // LABELS_SHOWN))
    first = (len(places) - 1) % step
    axes.set_xticks(places[first::step], [chart.labels[place] for place in places[first::step]])
    axes.set_xlim(-0.3, max(len(places) - 1, 1) + 0.3)
    if len(chart.labels) > 6 and max(map(len, chart.labels)) > 6:
        for label in axes.get_xticklabels():
            label.set(rotation=35, ha="right", rotation_mode="anchor")
    if len(chart.series) > 1 and all(series.values[-1] is not None for series in chart.series):
        _name_at_end(axes, ends, len(places) - 1)
    elif len(chart.series) > 1:
        _legend(axes, len(chart.series))


def _name_at_end(axes: Axes, ends: list[tuple[float, str, str]], last: int) -> None:
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
            name[:28], (last, at), xytext=(10, 0), textcoords="offset points", color=colour, va="center", fontsize=9,
            annotation_clip=False,
        )  # fmt: skip


def _legend(axes: Axes, count: int) -> None:
    """Under the chart, where the names cannot stand beside what they name."""
    axes.figure.legend(loc="outside lower center", ncols=min(count, 4), frameon=False, fontsize=9)


def _bars(axes: Axes, chart: Chart) -> None:
    """Bars side by side; series that never share a label (chosen, not chosen) have the whole row each."""
    count = max(1, len(chart.series))
    known_of = [sum(value is not None for value in row) for row in zip(*(s.values for s in chart.series), strict=True)]
    apart = count > 1 and max(known_of, default=0) <= 1
    width = 0.8 if apart else 0.8 / count
    for number, (series, colour) in enumerate(zip(chart.series, _colours(count), strict=True)):
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
                fontsize=9, color=INK, annotation_clip=False,
            )  # fmt: skip
    axes.set_yticks(range(len(chart.labels)), [label[:40] for label in chart.labels])
    axes.invert_yaxis()
    axes.margins(x=0.14)
    _value_axis(axes, chart, "x")
    if any(value is not None and value < 0 for series in chart.series for value in series.values):
        axes.axvline(0, color=INK, linewidth=0.8)
        axes.spines["left"].set_visible(False)
    if count > 1:
        _legend(axes, count)


def _shares(axes: Axes, chart: Chart) -> None:
    """A pie reads badly: shares are drawn as bars, largest first, and the rest stays as given."""
    values = chart.series[0].values if chart.series else ()
    order = sorted(range(len(values)), key=lambda place: (values[place] is None, -(values[place] or Decimal(0))))
    known = [values[place] for place in order]
    places = range(len(order))
    axes.barh(places, [float(value or 0) for value in known], 0.7, color=COLOURS[0])
    for place, value in zip(places, known, strict=True):
        text = "unknown" if value is None else shortened(value, chart.unit)
        axes.annotate(text, (float(value or 0), place), xytext=(4, 0), textcoords="offset points", va="center",
                      fontsize=9, color=INK, annotation_clip=False)  # fmt: skip
    axes.set_yticks(places, [chart.labels[place][:40] for place in order])
    axes.invert_yaxis()
    axes.margins(x=0.16)
    _value_axis(axes, chart, "x")


def _value_axis(axes: Axes, chart: Chart, which: str) -> None:
    axis = axes.yaxis if which == "y" else axes.xaxis
    axis.set_major_formatter(lambda value, _: shortened(Decimal(str(round(value, 12))), chart.unit))
    axis.grid(True, color=FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    if which == "y":
        values = [value for series in chart.series for value in series.values if value is not None]
        if values and min(values) >= 0:
            axes.set_ylim(bottom=0)
        axes.text(0, 1.02, chart.unit, transform=axes.transAxes, fontsize=9, color="#5c6066", va="bottom")
    else:
        axes.set_xlabel(chart.unit, fontsize=9, color="#5c6066", loc="left")
    for side in ("top", "right", "left" if which == "y" else "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0, labelsize=9, colors=INK)


def _colours(count: int) -> list[str]:
    return [COLOURS[number % len(COLOURS)] for number in range(count)]
