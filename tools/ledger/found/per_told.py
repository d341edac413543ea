"""What one of something costs us, where the question says how many of it there were."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from tools.errors import NeedsChoice, Unknown
from tools.ledger.audience import Audience
from tools.ledger.found.unit_cost import PLACES
from tools.ledger.ledger import Ledger
from tools.ledger.query import asked_period, sums, unknown_costs, view
from tools.ledger.scope import COST_COLUMNS, Scope
from tools.ledger.spend import EXACT, added, several, through
from tools.money import Money, plain
from tools.results import Figure, Result, Table, listed

Every = Literal["day", "week", "month"]


def cost_per_told(
    ledger: Ledger,
    scope: Scope,
    audience: Audience,
    today: date,
    name: str,
    count: Decimal,
    *,
    every: Every | None = None,
    per: Decimal = Decimal(1),
) -> Result:
    """The scope's cost of the period over `count` of what is called `name`, per currency, for each `per` of them; with
    `every` so many come each day, week or month of the period. NeedsChoice for a count of none, or of a month where the
    period is not whole months; Unknown for a period without a charge."""
    if count <= 0 or per <= 0:
        raise NeedsChoice(f"How many {name}? More than none.")
    rows = view(ledger, scope, audience)
    period, warnings = asked_period(rows, today)
    groups = sums(ledger, rows.within(period))
    codes = sorted({group.amount.currency for group in groups})
    if not codes:
        raise Unknown(f"No charge is known: {rows.words}, {period.shown()}.")
    if every == "month" and not period.whole_months:
        raise NeedsChoice(f"{period.shown().capitalize()} is no whole month; how many {name} were there in it?")
    times = {"day": Decimal(period.days), "week": Decimal(period.days) / 7, "month": Decimal(period.whole_months)}
    whole = count if every is None else EXACT.multiply(count, times[every])
    unit = name if per == 1 else f"{plain(per)} {name}"
    figures: list[Figure] = []
    said: list[str] = []
    lines: list[tuple[str, Decimal, Decimal, Decimal]] = []
    for code in codes:
        cost = added([group.amount for group in groups if group.amount.currency == code])
        one = EXACT.divide(EXACT.multiply(cost.amount, per), whole).quantize(PLACES).normalize()
        label = f"{scope.cost.capitalize()} cost per {unit}, {rows.words}, {period.shown()}"
        figures += [
            Figure(label, one, code, rows.span.through),
            Figure.of(f"{scope.cost.capitalize()} cost", cost, rows.span.through),
        ]
        said.append(f"{_shown(Money(one, code))} per {unit} ({cost.shown()} {scope.cost} cost over {_count(whole)})")
        lines.append((code, cost.amount, whole, one))
    figures.append(Figure(f"How many {name}", whole, name))
    rate = f"{plain(count)} each {every}, over {period.shown()}" if every else f"{plain(count)} in {period.shown()}"
    return Result(
        f"{listed(said)}: {rows.words}, {period.shown()}. {through(rows)}",
        tuple(figures),
        Table(
            f"Cost per {unit}, {rows.words}, {period.shown()}",
            ("Currency", COST_COLUMNS[scope.cost], name, f"Cost per {unit}"),
            tuple(lines),
        ),
        assumptions=(f"As you told: {name}, {rate}.", *rows.counted, *rows.assumptions, *several(groups)),
        warnings=(*warnings, *unknown_costs(groups, scope.cost)),
        data_through=rows.span.through,
    )


def _shown(one: Money) -> str:
    """To four digits below a dollar, where cents say too little."""
    return one.shown() if abs(one.amount) >= 1 else f"{plain(Decimal(f'{one.amount:.4g}'))} {one.currency}"


def _count(value: Decimal) -> str:
    return f"{int(value):,}" if value == value.to_integral_value() else f"{value:,.2f}"
