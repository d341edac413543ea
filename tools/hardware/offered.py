"""The offers of an accelerator that a question is about, or the sentence that says why there are none."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from tools.errors import Unknown
from tools.hardware.accelerator import Accelerator
from tools.hardware.offers import Offer, PricingModel, by_price, load_offers, matching, provider_key
from tools.period import day_shown
from tools.results import listed

T = TypeVar("T")
SHOWN = {
    "on_demand": "on demand",
    "spot": "spot",
    "reserved_1y": "reserved for 1 year",
    "reserved_3y": "reserved for 3 years",
}


def offered(
    accelerator: Accelerator,
    today: date,
    *,
    provider: str | None = None,
    region: str | None = None,
    instance: str | None = None,
    offers: Sequence[Offer] | None = None,
) -> list[Offer]:
    """The offers known on `today`; `instance` is a cloud's own (g5.12xlarge), of which only its own price counts.
    Raises Unknown when there is none, naming what there is."""
    everything = matching(load_offers() if offers is None else offers, accelerator, today)
    if not everything:
        raise Unknown(f"No rent of {accelerator.shown} is on record. It is unknown, not zero.")
    placed = [offer for offer in everything if _is_there(offer, provider, region)]
    if not placed:
        known = sorted({offer.provider for offer in everything})
        raise Unknown(f"No rent of {accelerator.shown} at {_where(provider, region)} is on record; at {listed(known)}.")
    if instance is not None:
        placed = [offer for offer in placed if _key(offer.instance) == _key(instance)]
        if not placed:
            known = sorted({offer.instance for offer in everything if offer.instance})
            raise Unknown(
                f"No price of {instance} is on record; of {accelerator.shown} there are {listed(known)}.", known
            )
    return placed


def priced_as(
    placed: Sequence[Offer], accelerator: Accelerator, pricing_model: PricingModel, today: date | None = None
) -> list[Offer]:
    """Those of one pricing model, the cheapest first. Raises Unknown when there is none."""
    wanted = by_price([offer for offer in placed if offer.pricing_model == pricing_model])
    if not wanted:
        others = sorted({SHOWN[offer.pricing_model] for offer in placed})
        sellers = sorted({offer.provider for offer in placed})
        where = f" at {sellers[0]}" if len(sellers) == 1 else ""
        when = "" if today is None else f" by {day_shown(today)}"
        raise Unknown(
            f"No price of {accelerator.shown} {SHOWN[pricing_model]}{where} is on record{when}, only {listed(others)}."
        )
    return wanted


def cheapest_rent(
    accelerator: Accelerator,
    today: date,
    *,
    pricing_model: PricingModel = "on_demand",
    provider: str | None = None,
    region: str | None = None,
    instance: str | None = None,
    offers: Sequence[Offer] | None = None,
) -> Offer:
    """The cheapest offer on record. Raises Unknown when there is none."""
    placed = offered(accelerator, today, provider=provider, region=region, instance=instance, offers=offers)
    return priced_as(placed, accelerator, pricing_model, today)[0]


def or_later(today: date, found: Callable[[date], T]) -> tuple[T, str]:
    """What `found` tells of `today`; where no such offer was known then, of the newest day on record, and the sentence
    that says so (empty else). Raises Unknown when none is on record at all."""
    try:
        return found(today), ""
    except Unknown as unknown:
        newest = max((offer.observed_on for offer in load_offers() if offer.observed_on), default=today)
        if newest <= today:
            raise
        try:
            return found(newest), f"No such price was seen by {day_shown(today)}; this one was seen later."
        except Unknown:
            raise unknown from None


def _is_there(offer: Offer, provider: str | None, region: str | None) -> bool:
    if provider and provider_key(provider) != offer.provider.casefold():
        return False
    return not region or not offer.region or region.casefold() in offer.region.casefold()


def _key(instance: str) -> str:
    return re.sub(r"[\s-]+", "_", instance.casefold()).removeprefix("standard_")


def _where(provider: str | None, region: str | None) -> str:
    return " in ".join(part for part in (provider, region) if part)
