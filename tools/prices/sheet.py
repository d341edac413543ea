"""The prices of one model in force on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from tools.errors import Unknown
from tools.period import day_shown
from tools.prices.catalogue import Catalogue, ModelRef
from tools.prices.corrections import Ending

if TYPE_CHECKING:
    from genai_prices.types import ModelInfo, ModelPrice, TimeOfDateConstraint

LIBRARY_KEYS = {
    "input": "input_mtok",
    "cached_input": "cache_read_mtok",
    "cache_write": "cache_write_mtok",
    "cache_write_1h": "cache_write_1h_mtok",
    "input_audio": "input_audio_mtok",
    "cached_audio": "cache_audio_read_mtok",
    "output": "output_mtok",
    "output_audio": "output_audio_mtok",
}
PER_THOUSAND_REQUESTS = "requests_kcount"
LABELS = {
    "input": "Input",
    "cached_input": "Cached input",
    "cache_write": "Cache write",
    "cache_write_1h": "Cache write, 1 hour",
    "input_audio": "Audio input",
    "cached_audio": "Cached audio input",
    "output": "Output",
    "output_audio": "Audio output",
}
UNDATED_GRACE = timedelta(90)


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


@dataclass(frozen=True, slots=True)
class PriceSheet:
    """`rates` by component; a component that is absent has no known price. `since` is when these prices started,
    where that is recorded. `as_of` is the day that the prices are known for."""

    ref: ModelRef
    rates: Mapping[str, Rate]
    usd_per_thousand_requests: Decimal | None
    batch: bool
    since: date | None
    as_of: date
    source: str
    other_hours: Window | None = None
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def is_priced(self) -> bool:
        return any(rate.base > 0 for rate in self.rates.values())

    @property
    def has_tiers(self) -> bool:
        return any(rate.tiers for rate in self.rates.values())


def price_sheet(ref: ModelRef, on: date, catalogue: Catalogue, *, batch: bool = False) -> PriceSheet:
    """The list prices on `on`. Raises Unknown when the model has no price above zero, or no batch price is known."""
    entry = catalogue.entry(ref)
    info = entry.info
    standard, since, dated = _standard(info, on)
    window = _window(info, on)
    if window and window.word == "off-peak":
        standard_rates, window = window.rates, Window("off-peak", window.hours, _rates(standard))
    else:
        standard_rates = _rates(standard)
    rates = dict(standard_rates)
    notes: list[str] = []
    warnings: list[str] = []
    as_of, source = min(on, catalogue.data_date), catalogue.source
    corrected = catalogue.corrections.in_force(ref.provider, ref.model, on, batch=False)
    if corrected:
        rates |= {component: Rate(row.value) for component, row in corrected.items()}
        newest = max(corrected.values(), key=lambda row: row.observed_on)
        as_of, source, window = min(on, newest.observed_on), newest.source, None
        since, dated = max(row.valid_from for row in corrected.values()), True
    if batch:
        batch_rates, note = _batch_rates(ref, info, on, standard, catalogue)
        rates |= batch_rates
        window = None
        if note:
            warnings.append(note)
    if on < catalogue.data_date and not corrected:
        if not dated and catalogue.data_date - on > UNDATED_GRACE:
            warnings.append(
                f"{entry.name}: the catalogue records no price changes and no start date; "
                f"its list price as of {day_shown(catalogue.data_date)} is used for {day_shown(on)}."
            )
        elif dated and since is None:
            warnings.append(
                f"{entry.name}: {day_shown(on)} is before the first dated price; the oldest price on record is used."
            )
    if ending := catalogue.ending(ref):
        warnings += _ending_note(entry.shown, ending, on)
    elif entry.deprecated:
        warnings.append(f"{entry.shown} is marked deprecated or withdrawn in the catalogue.")
    if entry.endpoint == "Global":
        notes.append("a Global deployment, at its maker's list price.")
    if since:
        notes.append(f"this price is in force since {day_shown(since)}.")
    sheet = PriceSheet(
        ref,
        rates,
        _requests_price(standard),
        batch,
        since,
        as_of,
        source,
        window,
        tuple(notes),
        tuple(warnings),
    )
    if not sheet.is_priced:
        raise Unknown(
            f"No paid price is known for {entry.shown}: the catalogue lists it without one, or as a free tier. "
            "It is unknown, not zero."
        )
    return sheet


def _ending_note(shown: str, ending: Ending, on: date) -> list[str]:
    if ending.ends_on and ending.ends_on <= on:
        return [f"{shown} was withdrawn on {day_shown(ending.ends_on)}; this is its last known price."]
    if ending.status == "withdrawn" and not ending.ends_on:
        return [f"{shown} is no longer sold (seen {day_shown(ending.observed_on)}); this is its last known price."]
    if ending.status == "deprecated" and ending.ends_on:
        return [f"{shown} is deprecated and is withdrawn on {day_shown(ending.ends_on)}."]
    if ending.status == "deprecated":
        return [f"{shown} is deprecated (seen {day_shown(ending.observed_on)})."]
    return []


def _standard(info: ModelInfo, on: date) -> tuple[ModelPrice, date | None, bool]:
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


def _window(info: ModelInfo, on: date) -> Window | None:
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
    return Window("off-peak" if covered > timedelta(hours=12) else "peak", shown, _rates(hours[-1].prices))


def _length(span: TimeOfDateConstraint) -> timedelta:
    day = date(2000, 1, 1)
    start, end = (datetime.combine(day, time(at.hour, at.minute), UTC) for at in (span.start_time, span.end_time))
    return end - start if end > start else end + timedelta(1) - start


def _rates(price: ModelPrice) -> dict[str, Rate]:
    from genai_prices.types import TieredPrices

    rates: dict[str, Rate] = {}
    for component, key in LIBRARY_KEYS.items():
        value = price.__dict__.get(key)
        if isinstance(value, TieredPrices):
            rates[component] = Rate(value.base, tuple((tier.start, tier.price) for tier in value.tiers))
        elif isinstance(value, Decimal):
            rates[component] = Rate(value)
    return rates


def _requests_price(price: ModelPrice) -> Decimal | None:
    value = price.__dict__.get(PER_THOUSAND_REQUESTS)
    return value if isinstance(value, Decimal) else None


def _batch_rates(
    ref: ModelRef, info: ModelInfo, on: date, standard: ModelPrice, catalogue: Catalogue
) -> tuple[dict[str, Rate], str | None]:
    """What the batch price changes. A batch price first recorded after `on` is used, with a warning, only while the
    standard price was the same; otherwise Unknown."""
    from genai_prices.types import StartDateConstraint

    if own := catalogue.corrections.in_force(ref.provider, ref.model, on, batch=True):
        return {component: Rate(row.value) for component, row in own.items()}, None
    entry = catalogue.entry(ref)
    resold = info not in [other.info for other in catalogue.sold_by(ref.provider)]
    variants = [] if resold else [v for v in info.price_variants or () if v.when == {"processing": "batch"}]
    if not variants:
        raise Unknown(
            f"No batch price is known for {entry.shown}, so a batch cannot be priced there. "
            "Ask for the standard price, or for a model whose maker publishes a batch price."
        )
    starts = [v.constraint.start_date if isinstance(v.constraint, StartDateConstraint) else date.min for v in variants]
    started = next((v for v, start in zip(variants, starts, strict=True) if start <= on), None)
    if started:
        return _rates(started.prices), None
    start, first = min(zip(starts, variants, strict=True), key=lambda pair: pair[0])
    if _rates(_standard(info, start)[0]) != _rates(standard):
        raise Unknown(f"The batch price of {entry.shown} is known only from {day_shown(start)} on.")
    return _rates(first.prices), (
        f"The batch price of {entry.name} is on record from {day_shown(start)}; it is used for {day_shown(on)} because "
        "the standard price was the same."
    )
