"""A part of the traffic moved, more of it, over a year, as a saving; expected sums are written out from price lists."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.ledger.conftest import Fill
from tests.ledger.test_what_if import CATALOGUE, HAIKU, OCTOBER, ROWS, TODAY, figures, tokens
from tools.errors import BadInput, NeedsChoice, Unknown
from tools.ledger.audience import EVERYTHING
from tools.ledger.found.per_told import cost_per_told
from tools.ledger.tokens.moved import each_span, partly_moved, saving_first, with_volume
from tools.ledger.tokens.what_if import what_if
from tools.period import Period
from tools.results import Result

# 6M input at $1, 4M cached at $0.10 and 1M output at $5 on Claude Haiku 4.5, against 14 + 4.50 + 9 paid.
THERE, PAID = Decimal("11.4"), Decimal("27.5")


@pytest.fixture
def moved(fill: Fill) -> Result:
    return what_if(fill(*ROWS), OCTOBER, EVERYTHING, TODAY, CATALOGUE, to_model=HAIKU)


def test_of_a_part_that_moves_the_rest_stays_as_paid(moved: Result) -> None:
    found = partly_moved(moved, Decimal("0.25"))
    assert found.figures[0].value == PAID * Decimal("0.75") + THERE * Decimal("0.25")
    assert figures(found)["Difference"] == (THERE - PAID) * Decimal("0.25")
    assert figures(found)["Cost with all of it moved"] == THERE


def test_a_saving_comes_first_and_is_positive_where_it_saves(moved: Result) -> None:
    assert saving_first(moved).figures[0].value == PAID - THERE
    assert saving_first(moved).summary.startswith("Saves $16.10 (58.5%)")


def test_what_costs_more_is_said_to_save_nothing(fill: Fill) -> None:
    rows = (tokens("input", "1000000", "0.20"),)
    dearer = saving_first(what_if(fill(*rows), OCTOBER, EVERYTHING, TODAY, CATALOGUE, to_model=HAIKU))
    assert dearer.figures[0].value == Decimal("-0.8")
    assert dearer.summary.startswith("Saves nothing, costs $0.80 more")


def test_a_year_is_twelve_times_a_month_and_four_times_a_quarter(moved: Result) -> None:
    month, quarter = Period.month(2026, 10), Period(date(2026, 7, 1), date(2026, 10, 1))
    assert each_span(moved, "year", month, TODAY).figures[0].value == THERE * 12
    assert each_span(saving_first(moved), "year", quarter, TODAY).figures[0].value == (PAID - THERE) * 4


def test_a_month_that_is_not_over_is_not_made_a_year(moved: Result) -> None:
    with pytest.raises(NeedsChoice, match="not over"):
        each_span(moved, "year", Period.month(2026, 11), TODAY)


def test_more_traffic_scales_what_it_would_cost_and_leaves_what_is_paid(moved: Result) -> None:
    found = with_volume(moved, Decimal(50))
    assert found.figures[0].value == THERE * Decimal("1.5")
    assert figures(found)["Difference"] == THERE * Decimal("1.5") - PAID


@pytest.mark.parametrize("part", ["0", "1.2"])
def test_a_part_beyond_the_whole_is_refused(moved: Result, part: str) -> None:
    with pytest.raises(BadInput):
        partly_moved(moved, Decimal(part))


def test_without_a_cache_nothing_is_written_to_one_either(fill: Fill) -> None:
    """2M input, 1M cache writes and 1M cache reads are 4M plain input at $1 a million."""
    model = "claude-haiku-4-5"
    rows = [tokens(kind, count, "1", model=model) for kind, count in (("input", "2000000"), ("cache write", "1000000"))]
    rows.append(tokens("cache read", "1000000", "1", model=model))
    result = what_if(fill(*rows), OCTOBER, EVERYTHING, TODAY, CATALOGUE, to_model=HAIKU, cached_share=Decimal(0))
    assert result.figures[0].value == 4
    assert "with no cache" in result.summary


def test_a_told_count_divides_the_cost_of_the_period(fill: Fill) -> None:
    """27.50 less a credit of 2.00, over 500 tickets; with 10 a day over the 31 days of October."""
    ledger = fill(*ROWS)
    one = cost_per_told(ledger, OCTOBER, EVERYTHING, TODAY, "ticket", Decimal(500))
    assert (one.figures[0].value, one.figures[0].unit) == (Decimal("0.051"), "USD")
    daily = cost_per_told(ledger, OCTOBER, EVERYTHING, TODAY, "ticket", Decimal(10), every="day", per=Decimal(31))
    assert daily.figures[0].value == Decimal("2.55")


def test_none_of_them_or_no_charge_gives_no_cost_of_one(fill: Fill) -> None:
    ledger = fill(*ROWS)
    with pytest.raises(NeedsChoice):
        cost_per_told(ledger, OCTOBER, EVERYTHING, TODAY, "ticket", Decimal(0))
    with pytest.raises((NeedsChoice, Unknown)):
        cost_per_told(ledger, OCTOBER, EVERYTHING, TODAY, "ticket", Decimal(-1))
