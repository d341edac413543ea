"""What an accelerator usually rents for: the median over the providers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tools.hardware.accelerator import Accelerator
from tools.hardware.offered import SHOWN
from tools.hardware.offers import Offer, PricingModel
from tools.hardware.reference import ReferenceRent
from tools.period import day_shown
from tools.results import Figure, Result, Table

PER_HOUR = "USD per GPU hour"


def typical_rent(
    accelerator: Accelerator,
    kind: PricingModel,
    rent: ReferenceRent,
    count: int,
    hours: Decimal | None,
    offers: Sequence[Offer],
    table: Table,
) -> Result:
    """The median of the providers' cheapest prices per GPU hour, or with `hours` what `count` cost at it; the lowest
    and the highest beside it. `offers` are those of the pricing model, the cheapest first."""
    lowest = offers[0]
    each = Figure(f"Median of {rent.providers} providers", rent.median.amount, PER_HOUR, rent.observed_on)
    range_of = f"from {rent.low.shown()} to {rent.high.shown()}"
    seen = ""
    if rent.oldest is not None and rent.observed_on is not None:
        seen = f", seen between {day_shown(rent.oldest)} and {day_shown(rent.observed_on)}"
    told = f"the median of {rent.providers} providers' cheapest prices, {range_of}{seen}"
    figures = [
        each,
        Figure(f"Lowest on record ({lowest.provider})", rent.low.amount, PER_HOUR, lowest.observed_on),
        Figure("Highest of the providers", rent.high.amount, PER_HOUR, rent.observed_on),
        Figure("Providers", Decimal(rent.providers), "providers"),
    ]
    said = f"{rent.median.shown()} per GPU hour is typical of {accelerator.shown} {SHOWN[kind]}: {told}."
    if hours is not None:
        total = rent.median * (hours * count)
        what = f"{count:,} x {accelerator.shown} for {hours:,f} hours"
        figures.insert(0, Figure.of(what, total, rent.observed_on))
        said = f"{total.shown()} for {what}, {SHOWN[kind]}, at {rent.median.shown()} per GPU hour: {told}."
    return Result(
        summary=said,
        figures=tuple(figures),
        table=table,
        assumptions=(f"One price a provider, its cheapest; the {rent.source}.",),
        warnings=("Some of these prices are old: a quote of today may differ.",),
    )


def named(offer: Offer) -> str:
    """A provider with the instance, the region and the day on which its price was seen."""
    place = ", ".join(part for part in (offer.instance, offer.region) if part)
    seen = f"seen {day_shown(offer.observed_on)}" if offer.observed_on else "day not recorded"
    return f"{offer.provider} ({place + ', ' if place else ''}{seen})"
