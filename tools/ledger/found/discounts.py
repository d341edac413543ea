"""What discounts save: list against contracted, effective and billed cost.

FOCUS defines the four for each charge: ListCost at public prices, ContractedCost after negotiated discounts,
EffectiveCost after commitment discounts with prepaid amounts spread over their use, BilledCost as invoiced.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from tools.ledger import columns as c
from tools.ledger.audience import Audience
from tools.ledger.found.share import shown_share
from tools.ledger.ledger import Ledger
from tools.ledger.query import asked_period, trimmed, view
from tools.ledger.scope import Scope
from tools.ledger.shared import together
from tools.ledger.spend import EXACT, percent, through
from tools.money import Money
from tools.results import Cell, Chart, Figure, Result, Series, Table, listed

GRANTED = ("credit", "adjustment")
COLUMNS = ("Provider", "Currency", "ListCost", "ContractedCost", "EffectiveCost", "BilledCost", "Saving", "Saving (%)")
MEANT = (
    "The saving is list cost less effective cost: what discounts take off public prices.",
    "Negotiated discounts are list less contracted cost; commitment and other discounts are contracted less effective "
    "cost; prepaid commitments count in effective cost as they are used.",
)


@dataclass(frozen=True, slots=True)
class Costs:
    """Exact sums of one provider's charges in one currency. `listed` to `effective` are over the charges compared:
    those that state a list cost, without prepayments and tax. `granted` is what credits and adjustments add to the
    saving, `unsplit` the saving on charges without a contracted cost."""

    provider: str
    currency: str
    rows: int
    rows_without_list: int
    listed: Decimal
    contracted: Decimal
    effective: Decimal
    billed: Decimal
    negotiated: Decimal
    granted: Decimal
    unsplit: Decimal
    credits: Decimal
    prepaid: Decimal
    tax: Decimal
    without_list: Decimal

    @property
    def saving(self) -> Decimal:
        return trimmed(EXACT.subtract(self.listed, self.effective))

    @property
    def committed(self) -> Decimal:
        """What is left of the saving: contracted less effective cost of what is neither credit nor adjustment."""
        return trimmed(EXACT.subtract(self.saving, _plus(self.negotiated, self.granted, self.unsplit)))


PARTS = {
    "negotiated": "Negotiated discounts",
    "commitment": "Commitment and other discounts",
    "credits": "Saving by credits and adjustments",
}
PartOfSaving = Literal["negotiated", "commitment", "credits"]


def spend_discounts(
    ledger: Ledger, scope: Scope, audience: Audience, today: date, part: PartOfSaving | None = None
) -> Result:
    """What the scope's charges would cost at list price against what they do cost, per currency: the saving, the saving
    in percent of list, then the list, contracted, effective and billed cost and the parts of the saving, which add up
    to it exactly. `scope.cost` is not used. Charges without a list cost are left out of the comparison, and said. The
    `part` of the saving asked for comes first."""
    rows = view(ledger, scope, audience)
    period, warnings = asked_period(rows, today)
    found = costs_of(ledger, together(ledger, rows.within(period), ("provider",)))
    as_of = rows.span.through
    figures: list[Figure] = []
    lines: list[tuple[Cell, ...]] = []
    parts: list[str] = []
    said: list[str] = []
    notes: list[str] = []
    codes = list(dict.fromkeys(one.currency for one in found))
    for code in codes:
        mine = [one for one in found if one.currency == code]
        total = total_of(mine, code)
        share = percent(Money(total.saving, code), Money(total.listed, code)) if total.listed > 0 else None
        figures += _figures(total, share, rows.words, period.shown(), as_of)
        parts.append(_sentence(total, share))
        lines += [_line(one.provider, one) for one in mine] + [_line("total", total)]
        said += _left_out(total)
        notes += _partial(total)
    chart = None
    if len(codes) == 1:
        total = total_of(found, codes[0])
        bars = Series("cost", (total.listed, total.contracted, total.effective, total.billed))
        if not total.rows_without_list:
            heading = f"The same charges at each cost, {period.shown()}"
            chart = Chart("bar", heading, codes[0], ("list", "contracted", "effective", "billed"), (bars,))
    asked = [figure for figure in figures if part and figure.label == PARTS[part]]
    figures = [*asked, *(figure for figure in figures if figure not in asked)]
    headline = f"{PARTS[part]}: {listed([Money(f.value, f.unit).shown() for f in asked]) or 'none'}. " if part else ""
    several = (f"{listed(codes)} amounts are not added to each other.",) if len(codes) > 1 else ()
    return Result(
        f"{headline}{'; '.join(parts) or 'No charge'}: {rows.words}, {period.shown()}. {through(rows)}",
        tuple(figures),
        Table(f"List, contracted, effective and billed cost, {rows.words}, {period.shown()}", COLUMNS, tuple(lines)),
        chart,
        (*MEANT, *said, *rows.assumptions, *several),
        (*warnings, *notes),
        as_of,
    )


def costs_of(ledger: Ledger, table: Any) -> list[Costs]:
    """One query over the rows, the largest list cost first."""
    import ibis

    at_list, contracted, effective, billed = (
        table[name] for name in (c.LIST_COST, c.CONTRACTED_COST, c.EFFECTIVE_COST, c.BILLED_COST)
    )
    kind = table[c.CHARGE_CATEGORY].lower().fill_null("")
    granted, tax = kind.isin(GRANTED), kind == "tax"
    prepaid = (kind == "purchase") & (effective == 0) & (billed != 0)
    chargeable = ~tax & ~prepaid
    compared = chargeable & at_list.notnull()
    split = compared & ~granted & contracted.notnull()
    query = table.group_by(k_provider=table[c.X_PROVIDER], k_currency=table[c.BILLING_CURRENCY]).agg(
        listed=at_list.sum(where=compared),
        contracted=ibis.coalesce(contracted, at_list).sum(where=compared),
        effective=effective.sum(where=compared),
        billed=billed.sum(),
        list_split=at_list.sum(where=split),
        contracted_split=contracted.sum(where=split),
        granted=(at_list - effective).sum(where=compared & granted),
        unsplit=(at_list - effective).sum(where=compared & ~granted & contracted.isnull()),
        credits=effective.sum(where=granted),
        prepaid=billed.sum(where=prepaid),
        tax=effective.sum(where=tax),
        without_list=effective.sum(where=chargeable & at_list.isnull()),
        rows_without_list=(chargeable & at_list.isnull()).sum(),
        rows=table.count(),
    )
    found = []
    for name, code, *values, missing, count in ledger.rows(query):
        on_list, on_contract, paid, invoice, list_split, contract_split, *others = [v or Decimal(0) for v in values]
        negotiated = EXACT.subtract(list_split, contract_split)
        sums = [trimmed(v) for v in (on_list, on_contract, paid, invoice, negotiated, *others)]
        found.append(Costs(name, code, count, int(missing or 0), *sums))
    return sorted(found, key=lambda one: (one.currency, -one.listed, one.provider))


def total_of(found: Sequence[Costs], code: str) -> Costs:
    names = (
        *("listed", "contracted", "effective", "billed", "negotiated", "granted", "unsplit"),
        *("credits", "prepaid", "tax", "without_list"),
    )
    sums = [_plus(*(getattr(one, name) for one in found)) for name in names]
    counts = (sum(one.rows for one in found), sum(one.rows_without_list for one in found))
    return Costs("total", code, *counts, *sums)


def _plus(*values: Decimal) -> Decimal:
    total = Decimal(0)
    for value in values:
        total = EXACT.add(total, value)
    return trimmed(total)


def _figures(total: Costs, share: Decimal | None, words: str, when: str, as_of: date) -> list[Figure]:
    code = total.currency
    figures = [Figure(f"Saving against list price, {words}, {when}", total.saving, code, as_of)]
    figures += [Figure(f"Saving in percent of list cost ({code})", share, "%", as_of)] if share is not None else []
    figures += [
        Figure(f"List cost, {when}", total.listed, code, as_of),
        Figure(f"Contracted cost, {when}", total.contracted, code, as_of),
        Figure(f"Effective cost, {when}", total.effective, code, as_of),
        Figure(f"Billed cost, {when}", total.billed, code, as_of),
        Figure("Negotiated discounts", total.negotiated, code, as_of),
        Figure("Commitment and other discounts", total.committed, code, as_of),
    ]
    rest = (("Saving by credits and adjustments", total.granted), ("Saving that cannot be split", total.unsplit))
    figures += [Figure(label, value, code, as_of) for label, value in rest if value]
    figures += [Figure("Credits and adjustments, effective cost", total.credits, code, as_of)] if total.credits else []
    return figures


def _sentence(total: Costs, share: Decimal | None) -> str:
    code = total.currency
    size = Money(total.saving.copy_abs(), code).shown()
    of = f" ({shown_share(share.copy_abs())}%)" if share is not None else ""
    way = "saved against" if total.saving >= 0 else "paid above"
    against = f"{Money(total.effective, code).shown()} effective against {Money(total.listed, code).shown()} list cost"
    return f"{size}{of} {way} list price, {against}, {Money(total.billed, code).shown()} billed"


def _line(name: str, costs: Costs) -> tuple[Cell, ...]:
    code = costs.currency
    share = percent(Money(costs.saving, code), Money(costs.listed, code)) if costs.listed > 0 else None
    sums = (costs.listed, costs.contracted, costs.effective, costs.billed, costs.saving)
    return (name, code, *sums, share)


def _left_out(total: Costs) -> list[str]:
    code = total.currency
    said = []
    if total.credits and not total.granted:
        credits = Money(total.credits, code).shown()
        said.append(
            f"Credits and adjustments of {credits} lower list and effective cost alike, so they add nothing here."
        )
    if total.prepaid:
        prepaid = Money(total.prepaid, code).shown()
        said.append(f"Prepayments billed at {prepaid} are not compared: their use is, at its effective cost.")
    if total.tax:
        said.append(f"Tax of {Money(total.tax, code).shown()} is not compared.")
    return said


def _partial(total: Costs) -> list[str]:
    if not total.rows_without_list:
        return []
    amount = Money(total.without_list, total.currency).shown()
    return [
        f"{total.rows_without_list:,} of {total.rows:,} charges state no list cost and are not compared: "
        f"the saving is partial, {amount} of effective cost is left out."
    ]
