"""What the price library records of one model: prices by date and by hour of the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from genai_prices.types import ModelInfo, ModelPrice, TimeOfDateConstraint

LIBRARY_KEYS = {
    "input": "input_mtok",
    "cached_input": "cache_read_mtok",
    "cache_write": "cache_write_mtok",
    "cache_write_1h": "cache_write_1h_mtok",
    "input_audio": "input_audio_mtok",
    "cached_audio": "cache_audio_read_mtok",
    "input_image": "input_image_mtok",
    "output": "output_mtok",
    "output_audio": "output_audio_mtok",
    "output_image": "output_image_mtok",
}
PER_THOUSAND_REQUESTS = "requests_kcount"


@dataclass(frozen=True, slots=True)
class Rate:
    """USD per million tokens: `base`, or the price of the last of `tiers` (input tokens of one request, price) that
    the request is above. A tier prices every token of its request, not only those above it."""

    base: Decimal
    tiers: tuple[tuple[int, Decimal], ...] = ()

    def at(self, tokens_per_request: Decimal | int | None) -> Decimal:
        """The price for requests of that size; the base price when the size is unknown."""
        price = self.base
        for above, tier in self.tiers:
            if tokens_per_request is not None and tokens_per_request > above:
                price = tier
        return price


@dataclass(frozen=True, slots=True)
class Window:
    """Other prices that hold at some hours of the day (UTC), as `peak` or `off-peak`."""

    word: str
    hours: str
    rates: Mapping[str, Rate]


def standard_price(info: ModelInfo, on: date) -> tuple[ModelPrice, date | None, bool]:
    """The price by date alone, when it started (None when not recorded), and whether the model has a dated history."""
    from genai_prices.types import ModelPrice, StartDateConstraint

    if isinstance(info.prices, ModelPrice):
        return info.prices, None, False
    current, since = info.prices[0].prices, None
    dated = False
    for price in info.prices:
        if isinstance(price.constraint, StartDateConstraint):
            dated = True
            if price.constraint.start_date <= on:
                current, since = price.prices, price.constraint.start_date
    return current, since, dated


def change_days(info: ModelInfo) -> list[date]:
    """The days on which a new price of the model started, oldest first."""
    from genai_prices.types import ModelPrice, StartDateConstraint

    if isinstance(info.prices, ModelPrice):
        return []
    return sorted(p.constraint.start_date for p in info.prices if isinstance(p.constraint, StartDateConstraint))


def other_hours(info: ModelInfo, on: date) -> Window | None:
    """Prices by the hour. They are undated in the library, so they count only from the newest dated price on."""
    from genai_prices.types import ModelPrice, StartDateConstraint, TimeOfDateConstraint

    if isinstance(info.prices, ModelPrice):
        return None
    starts = [p.constraint.start_date for p in info.prices if isinstance(p.constraint, StartDateConstraint)]
    hours = [p for p in info.prices if isinstance(p.constraint, TimeOfDateConstraint)]
    if not hours or any(start > on for start in starts):
        return None
    spans = [p.constraint for p in hours if isinstance(p.constraint, TimeOfDateConstraint)]
    covered = sum((_length(span) for span in spans), timedelta())
    shown = " and ".join(f"{span.start_time:%H:%M} to {span.end_time:%H:%M} UTC" for span in spans)
    return Window("off-peak" if covered > timedelta(hours=12) else "peak", shown, rates_of(hours[-1].prices))


def _length(span: TimeOfDateConstraint) -> timedelta:
    day = date(2000, 1, 1)
    start, end = (datetime.combine(day, time(at.hour, at.minute), UTC) for at in (span.start_time, span.end_time))
    return end - start if end > start else end + timedelta(1) - start


def rates_of(price: ModelPrice) -> dict[str, Rate]:
    from genai_prices.types import TieredPrices

    rates: dict[str, Rate] = {}
    for component, key in LIBRARY_KEYS.items():
        value = price.__dict__.get(key)
        if isinstance(value, TieredPrices):
            rates[component] = Rate(value.base, tuple((tier.start, tier.price) for tier in value.tiers))
        elif isinstance(value, Decimal):
            rates[component] = Rate(value)
    return rates


def requests_price(price: ModelPrice) -> Decimal | None:
    value = price.__dict__.get(PER_THOUSAND_REQUESTS)
    return value if isinstance(value, Decimal) else None
