"""A result's chart as a PNG to put into a thread."""

from __future__ import annotations

import io
from textwrap import fill

from bot.slack.chart_bars import bars, columns, share_rows, shares
from bot.slack.chart_lines import lines
from bot.slack.chart_parts import DOTS, INK, LARGE, MOST_ROWS, TITLE_WIDTH, WIDTH, worded
from tools.results import Chart


def draw(chart: Chart) -> bytes:
    """PNG, 1,600 pixels wide, to be read on a phone. A gap stays a gap; values are placed, never summed or changed."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with rc_context({"text.parse_math": False}):  # two dollar signs are money, not a formula
        kind = "columns" if chart.kind == "bar" and len(chart.labels) > MOST_ROWS else chart.kind
        rows = len(chart.labels) * (1 if share_rows(chart) else max(1.0, 0.6 * len(chart.series)))
        height = max(2.8, 0.4 * rows + 1.4) if kind == "bar" else 4.0
        figure = Figure(figsize=(WIDTH, min(height, 12)), dpi=DOTS, layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        title = fill(worded(chart.title), TITLE_WIDTH)
        figure.suptitle(title, x=0.01, ha="left", fontsize=LARGE, fontweight="bold", color=INK)
        {"line": lines, "bar": bars, "pie": shares, "columns": columns}[kind](axes, chart)
        output = io.BytesIO()
        figure.savefig(output, format="png", facecolor="white")
        return output.getvalue()
