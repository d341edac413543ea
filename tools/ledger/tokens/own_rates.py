"""Tokens priced again at the rates that we pay: what a bill lies below or above the price list stays so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tools.errors import Unknown
from tools.ledger.query import trimmed
from tools.ledger.tokens.reprice import Repriced
from tools.money import Money
from tools.prices.catalogue import Catalogue
from tools.prices.cost import bill
from tools.prices.names import resolve_billed_model

# Within this of the price list, rounding and no discount.
SAME = Decimal("0.002")


def rates_paid(
    done: Sequence[Repriced], part: Decimal | None, today: date, catalogue: Catalogue
) -> tuple[Decimal, ...] | None:
    """What is paid for each mix over its list price of today (0.9 where a tenth is taken off); None where one of them
    has no list price, was billed as a batch already, in several currencies or not above zero, and where the currencies
    of the mixes differ."""
    rates = []
    for one in done:
        ref = resolve_billed_model(one.mix.model, one.mix.provider, catalogue)
        if ref is None or part is None or one.mix.batch_tokens or len(one.mix.cost) != 1 or one.mix.cost[0].amount <= 0:
            return None
        try:
            listed = bill(one.mix.usage(part, False, None), ref, today, catalogue).total
        except Unknown:
            return None
        rates.append(one.mix.cost[0].amount / listed.amount)
    return tuple(rates) if len({one.mix.cost[0].currency for one in done}) == 1 else None


def differ(done: Sequence[Repriced], rates: Sequence[Decimal]) -> bool:
    """Whether what is paid is no list price: at another rate, or in another currency."""
    return any(abs(rate - 1) > SAME for rate in rates) or done[0].mix.cost[0].currency != "USD"


def at_rates(done: Sequence[Repriced], rates: Sequence[Decimal]) -> list[Repriced]:
    """Each mix's new price times what is paid of the list price, in the currency that it is paid in."""
    code = done[0].mix.cost[0].currency
    return [
        replace(
            one,
            bill=replace(one.bill, total=Money(trimmed(one.bill.total.amount * rate), code)),
            low=one.low * rate,
            high=one.high * rate,
        )
        for one, rate in zip(done, rates, strict=True)
    ]
