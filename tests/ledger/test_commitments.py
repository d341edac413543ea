"""How far commitments are used: FOCUS charges with a CommitmentDiscountStatus, summed by hand here."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.ledger.conftest import Fill
from tests.ledger.focus import Row, charge
from tools.errors import Denied, Unknown
from tools.ledger.audience import EVERYTHING, Audience
from tools.ledger.found.commitments import commitment_use
from tools.ledger.scope import Scope
from tools.period import Period

TODAY = date(2026, 10, 20)
SEPTEMBER = Scope(Period.month(2026, 9))
PLAN, RESERVED = "Savings Plan", "Reserved Instance"


def covered(day: str, effective: str, status: str, kind: str = PLAN, **others: str) -> Row:
    return charge(
        *(day, effective),
        billed="0",
        CommitmentDiscountId=f"id of {kind}",
        CommitmentDiscountStatus=status,
        CommitmentDiscountType=kind,
        PricingCategory="Committed",
        **others,  # type: ignore[arg-type]
    )


ROWS = (
    covered("2026-09-02", "60", "Used"),
    covered("2026-09-03", "20", "Unused"),
    covered("2026-09-04", "15", "Used", RESERVED),
    covered("2026-09-05", "5", "Unused", RESERVED),
    charge(
        *("2026-09-01", "0"),
        billed="900",
        category="Purchase",
        CommitmentDiscountId=f"id of {PLAN}",
        CommitmentDiscountType=PLAN,
    ),
    charge("2026-09-06", "77", PricingCategory="Standard"),
    covered("2026-10-02", "40", "Unused"),
)


def test_utilisation_is_used_cost_over_used_and_unused_cost_of_the_period(fill: Fill) -> None:
    found = commitment_use(fill(*ROWS), SEPTEMBER, EVERYTHING, TODAY)
    values = {figure.label.split(",")[0].split(" of ")[0]: figure.value for figure in found.figures}
    assert found.figures[0].value == Decimal(75)  # (60 + 15) / (60 + 20 + 15 + 5)
    assert values["Unused commitments"] == 20 + 5
    assert values["Used commitments"] == 60 + 15
    assert values["Commitments bought"] == 900


@pytest.mark.parametrize(("part", "first"), [("unused", 25), ("used", 75), ("bought", 900), ("utilisation", 75)])
def test_the_part_asked_for_comes_first(fill: Fill, part: str, first: int) -> None:
    assert commitment_use(fill(*ROWS), SEPTEMBER, EVERYTHING, TODAY, part).figures[0].value == first  # type: ignore[arg-type]


def test_a_kind_of_commitment_is_looked_at_alone(fill: Fill) -> None:
    scope = Scope(Period.month(2026, 9), (("commitment_type", (RESERVED,)),))
    assert commitment_use(fill(*ROWS), scope, EVERYTHING, TODAY, "unused").figures[0].value == 5


def test_a_bill_that_states_no_commitment_is_not_one_that_wastes_none(fill: Fill) -> None:
    with pytest.raises(Unknown, match="states a commitment"):
        commitment_use(fill(charge("2026-09-06", "77")), SEPTEMBER, EVERYTHING, TODAY)


def test_whoever_may_see_one_team_sees_that_teams_commitments_alone(fill: Fill) -> None:
    mine = covered("2026-09-02", "9", "Unused", Tags='{"team": "orion"}')
    ledger = fill(mine, *ROWS)
    assert commitment_use(ledger, SEPTEMBER, Audience(frozenset({"orion"})), TODAY, "unused").figures[0].value == 9
    with pytest.raises(Denied):
        commitment_use(ledger, SEPTEMBER, Audience(frozenset()), TODAY)
