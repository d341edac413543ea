"""What changed between two periods, and what moved it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tools.errors import Denied, NeedsChoice, Unknown
from tools.ledger.audience import Audience
from tools.ledger.dimensions import dimension_named, title
from tools.ledger.filters import filter_named
from tools.ledger.groups import Group, shown_label, told_apart
from tools.ledger.known import gaps_of
from tools.ledger.ledger import Ledger
from tools.ledger.query import View, asked_period, sums, unknown_costs, view
from tools.ledger.scope import Scope
from tools.ledger.spend import EXACT, added, one_decimal, percent, several, through
from tools.money import Money
from tools.period import Period, day_shown, months_after
from tools.results import Cell, Chart, Figure, Result, Series, Table, listed

EXPLAINERS = ("provider", "service", "model", "team")
LAST_EXPLAINER = "sku"
"""Asked only where nothing else has two groups: unlike charges of several providers may share a SKU's name."""
MOST_DRIVERS = 10
MOST_NAMED = 4
STALE_AFTER = timedelta(10)
"""A provider whose data ends this long before the newest has stopped; one that is closer is only late."""


@dataclass(frozen=True, slots=True)
class Driver:
    """One group's part of the change; `before` or `after` is None where it has no charge in that period."""

    name: str
    before: Money | None
    after: Money | None
    change: Money


def spend_change(
    ledger: Ledger,
    scope: Scope,
    audience: Audience,
    today: date,
    against: Period | None = None,
    by: str | None = None,
) -> Result:
    """The scope's cost in its period against another (by default the equal span just before): the change, the change in
    percent (left out where the base is zero), both totals, and drivers that sum exactly to the change. Where the data
    ends inside the period, equal numbers of complete days are compared. Without `by`, the drivers are split by what
    explains most: the dimension where one group's part of the change most exceeds its part of the spend."""
    if scope.period is None:
        raise NeedsChoice("Which period should be compared?", ("last month", "last 7 days", "this quarter"))
    named = dimension_named(by) if by else None
    rows = view(ledger, scope, audience, (named,) if named else ())
    _, warnings = asked_period(rows, today)
    now, before, said = equal_periods(rows, scope.period, against or base_of(scope.period), today)
    if gaps_of(rows.covered, before) == [before]:
        raise Unknown(f"There is no billing data for {before.shown()}, so nothing can be compared with it.")
    dimension = named or _explainer(ledger, rows, audience, now, before)
    split = view(ledger, scope, audience, (dimension,) if dimension else ())
    names = (dimension,) if dimension else ()
    after_groups, before_groups = told_apart(*(sums(ledger, split.within(p), names) for p in (now, before)))
    figures: list[Figure] = []
    lines: list[tuple[Cell, ...]] = []
    parts: list[str] = []
    charts: list[Chart] = []
    codes = list(dict.fromkeys(g.amount.currency for g in (*after_groups, *before_groups)))
    for code in codes:
        found = drivers(after_groups, before_groups, dimension, code)
        zero = Money(Decimal(0), code)
        new = added([zero, *(d.after for d in found if d.after)])
        old = added([zero, *(d.before for d in found if d.before)])
        change = Money(EXACT.subtract(new.amount, old.amount), code)
        share = percent(change, old) if old.amount > 0 else None
        figures.append(
            Figure.of(f"Change, {rows.words}, {now.shown()} against {before.shown()}", change, split.span.through)
        )
        if share is not None:
            figures.append(Figure(f"Change in percent ({code})", share, "%", split.span.through))
        figures.append(Figure.of(f"{scope.cost.capitalize()} cost, {now.shown()}", new, split.span.through))
        figures.append(Figure.of(f"{scope.cost.capitalize()} cost, {before.shown()}", old, split.span.through))
        figures += [Figure.of(f"Change, {d.name}", d.change, split.span.through) for d in found if dimension]
        lines += [_line(d, code) for d in found if dimension]
        lines.append(("total", code, old.amount, new.amount, change.amount, share))
        parts.append(_sentence(rows, now, before, new, old, change, share, found if dimension else []))
        if dimension and len(codes) == 1 and len(found) > 1:
            top = found[:MOST_DRIVERS]
            bars = Series("change", tuple(d.change.amount for d in top))
            charts.append(Chart("bar", f"Change by {dimension}", code, tuple(d.name for d in top), (bars,)))
    if not codes:
        parts = [f"No charge matches in {now.shown()} or in {before.shown()}: {rows.words}."]
    groups = [*after_groups, *before_groups]
    first = title(dimension) if dimension else ""
    columns = (first, "Currency", before.shown(), now.shown(), "Change", "Change (%)")
    return Result(
        f"{' '.join(parts)}{_partly(rows, before)} {scope.cost.capitalize()} cost. {through(split)}",
        tuple(figures),
        Table(f"Change of {scope.cost} cost, {rows.words}", columns, tuple(lines)),
        charts[0] if charts else None,
        (*split.counted, *said, *split.assumptions, *several(groups)),
        (*warnings, *unknown_costs(groups, scope.cost)),
        split.span.through,
    )


def base_of(period: Period) -> Period:
    """What a period is compared with by default: the equal span before, or for the first days of a month, the same days
    of the month before."""
    if period.start.day == 1 and not period.whole_months and period.last_day < months_after(period.start, 1):
        start = months_after(period.start, -1)
        return Period(start, min(start + timedelta(period.days), period.start))
    return period.previous()


