"""One amount of a text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tools.money import Money

Bound = Literal["low", "high"]


@dataclass(frozen=True, slots=True)
class Amount:
    """One number of a text, from `start` (inclusive) to `end` (exclusive) of it; `text` is that part.

    `value` is scaled and signed: 3M is 3000000, 60% is 60, 50 cents is 0.50. `quantum` is one step of the last digit
    shown. `unit` is the currency for money, `%` for a percent, else a canonical unit of `units.UNITS` or None.
    `per` is what a rate counts by ("$2.50 per GPU hour" has `GPU hour`, "per 1M tokens" has `token` with `per_count`
    1000000, "per user per month" has `user month`). `bound` says which end of a range this is. `phrase_end` is where
    the unit, rate and adjacent words end. `worded`: it is spelled out ("two million").
    """

    start: int
    end: int
    text: str
    value: Decimal
    quantum: Decimal
    unit: str | None = None
    role: str | None = None
    money: Money | None = None
    percent: bool = False
    points: bool = False
    kind: Literal["number", "money", "percent", "factor"] = "number"
    per: str | None = None
    per_count: Decimal = Decimal(1)
    bound: Bound | None = None
    phrase_end: int = 0
    signed: bool = False
    scaled: bool = False
    worded: bool = False
