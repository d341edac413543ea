"""What a bill would have been without the discounts on it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from tools.errors import BadInput, Unknown
from tools.ledger.audience import Audience
from tools.ledger.found.discounts import Costs, costs_of, total_of
from tools.ledger.found.share import shown_share
from tools.ledger.ledger import Ledger
from tools.ledger.query import asked_period, sums, trimmed, view
from tools.ledger.scope import Scope
from tools.ledger.shared import together
from tools.ledger.spend import through
from tools.money import Money, plain
from tools.results import Cell, Figure, Result, Table

Withdrawn = Literal["all", "commitment"]
First = Literal["bill", "difference"]
COLUMNS = ("Currency", "Paid", "Taken off", "So", "")
# A told percentage and the bill's own agree within this many points.
NEAR = Decimal("0.75")


def undiscounted(
    ledger: Ledger,
    scope: Scope,
    audience: Audience,
    today: date,
    *,
    discount: Decimal | None = None,
    withdrawn: Withdrawn = "all",
    first: First = "bill",
) -> Result:
    """The scope's cost with what discounts take off added back: list less effective cost of the charges that state a
    list cost (credits and adjustments stay), or contracted less effective for those of commitments. Where the bill
    shows none, cost / (1 - discount / 100) with the percent told; Unknown where none is told either. Per currency."""
    if discount is not None and not 0 < discount < 100:
        raise BadInput(f"A discount is between 0% and 100%, not {plain(discount)}%.")
    rows = view(ledger, scope, audience)
    period, warnings = asked_period(rows, today)
    inside = rows.within(period)
    found = costs_of(ledger, together(ledger, inside, ("provider",)))
    figures: list[Figure] = []
    lines: list[tuple[Cell, ...]] = []
    said: list[str] = []
    notes: list[str] = []
    for group in sums(ledger, inside):
        paid = group.amount
        total = total_of([one for one in found if one.currency == paid.currency], paid.currency)
        off, how = _taken_off(total, paid, discount, withdrawn)
        if off is None:
            continue
        notes += _unlike(total, off, discount)
        so = Money(trimmed(paid.amount + off), paid.currency)
        more = Money(off, paid.currency)
        where = f"{rows.words}, {period.shown()}"
        named = {
            "bill": Figure.of(f"Cost without discounts, {where}", so, rows.span.through),
            "difference": Figure.of(f"What the discounts take off, {where}", more, rows.span.through),
        }
        figures += [named[name] for name in sorted(named, key=lambda name: name != first)]
        figures.append(Figure.of(f"{scope.cost.capitalize()} cost, {where}", paid, rows.span.through))
        lines.append((paid.currency, paid.amount, off, so.amount, how))
        lead = f"{more.shown()} more: " if first == "difference" else ""
        said.append(
            f"{lead}{so.shown()} without {how}, against {paid.shown()} {scope.cost} cost"
            + ("" if first == "difference" else f", {more.shown()} more")
        )
    if not figures:
        raise Unknown(
            f"The bill shows no discount on {rows.words} in {period.shown()}: no list cost is stated, or the effective "
            "cost is the same. Say how many percent it was."
        )
    return Result(
        f"{'; '.join(said)}: {rows.words}, {period.shown()}. {through(rows)}",
        tuple(figures),
        Table(
            f"Without discounts, {rows.words}, {period.shown()}",
            COLUMNS,
            tuple(lines),
        ),
        None,
        ("Tax, credits and refunds stay as they were billed; use does not react to the price.", *rows.assumptions),
        (*warnings, *notes),
        rows.span.through,
    )


def _taken_off(total: Costs, paid: Money, discount: Decimal | None, withdrawn: Withdrawn) -> tuple[Decimal | None, str]:
    """What the discounts take off in all, and in words which they are; None where none is known."""
    if withdrawn == "commitment":
        off, how = total.committed, "the commitment discounts on the bill"
    else:
        off, how = trimmed(total.saving - total.granted), "the discounts on the bill"
    if off > 0:
        return off, how
    if discount is None or paid.amount <= 0:
        return None, ""
    return trimmed(paid.amount * discount / (100 - discount)), f"the {plain(discount)}% discount told"


def _unlike(total: Costs, off: Decimal, discount: Decimal | None) -> list[str]:
    """That the bill's own discount is another than the one told."""
    if discount is None or total.listed <= 0 or total.saving <= 0:
        return []
    share = off / total.listed * 100
    if abs(share - discount) <= NEAR:
        return []
    return [f"The bill's own discounts are {shown_share(share)}% of the list cost, not the {plain(discount)}% told."]
