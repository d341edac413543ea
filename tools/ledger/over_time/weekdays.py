"""Mean spend on each day of the week, and on working days against weekends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from tools.errors import Unknown
from tools.ledger.audience import Audience
from tools.ledger.dimensions import WEEKDAYS
from tools.ledger.known import days_of_providers
from tools.ledger.ledger import Ledger
from tools.ledger.query import asked_period, sums, unknown_costs, view
from tools.ledger.scope import COST_COLUMNS, Scope
from tools.ledger.spend import EXACT, several, through
from tools.money import Money
from tools.period import Period
from tools.results import Cell, Chart, Figure, Result, Series, Table

CENT = Decimal("0.01")


def spend_weekdays(ledger: Ledger, scope: Scope, audience: Audience, today: date, *, least: bool = False) -> Result:
    """The scope's cost by day of the week: the sum, the days with data, and the mean a day, over complete days before
    today. The day with the highest mean comes first, with `least` the lowest. Unknown without any complete day."""
    rows = view(ledger, scope, audience, ("day",))
    period, warnings = asked_period(rows, today)
    until = min(period.end, today, rows.span.through + timedelta(1))
    if until <= period.start:
        raise Unknown(f"{period.shown()} has no complete day with billing data yet.")
    whole = Period(max(period.start, rows.span.first), until)
    days = days_of_providers(ledger, rows.spans, whole)
    groups = sums(ledger, rows.within(whole), ("day",))
    figures: list[Figure] = []
    lines: list[tuple[Cell, ...]] = []
    parts: list[str] = []
    codes = list(dict.fromkeys(group.amount.currency for group in groups))
    for code in codes:
        spent = {group.keys[0]: group.amount.amount for group in groups if group.amount.currency == code}
        found = [(name, *_mean((d for d in days if d.weekday() == n), spent)) for n, name in enumerate(WEEKDAYS)]
        ranked = sorted((one for one in found if one[1]), key=lambda one: one[3], reverse=not least)
        ends = (
            ("Monday to Friday", *_mean((d for d in days if d.weekday() < 5), spent)),
            ("Saturday and Sunday", *_mean((d for d in days if d.weekday() >= 5), spent)),
        )
        for name, count, _, mean in (*ranked, *ends):
            if count:
                figures.append(Figure(f"Mean a day, {name} ({code})", mean, code, rows.span.through))
        lines += [(name, code, Decimal(count), total, mean) for name, count, total, mean in (*found, *ends) if count]
        parts.append(
            f"{ranked[0][0]} has the {'lowest' if least else 'highest'} mean: {Money(ranked[0][3], code).shown()} a day"
        )
        told = [f"{name} {Money(mean, code).shown()} a day" for name, count, _, mean in ends if count]
        parts[-1] += f" ({', '.join(told)})"
    column = COST_COLUMNS[scope.cost]
    zero = "A day with data on which nothing was spent counts as zero."
    heading = f"{scope.cost.capitalize()} cost by day of the week, {rows.words}, {whole.shown()}"
    shown = [line for line in lines if line[0] in WEEKDAYS]
    bars = tuple(line[4] if isinstance(line[4], Decimal) else None for line in shown)
    return Result(
        f"{'; '.join(parts) or 'No charge'}: {rows.words}, {whole.shown()}, {scope.cost} cost. {through(rows)}",
        tuple(figures),
        Table(heading, ("Day", "Currency", "Days", column, "Mean a day"), tuple(lines)),
        Chart("bar", heading, codes[0], tuple(str(line[0]) for line in shown), (Series("mean a day", bars),))
        if len(codes) == 1
        else None,
        (*rows.counted, zero, *rows.assumptions, *several(groups)),
        (*warnings, *unknown_costs(groups, scope.cost)),
        rows.span.through,
    )


def _mean(days: Iterable[date], spent: dict[date, Decimal]) -> tuple[int, Decimal, Decimal]:
    """How many days, what was spent on them, and the mean to the cent."""
    seen = list(days)
    total = Decimal(0)
    for day in seen:
        total = EXACT.add(total, spent.get(day, Decimal(0)))
    return len(seen), total, EXACT.divide(total, Decimal(len(seen))).quantize(CENT) if seen else Decimal(0)
