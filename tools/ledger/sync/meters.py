"""What kinds of token a row may be about, in words that `tools.ledger.tokens.tokens` reads back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from tools.ledger.sync.charge import QUANTITY_ONLY, TOKENS, Charge
from tools.ledger.sync.joined import BATCH, Usage
from tools.period import day_shown

INPUT = "Input tokens"
CACHED_INPUT = "Cached input tokens"
CACHE_WRITE = "Cache write tokens"
CACHE_WRITE_1H = "Cache write 1h tokens"
OUTPUT = "Output tokens"
ALL = "Tokens"
"""All kinds together, where they are not told apart."""


def named(meter: str, batch: bool) -> str:
    return meter + BATCH if batch else meter


def unpriced_note(title: str, unpriced: Sequence[Usage]) -> str:
    """One sentence about usage that has no cost yet, or never gets one."""
    tokens = sum(item.tokens for item in unpriced)
    days = [item.day for item in unpriced]
    models = sorted({item.model for item in unpriced})
    shown = ", ".join(models[:5]) + (f" and {len(models) - 5} more" if len(models) > 5 else "")
    when = day_shown(min(days)) if min(days) == max(days) else f"{day_shown(min(days))} to {day_shown(max(days))}"
    return (
        f"{title}'s cost report has no cost for {tokens:,} tokens of {shown} ({when}); their cost is unknown here and "
        "they are not counted."
    )


def split(charge: Charge, counts: Sequence[tuple[str, int]]) -> list[Charge]:
    """The charge as one row a kind of token, where the money is not split: all of it is on the first row, the others
    hold only their quantity. Without any token, the charge as it is."""
    found = [(meter, tokens) for meter, tokens in counts if tokens]
    if not found:
        return [charge]
    nothing = {"billed": Decimal(0), "effective": Decimal(0), "description": QUANTITY_ONLY + charge.description}
    return [
        replace(charge, meter=meter, quantity=Decimal(tokens), unit=TOKENS, **(nothing if place else {}))  # type: ignore[arg-type]
        for place, (meter, tokens) in enumerate(found)
    ]
