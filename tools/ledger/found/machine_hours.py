"""How many hours of machines the bill states, and what one of them cost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from tools.errors import Unknown
from tools.hardware.names import accelerator_mentions
from tools.ledger import columns as c
from tools.ledger.audience import Audience
from tools.ledger.dimensions import Grain, key
from tools.ledger.groups import shown_label
from tools.ledger.ledger import Ledger
from tools.ledger.over_time.series import calendar_day
from tools.ledger.query import asked_period, trimmed, view
from tools.ledger.scope import COST_COLUMNS, Scope
from tools.ledger.shared import together
from tools.ledger.spend import EXACT, through
from tools.money import Money, plain
from tools.results import Cell, Figure, Result, Table

HOURS = re.compile(r"(?:[\w.-]+[\s_-])?(?:hours?|hrs?)", re.IGNORECASE)
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
    import ibis

    rows = view(ledger, scope, audience)
    period, warnings = asked_period(rows, today)
    table = together(ledger, rows.within(period), ("provider",))
    cost = table[COST_COLUMNS[scope.cost]]
    used = table.filter((table[c.CHARGE_CATEGORY].lower() == "usage") & cost.notnull())
    consumed, asked = used[c.CONSUMED_QUANTITY], used[c.PRICING_QUANTITY]
    query = used.group_by(
        sku=used[c.SKU_ID],
        code=used[c.BILLING_CURRENCY],
        consumed_unit=used[c.CONSUMED_UNIT],
        asked_unit=used[c.PRICING_UNIT],
        span=key(used, grain) if grain else ibis.literal(""),
        has_consumed=consumed.notnull(),
        has_asked=asked.notnull(),
    ).agg(consumed=consumed.sum(), asked=asked.sum(), cost=used[COST_COLUMNS[scope.cost]].sum())
    found: dict[tuple[str, str], tuple[Decimal, Decimal]] = {}
    spans: dict[tuple[str, str], tuple[Decimal, Decimal]] = {}
    for sku, code, consumed_unit, asked_unit, span, has_consumed, has_asked, in_use, priced, paid in ledger.rows(query):
        stated = ((consumed_unit, in_use if has_consumed else None), (asked_unit, priced if has_asked else None))
        hours = next((q for unit, q in stated if q is not None and unit and HOURS.fullmatch(unit.strip())), None)
        if hours is None:
            continue
        _put(found, (sku or "SKU not said", code), hours, paid)
        if grain:
            _put(spans, (shown_label(grain, calendar_day(span)), code), hours, paid)
    found = {place: pair for place, pair in found.items() if pair[0] > 0}
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
        of_chips = f" ({_number(chips)} GPU hours)" if chips else ""
        figures += [Figure(f"GPU hours, {rows.words}, {period.shown()}", chips, "GPU hours", as_of)] if chips else []
        an_hour = f"{plain(each)} {code} an hour"
        whole = f"{_number(hours)} hours{of_chips}"
        parts.append(f"{an_hour} over {whole}" if price else f"{whole} at {an_hour}")
    each_span = {place: pair for place, pair in sorted(spans.items()) if pair[0] > 0}
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
        f"{span} {_number(trimmed(hours))} hours, {Money(trimmed(paid), code).shown()}"
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


def _put(
    sums: dict[tuple[str, str], tuple[Decimal, Decimal]], place: tuple[str, str], hours: Decimal, paid: Decimal
) -> None:
    before = sums.get(place, (Decimal(0), Decimal(0)))
    sums[place] = EXACT.add(before[0], hours), EXACT.add(before[1], paid)


def _chip_hours(hours: Mapping[str, Decimal]) -> Decimal | None:
    """The hours of the accelerators in the machines; None where a SKU does not say how many are in one, or all have one
    each."""
    counts = {sku: mentions[0].gpus_per_instance for sku in hours if (mentions := accelerator_mentions(sku))}
    if counts.keys() != hours.keys() or None in counts.values() or set(counts.values()) == {1}:
        return None
    return trimmed(sum((hours[sku] * Decimal(count or 0) for sku, count in counts.items()), Decimal(0)))


def _each(paid: Decimal, hours: Decimal) -> Decimal:
    return trimmed(EXACT.divide(paid, hours).quantize(PLACES))


def _number(value: Decimal) -> str:
    whole, point, rest = plain(value).partition(".")
    return f"{int(whole):,}{point}{rest}"
