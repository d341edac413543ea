"""What a channel is alerted to, from a ledger; expected figures written out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.digest.watch import Watch
from tests.ledger.conftest import Fill, fill
from tests.ledger.focus import Row, charge
from tools.ledger.audience import EVERYTHING, NOTHING, Audience
from tools.ledger.budgets.budgets import parse_budgets
from tools.ledger.ledger import Ledger

__all__ = ["fill"]

TODAY = date(2026, 11, 11)
ORION = """
[[budget]]
team = "orion"
amount = {amount}
{more}
"""


def daily(cost: str, team: str, until: date = TODAY, start: date = date(2026, 8, 1)) -> list[Row]:
    days = (until - start).days
    return [charge(start + timedelta(n), cost, team=team) for n in range(days)]


def watch(
    ledger: Ledger, budgets: str, audience: Audience = EVERYTHING, everywhere: tuple[str, ...] = ("C_ALL",)
) -> Watch:
    parsed = parse_budgets(budgets)
    return Watch(ledger, lambda: parsed, lambda channel: audience, everywhere)


def test_a_budget_that_passed_a_threshold_is_told_with_its_figures(fill: Fill) -> None:
    """Ten days of November at 10 are 100 of 180, 55.6%; thirty such days are 300."""
    looked = watch(fill(*daily("10", "orion")), ORION.format(amount=180, more=""))
    due = looked.due("C_ALL", TODAY, ())
    assert due is not None
    text = due.reply.text
    assert "$100.00 of the $180.00 budget orion is spent in November 2026: 55.6%, heading for $300.00." in text
    assert text.endswith("Billing data through 10 November 2026.")
    assert [figure.value for figure in due.reply.figures if figure.unit == "USD"] == [100, 180, 300]
    assert looked.due("C_ALL", TODAY, due.keys) is None


def test_a_forecast_above_the_amount_is_told_before_any_threshold(fill: Fill) -> None:
    """100 of 250 is 40%; 300 is where it is heading."""
    due = watch(fill(*daily("10", "orion")), ORION.format(amount=250, more="")).due("C_ALL", TODAY, ())
    assert due is not None
    assert (
        "$100.00 of the $250.00 budget orion is spent so far; November 2026 is heading for $300.00." in due.reply.text
    )


def test_a_budget_with_a_channel_is_told_there_and_nowhere_else(fill: Fill) -> None:
    looked = watch(fill(*daily("10", "orion")), ORION.format(amount=180, more='channel = "c_orion"'))
    assert looked.channels() == ["C_ALL", "C_ORION"]
    assert looked.due("C_ALL", TODAY, ()) is None
    assert looked.due("C_ORION", TODAY, ()) is not None


@pytest.mark.parametrize("audience", [NOTHING, Audience.of("atlas"), Audience.of(totals=True)])
def test_a_channel_is_told_nothing_of_what_it_may_not_see(fill: Fill, audience: Audience) -> None:
    spike = charge(TODAY - timedelta(1), "500", team="orion", provider="OpenAI")
    ledger = fill(*daily("10", "orion"), *daily("10", "atlas"), spike)
    due = watch(ledger, ORION.format(amount=180, more=""), audience).due("C_ALL", TODAY, ())
    assert due is None or "orion" not in due.reply.text.casefold()


def test_a_day_that_stands_out_is_told_once_and_another_not_on_the_same_day(fill: Fill) -> None:
    """A day of 10 + 290 = 300 where 10 was usual: 290 more."""
    spike = charge(date(2026, 11, 9), "290", team="orion")
    looked = watch(fill(*daily("10", "orion"), spike), "")
    due = looked.due("C_ALL", TODAY, ())
    assert due is not None
    assert "cost $290.00 more than expected on 9 November 2026: $300.00 against $10.00." in due.reply.text
    assert looked.due("C_ALL", TODAY, due.keys) is None
    tomorrow = TODAY + timedelta(1)
    assert looked.due("C_ALL", tomorrow, due.keys) is None
    later = charge(date(2026, 11, 10), "990", team="atlas")
    more = watch(fill(*daily("10", "orion"), *daily("10", "atlas"), spike, later), "")
    assert more.due("C_ALL", TODAY, due.keys) is None
    told = more.due("C_ALL", tomorrow, due.keys)
    assert told is not None
    assert "$990.00 more than expected" in told.reply.text
    assert "$290.00" not in told.reply.text


def test_a_day_that_cost_less_than_expected_is_no_alarm(fill: Fill) -> None:
    rows = [row for row in daily("100", "orion") if "2026-11-09" not in row["ChargePeriodStart"]]
    assert watch(fill(*rows), "").due("C_ALL", TODAY, ()) is None


def test_the_month_before_is_still_looked_at_while_its_bills_come_in(fill: Fill) -> None:
    """October: 31 days of 10 are 310 of 300. November starts afresh."""
    looked = watch(fill(*daily("10", "orion", until=date(2026, 11, 2))), ORION.format(amount=300, more=""))
    due = looked.due("C_ALL", date(2026, 11, 3), ())
    assert due is not None
    assert "$310.00 of the $300.00 budget orion is spent in October 2026: 103.3%" in due.reply.text
    late = looked.due("C_ALL", date(2026, 11, 6), ())
    assert late is None or "October" not in late.reply.text


def test_a_channel_that_nobody_named_is_told_nothing(fill: Fill) -> None:
    ledger = fill(*daily("10", "orion"))
    assert watch(ledger, ORION.format(amount=180, more="")).due("C_OTHER", TODAY, ()) is None
