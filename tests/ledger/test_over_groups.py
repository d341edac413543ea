"""Means, counts and limits over the groups of a split, growth in percent, and tokens ranked and costed by kind."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.ledger.conftest import Fill
from tests.ledger.focus import charge
from tools.errors import NeedsChoice, Unknown
from tools.ledger.audience import EVERYTHING
from tools.ledger.found.of_groups import beyond, counted, mean_of_groups, portion_of
from tools.ledger.found.ranking import extreme, pace
from tools.ledger.ledger import Ledger
from tools.ledger.naming.families import with_families
from tools.ledger.over_time.average import spend_average
from tools.ledger.over_time.change import spend_change
from tools.ledger.over_time.series import incomplete
from tools.ledger.scope import Scope
from tools.ledger.spend import spend_by, spend_total
from tools.ledger.tokens.token_costs import token_costs
from tools.ledger.tokens.token_ranking import tokens_by
from tools.period import Period
from tools.results import Result

TODAY = date(2026, 10, 20)
SEPTEMBER, AUGUST = Period.month(2026, 9), Period.month(2026, 8)


def tokens(day: str, cost: str, team: str, kind: str, count: int) -> dict[str, str]:
    """A charge for so many tokens of one kind on gpt-4o."""
    return charge(
        day,
        cost,
        team=team,
        provider="OpenAI",
        service="OpenAI API",
        SkuMeter=f"gpt-4o {kind} tokens",
        ConsumedQuantity=str(count),
        ConsumedUnit="Tokens",
    )


@pytest.fixture
def bill(fill: Fill) -> Ledger:
    """August: ads 10, core 100. September: ads 30, core 120, web 6 and 4 that nobody tagged; 5 of October so far."""
    return fill(
        charge("2026-08-31", "10", team="ads"),
        charge("2026-08-01", "100", team="core"),
        tokens("2026-09-01", "20", "ads", "input", 8_000_000),
        tokens("2026-09-02", "10", "ads", "output", 1_000_000),
        tokens("2026-09-30", "120", "core", "output", 12_000_000),
        charge("2026-09-03", "6", team="web"),
        charge("2026-09-03", "4"),
        charge("2026-10-19", "5", team="core"),
    )


def by_team(ledger: Ledger) -> Result:
    return spend_by(ledger, Scope(SEPTEMBER), EVERYTHING, TODAY, ("team",), 1000)


def head(result: Result) -> tuple[Decimal, str]:
    return result.figures[0].value, result.figures[0].unit


def test_a_mean_of_teams_leaves_out_what_no_team_is_tagged_on(bill: Ledger) -> None:
    assert head(mean_of_groups(by_team(bill), "team")) == (Decimal(52), "USD")  # (30 + 120 + 6) / 3


def test_teams_are_counted_and_held_against_an_amount_or_a_share(bill: Ledger) -> None:
    assert head(counted(by_team(bill), "team")) == (3, "teams")
    above = beyond(by_team(bill), "team", "above", Decimal(20))
    assert head(above) == (2, "teams")
    assert above.summary.startswith("2 of 3 teams cost more than $20.00: core $120.00 and ads $30.00.")
    # 120 of 160 is 75%, 30 of 160 is 18.75%
    assert head(beyond(by_team(bill), "team", "above", Decimal(20), in_percent=True)) == (1, "teams")
    assert head(beyond(by_team(bill), "team", "below", Decimal(10))) == (1, "teams")


def test_one_limit_is_not_set_against_several_currencies(fill: Fill) -> None:
    both = fill(charge("2026-09-01", "9", team="ads"), charge("2026-09-01", "9", team="core", currency="EUR"))
    with pytest.raises(Unknown, match="several currencies"):
        beyond(by_team(both), "team", "above", Decimal(1))


def test_fastest_growth_is_in_percent_and_not_in_money(bill: Ledger) -> None:
    change = spend_change(bill, Scope(SEPTEMBER), EVERYTHING, TODAY, AUGUST, "team")
    fastest = pace(change, "fastest")
    assert head(fastest) == (Decimal(200), "%")  # ads from 10 to 30; core, which rose by 20 as well, by 20%
    assert fastest.summary.startswith("The fastest growth is ads: +200.0% (+$20.00).")
    assert head(pace(change, "slowest")) == (Decimal(20), "%")
    assert any("web" in line for line in fastest.assumptions)


def test_a_part_of_a_total_is_worked_out(bill: Ledger) -> None:
    total = spend_total(bill, Scope(SEPTEMBER), EVERYTHING, TODAY)
    assert head(portion_of(total, Decimal(15))) == (Decimal(24), "USD")  # 15% of 160


def test_tokens_are_ranked_by_team_and_told_by_month(bill: Ledger) -> None:
    most = tokens_by(bill, Scope(SEPTEMBER), EVERYTHING, TODAY, "team", top=1)
    assert (most.figures[0].label, *head(most)) == ("core", 12_000_000, "tokens")
    fewest = tokens_by(bill, Scope(SEPTEMBER), EVERYTHING, TODAY, "team", side="output", top=1, least=True)
    assert (fewest.figures[0].label, *head(fewest)) == ("ads", 1_000_000, "tokens")
    monthly = tokens_by(bill, Scope(), EVERYTHING, TODAY, "month")
    assert [(f.label, f.value) for f in monthly.figures[1:]] == [("2026-09", 21_000_000)]


def test_the_cost_of_one_kind_of_tokens_stands_alone(bill: Ledger) -> None:
    output = token_costs(bill, Scope(SEPTEMBER), EVERYTHING, TODAY, side="output")
    assert head(output) == (Decimal(130), "USD")
    assert output.summary.startswith("$130.00 for output tokens (86.7%) of $150.00 for all tokens.")
    with pytest.raises(Unknown, match="no cached input tokens"):
        token_costs(bill, Scope(SEPTEMBER), EVERYTHING, TODAY, side="cached")


def test_a_monthly_mean_is_of_complete_months_and_of_each_team(bill: Ledger) -> None:
    since_august = Period(date(2026, 8, 1), date(2026, 10, 21))
    mean = spend_average(bill, Scope(since_august), EVERYTHING, TODAY, "month")
    assert head(mean) == (Decimal(135), "USD")  # (110 + 160) / 2
    assert "Only complete months count: August to September 2026." in mean.assumptions
    each = spend_average(bill, Scope(since_august), EVERYTHING, TODAY, "month", "team")
    assert {f.label: f.value for f in each.figures}["Mean per month, core"] == 110  # (100 + 120) / 2
    with pytest.raises(NeedsChoice):
        spend_average(bill, Scope(Period(date(2026, 10, 1), date(2026, 10, 21))), EVERYTHING, TODAY, "month")


def test_a_month_that_is_not_over_is_not_the_lowest(bill: Ledger) -> None:
    months = spend_by(bill, Scope(), EVERYTHING, TODAY, ("month",), 1000)
    partial = incomplete(bill, Scope(), EVERYTHING, TODAY, "month")
    assert partial == {"2026-10"}
    assert head(extreme(months, least=True, partial=partial)) == (Decimal(110), "USD")


def test_a_version_stands_for_the_model_of_that_version_alone(fill: Fill) -> None:
    ledger = fill(
        *(charge("2026-09-01", "1", ResourceName=name) for name in ("claude-sonnet-4-5", "claude-sonnet-4", "gpt-4.1"))
    )
    scope = with_families(ledger, EVERYTHING, Scope(SEPTEMBER, (("model", ("sonnet 4.5",)),)))
    assert scope.where == (("model", ("claude-sonnet-4-5",)),)
