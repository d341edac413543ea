"""How our spend stands against an amount that a question tells, as a budget of budgets.toml does."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from tools.errors import Unknown
from tools.ledger.audience import Audience
from tools.ledger.budgets.budget_asked import Measure, asked_of
from tools.ledger.budgets.budget_status import shown
from tools.ledger.budgets.budgets import Budget, Every
from tools.ledger.budgets.standings import standing
from tools.ledger.ledger import Ledger
from tools.ledger.over_time.forecast import month_of_days
from tools.ledger.query import View, sums, view
from tools.ledger.scope import Scope
from tools.money import Money
from tools.period import Period
from tools.results import Result


@dataclass(frozen=True, slots=True)
class ToldBudget(Budget):
    """A budget for the rows of `asked`; with `span` for that time instead of a calendar month, quarter or year."""

    asked: Scope = field(default_factory=Scope)
    span: Period | None = None

    def period_of(self, day: date) -> Period:
        return self.span or Budget.period_of(self, day)

    def scope(self, period: Period) -> Scope:
        return replace(self.asked, period=period)


def budget_told(
    ledger: Ledger,
    amount: Decimal,
    scope: Scope,
    audience: Audience,
    today: date,
    *,
    currency: str | None = None,
    every: Every = "month",
    measure: Measure | None = None,
) -> Result:
    """The scope's spend against `amount` in the scope's period, else in the current calendar month, quarter or year:
    what is asked by `measure` first. Without `currency` the amount is in the one that most is billed in. Denied and
    Unknown as for any question on the scope's spend; Unknown where all of it is in another currency."""
    rows = view(ledger, replace(scope, period=None), audience)
    span = None if scope.period is None else _whole(scope.period, today)
    told = Money(amount, currency or _own_currency(ledger, rows))
    budget = ToldBudget(rows.words, told, every, scope.where, asked=scope, span=span)
    one = standing(ledger, budget, audience, today, today)
    if one.spent is None and one.projected is None:
        raise Unknown(one.why)
    result = shown([one])
    result = replace(result, assumptions=(*result.assumptions, *rows.assumptions))
    return result if measure is None else asked_of(result, one, measure, ledger, audience, today)


def _own_currency(ledger: Ledger, rows: View) -> str:
    """The currency of the largest sum; of several, the others are said not to be counted."""
    groups = sums(ledger, rows)
    return max(groups, key=lambda group: group.amount.amount).amount.currency if groups else "USD"


def _whole(period: Period, today: date) -> Period:
    """The whole month or year where the period is only its days so far."""
    ends = period.last_day in (today, today - timedelta(1))
    if ends and period.days > 31 and period.start == date(today.year, 1, 1):
        return Period(period.start, date(today.year + 1, 1, 1))
    return month_of_days(period, today)
