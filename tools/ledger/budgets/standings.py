"""Where each budget stands: what is spent of it in its period, and where that will end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from tools.errors import Denied, Unknown
from tools.ledger.audience import Audience
from tools.ledger.budgets.budgets import Budget
from tools.ledger.ledger import Ledger
from tools.ledger.over_time.outlook import outlook
from tools.ledger.query import View, sums, view
from tools.ledger.spend import percent
from tools.money import Money
from tools.period import Period, day_shown
from tools.results import listed

State = Literal["over", "at risk", "on track", "unknown"]


@dataclass(frozen=True, slots=True)
class Standing:
    """One budget in one period. `spent` None is unknown, or of a period that the data has not reached: `why` says so.
    `projected` is where it will end, None where nothing can be carried on; `through` the last day of data."""

    budget: Budget
    period: Period
    spent: Money | None
    projected: Money | None
    through: date | None
    why: str = ""

    @property
    def used(self) -> Decimal | None:
        """Percent of the amount that is spent."""
        return percent(self.spent, self.budget.amount) if self.spent is not None else None

    @property
    def remaining(self) -> Money | None:
        return self.budget.amount - self.spent if self.spent is not None else None

    @property
    def state(self) -> State:
        if self.spent is None and self.projected is None:
            return "unknown"
        if self.spent is not None and self.budget.amount < self.spent:
            return "over"
        return "at risk" if self.projected and self.budget.amount < self.projected else "on track"


def standings(
    ledger: Ledger, budgets: Sequence[Budget], audience: Audience, today: date, on: date | None = None
) -> list[Standing]:
    """Where each budget stands that the audience may see whole, in the period of `on` (today if None)."""
    return [standing(ledger, b, audience, today, on or today) for b in budgets if b.visible_to(audience)]


def standing(ledger: Ledger, budget: Budget, audience: Audience, today: date, on: date) -> Standing:
    """Where one budget stands in its period that holds `on`. A period to come is told by its projected end."""
    period = budget.period_of(on)
    code = budget.amount.currency
    try:
        rows = view(ledger, budget.scope(period), audience)
    except (Denied, Unknown) as error:
        return Standing(budget, period, None, None, None, f"{budget.name}: {error}")
    through = rows.span.through
    if through < period.start or rows.span.first >= period.end:
        ahead = None if rows.span.first >= period.end else _projected(ledger, rows, period, today, code)
        why = f"{budget.name}: no billing data for {period.shown()} yet."
        return Standing(budget, period, None, ahead, through, why)
    groups = sums(ledger, rows.within(period))
    spent = next((g.amount for g in groups if g.amount.currency == code), Money(Decimal(0), code))
    others = [g.amount.shown() for g in groups if g.amount.currency != code]
    if others and len(others) == len(groups):
        why = f"{budget.name}: all of its spend is in another currency ({listed(others)}), so the use is unknown."
        return Standing(budget, period, None, None, through, why)
    why = f"{budget.name}: {listed(others)} is in another currency and not counted." if others else ""
    if rows.span.first > period.start:
        why = why or f"{budget.name}: {period.shown()} is partial, billing data starts on {day_shown(rows.span.first)}."
    if period.end <= today and period.last_day <= through:
        return Standing(budget, period, spent, spent, through, why)
    return Standing(budget, period, spent, _projected(ledger, rows, period, today, code), through, why)


def _projected(ledger: Ledger, rows: View, period: Period, today: date, code: str) -> Money | None:
    """Where the period will end in one currency; None where nothing can be carried on that far."""
    try:
        looks = outlook(ledger, rows, period, today)
    except Unknown:
        return None
    return next((one.total for one in looks if one.currency == code), None)
