"""Budgets: their file, where they stand, and the alerts due; expected values written out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.conftest import Fill
from tests.ledger.focus import Row, charge
from tools.errors import BadInput, Denied, Unknown
from tools.ledger.audience import EVERYTHING, NOTHING, Audience
from tools.ledger.budgets.budget_status import alerts_due, budget_status
from tools.ledger.budgets.budget_told import budget_told
from tools.ledger.budgets.budgets import ALERTS, Budget, load_budgets, parse_budgets
from tools.ledger.budgets.standings import Standing, standings
from tools.ledger.scope import Scope
from tools.money import Money
from tools.period import Period
from tools.results import Result

TODAY = date(2026, 11, 11)
ORION_ONLY = Audience(frozenset({"orion"}))
NOVEMBER = Period.month(2026, 11)


def daily(cost: int, team: str, start: date = date(2026, 8, 1), **others: str) -> list[Row]:
    days = (TODAY - start).days
    return [charge(start + timedelta(n), str(cost), team=team, **others) for n in range(days)]  # type: ignore[arg-type]


ROWS = (*daily(10, "orion"), *daily(30, "atlas", provider="OpenAI"))
ALL = parse_budgets(
    """
    [[budget]]
    team = "Orion"
    amount = 250

    [[budget]]
    name = "OpenAI"
    provider = "openai"
    amount = 1000
    alerts = [25]

    [[budget]]
    period = "quarter"
    amount = "1600.00"
    """
)


def figures(result: Result) -> dict[str, Decimal]:
    return {figure.label: figure.value for figure in result.figures}


def test_one_budget_tells_what_is_spent_used_left_and_projected(fill: Fill) -> None:
    result = budget_status(fill(*ROWS), ALL, EVERYTHING, TODAY, where=(("team", ("orion",)),))
    spent = 10 * 10
    assert [f.value for f in result.figures[:4]] == [spent, spent * 100 / Decimal(250), 250 - spent, 250]
    assert figures(result)["Projected at the end, Orion"] == 10 * 30
    assert "at risk" in result.summary


def test_a_name_without_a_budget_is_told_and_one_that_nothing_has_is_unknown(fill: Fill) -> None:
    ledger = fill(*ROWS)
    result = budget_status(ledger, ALL, EVERYTHING, TODAY, where=(("team", ("orion", "atlas")),))
    assert result.figures[0].value == 10 * 10
    assert result.warnings == ("No budget is set for atlas.",)
    with pytest.raises(Unknown, match="orian"):
        budget_status(ledger, ALL, EVERYTHING, TODAY, where=(("team", ("orion", "orian")),))


def test_budgets_over_come_first_and_are_counted(fill: Fill) -> None:
    result = budget_status(fill(*ROWS), ALL, EVERYTHING, TODAY)
    quarter = 41 * (10 + 30)
    assert result.table is not None
    assert [(row[0], row[4], row[8]) for row in result.table.rows] == [
        ("all spend (quarter)", quarter, "over"),
        ("Orion", 100, "at risk"),
        ("OpenAI", 300, "on track"),
    ]
    assert [f.value for f in result.figures[:3]] == [1, 1, 1]


def test_a_past_month_is_judged_by_what_it_cost(fill: Fill) -> None:
    result = budget_status(fill(*ROWS), ALL[:1], EVERYTHING, TODAY, on=date(2026, 10, 5))
    assert (result.figures[0].value, result.table and result.table.rows[0][8]) == (310, "over")


def test_a_budget_whose_month_has_no_data_yet_is_unknown_and_not_zero(fill: Fill) -> None:
    found = standings(fill(*ROWS), ALL[:1], EVERYTHING, date(2026, 12, 2))
    assert (found[0].spent, found[0].remaining, found[0].used) == (None, None, None)
    assert found[0].projected == Money(Decimal(10 * 31))


def test_a_budget_for_a_team_that_nothing_has_is_unknown_and_said(fill: Fill) -> None:
    budgets = parse_budgets('[[budget]]\nteam = "orionn"\namount = 5')
    result = budget_status(fill(*ROWS), budgets, EVERYTHING, TODAY)
    assert "unknown" in result.summary
    assert "orion" in result.warnings[0]


def test_who_sees_one_team_sees_its_budget_only(fill: Fill) -> None:
    ledger = fill(*ROWS)
    seen = budget_status(ledger, ALL, Audience.of("orion"), TODAY)
    assert seen.table is not None
    assert [row[0] for row in seen.table.rows] == ["Orion"]
    totals = budget_status(ledger, ALL, Audience.of(totals=True), TODAY)
    assert totals.table is not None
    assert {row[0] for row in totals.table.rows} == {"OpenAI", "all spend (quarter)"}
    with pytest.raises(Denied):
        budget_status(ledger, ALL, Audience.of("atlas"), TODAY, where=(("team", ("orion",)),))
    with pytest.raises(Denied):
        budget_status(ledger, ALL, NOTHING, TODAY)
    with pytest.raises(Unknown):
        budget_status(ledger, ALL, Audience.of("atlas"), TODAY)


def test_spend_in_another_currency_is_not_counted_and_said(fill: Fill) -> None:
    rows = (*ROWS, charge("2026-11-03", "7", team="orion", currency="EUR", account="3"))
    (found,) = standings(fill(*rows), ALL[:1], EVERYTHING, TODAY)
    assert found.spent == Money(Decimal(100))
    assert "€7.00" in found.why


def test_a_budget_whose_spend_is_all_in_another_currency_is_unknown_and_not_zero(fill: Fill) -> None:
    (found,) = standings(fill(charge("2026-11-03", "7", team="orion", currency="EUR")), ALL[:1], EVERYTHING, TODAY)
    assert (found.spent, found.state) == (None, "unknown")
    assert "€7.00" in found.why


def standing(spent: str, projected: str | None = None, amount: str = "100") -> Standing:
    budget = Budget("orion", Money(amount), "month", (("team", ("orion",)),))
    ahead = Money(projected) if projected else None
    return Standing(budget, NOVEMBER, Money(spent), ahead, TODAY)


def test_only_the_highest_threshold_passed_is_told_and_each_once() -> None:
    (first,) = alerts_due([standing("85")])
    assert (first.threshold, len(first.keys)) == (80, 2)
    assert alerts_due([standing("85")], first.keys) == []
    (last,) = alerts_due([standing("120")], first.keys)
    assert last.threshold == 100


def test_a_projected_overrun_is_told_once_and_not_when_it_is_over_already() -> None:
    (alert,) = alerts_due([standing("40", "130")])
    assert alert.forecast
    assert "heading for $130.00" in alert.text
    assert alerts_due([standing("40", "130")], alert.keys) == []
    assert [a.forecast for a in alerts_due([standing("101", "130")])] == [False]


def test_nothing_is_due_below_the_first_threshold() -> None:
    assert alerts_due([standing("49.99", "90")]) == []


@given(st.lists(st.integers(0, 200), min_size=1, max_size=8))
def test_whatever_the_steps_each_threshold_is_told_at_most_once(steps: list[int]) -> None:
    told: set[str] = set()
    thresholds = []
    for spent in sorted(steps):
        for alert in alerts_due([standing(str(spent))], told):
            told |= set(alert.keys)
            thresholds.append(alert.threshold)
    assert thresholds == sorted(set(thresholds))
    assert (max(steps) >= 50) == bool(thresholds)


def test_the_file_is_read_with_its_defaults(tmp_path: Path) -> None:
    assert load_budgets(tmp_path) == ()
    (tmp_path / "budgets.toml").write_text('alerts = [60.5]\n[[budget]]\nmodel = "gpt-4o"\namount = 0.10\n')
    (found,) = load_budgets(tmp_path)
    assert found == Budget("gpt-4o", Money("0.10"), "month", (("model", ("gpt-4o",)),), (Decimal("60.5"),))
    assert ALERTS == (50, 80, 100)


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("[[budget]]\nteam = 'a'", 1, "needs an amount"),
        ("[[budget]]\namount = -1", 2, "above zero"),
        ("[[budget]]\namount = true", 2, "not an amount"),
        ("[[budget]]\namount = 'a lot'", 2, "not an amount"),
        ("[[budget]]\namount = nan", 2, "above zero"),
        ("[[budget]]\namount = 1\ncurrency = 'dollars'", 3, "three letters"),
        ("[[budget]]\namount = 1\nperiod = 'week'", 3, "month"),
        ("[[budget]]\namount = 1\n[[budget]]\namount = 2\ntaem = 'x'", 5, "'taem' is not a setting"),
        ("[[budget]]\namount = 1\nalerts = [0]", 3, "percents"),
        ("[[budget]]\namount = 1\nteam = ''", 3, "name in quotes"),
        ("[[budget]]\namount = 1\n[[budget]]\namount = 2", 3, "Two budgets"),
        ("limits = 3", 1, "not a setting"),
        ("budget = 3", 1, "section of its own"),
        ("[[budget]\n", 1, "not TOML"),
    ],
)
def test_a_budget_file_that_cannot_be_used_is_refused_with_its_line(text: str, line: int, why: str) -> None:
    with pytest.raises(BadInput, match=why) as refused:
        parse_budgets(text, "budgets.toml")
    assert (refused.value.file, refused.value.line) == ("budgets.toml", line)


def test_a_budget_may_name_the_channel_of_its_alerts() -> None:
    (budget,) = parse_budgets('[[budget]]\namount = 1\nchannel = "c0search"')
    assert budget.channel == "C0SEARCH"
    with pytest.raises(BadInput, match="line 3: channel is a name in quotes"):
        parse_budgets("[[budget]]\namount = 1\nchannel = 7")


def test_a_budget_that_is_told_stands_like_a_set_one(fill: Fill) -> None:
    orion = Scope(NOVEMBER, (("team", ("orion",)),))
    told = budget_told(fill(*ROWS), Decimal(250), orion, EVERYTHING, TODAY, measure="projected")
    assert [f.value for f in told.figures[:3]] == [300, 50, 100]
    assert "$50.00 above" in told.summary


def test_a_told_budget_of_a_month_to_come_is_held_against_its_forecast(fill: Fill) -> None:
    december = Scope(Period.month(2026, 12), (("team", ("orion",)),))
    told = budget_told(fill(*ROWS), Decimal(400), december, EVERYTHING, TODAY, measure="gap")
    assert told.figures[0].value == 400 - 10 * 31


def test_the_day_on_which_a_budget_was_used_up_is_told(fill: Fill) -> None:
    told = budget_told(
        fill(*ROWS), Decimal(95), Scope(NOVEMBER, (("team", ("orion",)),)), EVERYTHING, TODAY, measure="runs_out"
    )
    assert "used up since 10 November 2026" in told.summary


def test_a_told_budget_of_a_team_that_may_not_be_seen_is_denied(fill: Fill) -> None:
    with pytest.raises(Denied):
        budget_told(fill(*ROWS), Decimal(9), Scope(None, (("team", ("atlas",)),)), ORION_ONLY, TODAY)
    mine = budget_told(fill(*ROWS), Decimal(500), Scope(NOVEMBER), ORION_ONLY, TODAY)
    assert mine.figures[0].value == 100
    assert "orion" in mine.summary


def test_a_told_amount_without_a_currency_is_in_that_of_the_bill(fill: Fill) -> None:
    told = budget_told(fill(*daily(10, "orion", currency="EUR")), Decimal(500), Scope(NOVEMBER), EVERYTHING, TODAY)
    assert (told.figures[0].value, told.figures[0].unit) == (100, "EUR")
