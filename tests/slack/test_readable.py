"""What would annoy somebody who reads many replies: repeated columns, long tables, sources named twice, bad charts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.reply import Reply, Source
from bot.slack.chart_block import block as chart_block
from bot.slack.render import render, renderings
from bot.slack.tables import fitted, title_shown
from tools.results import Chart, Series, Table

REPLY = Reply(status="answered", question="q", text="orion spent **$42.00**.")


def test_columns_that_say_nothing_are_left_away_and_the_currency_is_said_once() -> None:
    rows = (("orion", "USD", Decimal(1), "yes"), ("ads", "USD", Decimal(2), "yes"))
    table = Table("Change", ("Team", "Currency", "October 2026", "Complete"), rows)
    fit = fitted(table, 1_000)
    assert (fit.header, fit.rows) == (("Team", "October 2026"), (("orion", "1.00"), ("ads", "2.00")))
    assert title_shown(table) == "Change, USD"
    named = Table("Spend", ("Team", "Currency", "EffectiveCost (USD)"), (("orion", "USD", Decimal(1)),))
    assert (fitted(named, 1_000).header, title_shown(named)) == (("Team", "Effective cost (USD)"), "Spend")


def test_several_currencies_and_incomplete_months_keep_their_columns() -> None:
    rows = (("orion", "USD", Decimal(1), "yes"), ("ads", "EUR", Decimal(2), "no"))
    table = Table("Change", ("Team", "Currency", "October 2026", "Complete"), rows)
    assert fitted(table, 1_000).header == table.columns
    assert title_shown(table) == "Change"


def test_a_long_table_is_short_beside_a_file_and_says_how_much_the_file_has() -> None:
    table = Table("t", ("n", "m"), tuple((n, n) for n in range(250)))
    reply = replace(REPLY, tables=(table,))
    for message in renderings(reply, "K", "T", exports=True)[:2]:
        shown = json.dumps(message.blocks)
        assert "The first 25 of 250 rows are shown. Export CSV has them all." in shown
        assert '"text": "Export CSV"' in shown
    assert "Export CSV" not in json.dumps(renderings(reply, "K", "T")[0].blocks)


def test_one_page_is_one_source_unless_the_text_counts_them() -> None:
    page = Source("Title", "Press", "https://example.com", date(2026, 11, 2), "one")
    twice = (page, replace(page, quote="two"))
    assert json.dumps(render(replace(REPLY, sources=twice)).blocks).count("example.com") == 1
    assert json.dumps(render(replace(REPLY, text="So it is [1] [2].", sources=twice)).blocks).count("example.com") == 2


BARS = Chart("bar", "Spend by team, October 2026", "USD", ("orion", "ads"), (Series("cost", (Decimal(1), Decimal(2))),))


def test_a_chart_that_fits_is_a_block_with_its_unit() -> None:
    first, second, *_ = renderings(replace(REPLY, charts=(BARS,)))
    (drawn,) = [block for block in first.blocks if block["type"] == "data_visualization"]
    assert drawn["title"] == "Spend by team, October 2026 (USD)"
    assert drawn["chart"]["series"][0]["data"] == [{"label": "orion", "value": 1}, {"label": "ads", "value": 2}]
    assert (first.charts, second.charts) == ((BARS,), ())


@pytest.mark.parametrize(
    "chart",
    [
        replace(BARS, labels=("orion", "orion")),
        replace(BARS, labels=("orion", "a name of more than twenty characters")),
        replace(BARS, series=(replace(BARS.series[0], values=(None, None)),)),
        replace(BARS, title="A title of many words that never pauses to take a breath at all"),
        replace(BARS, kind="pie", series=(replace(BARS.series[0], values=(Decimal(1), Decimal(0))),)),
        replace(BARS, labels=tuple(f"day {n}" for n in range(21)), series=(Series("cost", (Decimal(1),) * 21),)),
        replace(BARS, series=tuple(Series(f"s{n}", (Decimal(1), Decimal(2))) for n in range(7))),
        replace(BARS, labels=("a", "b", "c"), series=(Series("cost", (Decimal(1), None, Decimal(3))),)),
    ],
)
def test_a_chart_that_does_not_fit_is_left_to_the_picture(chart: Chart) -> None:
    assert chart_block(chart) is None


def test_months_still_to_come_are_not_part_of_a_chart() -> None:
    chart = replace(BARS, labels=("Oct", "Nov", "Dec"), series=(Series("cost", (Decimal(1), Decimal(2), None)),))
    made = chart_block(chart)
    assert made is not None
    assert made["chart"]["axis_config"]["categories"] == ["Oct", "Nov"]
