"""What discounts save; expected values are read from the rows written here, by plain Decimal arithmetic."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledger.conftest import Fill
from tests.ledger.focus import Row, charge
from tools.ledger.audience import EVERYTHING, Audience
from tools.ledger.found.discounts import spend_discounts
from tools.ledger.scope import Scope
from tools.period import Period
from tools.results import Result

TODAY = date(2026, 10, 20)
SEPTEMBER = Scope(Period.month(2026, 9))


def priced(day: int, listed: str, contracted: str, effective: str, billed: str, **others: str) -> Row:
    row = charge(f"2026-09-{day:02d}", effective, billed=billed, **others)  # type: ignore[arg-type]
    return row | {"ListCost": listed, "ContractedCost": contracted}


ROWS = (
    priced(1, "100", "90", "60", "0", team="orion"),
    priced(2, "50", "50", "50", "50", provider="OpenAI", team="atlas"),
    priced(3, "-8", "-8", "-8", "-8", category="Credit"),
    priced(4, "0", "0", "-5", "-5", category="Credit"),
    priced(1, "720", "720", "0", "720", category="Purchase"),
    priced(30, "0", "0", "7", "7", category="Tax"),
    charge("2026-10-05", "1"),
)


def figures(result: Result) -> dict[str, Decimal]:
    return {figure.label: figure.value for figure in result.figures}


def test_the_saving_is_list_less_effective_cost_without_prepayments_and_tax(fill: Fill) -> None:
    result = spend_discounts(fill(*ROWS), SEPTEMBER, EVERYTHING, TODAY)
    at_list, effective = 100 + 50 - 8 + 0, 60 + 50 - 8 - 5
    assert result.figures[0].value == at_list - effective
    found = figures(result)
    assert found["List cost, September 2026"] == at_list
    assert found["Effective cost, September 2026"] == effective
    assert found["Billed cost, September 2026"] == 0 + 50 - 8 - 5 + 720 + 7
    assert found["Saving in percent of list cost (USD)"] == (Decimal(45) * 100 / 142).quantize(Decimal("0.000001"))


def test_negotiated_commitment_and_credit_parts_are_told_apart(fill: Fill) -> None:
    found = figures(spend_discounts(fill(*ROWS), SEPTEMBER, EVERYTHING, TODAY))
    assert found["Negotiated discounts"] == 100 - 90
    assert found["Commitment and other discounts"] == 90 - 60
    assert found["Saving by credits and adjustments"] == 5
    assert found["Credits and adjustments, effective cost"] == -13


def test_what_is_not_compared_is_said_with_its_amount(fill: Fill) -> None:
    said = " ".join(spend_discounts(fill(*ROWS), SEPTEMBER, EVERYTHING, TODAY).assumptions)
    assert "$720.00" in said
    assert "Tax of $7.00" in said


def test_rows_without_a_list_cost_make_the_saving_partial_and_are_counted(fill: Fill) -> None:
    result = spend_discounts(fill(*ROWS, priced(9, "", "", "40", "40")), SEPTEMBER, EVERYTHING, TODAY)
    assert result.figures[0].value == 45
    assert any("1 of 7 charges" in warning and "$40.00" in warning for warning in result.warnings)


def test_a_row_without_a_contracted_cost_saves_but_is_not_split(fill: Fill) -> None:
    found = figures(spend_discounts(fill(priced(1, "10", "", "4", "4")), SEPTEMBER, EVERYTHING, TODAY))
    assert found["Saving that cannot be split"] == 6
    assert found["Commitment and other discounts"] == 0


def test_paying_more_than_list_is_said_as_that(fill: Fill) -> None:
    result = spend_discounts(fill(priced(1, "10", "10", "12", "12")), SEPTEMBER, EVERYTHING, TODAY)
    assert result.figures[0].value == -2
    assert result.summary.startswith("$2.00 (20.0%) paid above list price")


def test_only_the_audiences_teams_are_compared(fill: Fill) -> None:
    found = figures(spend_discounts(fill(*ROWS), SEPTEMBER, Audience.of("atlas"), TODAY))
    assert found["List cost, September 2026"] == 50


def test_currencies_are_compared_apart(fill: Fill) -> None:
    rows = (*ROWS, priced(5, "9", "9", "6", "6", currency="EUR", account="7"))
    result = spend_discounts(fill(*rows), SEPTEMBER, EVERYTHING, TODAY)
    savings = {f.unit: f.value for f in result.figures if f.label.startswith("Saving against")}
    assert savings == {"USD": Decimal(45), "EUR": Decimal(3)}


costs = st.tuples(
    *[st.decimals(0, 10**6, places=9)] * 3, st.sampled_from(["Usage", "Credit", "Purchase", "Adjustment"])
)


@given(st.lists(costs, min_size=1, max_size=10))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_parts_of_the_saving_add_up_to_it_to_the_last_digit(
    fill: Fill, drawn: list[tuple[Decimal, Decimal, Decimal, str]]
) -> None:
    rows = [
        priced(1 + n, str(at_list), str(contracted), str(effective), str(effective), category=kind)
        for n, (at_list, contracted, effective, kind) in enumerate(drawn)
    ]
    found = figures(spend_discounts(fill(*rows), SEPTEMBER, EVERYTHING, TODAY))
    parts = (
        "Negotiated discounts",
        "Commitment and other discounts",
        "Saving by credits and adjustments",
    )
    saving = sum((at_list - effective for at_list, _, effective, _ in drawn), Decimal(0))
    assert sum((found.get(part, Decimal(0)) for part in parts), Decimal(0)) == saving
    assert found["Saving against list price, all spend, September 2026"] == saving
