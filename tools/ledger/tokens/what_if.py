"""Our own token use priced again: on another model, as a batch, or with another part of the input cached."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tools.errors import BadInput, NeedsChoice, Unknown
from tools.ledger.audience import Audience
from tools.ledger.ledger import Ledger
from tools.ledger.query import asked_period, sums, view
from tools.ledger.scope import Scope
from tools.ledger.tokens.own_rates import at_rates, differ, rates_paid
from tools.ledger.tokens.reprice import Repriced, at_list, by_currency, mixes_of, output_part, repriced
from tools.ledger.tokens.tokens import token_uses
from tools.ledger.tokens.what_if_told import (
    assumed,
    at_rates_paid,
    bars_of,
    figures_of,
    sentence,
    table_of,
    target_words,
    which_rates,
)
from tools.money import Money
from tools.prices.catalogue import Catalogue, ModelRef
from tools.prices.names import provider_id
from tools.results import Result, listed


def what_if(
    ledger: Ledger,
    scope: Scope,
    audience: Audience,
    today: date,
    catalogue: Catalogue,
    *,
    to_model: ModelRef | None = None,
    batch: bool = False,
    cached_share: Decimal | None = None,
    batch_off: Decimal | None = None,
) -> Result:
    """The tokens of the scope's period at list prices of `today`: on `to_model` (else each on its own), as a batch (at
    `batch_off` percent off where that is told), with `cached_share` (0 to 1) of the input read from the cache.
    Headline: the cost so, in USD; then the cost now, the difference, and a range; where what is paid lies beside the
    price list, what it comes to at the rates paid, in their currency, last. Rows that state
    no token quantity are left out and said with their amount. Unknown where none states one, or where no model or price
    can be told; NeedsChoice where nothing is to change."""
    if to_model is None and not batch and cached_share is None:
        raise NeedsChoice(
            "What should change: the model, batch instead of at once, or the cached share?",
            ("another model", "batch", "40% cached"),
        )
    if cached_share is not None and not 0 <= cached_share <= 1:
        raise BadInput(f"the cached share of the input must be between 0% and 100%, not {cached_share * 100:f}%")
    rows = view(ledger, scope, audience)
    period, warnings = asked_period(rows, today)
    inside = rows.within(period)
    mixes = mixes_of(token_uses(ledger, inside))
    everything = [group.amount for group in sums(ledger, inside)]
    if not mixes:
        raise Unknown(
            f"No charge states how many tokens a model used: {rows.words}, {period.shown()}. Without them its use "
            "cannot be priced again."
        )
    part = output_part(mixes)
    done, refused = repriced(mixes, part, today, catalogue, to_model, batch, cached_share, batch_off)
    now_list, unresolved = at_list([one.mix for one in done], part, today, catalogue)
    paid = _paid(done, part, today, catalogue, to_model)
    covered = by_currency([amount for one in done for amount in one.mix.cost])
    left_out = _left_out(everything, covered)
    notes = [*refused]
    if left_out:
        notes.append(f"{listed(left_out)} of the charges is left out: no token quantity, or no price for it, is known.")
    if unresolved and to_model is not None:
        notes.append(f"No list price of today is known for {listed(unresolved)}.")
    if any(one.mix.batch_tokens for one in done):
        notes.append("Some of it was billed as a batch already.")
    notes += [line for one in done for line in one.bill.warnings]
    return Result(
        sentence(done, covered, part, rows, period, to_model, batch, cached_share, paid),
        (*figures_of(done, covered, part, now_list, rows, period), *at_rates_paid(paid, rows, period)),
        table_of(done, rows, period),
        bars_of(
            done, covered, part, f"{rows.words}, {period.shown()}", target_words(done, to_model, batch, cached_share)
        ),
        (*which_rates(paid), *assumed(done, part, to_model, batch, cached_share, rows)),
        tuple(dict.fromkeys((*warnings, *notes))),
        rows.span.through,
    )


def _left_out(everything: Sequence[Money], covered: dict[str, Money]) -> list[str]:
    rest = {money.currency: money - covered.get(money.currency, money * 0) for money in everything}
    return [money.shown() for money in rest.values() if money.amount]


def _paid(
    done: Sequence[Repriced], part: Decimal | None, today: date, catalogue: Catalogue, to_model: ModelRef | None
) -> list[Repriced]:
    """The new prices at the rates paid, where those are not the list's and say something of the other model: of the
    same seller, or in another currency."""
    rates = rates_paid(done, part, today, catalogue)
    if rates is None or not differ(done, rates):
        return []
    elsewhere = to_model is not None and {provider_id(one.mix.provider) for one in done} != {to_model.provider}
    return [] if elsewhere and done[0].mix.cost[0].currency == "USD" else at_rates(done, rates)
