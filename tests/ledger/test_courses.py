"""Growth, running totals, days of the week and prices paid, against arithmetic written out."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.ledger.conftest import Fill
from tests.ledger.focus import charge
from tools.errors import Unknown
from tools.ledger.audience import EVERYTHING
from tools.ledger.ledger import Ledger
from tools.ledger.over_time.series import spend_series
from tools.ledger.over_time.trend import growth, running
from tools.ledger.over_time.weekdays import spend_weekdays
from tools.ledger.scope import Scope
from tools.ledger.tokens.token_prices import token_prices
from tools.period import Period
from tools.results import Result

TODAY = date(2026, 10, 20)
SUMMER = Period(date(2026, 7, 1), date(2026, 10, 1))


@pytest.fixture
def three_months(fill: Fill) -> Ledger:
    """100 in July, 150 in August, 144 in September, and 7 of October so far; a few euros beside."""
    days = [
        ("2026-07-01", "60"),
        ("2026-07-31", "40"),
        ("2026-08-10", "150"),
        ("2026-09-30", "144"),
        ("2026-10-01", "7"),
    ]
    euros = [charge(day, "10", currency="EUR", service="Support") for day in ("2026-07-02", "2026-08-02", "2026-09-02")]
    return fill(*(charge(day, cost) for day, cost in days), *euros)


def by_month(ledger: Ledger) -> Result:
    return spend_series(ledger, Scope(), EVERYTHING, TODAY, "month")


def test_growth_is_of_complete_months_and_the_mean_is_compound(three_months: Ledger) -> None:
    found = growth(by_month(three_months), "month")
    assert found.table
    dollars = [(row[0], row[3]) for row in found.table.rows if row[1] == "USD"]
    assert dollars == [("2026-07", None), ("2026-08", 50), ("2026-09", -4), ("2026-10", None)]
    # (144 / 100) ^ (1 / 2) - 1 = 1.2 - 1
    assert (found.figures[0].label, found.figures[0].value) == ("Mean growth a month (USD)", 20)
    assert next(f.value for f in found.figures if f.label == "Mean growth a month (EUR)") == 0
    assert found.summary.startswith("+20.0% a month on average, from $100.00 in 2026-07 to $144.00 in 2026-09")


def test_growth_needs_two_complete_steps(three_months: Ledger) -> None:
    only = spend_series(three_months, Scope(Period.month(2026, 9)), EVERYTHING, TODAY, "month")
    with pytest.raises(Unknown, match="at least two complete months"):
        growth(only, "month")


def test_the_running_total_adds_each_month_in_its_currency(three_months: Ledger) -> None:
    found = running(by_month(three_months))
    assert found.table
    assert [row[3] for row in found.table.rows if row[1] == "USD"] == [100, 250, 394, 401]
    assert [row[3] for row in found.table.rows if row[1] == "EUR"] == [10, 20, 30, 30]
    assert found.figures[0].value == 401


def test_the_mean_of_each_day_of_the_week(fill: Fill) -> None:
    # 28 days from Monday 2026-09-07: 10 a day, 2 on Saturdays, nothing on Sundays, 30 on one Wednesday.
    start = date(2026, 9, 7)
    rows = []
    for day in (start + timedelta(n) for n in range(28)):
        cost = {5: "2", 6: "0"}.get(day.weekday(), "10")
        rows.append(charge(day, "30" if day == date(2026, 9, 16) else cost))
    ledger = fill(*rows)
    found = spend_weekdays(ledger, Scope(), EVERYTHING, TODAY)
    assert found.table
    means = {row[0]: (row[2], row[4]) for row in found.table.rows}
    assert means["Wednesday"] == (4, 15)  # (30 + 10 + 10 + 10) / 4
    assert means["Sunday"] == (4, 0)
    assert means["Monday to Friday"] == (20, 11)  # (19 x 10 + 30) / 20
    assert means["Saturday and Sunday"] == (8, 1)
    assert found.figures[0].value == 15
    assert spend_weekdays(ledger, Scope(), EVERYTHING, TODAY, least=True).figures[0].value == 0


def test_a_day_that_is_not_over_does_not_count_in_its_weekday(fill: Fill) -> None:
    ledger = fill(charge("2026-09-07", "4"), charge("2026-09-14", "100"))
    found = spend_weekdays(ledger, Scope(), EVERYTHING, date(2026, 9, 14))
    assert found.figures[0].value == 4
    with pytest.raises(Unknown):
        spend_weekdays(ledger, Scope(Period.month(2026, 9)), EVERYTHING, date(2026, 9, 1))


def test_a_million_tokens_cost_what_the_bill_says_over_what_was_used(fill: Fill) -> None:
    def used(model: str, meter: str, tokens: int, cost: str) -> dict[str, str]:
        quantity = {"ConsumedQuantity": str(tokens), "ConsumedUnit": "Tokens"}
        return charge("2026-09-01", cost, x_Model=model, SkuMeter=meter, **quantity)

    ledger = fill(
        used("gpt-4o", "input tokens", 3_000_000, "6.00"),
        used("gpt-4o", "output tokens", 1_000_000, "9.00"),
        used("gpt-4o-mini", "input tokens", 500_000, "0.06"),
        charge("2026-09-01", "99", x_Model="gpt-4o"),
    )
    together = token_prices(ledger, Scope(), EVERYTHING, TODAY).figures[0]
    # 15.06 over 4.5 million
    assert (together.label, together.value) == ("all models a million tokens", Decimal("3.346667"))
    thousand = token_prices(ledger, Scope(), EVERYTHING, TODAY, per=Decimal(1000)).figures[0]
    assert (thousand.value, thousand.unit) == (Decimal("0.003346667"), "USD per thousand tokens")
    found = token_prices(ledger, Scope(), EVERYTHING, TODAY, by_model=True)
    values = {figure.label: figure.value for figure in found.figures}
    assert values == {
        "gpt-4o a million tokens": Decimal("3.75"),  # 15 over 4 million
        "gpt-4o-mini a million tokens": Decimal("0.12"),
        "gpt-4o input a million tokens": 2,
        "gpt-4o output a million tokens": 9,
        "gpt-4o-mini input a million tokens": Decimal("0.12"),
    }
    with pytest.raises(Unknown, match="no token quantities"):
        token_prices(ledger, Scope(where=(("charge_kind", ("taxes",)),)), EVERYTHING, TODAY)
