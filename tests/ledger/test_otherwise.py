"""Bills without their discounts, and machines at other hours or prices; expected sums are written out here."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.ledger.conftest import Fill
from tests.ledger.focus import Row, charge
from tools.errors import BadInput, NeedsChoice, Unknown
from tools.ledger.audience import EVERYTHING
from tools.ledger.found.hours_changed import hours_changed
from tools.ledger.found.undiscounted import undiscounted
from tools.ledger.scope import Scope
from tools.period import Period
from tools.results import Result

TODAY = date(2026, 11, 20)
OCTOBER = Scope(Period.month(2026, 10))
OF_BEDROCK = Scope(Period.month(2026, 10), where=(("service", ("Amazon Bedrock",)),))


def discounted(day: str, paid: str, listed: str, contracted: str | None = None) -> Row:
    row = charge(day, paid, provider="Anthropic", service="Claude API")
    return row | {"ListCost": listed, "ContractedCost": contracted or paid}


def ran(day: str, hours: str, cost: str, sku: str = "p5.48xlarge") -> Row:
    row = charge(day, cost, provider="AWS", service="Amazon EC2")
    return row | {"SkuId": sku, "ConsumedQuantity": hours, "ConsumedUnit": "Hours"}


def figures(result: Result) -> dict[str, Decimal]:
    return {figure.label.partition(",")[0]: figure.value for figure in result.figures}


def test_the_discount_on_the_bill_is_added_back_and_tax_stays(fill: Fill) -> None:
    tax = charge("2026-10-31", "19", provider="Anthropic", category="Tax")
    ledger = fill(discounted("2026-10-05", "90", "100"), tax)
    result = undiscounted(ledger, OCTOBER, EVERYTHING, TODAY, discount=Decimal(10))
    assert result.figures[0].value == Decimal("100") + Decimal("19")
    assert figures(result)["What the discounts take off"] == Decimal("10")
    assert not any("told" in line for line in result.warnings)


def test_another_percentage_than_the_bill_shows_is_told(fill: Fill) -> None:
    ledger = fill(discounted("2026-10-05", "90", "100"))
    result = undiscounted(ledger, OCTOBER, EVERYTHING, TODAY, discount=Decimal(25), first="difference")
    assert result.figures[0].value == Decimal("10")
    assert any("not the 25% told" in line for line in result.warnings)


def test_without_a_list_cost_the_percentage_told_is_undone(fill: Fill) -> None:
    row = charge("2026-10-05", "90", provider="Anthropic") | {"ListCost": "90", "ContractedCost": "90"}
    result = undiscounted(fill(row), OCTOBER, EVERYTHING, TODAY, discount=Decimal(10))
    assert result.figures[0].value == Decimal("90") / Decimal("0.9")


def test_a_bill_without_any_discount_is_unknown_and_not_the_same(fill: Fill) -> None:
    row = charge("2026-10-05", "90", provider="Anthropic") | {"ListCost": "90", "ContractedCost": "90"}
    with pytest.raises(Unknown, match="no discount"):
        undiscounted(fill(row), OCTOBER, EVERYTHING, TODAY)


def test_a_commitment_alone_leaves_the_negotiated_discount(fill: Fill) -> None:
    ledger = fill(discounted("2026-10-05", "70", "100", contracted="90"))
    result = undiscounted(ledger, OCTOBER, EVERYTHING, TODAY, withdrawn="commitment")
    assert result.figures[0].value == Decimal("90")


def test_a_discount_of_everything_is_refused(fill: Fill) -> None:
    with pytest.raises(BadInput):
        undiscounted(fill(discounted("2026-10-05", "90", "100")), OCTOBER, EVERYTHING, TODAY, discount=Decimal(100))


HOURS = (ran("2026-10-05", "30", "1500"), ran("2026-10-06", "10", "500"))


def test_another_price_of_an_hour_is_taken_for_all_hours(fill: Fill) -> None:
    result = hours_changed(fill(*HOURS), OCTOBER, EVERYTHING, TODAY, price=Decimal("40"))
    assert result.figures[0].value == 40 * Decimal("40")
    assert figures(result)["Difference"] == 40 * Decimal("40") - Decimal("2000")


def test_a_price_of_a_gpu_counts_each_of_the_eight_in_a_p5(fill: Fill) -> None:
    result = hours_changed(fill(*HOURS), OCTOBER, EVERYTHING, TODAY, price=Decimal("2"), per_gpu=True)
    assert result.figures[0].value == 40 * 8 * Decimal("2")


def test_a_limit_that_was_not_reached_changes_nothing(fill: Fill) -> None:
    ledger = fill(*HOURS)
    within = hours_changed(ledger, OCTOBER, EVERYTHING, TODAY, at_most=Decimal(80))
    assert within.figures[0].value == Decimal("2000")
    below = hours_changed(ledger, OCTOBER, EVERYTHING, TODAY, at_most=Decimal(25), first="difference")
    assert below.figures[0].value == Decimal("2000") - 25 * Decimal("50")


def test_hours_a_day_are_of_one_machine_on_each_day_of_the_month(fill: Fill) -> None:
    result = hours_changed(fill(*HOURS), OCTOBER, EVERYTHING, TODAY, hours_a_day=Decimal(24))
    assert result.figures[0].value == 31 * 24 * Decimal("50")


def test_two_machines_of_three_cost_two_thirds(fill: Fill) -> None:
    ledger = fill(ran("2026-10-05", "30", "1500"))
    result = hours_changed(ledger, OCTOBER, EVERYTHING, TODAY, so_many=Decimal(2), of_now=Decimal(3))
    assert result.figures[0].value == Decimal("1000")


def test_nothing_to_change_and_no_hours_are_said(fill: Fill) -> None:
    with pytest.raises(NeedsChoice):
        hours_changed(fill(*HOURS), OCTOBER, EVERYTHING, TODAY)
    ledger = fill(*HOURS, charge("2026-10-05", "5"))
    with pytest.raises(Unknown, match="no hours"):
        hours_changed(ledger, OF_BEDROCK, EVERYTHING, TODAY, price=Decimal(1))
