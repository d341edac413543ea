"""What every chart's picture shares: colours, sizes, how a value and a name are written, the axis of values."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from tools.money import SYMBOLS
from tools.results import Chart, Series

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = ("#2f6db5", "#d1782a", "#3f8f5b", "#b04a6f", "#7a63b5", "#8a7a3c", "#3f8c99", "#6b6b6b")
INK, FAINT, BAND = "#26282b", "#d9dce0", "#e3c9a8"
LABELS_SHOWN = 9
MOST_ROWS = 16
TITLE_WIDTH = 62
LABEL_WIDTH = 26
WIDTH, DOTS = 6.4, 250
LARGE, SMALL = 12, 9.5
LOW, HIGH = "low end", "high end"
RAW = {"sku": "SKU", "skus": "SKUs", "sub account": "account", "ai": "AI"}
SCALES = ((Decimal(10) ** 12, "T"), (Decimal(10) ** 9, "B"), (Decimal(10) ** 6, "M"), (Decimal(10) ** 3, "k"))


def shortened(value: Decimal, unit: str) -> str:
    """As an axis says it: `$1.2M`, `€340k`, `$12.50`, `0.0125`, `35%`; at most three significant digits, and cents."""
    size, suffix = abs(value), ""
    currency = unit.partition(" ")[0]
    for scale, letter in SCALES:
        if size >= scale:
            size, suffix = size / scale, letter
            break
    digits = max(0, 2 - size.adjusted()) if size else 0
    if currency in SYMBOLS and not suffix and 1 <= size < 100:
        digits = 2
    number = f"{size:.{digits}f}"
    number = number.rstrip("0").rstrip(".") if "." in number else number
    if currency in SYMBOLS and not suffix and "." in number:
        number += "0" * (2 - len(number.partition(".")[2]))
    sign = "-" if value < 0 else ""
    if unit == "%":
        return f"{sign}{number}{suffix}%"
    return f"{sign}{SYMBOLS.get(currency, '')}{number}{suffix}"


def worded(text: str) -> str:
    """A title or label without the names that only programs use: `by sku` is by SKU."""
    plain = text.replace("_", " ")
    return re.sub(r"\b(?:sku|skus|sub account|ai)\b", lambda found: RAW[found[0]], plain)


def legend(axes: Axes, count: int) -> None:
    """Under the chart, where the names cannot stand beside what they name."""
    axes.figure.legend(loc="outside lower center", ncols=min(count, 4), frameon=False, fontsize=SMALL)


def value_axis(axes: Axes, chart: Chart, which: str) -> None:
    axis = axes.yaxis if which == "y" else axes.xaxis
    axis.set_major_formatter(lambda value, _: shortened(Decimal(str(round(value, 12))), chart.unit))
    axis.grid(True, color=FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    if which == "y":
        values = [value for series in chart.series for value in series.values if value is not None]
        if values and min(values) >= 0:
            axes.set_ylim(bottom=0)
        axes.text(0, 1.02, chart.unit, transform=axes.transAxes, fontsize=SMALL, color="#5c6066", va="bottom")
    else:
        axes.set_xlabel(chart.unit, fontsize=SMALL, color="#5c6066", loc="left")
    for side in ("top", "right", "left" if which == "y" else "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0, labelsize=SMALL, colors=INK)


def colours(count: int) -> list[str]:
    return [COLOURS[number % len(COLOURS)] for number in range(count)]


def floats(series: Series) -> list[float]:
    return [float("nan") if value is None else float(value) for value in series.values]
