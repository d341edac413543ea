"""The prices of one model in force on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from tools.errors import Unknown
from tools.period import day_shown
from tools.prices.catalogue import Catalogue, ModelRef
from tools.prices.corrections import Ending
from tools.prices.history import Rate, Window, other_hours, rates_of, requests_price, standard_price

if TYPE_CHECKING:
    from genai_prices.types import ModelInfo, ModelPrice

LABELS = {
    "input": "Input",
    "cached_input": "Cached input",
    "cache_write": "Cache write",
    "cache_write_1h": "Cache write, 1 hour",
    "input_audio": "Audio input",
    "cached_audio": "Cached audio input",
    "input_image": "Image input",
    "output": "Output",
    "output_audio": "Audio output",
    "output_image": "Image output",
}
UNDATED_GRACE = timedelta(90)


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
    standard, since, dated = standard_price(info, on)
    window = other_hours(info, on)
    if window and window.word == "off-peak":
        standard_rates, window = window.rates, Window("off-peak", window.hours, rates_of(standard))
    else:
        standard_rates = rates_of(standard)
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
    warnings += ending_notes(ref, on, catalogue)
    if entry.endpoint == "Global":
        notes.append("a Global deployment, at its maker's list price.")
    if since:
        notes.append(f"this price is in force since {day_shown(since)}.")
    sheet = PriceSheet(
        ref,
        rates,
        requests_price(standard),
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


def ending_notes(ref: ModelRef, on: date, catalogue: Catalogue) -> tuple[str, ...]:
    """That the model is withdrawn, or will be, where that is known."""
    entry = catalogue.entry(ref)
    if ending := catalogue.ending(ref):
        return tuple(_ending_note(entry.shown, ending, on))
    return (f"{entry.shown} is marked deprecated or withdrawn in the catalogue.",) if entry.deprecated else ()


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
        return rates_of(started.prices), None
    start, first = min(zip(starts, variants, strict=True), key=lambda pair: pair[0])
    if rates_of(standard_price(info, start)[0]) != rates_of(standard):
        raise Unknown(f"The batch price of {entry.shown} is known only from {day_shown(start)} on.")
    return rates_of(first.prices), (
        f"The batch price of {entry.name} is on record from {day_shown(start)}; it is used for {day_shown(on)} because "
        "the standard price was the same."
    )
