"""One thing asked of one budget: its amount, what is left, the share used, its end, or the day it runs out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from tools.ledger.audience import Audience
from tools.ledger.budgets.budget_daily import DAILY, a_day, figure_shown
from tools.ledger.budgets.standings import Standing
from tools.ledger.found.share import shown_share
from tools.ledger.ledger import Ledger
from tools.ledger.over_time.outlook import outlook
from tools.ledger.query import sums, view
from tools.money import Money
from tools.period import day_shown
from tools.results import Figure, Result, Table

Measure = Literal["amount", "remaining", "used", "projected", "gap", "runs_out", "per_day", "per_workday", "to_save"]
STARTS = {
    "amount": ("Budget,",),
    "remaining": ("Remaining,",),
    "used": ("Used,",),
    "projected": ("Projected at the end,",),
}
GAP = "Projected above the budget"
ROOM = "Projected below the budget"


def asked_of(
    result: Result, one: Standing, measure: Measure, ledger: Ledger, audience: Audience, today: date
) -> Result:
    """`result` of one budget with the figure that was asked for first."""
    if measure == "projected" and one.projected is not None:
        return _with_end(result, one)
    if measure in STARTS:
        first = _first(result, STARTS[measure])
        said = _said(one, measure)
        return replace(first, summary=f"{said} {first.summary}" if said else first.summary)
    if measure == "gap" and one.projected is not None:
        gap = one.projected - one.budget.amount
        label = GAP if gap.amount > 0 else ROOM
        figure = Figure(label, abs(gap.amount), gap.currency, one.through)
        side = "above" if gap.amount > 0 else "below"
        said = f"{one.budget.called} is heading for {figure_shown(figure)} {side} its budget."
        return replace(result, summary=f"{said} {result.summary}", figures=(figure, *result.figures))
    if measure in DAILY and one.remaining is not None and one.through is not None:
        return a_day(result, one, measure)
    if measure == "runs_out" and one.spent is not None:
        return _runs_out(result, one, ledger, audience, today)
    return result


def _with_end(result: Result, one: Standing) -> Result:
    """Where it ends, and how far that is from the amount."""
    assert one.projected is not None
    gap = one.projected - one.budget.amount
    size = Money(abs(gap.amount), gap.currency)
    side = "above" if gap.amount > 0 else "below"
    figure = Figure(GAP if gap.amount > 0 else ROOM, size.amount, size.currency, one.through)
    first = _first(result, STARTS["projected"])
    over = one.projected == one.spent
    said = f"{one.period.shown()} {'came to' if over else 'is heading for'} {one.projected.shown()}, "
    said += f"{size.shown()} {side} the {one.budget.amount.shown()}."
    return replace(first, summary=f"{said} {first.summary}", figures=(first.figures[0], figure, *first.figures[1:]))


def _said(one: Standing, measure: Measure) -> str:
    """The answer alone, in a sentence."""
    name, when = one.budget.name, one.period.shown()
    if measure == "amount":
        return f"The budget {name} is {one.budget.amount.shown()} for {when}."
    if measure == "remaining" and one.remaining is not None:
        left = one.remaining
        over = f"Nothing is left: the budget {name} is exceeded by {Money(-left.amount, left.currency).shown()}."
        return f"{left.shown()} of the budget {name} is left in {when}." if left.amount >= 0 else over
    if measure == "used" and one.used is not None:
        return f"{shown_share(one.used)}% of the budget {name} is used in {when}."
    return ""


def _first(result: Result, starts: tuple[str, ...]) -> Result:
    return replace(result, figures=tuple(sorted(result.figures, key=lambda f: not f.label.startswith(starts))))


def _runs_out(result: Result, one: Standing, ledger: Ledger, audience: Audience, today: date) -> Result:
    """The day on which spend so far and what is projected for each day reach the amount."""
    if one.state == "over":
        since = _day_passed(one, ledger, audience)
        told = f" since {day_shown(since)}" if since else ""
        return replace(result, summary=f"It is used up{told or ' already'}. {result.summary}")
    day = _day_reached(one, ledger, audience, today)
    if day is None:
        return replace(result, summary=f"It does not run out in {one.period.shown()} at this pace. {result.summary}")
    assert result.table is not None
    when = f"about {day_shown(day)}"
    rows = (*((name, value) for name, value in zip(result.table.columns, result.table.rows[0], strict=True)),)
    table = Table(
        f"{one.budget.name}, {one.period.shown()}", ("Item", "Value"), (*rows, ("Used up on", day_shown(day)))
    )
    left = Figure("Days until it is used up", Decimal((day - today).days), "days", one.through)
    return replace(
        result,
        summary=f"It is used up on {when}, as spend is projected. {result.summary}",
        table=table,
        figures=(*result.figures, left),
    )


def _day_passed(one: Standing, ledger: Ledger, audience: Audience) -> date | None:
    """The day whose charges took what is spent above the amount."""
    rows = view(ledger, one.budget.scope(one.period), audience).within(one.period)
    days = sums(ledger, rows, ("day",))
    total = Decimal(0)
    for day in sorted((g for g in days if g.amount.currency == one.budget.amount.currency), key=lambda g: g.keys):
        total += day.amount.amount
        if total > one.budget.amount.amount:
            return day.keys[0] if isinstance(day.keys[0], date) else None
    return None


def _day_reached(one: Standing, ledger: Ledger, audience: Audience, today: date) -> date | None:
    rows = view(ledger, one.budget.scope(one.period), audience)
    code = one.budget.amount.currency
    look = next((look for look in outlook(ledger, rows, one.period, today) if look.currency == code), None)
    if look is None or one.spent is None:
        return None
    total = float(one.spent.amount)
    for day in (one.period.start + timedelta(step) for step in range(one.period.days)):
        total += look.days.get(day, 0.0)
        if total > float(one.budget.amount.amount):
            return max(day, today)
    return None
