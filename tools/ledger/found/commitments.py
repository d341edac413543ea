"""How far bought commitments (savings plans, reserved instances, committed use) are used, and what the rest costs.

FOCUS 1.0 to 1.3: a charge that a commitment covers states CommitmentDiscountStatus, Used or Unused, and its
EffectiveCost spreads what was prepaid over the commitment's term. Utilisation is the used part of that cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from tools.errors import Unknown
from tools.ledger import columns as c
from tools.ledger.audience import Audience
from tools.ledger.found.share import shown_share
from tools.ledger.ledger import Ledger
from tools.ledger.query import View, asked_period, trimmed, view
from tools.ledger.scope import Scope
from tools.ledger.shared import together
from tools.ledger.spend import EXACT, percent, several_codes, through
from tools.money import Money
from tools.period import Period
from tools.results import Cell, Figure, Result, Table

Part = Literal["unused", "utilisation", "used", "bought"]
COLUMNS = ("Commitment", "Provider", "Currency", "Used", "Unused", "Utilisation (%)", "Bought, billed")
MEANT = (
    "Used and unused are effective cost: what was prepaid counts day by day over the commitment's term.",
    "Utilisation is used cost as a share of used and unused cost.",
)
UNKNOWN_KIND = "kind not said"
MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class Use:
    """Exact sums of one commitment in one currency: effective cost used and unused, and what purchases were billed."""

    name: str
    provider: str
    currency: str
    used: Decimal
    unused: Decimal
    bought: Decimal

    @property
    def utilisation(self) -> Decimal | None:
        """In percent; None where nothing was used or left over."""
        whole = Money(EXACT.add(self.used, self.unused), self.currency)
        return percent(Money(self.used, self.currency), whole) if whole.amount > 0 else None


def commitment_use(ledger: Ledger, scope: Scope, audience: Audience, today: date, part: Part = "utilisation") -> Result:
    """Per currency: the `part` asked for first, then utilisation in percent, used and unused effective cost, and what
    commitments bought in the period were billed. Unknown where no charge of the scope states a commitment: a bill
    without those columns is not one without commitments. `scope.cost` is not used."""
    rows = view(ledger, scope, audience)
    period, warnings = asked_period(rows, today)
    found = _uses(ledger, rows, period)
    if not found:
        raise Unknown(f"No charge here states a commitment: {rows.words}, {period.shown()}.")
    figures: list[Figure] = []
    parts: list[str] = []
    codes = list(dict.fromkeys(use.currency for use in found))
    for code in codes:
        total = _total([use for use in found if use.currency == code], code)
        figures += _figures(total, part, rows, period)
        parts.append(_sentence(total, part))
    lines: list[tuple[Cell, ...]] = [
        (use.name, use.provider, use.currency, use.used, use.unused, use.utilisation, use.bought) for use in found
    ]
    return Result(
        f"{'; '.join(parts)}: {rows.words}, {period.shown()}. {through(rows)}",
        tuple(figures),
        Table(f"Commitments, {rows.words}, {period.shown()}", COLUMNS, tuple(lines[:MOST_ROWS])),
        None,
        (*MEANT, *rows.assumptions, *several_codes(codes)),
        warnings,
        rows.span.through,
    )


def _uses(ledger: Ledger, rows: View, period: Period) -> list[Use]:
    table = together(ledger, rows.within(period), ("provider",))
    status, kind = table[c.COMMITMENT_STATUS].lower(), table[c.CHARGE_CATEGORY].lower()
    effective, billed = table[c.EFFECTIVE_COST], table[c.BILLED_COST]
    stated = table[c.COMMITMENT_ID].notnull() | table[c.COMMITMENT_NAME].notnull() | status.notnull()
    query = (
        table.filter(stated)
        .group_by(name=table[c.COMMITMENT_TYPE], provider=table[c.X_PROVIDER], code=table[c.BILLING_CURRENCY])
        .agg(
            used=effective.sum(where=status == "used"),
            unused=effective.sum(where=status == "unused"),
            bought=billed.sum(where=kind == "purchase"),
        )
    )
    found = [
        Use(name or UNKNOWN_KIND, provider, code, *(trimmed(value or Decimal(0)) for value in amounts))
        for name, provider, code, *amounts in ledger.rows(query)
    ]
    return sorted(found, key=lambda use: (use.currency, -use.unused, -use.used, use.provider, use.name))


def _total(found: list[Use], code: str) -> Use:
    sums = [Decimal(0), Decimal(0), Decimal(0)]
    for use in found:
        sums = [EXACT.add(total, value) for total, value in zip(sums, (use.used, use.unused, use.bought), strict=True)]
    return Use("all", "", code, *map(trimmed, sums))


def _figures(total: Use, part: Part, rows: View, period: Period) -> list[Figure]:
    as_of, where = rows.span.through, f"{rows.words}, {period.shown()}"
    known: dict[Part, Figure] = {
        "unused": Figure.of(f"Unused commitments, {where}", Money(total.unused, total.currency), as_of),
        "used": Figure.of(f"Used commitments, {where}", Money(total.used, total.currency), as_of),
        "bought": Figure.of(f"Commitments bought, billed, {where}", Money(total.bought, total.currency), as_of),
    }
    if (share := total.utilisation) is not None:
        idle = Figure(f"Unused share of commitments, {where} ({total.currency})", 100 - share, "%", as_of)
        known["utilisation"] = Figure(f"Utilisation of commitments, {where} ({total.currency})", share, "%", as_of)
    first = [known[part]] if part in known else []
    first += [idle] if share is not None and part == "unused" else []
    return first + [figure for name, figure in known.items() if name != part]


def _sentence(total: Use, part: Part) -> str:
    used, unused, bought = (Money(value, total.currency).shown() for value in (total.used, total.unused, total.bought))
    share = total.utilisation
    if share is None:
        return f"{bought} billed for commitments; no charge states that one was used or left over"
    rate = shown_share(share)
    if part == "bought":
        return f"{bought} billed for commitments; {rate}% of the commitments' cost was used"
    if part == "unused":
        return f"{unused} of commitments ({shown_share(100 - share)}%) went unused, {used} was used ({rate}%)"
    return f"Commitments were used to {rate}%: {used} used, {unused} unused"
