"""What came back to us, who leads in each month, what has gone, and what is charged for; values written out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.ledger.conftest import Fill
from tests.ledger.focus import Row, charge
from tools.errors import Unknown
from tools.ledger.audience import EVERYTHING, Audience
from tools.ledger.found.credits import credits_given
from tools.ledger.found.machine_hours import machine_hours
from tools.ledger.ledger import Ledger
from tools.ledger.over_time.anomalies import anomalies
from tools.ledger.over_time.average import spend_average
from tools.ledger.over_time.first_charge import first_charge
from tools.ledger.over_time.leaders import spend_leaders
from tools.ledger.over_time.leavers import leavers
from tools.ledger.scope import Scope
from tools.ledger.spend import spend_by
from tools.period import Period

TODAY = date(2026, 11, 11)
START = date(2026, 8, 1)


def daily(cost: str, start: date, through: date, **columns: str) -> list[Row]:
    return [charge(start + timedelta(n), cost, **columns) for n in range((through - start).days + 1)]  # type: ignore[arg-type]


@pytest.fixture
def given_back(fill: Fill) -> Ledger:
    return fill(
        *daily("10", START, date(2026, 11, 10), team="orion"),
        *daily("20", START, date(2026, 11, 10), team="vega"),
        charge("2026-09-30", "-250", category="Credit", ChargeDescription="Enterprise discount program credit"),
        charge(
            "2026-10-04",
            "-40",
            team="orion",
            provider="OpenAI",
            category="Adjustment",
            ChargeDescription="Refund for outage",
        ),
    )


def test_each_credit_and_refund_is_told_with_who_when_and_what_for(given_back: Ledger) -> None:
    result = credits_given(given_back, Scope(), EVERYTHING, TODAY)
    assert result.figures[0].value == -290
    assert "-$250.00 by AWS on 30 September 2026 (Enterprise discount program credit)" in result.summary
    assert "-$40.00 by OpenAI on 4 October 2026 (Refund for outage)" in result.summary


def test_words_and_initials_say_which_credit_is_meant(given_back: Ledger) -> None:
    assert credits_given(given_back, Scope(), EVERYTHING, TODAY, ("EDP",)).figures[0].value == -250
    assert credits_given(given_back, Scope(), EVERYTHING, TODAY, ("outage",)).figures[0].value == -40
    with pytest.raises(Unknown, match=r"say “partner”\. There are: -\$250"):
        credits_given(given_back, Scope(), EVERYTHING, TODAY, ("partner",))


def test_no_refund_in_a_time_is_unknown_and_not_zero(given_back: Ledger) -> None:
    with pytest.raises(Unknown, match="no refunds in August 2026"):
        credits_given(given_back, Scope(Period.month(2026, 8), (("charge_kind", ("refunds",)),)), EVERYTHING, TODAY)


def test_who_sees_only_sums_reads_no_description_of_a_credit(given_back: Ledger) -> None:
    result = credits_given(given_back, Scope(), Audience(frozenset(), totals=True), TODAY)
    assert "outage" not in result.summary
    assert result.table is not None
    assert all(row[2] is None and row[3] is None for row in result.table.rows)


@pytest.fixture
def two_models(fill: Fill) -> Ledger:
    old = daily("30", START, date(2026, 9, 10), team="orion", x_Model="gpt-4o")
    new = daily("20", date(2026, 9, 5), date(2026, 11, 10), team="vega", x_Model="gpt-5")
    box = daily("5", START, date(2026, 11, 10), team="vega", service="Amazon EC2", service_category="Compute")
    return fill(*old, *new, *box)


def test_the_leader_of_each_month_is_told(two_models: Ledger) -> None:
    scope = Scope(Period(date(2026, 8, 1), date(2026, 11, 1)))
    result = spend_leaders(two_models, scope, EVERYTHING, TODAY, "team", "month")
    # August: orion 31 x 30 against 31 x 5; September: vega 26 x 20 + 30 x 5 against 10 x 30; October 31 x 25.
    assert [(f.label, f.value) for f in result.figures] == [
        ("2026-08, orion", 930),
        ("2026-09, vega", 670),
        ("2026-10, vega", 775),
    ]


def test_what_is_charged_no_more_has_gone_and_what_runs_has_not(two_models: Ledger) -> None:
    result = leavers(two_models, Scope(), EVERYTHING, TODAY, Period.year(2026), ("model",))
    assert result.figures[0].value == 1
    assert "gpt-4o, last on 10 September 2026 ($1,230.00 in all)" in result.summary  # 41 days at 30


def test_the_latest_charge_is_told_with_whose_it_was(two_models: Ledger) -> None:
    scope = Scope(None, (("model", ("gpt-4o",)),))
    result = first_charge(two_models, scope, EVERYTHING, TODAY, latest=True, who=True)
    assert result.summary.startswith("The latest charge of gpt-4o is of 10 September 2026 (by orion)")


def test_models_are_told_from_machines(two_models: Ledger) -> None:
    split = spend_by(two_models, Scope(Period.month(2026, 10)), EVERYTHING, TODAY, ("charged_for",))
    assert split.table is not None
    assert [(row[0], row[2]) for row in split.table.rows][:2] == [("models", 620), ("machines", 155)]
    only = Scope(Period.month(2026, 10), (("charged_for", ("machines",)),))
    assert spend_by(two_models, only, EVERYTHING, TODAY, ("team",)).figures[0].value == 155


def test_the_mean_a_day_without_a_time_begins_with_the_first_charge(two_models: Ledger) -> None:
    scope = Scope(None, (("model", ("gpt-5",)),))
    assert spend_average(two_models, scope, EVERYTHING, TODAY, "day").figures[0].value == 20


def test_hours_of_a_machine_are_told_by_month(fill: Fill) -> None:
    used = {"ConsumedQuantity": "2", "ConsumedUnit": "Hours", "SkuId": "p4d.24xlarge"}
    ledger = fill(
        *(charge(day, "40", service="Amazon EC2", **used) for day in ("2026-09-01", "2026-09-02", "2026-10-01"))
    )
    result = machine_hours(ledger, Scope(), EVERYTHING, TODAY, grain="month")
    assert "2026-09 4 hours, $80.00; 2026-10 2 hours, $40.00" in result.summary


def test_a_fee_that_comes_every_month_is_no_anomaly(fill: Fill) -> None:
    rows = daily("10", date(2026, 5, 1), date(2026, 11, 10), team="orion")
    fees = [charge(date(2026, month, 4), "90", team="orion") for month in range(5, 12)]
    spike = charge("2026-10-20", "60", team="orion")
    found = anomalies(fill(*rows, *fees, spike), EVERYTHING, TODAY, Period.month(2026, 10))
    assert found.table is not None
    assert [row[0] for row in found.table.rows] == [date(2026, 10, 20)]
