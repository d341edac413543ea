"""The pace of spend, what is new in it, and one thing asked of a budget; expected values written out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.ledger.conftest import Fill
from tests.ledger.focus import Row, charge
from tools.errors import NeedsChoice, Unknown
from tools.ledger.audience import EVERYTHING
from tools.ledger.budgets.budget_status import budget_status
from tools.ledger.budgets.budgets import parse_budgets
from tools.ledger.over_time.first_charge import first_charge
from tools.ledger.over_time.newcomers import newcomers
from tools.ledger.over_time.run_rate import run_rate
from tools.ledger.scope import Scope
from tools.period import Period

TODAY = date(2026, 11, 11)


def daily(cost: int, team: str, start: date, through: date = TODAY - timedelta(1)) -> list[Row]:
    return [charge(start + timedelta(n), str(cost), team=team) for n in range((through - start).days + 1)]


ROWS = (*daily(10, "orion", date(2026, 8, 1)), *daily(5, "atlas", date(2026, 10, 20)))


def test_a_run_rate_carries_the_last_thirty_days_on(fill: Fill) -> None:
    result = run_rate(fill(*daily(10, "orion", date(2026, 8, 1))), Scope(None), EVERYTHING, TODAY, "day")
    assert [f.value for f in result.figures[:3]] == [10, Decimal(10) * 365 / 12, 3650]


def test_a_run_rate_of_whole_months_goes_by_months(fill: Fill) -> None:
    scope = Scope(Period.month(2026, 9))
    result = run_rate(fill(*daily(10, "orion", date(2026, 8, 1))), scope, EVERYTHING, TODAY, "year")
    assert result.figures[0].value == 30 * 10 * 12


def test_what_was_never_charged_before_is_new(fill: Fill) -> None:
    result = newcomers(fill(*ROWS), Scope(None), EVERYTHING, TODAY, Period.month(2026, 10), ("team",))
    assert result.figures[0].value == 1
    assert result.table is not None
    assert result.table.rows[0][1:3] == ("atlas", "20 October 2026")
    assert result.figures[1].value == 12 * 5  # 20 to 31 October


def test_nothing_can_be_told_new_where_no_earlier_weeks_are_known(fill: Fill) -> None:
    with pytest.raises(Unknown, match="too late to tell"):
        newcomers(fill(*ROWS), Scope(None), EVERYTHING, TODAY, Period.month(2026, 8), ("team",))


def test_the_first_charge_is_dated_and_summed_since(fill: Fill) -> None:
    result = first_charge(fill(*ROWS), Scope(None, (("team", ("atlas",)),)), EVERYTHING, TODAY)
    assert "20 October 2026" in result.summary
    assert result.figures[0].value == 22 * 5  # 20 October to 10 November


BUDGETS = parse_budgets('[[budget]]\nteam = "orion"\namount = 250\n\n[[budget]]\namount = 2500\nperiod = "year"\n')


@pytest.mark.parametrize(
    ("measure", "value"), [("remaining", 150), ("used", 40), ("amount", 250), ("projected", 300), ("gap", 50)]
)
def test_what_is_asked_of_a_budget_comes_first(fill: Fill, measure: str, value: int) -> None:
    ledger = fill(*daily(10, "orion", date(2026, 8, 1)))
    where = (("team", ("orion",)),)
    result = budget_status(ledger, BUDGETS, EVERYTHING, TODAY, where=where, measure=measure)  # type: ignore[arg-type]
    assert result.figures[0].value == value  # 10 a day: 100 of 250 after 10 of 30 days


def test_a_budget_runs_out_on_the_day_that_passes_its_amount(fill: Fill) -> None:
    ledger = fill(*daily(10, "orion", date(2026, 8, 1)))
    result = budget_status(ledger, BUDGETS, EVERYTHING, TODAY, where=(("team", ("orion",)),), measure="runs_out")
    assert "26 November 2026" in result.summary  # 250 is reached on the 25th, passed on the 26th


def test_a_year_is_a_budgets_period(fill: Fill) -> None:
    ledger = fill(*daily(10, "orion", date(2026, 8, 1)))
    result = budget_status(ledger, BUDGETS, EVERYTHING, TODAY, every="year", measure="used")
    assert result.figures[0].value == Decimal(102 * 10 * 100) / 2500  # 102 days from 1 August to 10 November


def test_of_several_budgets_which_is_asked(fill: Fill) -> None:
    two = (*BUDGETS, *parse_budgets('[[budget]]\nname = "second"\namount = 9\n'))
    with pytest.raises(NeedsChoice, match="Which budget"):
        budget_status(fill(*ROWS), two, EVERYTHING, TODAY, measure="remaining")
