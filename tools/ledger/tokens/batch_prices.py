"""What a batch costs where no batch price of the model itself is on record: what the seller takes off in general."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from tools.errors import Unknown
from tools.money import Money, plain
from tools.prices.catalogue import Catalogue, ModelRef
from tools.prices.cost import Bill, bill
from tools.prices.usage import Usage


@dataclass(frozen=True, slots=True)
class Terms:
    """`off`: percent taken off the standard price; `said` by whom and where."""

    off: Decimal
    said: str
    observed_on: date


# Read on the sellers' pages; which models they offer in a batch changes.
GENERAL = {
    "aws": Terms(Decimal(50), "AWS says so of batch inference (aws.amazon.com/bedrock/pricing)", date(2026, 3, 14)),
    "azure": Terms(
        Decimal(50),
        "Microsoft says so of global batch (learn.microsoft.com/azure/ai-services/openai)",
        date(2026, 3, 14),
    ),
    "openai": Terms(
        Decimal(50), "OpenAI says so of the Batch API (platform.openai.com/docs/guides/batch)", date(2026, 6, 22)
    ),
}


def batch_bill(usage: Usage, ref: ModelRef, on: date, catalogue: Catalogue, off: Decimal | None = None) -> Bill:
    """`bill` of a batch: at `off` percent below the standard price where that is told, else at the batch price on
    record, else at what the seller takes off a batch in general, which the warnings say. Unknown where neither is
    known."""
    standard = replace(usage, batch=False)
    if off is not None:
        return _less(bill(standard, ref, on, catalogue), off, f"A batch is taken at {plain(off)}% off, as you say.")
    try:
        return bill(usage, ref, on, catalogue)
    except Unknown:
        terms = GENERAL.get(ref.provider)
        if terms is None:
            raise
        name = catalogue.entry(ref).shown
        less = f"{plain(terms.off)}% below its standard price is taken, as {terms.said}"
        said = f"No batch price of {name} is on record: {less}."
        return _less(bill(standard, ref, on, catalogue), terms.off, said)


def _less(full: Bill, off: Decimal, said: str) -> Bill:
    total = Money(full.total.amount * (100 - off) / 100, full.total.currency)
    return replace(full, total=total, warnings=(*full.warnings, said))
