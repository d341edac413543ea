"""The hours that bills state of each SKU, and of how many accelerators they are."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from tools.hardware.names import accelerator_mentions
from tools.ledger import columns as c
from tools.ledger.found.machine_hours import HOURS
from tools.ledger.ledger import Ledger
from tools.ledger.query import View, trimmed
from tools.ledger.scope import COST_COLUMNS, Scope
from tools.ledger.shared import together
from tools.ledger.spend import EXACT
from tools.money import plain
from tools.period import Period


def hours_by_sku(
    ledger: Ledger, rows: View, period: Period, scope: Scope
) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
    """The hours that usage rows state, and what they cost, by SKU and currency; those without hours are left out."""
    table = together(ledger, rows.within(period), ("provider",))
    cost = table[COST_COLUMNS[scope.cost]]
    used = table.filter((table[c.CHARGE_CATEGORY].lower() == "usage") & cost.notnull())
    consumed, asked = used[c.CONSUMED_QUANTITY], used[c.PRICING_QUANTITY]
    query = used.group_by(
        sku=used[c.SKU_ID],
        code=used[c.BILLING_CURRENCY],
        consumed_unit=used[c.CONSUMED_UNIT],
        asked_unit=used[c.PRICING_UNIT],
        has_consumed=consumed.notnull(),
        has_asked=asked.notnull(),
    ).agg(consumed=consumed.sum(), asked=asked.sum(), cost=used[COST_COLUMNS[scope.cost]].sum())
    found: dict[tuple[str, str], tuple[Decimal, Decimal]] = {}
    for sku, code, consumed_unit, asked_unit, has_consumed, has_asked, in_use, priced, paid in ledger.rows(query):
        stated = ((consumed_unit, in_use if has_consumed else None), (asked_unit, priced if has_asked else None))
        hours = next((q for unit, q in stated if q is not None and unit and HOURS.fullmatch(unit.strip())), None)
        if hours is None:
            continue
        place = (sku or "SKU not said", code)
        before = found.get(place, (Decimal(0), Decimal(0)))
        found[place] = EXACT.add(before[0], hours), EXACT.add(before[1], paid)
    return {place: pair for place, pair in found.items() if pair[0] > 0}


def chip_hours(hours: Mapping[str, Decimal]) -> tuple[Decimal, bool]:
    """The hours of the accelerators in the machines, and whether each SKU says how many are in one."""
    counts = {sku: mentions[0].gpus_per_instance for sku in hours if (mentions := accelerator_mentions(sku))}
    known = counts.keys() == hours.keys() and None not in counts.values()
    return trimmed(sum((hours[sku] * Decimal(count or 0) for sku, count in counts.items()), Decimal(0))), known


def number(value: Decimal) -> str:
    """With commas at thousands."""
    whole, point, rest = plain(value).partition(".")
    return f"{int(whole):,}{point}{rest}"
