"""Who may see sums over all teams sees none that is one team's alone, directly or by a difference of two."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.attacks.company import Company
from tools.errors import Denied
from tools.ledger.audience import Audience
from tools.ledger.scope import Scope
from tools.ledger.spend import spend_by, spend_total
from tools.period import Period

TOTALS = Audience.of(totals=True)
OCTOBER = Period.month(2026, 10)
TODAY = date(2026, 11, 23)


def total(company: Company, audience: Audience = TOTALS, **asked: Any) -> Decimal:
    scope = Scope(OCTOBER, **asked)
    return spend_total(company.services.ledger, scope, audience, TODAY).figures[0].value


def test_sums_of_several_teams_are_shown(company: Company) -> None:
    """All: 155.57 + 8,731.37 + 51,977.83 + 6,613.91; OpenAI: orion's 142.00 and quokka's 51,977.83."""
    assert total(company) == Decimal("67478.68")
    assert total(company, where=(("provider", ("OpenAI",)),)) == Decimal("52119.83")


@pytest.mark.parametrize(
    "asked",
    [
        {"where": (("service", ("Claude API",)),)},
        {"where": (("region", ("eu-narwhal-1",)),)},
        {"where": (("sku", ("sku-narwhal",)),)},
        {"without": (("service", ("Claude API",)),)},
        {"where": (("provider", ("OpenAI", "AWS")),), "without": (("region", ("eu-narwhal-1",)),)},
    ],
)
def test_one_teams_alone_is_not_nor_what_it_follows_from(company: Company, asked: dict[str, Any]) -> None:
    with pytest.raises(Denied):
        total(company, **asked)


def test_what_a_provider_is_paid_is_a_total_also_where_one_team_alone_buys(company: Company) -> None:
    assert total(company, where=(("provider", ("Anthropic",)),)) == Decimal("8731.37")
    result = spend_by(company.services.ledger, Scope(OCTOBER), TOTALS, TODAY, ("provider",))
    assert result.table is not None
    assert {str(row[0]): row[2] for row in result.table.rows}["Anthropic"] == Decimal("8731.37")
