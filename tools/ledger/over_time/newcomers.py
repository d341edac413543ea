"""What is new in the bill: values that were never charged before a period, and the day of a first charge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from tools.errors import Unknown
from tools.ledger.audience import Audience
from tools.ledger.dimensions import dimension_named, title
from tools.ledger.groups import Group, shown_label
from tools.ledger.ledger import Ledger
from tools.ledger.over_time.series import calendar_day
from tools.ledger.query import sums, view
from tools.ledger.scope import Scope
from tools.ledger.spend import added, through
from tools.money import Money
from tools.period import Period, day_shown
from tools.results import Cell, Figure, Result, Table, listed

MOST_NAMED = 4
BEFORE = timedelta(28)
HOW = "New is what has a first charge in the period and none on any earlier day that the billing data covers."


def newcomers(
    ledger: Ledger, scope: Scope, audience: Audience, today: date, period: Period, by: Sequence[str] = ("model",)
) -> Result:
    """The values of the dimensions `by` whose first charge falls in `period`, with that day and their cost from then to
    the period's end, the largest first. Headline: how many there are of the first dimension. Unknown where the data
    before the period is too short (under four weeks) to tell what is new."""
    names = tuple(dict.fromkeys(dimension_named(name) for name in by))
    found: list[tuple[str, str, date, Money]] = []
    last = None
    for name in names:
        rows = view(ledger, replace(scope, period=None), audience, (name,))
        last = rows
        if rows.span.first > period.start - BEFORE:
            raise Unknown(
                f"Billing data starts on {day_shown(rows.span.first)}: too late to tell what was new in "
                f"{period.shown()}."
            )
        if rows.span.through < period.start:
            raise Unknown(
                f"There is no billing data for {period.shown()} yet; it ends on {day_shown(rows.span.through)}."
            )
        for value, start, cost in _firsts(sums(ledger, rows, (name, "day")), name, period):
            found.append((name, value, start, cost))
    assert last is not None
    found.sort(key=lambda one: (names.index(one[0]), -one[3].amount))
    counts = {name: sum(one[0] == name for one in found) for name in names}
    as_of = last.span.through
    figures = [Figure(f"New {_many(name)}", Decimal(n), _many(name), as_of) for name, n in counts.items()]
    figures += [Figure.of(f"{value}, since {day_shown(start)}", cost, as_of) for _, value, start, cost in found]
    lines: list[tuple[Cell, ...]] = [
        (title(name), value, day_shown(start), cost.currency, cost.amount) for name, value, start, cost in found
    ]
    told = [f"{value} since {day_shown(start)} ({cost.shown()})" for _, value, start, cost in found[:MOST_NAMED]]
    where = "" if last.words == "all spend" else f", {last.words}"
    count = listed([f"{n} new {_one(name) if n == 1 else _many(name)}" for name, n in counts.items()])
    said = f"{count} in {period.shown()}{where}"
    more = " among them" if len(found) > len(told) else ""
    said += f"{more}: {listed(told)}." if told else "."
    return Result(
        f"{said} {through(last)}",
        tuple(figures),
        Table(f"New in {period.shown()}", ("Kind", "Name", "First charge", "Currency", "Cost"), tuple(lines)),
        None,
        (HOW, *last.assumptions),
        (),
        as_of,
    )


def _firsts(groups: Sequence[Group], name: str, period: Period) -> list[tuple[str, date, Money]]:
    """Each value first charged in the period, that day, and its cost from there to the period's end."""
    first: dict[str, date] = {}
    costs: dict[tuple[str, str], list[Money]] = {}
    for group in groups:
        if group.keys[0] is None or not group.amount.amount:
            continue
        value, day = shown_label(name, group.labels[0]), calendar_day(group.keys[1])
        first[value] = min(day, first.get(value, day))
        if period.contains(day):
            costs.setdefault((value, group.amount.currency), []).append(group.amount)
    return [(value, first[value], added(paid)) for (value, _), paid in costs.items() if period.contains(first[value])]


def _one(name: str) -> str:
    return name.removeprefix("tag:").replace("_", " ")


def _many(name: str) -> str:
    return f"{_one(name)}s"
