"""How many hours of machines the bill states, and what one of them cost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from tools.errors import Unknown
from tools.ledger.audience import Audience
from tools.ledger.dimensions import Grain
from tools.ledger.found.sku_hours import chip_hours, gpus_in, hours_by_sku, number
from tools.ledger.ledger import Ledger
from tools.ledger.query import asked_period, trimmed, view
from tools.ledger.scope import Scope
from tools.ledger.spend import EXACT, through
from tools.money import Money, plain
from tools.results import Cell, Figure, Result, Table

PLACES = Decimal("0.000001")
MOST_ROWS = 40
MOST_TOLD = 12


def machine_hours(
    ledger: Ledger,
    scope: Scope,
    audience: Audience,
    today: date,
    *,
    price: bool = False,
    grain: Grain | None = None,
) -> Result:
    """The hours that the scope's usage rows state, of all and of each SKU, their cost, and the cost of one hour, that
    first where `price` is asked for. An hour is one of what the bill counts: of a whole instance, whatever chips are
    in it. With `grain`, of each day, week, month or quarter, too. Unknown where no usage row states hours: that is not
    zero hours."""
    rows = view(ledger, scope, audience)
    period, warnings = asked_period(rows, today)
    found, spans = hours_by_sku(ledger, rows, period, scope, grain)
    if not found:
        raise Unknown(f"The bill states no hours for {rows.words}, {period.shown()}.")
    as_of = rows.span.through
    figures: list[Figure] = []
    parts: list[str] = []
    for code in sorted({code for _, code in found}):
        mine = [pair for (_, of), pair in found.items() if of == code]
        hours, paid = (trimmed(sum((pair[i] for pair in mine), Decimal(0))) for i in (0, 1))
        each = _each(paid, hours)
        figures += [
            Figure(f"Hours, {rows.words}, {period.shown()}", hours, "hours", as_of),
            Figure(f"{scope.cost.capitalize()} cost per hour, {rows.words}", each, f"{code} per hour", as_of),
            Figure.of(f"{scope.cost.capitalize()} cost of those hours", Money(paid, code), as_of),
        ]
        chips = _chip_hours({sku: pair[0] for (sku, of), pair in found.items() if of == code})
        of_chips = f" ({number(chips)} GPU hours)" if chips else ""
        figures += [Figure(f"GPU hours, {rows.words}, {period.shown()}", chips, "GPU hours", as_of)] if chips else []
        an_hour = f"{plain(each)} {code} an hour"
        whole = f"{number(hours)} hours{of_chips}"
        parts.append(f"{an_hour} over {whole}" if price else f"{whole} at {an_hour}")
    each_span = dict(sorted(spans.items()))
    for (span, code), (hours, paid) in each_span.items():
        figures += [
            Figure(f"Hours, {span}", trimmed(hours), "hours", as_of),
            Figure.of(f"Cost, {span}", Money(trimmed(paid), code), as_of),
        ]
    if price:
        figures.sort(key=lambda figure: " per hour" not in figure.label)
    ranked = sorted(found.items(), key=lambda item: -item[1][1])
    lines: list[tuple[Cell, ...]] = [
        (name, code, trimmed(hours), trimmed(paid), _each(paid, hours))
        for (name, code), (hours, paid) in (each_span.items() if grain else ranked)
    ]
    told = [
        f"{span} {number(trimmed(hours))} hours, {Money(trimmed(paid), code).shown()}"
        for (span, code), (hours, paid) in list(each_span.items())[:MOST_TOLD]
    ]
    more = f" By {grain}: {'; '.join(told)}{', and more' * (len(each_span) > MOST_TOLD)}." if told else ""
    return Result(
        f"{'; '.join(parts)}, {scope.cost} cost: {rows.words}, {period.shown()}.{more} {through(rows)}",
        tuple(figures),
        Table(
            f"Hours used, {rows.words}, {period.shown()}",
            (grain.capitalize() if grain else "SKU", "Currency", "Hours", "Cost", "Cost per hour"),
            tuple(lines[:MOST_ROWS]),
        ),
        None,
        (
            "Only usage rows that state hours are counted; tax, credits and refunds are not.",
            "An hour is one of what is billed: of a whole instance, whatever accelerators are in it.",
            *rows.assumptions,
        ),
        warnings,
        as_of,
    )


def _chip_hours(hours: Mapping[str, Decimal]) -> Decimal | None:
    """The hours of the accelerators in the machines; None where a SKU does not say how many are in one, or all have one
    each."""
    gpu_hours, known = chip_hours(hours)
    return gpu_hours if known and set(gpus_in(hours).values()) != {1} else None


def _each(paid: Decimal, hours: Decimal) -> Decimal:
    return trimmed(EXACT.divide(paid, hours).quantize(PLACES))
