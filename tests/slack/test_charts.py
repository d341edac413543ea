"""What stands in a chart's picture."""

from __future__ import annotations

from decimal import Decimal

import pytest
from matplotlib.figure import Figure

from bot.slack.charts import _bars, _lines, shortened
from tools.results import Chart, Series


def _texts(chart: Chart) -> list[str]:
    axes = Figure().add_subplot()
    {"bar": _bars, "line": _lines}[chart.kind](axes, chart)
    legends = [text.get_text() for legend in axes.figure.legends for text in legend.get_texts()]
    return [text.get_text() for text in axes.texts] + legends


def test_what_is_in_one_of_two_series_is_not_unknown_in_the_other() -> None:
    chosen, left = (Decimal(3), None), (None, Decimal(5))
    chart = Chart("bar", "Value", "USD", ("a", "b"), (Series("Chosen", chosen), Series("Not chosen", left)))
    assert _texts(chart) == ["$3", "$5", "Chosen", "Not chosen"]


def test_what_no_series_knows_is_said_to_be_unknown() -> None:
    chart = Chart("bar", "Value", "USD", ("a", "b"), (Series("Cost", (Decimal(3), None)),))
    assert _texts(chart) == ["$3", "unknown"]


def test_lines_that_end_apart_are_named_in_a_legend() -> None:
    so_far, projected = (Decimal(1), Decimal(2), None), (None, Decimal(2), Decimal(3))
    chart = Chart("line", "Spend", "USD", ("1", "2", "3"), (Series("so far", so_far), Series("projected", projected)))
    assert _texts(chart) == ["USD", "so far", "projected"]


@pytest.mark.parametrize(
    ("value", "shown"), [("12.5", "$12.50"), ("0.3", "$0.30"), ("2", "$2"), ("0.0125", "$0.0125"), ("4300", "$4.3k")]
)
def test_money_under_a_thousand_shows_its_cents_whole(value: str, shown: str) -> None:
    assert shortened(Decimal(value), "USD") == shown
