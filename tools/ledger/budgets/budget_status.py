"""What is spent of each budget, where it will end, and which alerts are due."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from tools.errors import Denied, NeedsChoice, Unknown
from tools.ledger.audience import Audience
from tools.ledger.budgets.budget_asked import Measure, asked_of
from tools.ledger.budgets.budgets import FILE, Budget
from tools.ledger.budgets.standings import Standing, standings
from tools.ledger.filters import NOT_YOURS
from tools.ledger.found.share import shown_share
from tools.ledger.known import NOTHING_VISIBLE, known_values, unknown_value
from tools.ledger.ledger import Ledger
from tools.ledger.spend import percent
from tools.ledger.storing.classify import provider
from tools.money import Money, plain
from tools.period import day_shown
from tools.results import Cell, Chart, Figure, Result, Series, Table, listed

WHERE_SET = f"budgets are set in {FILE} in Outlay's home."
NONE_SET = f"No budget that may be shown here is set; {WHERE_SET}"
HOW = (
    "Effective cost, credits and refunds counted, against the amount of the calendar month, quarter or year.",
    "A budget is at risk when the projected cost at the period's end is above it.",
)
COLUMNS = ("Budget", "Period", "Currency", "Amount", "Spent", "Used (%)", "Remaining", "Projected", "Status")


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to tell about a budget; `keys` are to be kept, so that it and lower thresholds are not told again in
    the period."""

    keys: tuple[str, ...]
    standing: Standing
    threshold: Decimal
    forecast: bool
    text: str


def budget_status(
    ledger: Ledger,
    budgets: Sequence[Budget],
    audience: Audience,
    today: date,
    *,
    where: Sequence[tuple[str, Sequence[str]]] = (),
    on: date | None = None,
    every: str | None = None,
    measure: Measure | None = None,
) -> Result:
    """Spent, share used, remaining and the projected end of each budget that the audience may see, those over or at
    risk first. `where` keeps the budgets of these teams, providers or models, `every` those of a month or a year;
    `on` is a day of the periods meant, today if None; `measure` is what is asked of a budget.
    One budget: its spent amount is the headline; several: how many are over. A name without a budget is told. Unknown
    where none is set, or the ledger has no such name."""
    if audience.sees_nothing:
        raise Denied(NOTHING_VISIBLE)
    for name, values in where:
        if name == "team" and not all(audience.may_see(value) for value in values):
            raise Denied(NOT_YOURS)
    kept = [b for b in budgets if b.visible_to(audience) and _meant(b, where)]
    if not kept:
        named = [value for _, values in where for value in values]
        others = any(b.visible_to(audience) for b in budgets)
        raise Unknown(f"No budget is set for {listed(named)}; {WHERE_SET}" if named and others else NONE_SET)
    if every is not None:
        kept = [budget for budget in kept if budget.every == every] or kept
    if measure is not None and not where:
        kept = [budget for budget in kept if not budget.where] or kept
    order = {"over": 0, "at risk": 1, "unknown": 2, "on track": 3}
    found = sorted(
        standings(ledger, kept, audience, today, on), key=lambda s: (order[s.state], -(s.used or Decimal(0)))
    )
    told = shown(found)
    result = replace(told, warnings=(*told.warnings, *_without_one(ledger, kept, audience, where)))
    if measure is None:
        return result
    if len(found) > 1:
        raise NeedsChoice("Which budget do you mean?", [one.budget.name for one in found])
    return asked_of(result, found[0], measure, ledger, audience, today)


def shown(found: Sequence[Standing]) -> Result:
    """How budgets stand, in the order given: figures of each, with several how many are over or at risk first."""
    figures = [figure for one in found for figure in _figures(one)]
    if len(found) > 1:
        counts = [(state, sum(one.state == state for one in found)) for state in ("over", "at risk", "on track")]
        figures = [Figure(f"Budgets {state}", Decimal(n), "budgets", found[0].through) for state, n in counts] + figures
        figures.append(Figure("Budgets", Decimal(len(found)), "budgets", found[0].through))
    through = max((one.through for one in found if one.through), default=None)
    fresh = f" Billing data through {day_shown(through)}." if through else ""
    return Result(
        _summary(found) + fresh,
        tuple(figures),
        Table("Budgets", COLUMNS, tuple(_line(one) for one in found)),
        _chart(found),
        HOW,
        tuple(dict.fromkeys(one.why for one in found if one.why)),
        through,
    )


