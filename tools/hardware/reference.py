"""The rent to assume where the asker gives none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from tools.errors import Unknown
from tools.hardware.accelerator import Accelerator
from tools.hardware.offers import Offer, PricingModel, by_price, load_offers, matching
from tools.money import Money
from tools.results import listed


@dataclass(frozen=True, slots=True)
class ReferenceRent:
    """A stated default: the `median` over the providers' cheapest on-demand prices, per accelerator hour."""

    median: Money
    low: Money
    high: Money
    providers: int
    source: str
    observed_on: date | None
    oldest: date | None


def reference_rent(accelerator: Accelerator, today: date, offers: Sequence[Offer] | None = None) -> ReferenceRent:
    """The on-demand rent to assume when the asker gives none. One price a provider, its cheapest; the median of them.

    Raises Unknown when no on-demand price is on record.
    """
    found = matching(load_offers() if offers is None else offers, accelerator, today)
    rent = median_rent(found, "on_demand")
    if rent is None:
        raise Unknown(f"No on-demand rent of {accelerator.shown} is on record; give a price per GPU hour.")
    return rent


def median_rent(offers: Sequence[Offer], pricing_model: PricingModel) -> ReferenceRent | None:
    """The median over the providers of `offers`, each at its cheapest in one pricing model; None without any."""
    cheapest: dict[str, Offer] = {}
    for offer in by_price([offer for offer in offers if offer.pricing_model == pricing_model]):
        cheapest.setdefault(offer.provider, offer)
    if not cheapest:
        return None
    prices = [offer.usd_per_hour for offer in cheapest.values()]
    days = [offer.observed_on for offer in cheapest.values() if offer.observed_on]
    return ReferenceRent(
        Money(median(prices)),
        Money(min(prices)),
        Money(max(prices)),
        len(prices),
        f"median of the {pricing_model.replace('_', '-')} prices of {listed(sorted(cheapest))}",
        max(days, default=None),
        min(days, default=None),
    )
