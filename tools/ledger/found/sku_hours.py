"""The hours that bills state of each SKU, and of how many accelerators they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from tools.hardware.names import accelerator_mentions
from tools.ledger import columns as c
from tools.ledger.dimensions import Grain, key
from tools.ledger.groups import shown_label
from tools.ledger.ledger import Ledger
from tools.ledger.over_time.series import calendar_day
from tools.ledger.query import View, trimmed
from tools.ledger.scope import COST_COLUMNS, Scope
from tools.ledger.shared import together
from tools.ledger.spend import EXACT
from tools.money import plain
from tools.period import Period

HOURS = re.compile(r"(?:[\w.-]+[\s_-])?(?:hours?|hrs?)", re.IGNORECASE)
# By SKU, or span of time, and currency: hours, and what they cost.
Hours = dict[tuple[str, str], tuple[Decimal, Decimal]]


def hours_by_sku(
    ledger: Ledger, rows: View, period: Period, scope: Scope, grain: Grain | None = None
) -> tuple[Hours, Hours]:
    """The hours that usage rows state, and what they cost, by SKU and currency, and by each `grain` of time and
    currency; what has no hours is left out."""
    import ibis

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
    found, spans = Hours(), Hours()
    for sku, code, consumed_unit, asked_unit, span, has_consumed, has_asked, in_use, priced, paid in ledger.rows(query):
        stated = ((consumed_unit, in_use if has_consumed else None), (asked_unit, priced if has_asked else None))
        hours = next((q for unit, q in stated if q is not None and unit and HOURS.fullmatch(unit.strip())), None)
        if hours is None:
            continue
        _put(found, (sku or "SKU not said", code), hours, paid)
        if grain:
            _put(spans, (shown_label(grain, calendar_day(span)), code), hours, paid)
    return _used(found), _used(spans)


def _used(hours: Hours) -> Hours:
    return {place: pair for place, pair in hours.items() if pair[0] > 0}


def _put(sums: Hours, place: tuple[str, str], hours: Decimal, paid: Decimal) -> None:
    before = sums.get(place, (Decimal(0), Decimal(0)))
    sums[place] = EXACT.add(before[0], hours), EXACT.add(before[1], paid)


def gpus_in(skus: Iterable[str]) -> dict[str, int | None]:
    """How many accelerators are in a machine of each SKU that names some; None where it does not say."""
    return {sku: mentions[0].gpus_per_instance for sku in skus if (mentions := accelerator_mentions(sku))}


def chip_hours(hours: Mapping[str, Decimal]) -> tuple[Decimal, bool]:
    """The hours of the accelerators in the machines, and whether each SKU says how many are in one."""
    counts = gpus_in(hours)
    known = counts.keys() == hours.keys() and None not in counts.values()
    return trimmed(sum((hours[sku] * Decimal(count or 0) for sku, count in counts.items()), Decimal(0))), known


def number(value: Decimal) -> str:
    """With commas at thousands."""
    whole, point, rest = plain(value).partition(".")
    return f"{int(whole):,}{point}{rest}"