def alerts_due(found: Sequence[Standing], told: Collection[str] = ()) -> list[Alert]:
    """What is to be told now, given the keys already told: for each budget the highest threshold newly passed by what
    is spent, and once a period that it is projected to end above its amount while it is not."""
    due = []
    for one in found:
        if one.spent is None or one.used is None:
            continue
        base = f"{one.budget.name.casefold()}|{one.period.start}|{plain(one.budget.amount.amount)}"
        passed = [t for t in one.budget.alerts if one.used >= t]
        keys = [f"{base}|{plain(t)}" for t in passed]
        amount = f"{one.spent.shown()} of the {one.budget.amount.shown()} budget {one.budget.name}"
        if keys and keys[-1] not in told:
            text = f"{amount} is spent in {one.period.shown()}: {shown_share(one.used)}%."
            due.append(Alert(tuple(keys), one, passed[-1], False, text))
        if one.state == "at risk" and one.projected is not None and f"{base}|forecast" not in told:
            text = f"{amount} is spent so far; {one.period.shown()} is heading for {one.projected.shown()}."
            due.append(Alert((f"{base}|forecast",), one, Decimal(100), True, text))
    return due


def _without_one(
    ledger: Ledger, kept: Sequence[Budget], audience: Audience, where: Sequence[tuple[str, Sequence[str]]]
) -> list[str]:
    """What is said of the names that the ledger knows and no budget is set for; Unknown for a name that it does not."""
    said = []
    for name, values in where:
        for value in values:
            if any(_meant(budget, ((name, (value,)),)) for budget in kept):
                continue
            known = known_values(ledger, audience, name)
            if value.casefold() not in {each.casefold() for each in known}:
                raise unknown_value(name, value, known)
            said.append(f"No budget is set for {value}.")
    return said


def _meant(budget: Budget, where: Sequence[tuple[str, Sequence[str]]]) -> bool:
    for name, values in where:
        own = budget.amount.currency if name == "currency" else budget.value(name)
        same = provider if name == "provider" else str.strip
        if own is None or same(own).casefold() not in {same(value).casefold() for value in values}:
            return False
    return True


def _figures(one: Standing) -> list[Figure]:
    name, when, as_of = one.budget.name, one.period.shown(), one.through
    figures = [Figure.of(f"Budget, {name}, {when}", one.budget.amount, as_of)]
    ends = [] if one.projected is None else [Figure.of(f"Projected at the end, {name}", one.projected, as_of)]
    if one.spent is None or one.remaining is None or one.used is None:
        return [*ends, *figures]
    figures = [
        Figure.of(f"Spent, {name}, {when}", one.spent, as_of),
        Figure(f"Used, {name}", one.used, "%", as_of),
        Figure.of(f"Remaining, {name}", one.remaining, as_of),
        *figures,
    ]
    if one.projected is not None:
        figures += ends
        if (share := percent(one.projected, one.budget.amount)) is not None:
            figures.append(Figure(f"Projected share of the budget, {name}", share, "%", as_of))
    return figures


def _told(one: Standing) -> str:
    amount = one.budget.amount.shown()
    if one.spent is None and one.projected is not None:
        when = one.period.shown()
        end = f"it is heading for {one.projected.shown()} of {amount}"
        return f"{one.budget.called}: no day of {when} is billed yet; {end}"
    if one.spent is None or one.remaining is None or one.used is None:
        return f"{one.budget.called}: what is spent of {amount} in {one.period.shown()} is unknown"
    left = one.remaining
    rest = f"{left.shown()} left" if left.amount >= 0 else f"{Money(-left.amount, left.currency).shown()} over"
    told = f"{one.budget.called}: {one.spent.shown()} of {amount} spent in {one.period.shown()} "
    told += f"({shown_share(one.used)}%), {rest}"
    ahead = one.projected is not None and one.projected != one.spent
    return told + (f", heading for {one.projected.shown()}" if ahead and one.projected else "")


def _summary(found: Sequence[Standing]) -> str:
    if len(found) == 1:
        state = found[0].state
        return _told(found[0]) + (f": {state}." if state != "unknown" else ".")
    worst = [one for one in found if one.state in ("over", "at risk")]
    if not worst:
        unknown = sum(one.state == "unknown" for one in found)
        fine = len(found) - unknown
        return f"{fine} of {len(found)} budgets are on track." if unknown else f"All {len(found)} budgets are on track."
    over = sum(one.state == "over" for one in found)
    text = f"{over} of {len(found)} budgets {'is' if over == 1 else 'are'} over and {len(worst) - over} at risk. "
    return text + " ".join(f"{_told(one)}." for one in worst[:2])


def _line(one: Standing) -> tuple[Cell, ...]:
    amounts = [money.amount if money is not None else None for money in (one.spent, one.remaining, one.projected)]
    budget = one.budget
    return (
        *(budget.name, one.period.shown(), budget.amount.currency, budget.amount.amount),
        *(amounts[0], one.used, amounts[1], amounts[2], one.state),
    )


def _chart(found: Sequence[Standing]) -> Chart | None:
    """The share of each budget spent and projected, in percent."""
    if len(found) < 2:
        return None
    ends = [percent(one.projected, one.budget.amount) if one.projected else None for one in found]
    series = (Series("spent", tuple(one.used for one in found)), Series("projected", tuple(ends)))
    return Chart("bar", "Share of the budget", "%", tuple(one.budget.name for one in found), series)
