"""What has gone from the bill: values with a last charge in a period and none since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from tools.errors import Unknown
from tools.ledger.audience import Audience
from tools.ledger.dimensions import dimension_named, title
from tools.ledger.groups import shown_label
from tools.ledger.ledger import Ledger
from tools.ledger.over_time.series import calendar_day
from tools.ledger.query import sums, view
from tools.ledger.scope import Scope
from tools.ledger.spend import added, through
from tools.money import Money
from tools.period import Period, day_shown
from tools.results import Cell, Figure, Result, Table, listed

MOST_NAMED = 4
QUIET = timedelta(14)
HOW = f"Gone is what has a last charge in the period and none in the {QUIET.days} days and more until the data ends."


def leavers(
    ledger: Ledger, scope: Scope, audience: Audience, today: date, period: Period, by: Sequence[str] = ("model",)
) -> Result:
    """The values of the dimensions `by` whose last charge falls in `period`, 14 days or more before the billing data
    ends, with that day and all they have cost, the largest first. Headline: how many of the first dimension. Unknown
    where the data ends before the period begins."""
    names = tuple(dict.fromkeys(dimension_named(name) for name in by))
    found: list[tuple[str, str, date, Money]] = []
    last = None
    for name in names:
        rows = last = view(ledger, replace(scope, period=None), audience, (name,))
        if rows.span.through < period.start:
            raise Unknown(
                f"There is no billing data for {period.shown()} yet; it ends on {day_shown(rows.span.through)}."
            )
        days: dict[str, date] = {}
        costs: dict[tuple[str, str], list[Money]] = {}
        for group in sums(ledger, rows, (name, "day")):
            if group.keys[0] is None or not group.amount.amount:
                continue
            value, day = shown_label(name, group.labels[0]), calendar_day(group.keys[1])
            days[value] = max(day, days.get(value, day))
            costs.setdefault((value, group.amount.currency), []).append(group.amount)
        gone = {v for v, day in days.items() if period.contains(day) and day + QUIET <= rows.span.through}
        found += [(name, value, days[value], added(paid)) for (value, _), paid in costs.items() if value in gone]
    assert last is not None
    found.sort(key=lambda one: (names.index(one[0]), -one[3].amount))
    as_of = last.span.through
    figures: list[Figure] = []
    for name in names:
        called = _called(name)
        count = len({one[1] for one in found if one[0] == name})
        figures.append(Figure(f"{called.capitalize()}s with a last charge", Decimal(count), f"{called}s", as_of))
    counts = [
        f"{figure.value} {figure.unit.removesuffix('s') if figure.value == 1 else figure.unit}" for figure in figures
    ]
    figures += [Figure.of(f"{value}, in all until {day_shown(day)}", cost, as_of) for _, value, day, cost in found]
    told = [f"{value}, last on {day_shown(day)} ({cost.shown()} in all)" for _, value, day, cost in found[:MOST_NAMED]]
    where = "" if last.words == "all spend" else f", {last.words}"
    more = " among them" if len(found) > len(told) else ""
    said = f"{listed(counts)} stopped being charged in {period.shown()}{where}"
    said += f"{more}: {listed(told)}." if told else "."
    lines: list[tuple[Cell, ...]] = [
        (title(name), value, day_shown(day), cost.currency, cost.amount) for name, value, day, cost in found
    ]
    return Result(
        f"{said} {through(last)}",
        tuple(figures),
        Table(f"Gone in {period.shown()}", ("Kind", "Name", "Last charge", "Currency", "Cost in all"), tuple(lines)),
        None,
        (HOW, *last.assumptions),
        (),
        as_of,
    )


def _called(name: str) -> str:
    return name.removeprefix("tag:").replace("_", " ")