def equal_periods(rows: View, period: Period, against: Period, today: date) -> tuple[Period, Period, tuple[str, ...]]:
    """Both periods, cut to as many complete days from their starts when the first is not over or its data ends inside
    it. Unknown when either has no complete day with data."""
    latest = rows.span.through
    late = [span.through for span in rows.spans.values() if latest - span.through <= STALE_AFTER]
    ends = min(period.end, min(late, default=latest) + timedelta(1), max(today, period.start))
    days = (ends - period.start).days
    if days < 1:
        raise Unknown(f"No complete day of {period.shown()} has billing data yet.")
    said: tuple[str, ...] = ()
    if days < period.days:
        whole, base = period, against
        period = Period(period.start, ends)
        against = Period(against.start, min(against.end, against.start + timedelta(days)))
        said = (
            f"{whole.shown()} is complete only through {day_shown(ends - timedelta(1))}, so its first {days} days are "
            f"compared with the first {against.days} days of {base.shown()}.",
        )
    elif period.days != against.days:
        said = (f"{period.shown()} has {period.days} days, {against.shown()} {against.days}; neither is scaled.",)
    if against.end <= rows.span.first or against.start > rows.span.through:
        raise Unknown(f"There is no billing data for {against.shown()}; it starts on {day_shown(rows.span.first)}.")
    return period, against, said


def _partly(rows: View, before: Period) -> str:
    """That the data begins within the period compared with, so that most of a rise may be days without data."""
    if before.start >= rows.span.first:
        return ""
    return f" {before.shown()} is partial: billing data starts on {day_shown(rows.span.first)}."


def drivers(after: list[Group], before: list[Group], dimension: str | None, code: str) -> list[Driver]:
    """What each group adds to the change in one currency, the largest movement first; they sum to it exactly."""
    new, old = ({g.keys: g for g in side if g.amount.currency == code} for side in (after, before))
    found = []
    for keys in {**new, **old}:
        one, other = new.get(keys), old.get(keys)
        label = (one or old[keys]).labels[0] if dimension else None
        change = EXACT.subtract(one.amount.amount if one else Decimal(0), other.amount.amount if other else Decimal(0))
        name = shown_label(dimension, label) if dimension else "total"
        found.append(Driver(name, other.amount if other else None, one.amount if one else None, Money(change, code)))
    return sorted(found, key=lambda d: (-abs(d.change.amount), d.name))


def _explainer(ledger: Ledger, asked: View, audience: Audience, now: Period, before: Period) -> str | None:
    """The dimension that explains most, of those that show all rows asked about; None when none has two groups."""
    fixed = {filter_named(name) for name, values in asked.scope.where if len(values) == 1}
    best: tuple[Decimal, str] | None = None
    for name in (*EXPLAINERS, LAST_EXPLAINER):
        if name in fixed or (name == LAST_EXPLAINER and best is not None):
            continue
        try:
            rows = view(ledger, asked.scope, audience, (name,))
        except Denied:
            continue
        if rows.narrowed != asked.narrowed:
            continue
        new, old = ({g.keys: g.amount.amount for g in sums(ledger, rows.within(p), (name,))} for p in (now, before))
        surprise = _surprise(new, old)
        if surprise is not None and (best is None or surprise > best[0]):
            best = surprise, name
    return best[1] if best else None


def _surprise(new: Mapping[Any, Decimal], old: Mapping[Any, Decimal]) -> Decimal | None:
    """By how much the leading group's part of all movement exceeds its part of all spend; None for a single group,
    or where what moved most has no name."""
    if len({**new, **old}) < 2:
        return None
    moved = {k: new.get(k, Decimal(0)) - old.get(k, Decimal(0)) for k in {**new, **old}}
    movement = sum((abs(v) for v in moved.values()), Decimal(0))
    spend = sum((abs(v) for side in (new, old) for v in side.values()), Decimal(0))
    if not movement or not spend:
        return None
    if moved and abs(moved.get((None,), Decimal(0))) == max(map(abs, moved.values())):
        return None
    return max(
        abs(change) / movement - (abs(new.get(k, Decimal(0))) + abs(old.get(k, Decimal(0)))) / spend
        for k, change in moved.items()
    )


def _line(driver: Driver, code: str) -> tuple[Cell, ...]:
    before, after = driver.before, driver.after
    share = percent(driver.change, before) if before and before.amount > 0 else None
    return (
        driver.name,
        code,
        before.amount if before else None,
        after.amount if after else None,
        driver.change.amount,
        share,
    )


def _sentence(
    rows: View,
    now: Period,
    before: Period,
    new: Money,
    old: Money,
    change: Money,
    share: Decimal | None,
    found: list[Driver],
) -> str:
    size = Money(change.amount.copy_abs(), change.currency).shown()
    way = "up" if change.amount > 0 else "down" if change.amount < 0 else "unchanged"
    of = f" ({one_decimal(abs(share))}%)" if share is not None else ""
    told = f"{rows.words.capitalize() if rows.words == 'all spend' else rows.words}: "
    told += f"{way} {size}{of}" if change.amount else "unchanged"
    told += f", {new.shown()} in {now.shown()} against {old.shown()} in {before.shown()}."
    moved = [d for d in found if d.change.amount]
    if moved and len(found) > 1:
        told += f" Most of it: {listed([f'{d.name} {_signed(d.change)}' for d in moved[:3]])}."
    for word, names in (
        ("New", [d.name for d in found if d.before is None]),
        ("Gone", [d.name for d in found if d.after is None]),
    ):
        told += f" {word}: {listed(names)}." if 0 < len(names) <= MOST_NAMED else ""
    return told


def _signed(change: Money) -> str:
    return ("+" if change.amount > 0 else "") + change.shown()
