"""Published list prices in US dollars per million tokens, and bills worked out from them by hand arithmetic."""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "list_prices.csv"
MILLION = Decimal(1_000_000)


@cache
def rates() -> dict[str, dict[str, str]]:
    with TABLE.open(newline="") as file:
        return {row["model"]: row for row in csv.DictReader(file)}


def rate(model: str, column: str) -> Decimal:
    return Decimal(rates()[model][column])


def bill(model: str, read: int, written: int = 0, *, cached: int = 0, batch: bool = False) -> Decimal:
    """USD for `read` input tokens, of which `cached` come from the cache, and `written` output tokens."""
    kind = "batch_" if batch else ""
    total = (read - cached) * rate(model, f"{kind}input")
    if written:
        total += written * rate(model, f"{kind}output")
    if cached:
        total += cached * rate(model, "cache_read")
    return total / MILLION
