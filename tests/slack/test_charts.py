"""What stands in a chart's picture."""

from __future__ import annotations

from decimal import Decimal

import pytest
from matplotlib.figure import Figure

from bot.slack.chart_bars import bars
from bot.slack.chart_lines import lines
from bot.slack.chart_parts import shortened, worded
from bot.slack.charts import draw
from tools.results import Chart, Series


def _texts(chart: Chart) -> list[str]:
    axes = Figure().add_subplot()
    {"bar": bars, "line": lines}[chart.kind](axes, chart)
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
    ("value", "shown"),
    [
        ("12.5", "$12.50"),
        ("0.3", "$0.30"),
        ("2", "$2"),
        ("0.0125", "$0.0125"),
        ("4300", "$4.3k"),
        ("11.061", "$11.06"),
        ("409.12", "$409"),
    ],
)
def test_money_under_a_thousand_shows_its_cents_whole(value: str, shown: str) -> None:
    assert shortened(Decimal(value), "USD") == shown


def test_a_rate_in_money_shows_its_currency() -> None:
    assert shortened(Decimal("2.5"), "USD per used hour") == "$2.50"
    assert shortened(Decimal("2.5"), "GB/s") == "2.5"


def test_names_that_only_programs_use_are_put_into_words() -> None:
    assert worded("Effective cost by sku, sub_account and ai") == "Effective cost by SKU, account and AI"


def test_a_range_is_a_band_and_no_pair_of_lines() -> None:
    low, high = (None, Decimal(1), Decimal(2)), (None, Decimal(3), Decimal(4))
    projected = (Decimal(1), Decimal(2), Decimal(3))
    series = (Series("low end", low), Series("high end", high), Series("projected", projected))
    axes = Figure().add_subplot()
    lines(axes, Chart("line", "Spend", "USD", ("1", "2", "3"), series))
    assert [line.get_label() for line in axes.get_lines()] == ["projected"]
    assert len(axes.collections) == 1
    assert [text.get_text() for text in axes.figure.legends[0].get_texts()] == ["projected", "range"]


def test_the_two_ends_of_a_tornado_share_a_row_on_either_side_of_zero() -> None:
    chart = Chart(
        "bar", "Swing", "USD", ("MFU", "price"),
        (Series("Low end", (Decimal(4), Decimal(-2))), Series("High end", (Decimal(-2), Decimal(2)))),
    )  # fmt: skip
    axes = Figure().add_subplot()
    bars(axes, chart)
    assert [round(patch.get_y() + patch.get_height() / 2, 6) for patch in axes.patches] == [0, 1, 0, 1]


@pytest.mark.parametrize(
    ("first", "rings"),
    [(("0", "10", "20"), 1), (("11", "12", "13"), 0), (("0", "10", "0"), 0)],
)
def test_a_ring_marks_where_two_lines_cross_once(first: tuple[str, ...], rings: int) -> None:
    one = Series("rent", tuple(Decimal(value) for value in first))
    other = Series("buy", (Decimal(5), Decimal(5), Decimal(5)))
    axes = Figure().add_subplot()
    lines(axes, Chart("line", "Cost", "USD", ("1", "2", "3"), (one, other)))
    assert sum(line.get_fillstyle() == "none" for line in axes.get_lines()) == rings


def test_percents_stand_at_their_size_and_names_in_equal_steps() -> None:
    axes = Figure().add_subplot()
    lines(axes, Chart("line", "Cost", "USD", ("10%", "20%", "50%"), (Series("a", (Decimal(1),) * 3),)))
    assert list(axes.get_lines()[0].get_xdata()) == [10, 20, 50]
    axes = Figure().add_subplot()
    lines(axes, Chart("line", "Cost", "USD", ("May", "June", "July"), (Series("a", (Decimal(1),) * 3),)))
    assert list(axes.get_lines()[0].get_xdata()) == [0, 1, 2]


@pytest.mark.parametrize("kind", ["bar", "line", "pie"])
@pytest.mark.parametrize("count", [1, 2, 31])
def test_any_number_of_labels_makes_a_picture_of_the_same_width(kind: str, count: int) -> None:
    labels = tuple(f"a label that is rather long, number {n}" for n in range(count))
    chart = Chart(kind, "A title " * 12, "USD", labels, (Series("cost", (Decimal(5),) * count),))  # type: ignore[arg-type]
    picture = draw(chart)
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == 1600
