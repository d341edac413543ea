"""Tokens that were billed, priced again on a price list: each model's mix, and the range where the mix is not known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from tools.errors import Unknown
from tools.ledger.query import trimmed
from tools.ledger.spend import added
from tools.ledger.tokens.batch_prices import batch_bill
from tools.ledger.tokens.tokens import INPUTS, Kind, TokenUse
from tools.money import Money
from tools.prices.catalogue import Catalogue, ModelRef
from tools.prices.cost import Bill, bill
from tools.prices.names import model_key, resolve_billed_model
from tools.prices.usage import Usage

TOKENIZER = Decimal("0.15")
"""Another model's tokenizer may count so much less or more for the same text; an allowance, not a measurement."""


@dataclass(frozen=True, slots=True)
class Mix:
    """What one model used: tokens by kind, and what they cost."""

    provider: str
    model: str
    tokens: dict[Kind, int]
    batch_tokens: int
    cost: tuple[Money, ...]

    @property
    def inputs(self) -> int:
        return sum(self.tokens.get(kind, 0) for kind in INPUTS)

    @property
    def outputs(self) -> int:
        return self.tokens.get("output", 0)

    @property
    def unsaid(self) -> int:
        return self.tokens.get("unsaid", 0)

    def usage(self, output_part: Decimal | None, batch: bool, cached_share: Decimal | None) -> Usage:
        """The mix as a usage; of what is not said, `output_part` (0 to 1) counts as output, the rest as plain input.
        With a `cached_share` of 0 nothing is written to a cache either."""
        as_output = int((self.unsaid * (output_part or Decimal(0))).to_integral_value(ROUND_HALF_EVEN))
        total = self.inputs + self.unsaid - as_output
        cached, written, written_1h = (self.tokens.get(kind, 0) for kind in INPUTS[1:])
        if cached_share == 0:
            cached = written = written_1h = 0
        elif cached_share is not None:
            cached = int((total * cached_share).to_integral_value(ROUND_HALF_EVEN))
            written = min(written, total - cached)
            written_1h = min(written_1h, total - cached - written)
        return Usage(total, self.outputs + as_output, cached, written, written_1h, batch=batch)


@dataclass(frozen=True, slots=True)
class Repriced:
    """One mix at the other price: as the mix is, with everything unsaid as input, and with it all as output."""

    mix: Mix
    bill: Bill
    low: Decimal
    high: Decimal


def mixes_of(uses: Sequence[TokenUse]) -> list[Mix]:
    """One mix a provider and model, the largest first."""
    found: dict[tuple[str, str], list[TokenUse]] = defaultdict(list)
    for use in uses:
        found[use.provider, use.model].append(use)
    mixes = []
    for (provider, model), mine in found.items():
        tokens: dict[Kind, int] = defaultdict(int)
        for use in mine:
            tokens[use.kind] += use.tokens
        if any(tokens.values()):
            batched = sum(use.tokens for use in mine if use.batch)
            cost = by_currency([use.cost for use in mine])
            mixes.append(Mix(provider, model, dict(tokens), batched, tuple(cost.values())))
    return sorted(mixes, key=lambda mix: (-sum(mix.tokens.values()), mix.provider, mix.model))


def output_part(mixes: Sequence[Mix]) -> Decimal | None:
    """The part of all tokens that is output, where the bill says so; None where it says nothing of any."""
    inputs, outputs = sum(mix.inputs for mix in mixes), sum(mix.outputs for mix in mixes)
    return Decimal(outputs) / (inputs + outputs) if inputs + outputs else None


def repriced(
    mixes: Sequence[Mix],
    part: Decimal | None,
    today: date,
    catalogue: Catalogue,
    to_model: ModelRef | None,
    batch: bool,
    cached_share: Decimal | None,
    batch_off: Decimal | None = None,
) -> tuple[list[Repriced], list[str]]:
    """Each mix at its new price, and why some could not be priced; `batch_off` is the percent that a batch is said to
    take off. Unknown when none could."""
    done, refused = [], []
    for mix in mixes:
        ref = to_model or resolve_billed_model(mix.model, mix.provider, catalogue)
        if ref is None:
            refused.append(f"No model of the price list is certain to be {mix.provider}'s {mix.model}: it is left out.")
            continue
        try:
            uses = [mix.usage(p, batch, cached_share) for p in (part, Decimal(0), Decimal(1))]
            bills = [
                batch_bill(use, ref, today, catalogue, batch_off) if batch else bill(use, ref, today, catalogue)
                for use in uses
            ]
        except Unknown as error:
            if to_model is not None:
                raise
            refused.append(f"{mix.model}: {error}")
            continue
        spread = TOKENIZER if model_key(mix.model) != model_key(bills[0].entry.name) else Decimal(0)
        ends = sorted(one.total.amount for one in bills[1:])
        done.append(Repriced(mix, bills[0], ends[0] * (1 - spread), ends[1] * (1 + spread)))
    if not done:
        raise Unknown(" ".join(refused))
    return done, refused


def at_list(
    mixes: Sequence[Mix], part: Decimal | None, today: date, catalogue: Catalogue
) -> tuple[Money | None, list[str]]:
    """The same tokens on their own models at today's list price; None with the models that have no certain one."""
    total, missing = Money(Decimal(0)), []
    for mix in mixes:
        ref = resolve_billed_model(mix.model, mix.provider, catalogue)
        try:
            if ref is None:
                raise Unknown(mix.model)
            total += bill(mix.usage(part, False, None), ref, today, catalogue).total
        except Unknown:
            missing.append(mix.model)
    return (None if missing or part is None else total), missing


def by_currency(amounts: Sequence[Money]) -> dict[str, Money]:
    """The exact sum of each currency."""
    codes = sorted({amount.currency for amount in amounts})
    sums = {code: added([amount for amount in amounts if amount.currency == code]) for code in codes}
    return {code: Money(trimmed(amount.amount), code) for code, amount in sums.items()}
