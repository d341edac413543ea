"""What a budget leaves for each day that remains, or what has to be saved a day to stay inside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from tools.ledger.budgets.standings import Standing
from tools.money import Money
from tools.period import day_shown
from tools.results import Figure, Result

DAILY = frozenset({"per_day", "per_workday", "to_save"})
FRIDAY = 4


def a_day(result: Result, one: Standing, measure: str) -> Result:
    """`result` of one budget with the daily figure first: what is left over the days after the data's last, all or
    working ones (Monday to Friday), or how far the projected end is above the amount over these days. As it is where
    no day is left."""
    assert one.remaining is not None
    assert one.through is not None
    after = [one.through + timedelta(step) for step in range(1, (one.period.end - one.through).days)]
    days = [day for day in after if day.weekday() <= FRIDAY] if measure == "per_workday" else after
    if not days:
        return result
    kind = "working days" if measure == "per_workday" else "days"
    left = Figure(
        f"Left for each of {len(days)} {kind}, {one.budget.name}",
        one.remaining.amount / Decimal(len(days)),
        one.remaining.currency,
        one.through,
    )
    count = Figure(f"{kind.capitalize()} left", Decimal(len(days)), kind, one.through)
    span = f"the {len(days)} {kind} after {day_shown(one.through)}"
    if measure != "to_save":
        over = one.remaining.amount < 0
        said = f"{figure_shown(left)} a {kind[:-1]} is left for {span}."
        said = f"Nothing is left for {span}: the budget is exceeded." if over else said
        return replace(result, summary=f"{said} {result.summary}", figures=(left, count, *result.figures))
    if one.projected is None:
        return result
    gap = one.projected - one.budget.amount
    each = Figure(
        f"To be saved on each of {len(days)} days, {one.budget.name}",
        max(gap.amount, Decimal(0)) / Decimal(len(days)),
        gap.currency,
        one.through,
    )
    if gap.amount > 0:
        over_by = Figure("Projected above the budget", gap.amount, gap.currency, one.through)
        said = (
            f"{figure_shown(each)} a day has to be saved on {span}: it is heading for {gap.shown()} above the budget."
        )
        return replace(result, summary=f"{said} {result.summary}", figures=(each, over_by, count, *result.figures))
    room = Figure("Projected below the budget", -gap.amount, gap.currency, one.through)
    said = f"Nothing has to be saved: it is heading for {figure_shown(room)} below the budget; "
    said += f"{figure_shown(left)} a day may be spent on {span}."
    return replace(result, summary=f"{said} {result.summary}", figures=(each, left, room, count, *result.figures))


def figure_shown(figure: Figure) -> str:
    return Money(figure.value, figure.unit).shown()
