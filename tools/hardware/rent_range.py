"""The span of an accelerator's rents on record, and which of them keep within a price an hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tools.hardware.accelerator import Accelerator
from tools.hardware.going_rate import named
from tools.hardware.offered import SHOWN, offered, priced_as
from tools.hardware.offers import Offer, PricingModel
from tools.money import Money
from tools.results import Figure, Result, Table, listed

PER_HOUR = "USD per GPU hour"


def rent_range(
    accelerator: Accelerator,
    today: date,
    *,
    pricing_model: PricingModel = "on_demand",
    provider: str | None = None,
    region: str | None = None,
    below: Decimal | None = None,
    above: Decimal | None = None,
    offers: Sequence[Offer] | None = None,
) -> Result:
    """The lowest and the highest rent an hour on record; with `below` or `above` (USD per GPU hour, exclusive) only of
    the offers that keep within, each provider's cheapest, the cheapest first. Raises Unknown when no offer is on
    record; where none keeps within, the result says so and tells the nearest."""
    placed = offered(accelerator, today, provider=provider, region=region, offers=offers)
    known = priced_as(placed, accelerator, pricing_model, today)
    within = [
        offer
        for offer in known
        if (below is None or offer.usd_per_hour < below) and (above is None or offer.usd_per_hour > above)
    ]
    bounds = [f"below {Money(below).shown()}"] if below is not None else []
    bounds += [f"above {Money(above).shown()}"] if above is not None else []
    kind = f"{accelerator.shown} {SHOWN[pricing_model]}"
    if not within:
        near = known[0] if below is not None else known[-1]
        figure = Figure(f"Nearest ({near.provider})", near.usd_per_hour, PER_HOUR, near.observed_on)
        said = (
            f"No rent of {kind} {' and '.join(bounds)} is on record; the nearest is {Money(near.usd_per_hour).shown()} "
            f"per GPU hour at {named(near)}."
        )
        return Result(summary=said, figures=(figure,), table=_table(kind, known[:5]), assumptions=_notes(today, known))
    lowest, highest = within[0], within[-1]
    each: dict[str, Offer] = {}
    for offer in within:
        each.setdefault(offer.provider, offer)
    figures = [
        Figure(f"Lowest ({lowest.provider})", lowest.usd_per_hour, PER_HOUR, lowest.observed_on),
        Figure(f"Highest ({highest.provider})", highest.usd_per_hour, PER_HOUR, highest.observed_on),
        Figure("Providers", Decimal(len(each)), "providers"),
        *(Figure(f"{o.provider}", o.usd_per_hour, PER_HOUR, o.observed_on) for o in list(each.values())[1:]),
    ]
    if bounds:
        told = [f"{named(offer)} {Money(offer.usd_per_hour).shown()}" for offer in each.values()]
        said = f"{kind} {' and '.join(bounds)} per GPU hour: {listed(told)}."
    else:
        said = (
            f"{kind} from {Money(lowest.usd_per_hour).shown()} at {named(lowest)} to "
            f"{Money(highest.usd_per_hour).shown()} per GPU hour at {named(highest)}."
        )
    return Result(
        summary=said,
        figures=tuple(figures),
        table=_table(kind, within),
        assumptions=_notes(today, within),
    )


def _table(kind: str, offers: Sequence[Offer]) -> Table:
    rows = tuple((o.provider, o.region or "any", o.instance or None, o.usd_per_hour, o.observed_on) for o in offers)
    return Table(f"Rents of {kind}", ("Provider", "Region", "Instance", PER_HOUR, "Seen on"), rows)


def _notes(today: date, offers: Sequence[Offer]) -> tuple[str, ...]:
    old = sorted({offer.provider for offer in offers if offer.is_stale(today)})
    aged = (f"Seen more than 180 days ago: {listed(old)}.",) if old else ()
    return ("List prices on record, without negotiated discounts, storage, traffic or tax.", *aged)
