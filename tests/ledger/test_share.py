"""The share one spend is of another, for whoever may see both; expected values by plain Decimal arithmetic."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledger.conftest import Fill
from tests.ledger.focus import charge
from tools.errors import Denied, NeedsChoice, Unknown
from tools.ledger.audience import EVERYTHING, Audience
from tools.ledger.found.share import shown_share, spend_share
from tools.ledger.scope import Scope
from tools.period import Period

TODAY = date(2026, 10, 20)
SEPTEMBER = Period.month(2026, 9)
ROWS = (
    charge("2026-09-02", "30", team="orion"),
    charge("2026-09-03", "20", team="orion", provider="OpenAI", service="OpenAI API"),
    charge("2026-09-04", "40", team="atlas"),
    charge("2026-09-05", "10"),
    charge("2026-09-30", "60", team="atlas", service="Amazon S3", service_category="Storage"),
    charge("2026-10-10", "99", team="orion"),
)
ORION = Scope(SEPTEMBER, (("team", ("orion",)),))


def values(fill: Fill, scope: Scope, audience: Audience, *of: str) -> list[Decimal]:
    return [figure.value for figure in spend_share(fill(*ROWS), scope, audience, TODAY, of).figures]


def test_a_teams_share_is_its_part_of_all_teams_and_of_what_is_untagged(fill: Fill) -> None:
    share, part, whole = values(fill, ORION, EVERYTHING, "team")
    assert (part, whole, share) == (30 + 20, 30 + 20 + 40 + 10 + 60, Decimal("31.25"))


def test_filters_that_are_not_named_hold_for_the_whole_too(fill: Fill) -> None:
    scope = Scope(SEPTEMBER, (("team", ("orion",)), ("provider", ("openai",))))
    assert values(fill, scope, EVERYTHING, "provider") == [Decimal(40), Decimal(20), Decimal(50)]


def test_ai_is_set_against_the_whole_bill(fill: Fill) -> None:
    share, part, whole = values(fill, Scope(SEPTEMBER), EVERYTHING, "ai")
    assert (part, whole, share) == (100, 160, Decimal("62.5"))


def test_who_may_see_totals_is_told_their_own_teams_share_of_them(fill: Fill) -> None:
    assert values(fill, ORION, Audience.of("Orion", totals=True), "team")[0] == Decimal("31.25")


def test_who_may_see_only_one_team_is_not_told_its_share_of_the_others(fill: Fill) -> None:
    with pytest.raises(Denied) as refused:
        values(fill, ORION, Audience.of("orion"), "team")
    assert "atlas" not in str(refused.value)
    assert not any(sign.isdigit() for sign in str(refused.value))


def test_who_may_see_two_teams_is_told_the_share_of_those_and_that_it_is(fill: Fill) -> None:
    result = spend_share(fill(*ROWS), ORION, Audience.of("orion", "atlas"), TODAY, ("team",))
    assert [f.value for f in result.figures] == [trimmed_share(50, 150), Decimal(50), Decimal(150)]
    assert "all that may be seen here" in result.summary


def trimmed_share(part: int, whole: int) -> Decimal:
    return (Decimal(part) * 100 / whole).quantize(Decimal("0.000001"))


def test_another_teams_share_is_denied(fill: Fill) -> None:
    with pytest.raises(Denied):
        values(fill, Scope(SEPTEMBER, (("team", ("atlas",)),)), Audience.of("orion", totals=True), "team")


def test_a_split_that_names_no_part_asks_back(fill: Fill) -> None:
    with pytest.raises(NeedsChoice):
        values(fill, Scope(SEPTEMBER), EVERYTHING, "team")


def test_a_period_without_data_is_unknown(fill: Fill) -> None:
    with pytest.raises(Unknown, match="no billing data"):
        values(fill, Scope(Period.month(2025, 9), ORION.where), EVERYTHING, "team")


def test_a_whole_that_credits_make_negative_has_no_share(fill: Fill) -> None:
    rows = (charge("2026-09-02", "5", team="orion"), charge("2026-09-03", "-9", category="Credit"))
    result = spend_share(fill(*rows), ORION, EVERYTHING, TODAY, ("team",))
    assert [f.unit for f in result.figures] == ["USD", "USD"]
    assert any("no share" in warning for warning in result.warnings)


def test_each_currency_has_its_own_share(fill: Fill) -> None:
    rows = (*ROWS, charge("2026-09-06", "3", team="orion", currency="EUR", account="9"))
    result = spend_share(fill(*rows), ORION, EVERYTHING, TODAY, ("team",))
    shares = {f.label[-4:-1]: f.value for f in result.figures if f.unit == "%"}
    assert shares == {"USD": Decimal("31.25"), "EUR": Decimal(100)}


def test_a_small_share_is_not_shown_as_none() -> None:
    assert [shown_share(Decimal(text)) for text in ("0.012345", "0", "33.333333")] == ["0.012", "0.0", "33.3"]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 10**9)), min_size=3, max_size=12))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_shares_of_all_teams_add_up_to_a_hundred(fill: Fill, drawn: list[tuple[str, int]]) -> None:
    rows = [charge("2026-09-02", f"{cents / 100:.2f}", team=team) for team, cents in drawn]
    ledger = fill(*rows)
    shares = [
        spend_share(ledger, Scope(SEPTEMBER, (("team", (team,)),)), EVERYTHING, TODAY, ("team",)).figures[0].value
        for team in {team for team, _ in drawn}
    ]
    assert abs(sum(shares) - 100) <= Decimal("0.000001") * len(shares)
