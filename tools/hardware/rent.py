"""What an accelerator costs to rent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

from tools.errors import BadInput
from tools.hardware.accelerator import Accelerator
from tools.hardware.going_rate import PER_HOUR, named, typical_rent
from tools.hardware.offered import SHOWN, offered, priced_as
from tools.hardware.offers import HYPERSCALERS, STALE_AFTER, Offer, PricingModel, by_price
from tools.hardware.reference import median_rent
from tools.money import Money
from tools.results import Cell, Chart, Figure, Result, Series, Table, listed

MOST_BARS = 12
ENOUGH = 3
Aim = Literal["current", "lowest", "highest", "typical"]
COLUMNS = (
    "Provider",
    "Region",
    "Instance",
    "Accelerator",
    "Pricing",
    "Price (USD per GPU hour)",
    "GPUs per instance",
    "Seen on",
    "Older than 180 days",
    "Source",
)


def rent_price(
    accelerator: Accelerator,
    today: date,
    *,
    count: int | None = None,
    hours: Decimal | None = None,
    pricing_model: PricingModel | None = None,
    provider: str | None = None,
    region: str | None = None,
    instance: str | None = None,
    aim: Aim = "current",
    top: int = 5,
    offers: Sequence[Offer] | None = None,
) -> Result:
    """What an accelerator costs to rent, on demand unless asked otherwise. The headline is the cheapest price per GPU
    hour seen in the last 180 days, where there is one; with `aim` "lowest" or "highest" that on record, however old;
    with "typical" the median over the providers. With `hours` it is the total for `count` accelerators, whole instances
    billed. The others of these stand beside the headline, as does the cheapest of the big clouds.

    `instance` is a cloud's own (g5.12xlarge), of which only its own price counts.

    Raises Unknown when there is no such offer, naming what there is.
    """
    alone, count = count is None, 1 if count is None else count
    if count < 1 or (hours is not None and hours <= 0):
        raise BadInput("the number of accelerators and of hours must be above zero")
    placed = offered(accelerator, today, provider=provider, region=region, instance=instance, offers=offers)
    kind: PricingModel = pricing_model or "on_demand"
    wanted = priced_as(placed, accelerator, kind, today)
    middle = median_rent(placed, kind)
    if aim == "typical" and middle is not None and middle.providers > 1:
        return typical_rent(accelerator, kind, middle, count, hours, wanted, _offers(accelerator, wanted[:top], today))
    if hours is not None:
        wanted.sort(key=lambda offer: (_billed(offer, count), offer.usd_per_hour))
    fresh = next((offer for offer in wanted if not offer.is_stale(today)), None)
    best = wanted[-1] if aim == "highest" else wanted[0] if aim == "lowest" or fresh is None else fresh
    big = next((offer for offer in wanted if offer.provider in HYPERSCALERS), None)
    share = alone and hours is not None and best.per_instance > 1 and instance is None
    figures, said = _headline(replace(best, per_instance=1) if share else best, accelerator, count, hours)
    if share and hours is not None:
        machine = Money(best.usd_per_hour * best.per_instance) * hours
        figures.append(Figure.of(f"The whole machine of {best.per_instance}", machine, best.observed_on))
        said += f" It is rented {best.per_instance} at a time: {machine.shown()} for the machine."
    beside: list[Offer] = []
    for other, label in (
        (wanted[0], "Lowest on record"),
        (fresh, "Cheapest seen in the last 180 days"),
        (big, "Cheapest of the big clouds"),
    ):
        if other is None or other is best or other in beside:
            continue
        figures.append(Figure(f"{label} ({other.provider})", other.usd_per_hour, PER_HOUR, other.observed_on))
        said += f" The {label[0].lower()}{label[1:]} is {Money(other.usd_per_hour).shown()} at {named(other)}."
        if hours is not None:
            at_it = Money(_billed(other, count)) * hours
            figures.append(Figure.of(f"The same at {other.provider}", at_it, other.observed_on))
        beside.append(other)
    if middle is not None and middle.providers >= ENOUGH and hours is None:
        figures.append(
            Figure(f"Median of {middle.providers} providers", middle.median.amount, PER_HOUR, middle.observed_on)
        )
    if pricing_model is None and hours is None:
        for offer in _other_ways(placed):
            label = f"Cheapest {SHOWN[offer.pricing_model]} ({offer.provider})"
            figures.append(Figure(label, offer.usd_per_hour, PER_HOUR, offer.observed_on))
    shown = [best, *wanted[:top], *beside, *(_other_ways(placed) if pricing_model is None else [])]
    listed_offers = list(dict.fromkeys(shown))
    return Result(
        summary=said,
        figures=tuple(figures),
        table=_offers(accelerator, listed_offers, today),
        chart=_chart(accelerator, wanted),
        assumptions=_assumptions(accelerator, best, count, hours),
        warnings=_warnings(listed_offers, today),
    )


def _offers(accelerator: Accelerator, offers: Sequence[Offer], today: date) -> Table:
    return Table(f"Offers of {accelerator.shown}", COLUMNS, tuple(_row(offer, today) for offer in offers))


def _billed(offer: Offer, count: int) -> Decimal:
    """USD an hour for `count` accelerators, whole instances billed."""
    return offer.usd_per_hour * offer.per_instance * -(-count // offer.per_instance)


def _chart(accelerator: Accelerator, wanted: Sequence[Offer]) -> Chart | None:
    """Each provider's cheapest offer, dearest last; none where there is only one."""
    cheapest: dict[str, Offer] = {}
    for offer in by_price(wanted):
        cheapest.setdefault(offer.provider, offer)
    if len(cheapest) < 2:
        return None
    shown = list(cheapest.values())[:MOST_BARS]
    labels = tuple(f"{offer.provider}, {offer.observed_on or 'undated'}" for offer in shown)
    title = f"Rent of {accelerator.shown}, {SHOWN[shown[0].pricing_model]}, by provider and day seen"
    return Chart("bar", title, PER_HOUR, labels, (Series("Price", tuple(offer.usd_per_hour for offer in shown)),))


def _headline(best: Offer, accelerator: Accelerator, count: int, hours: Decimal | None) -> tuple[list[Figure], str]:
    price = Money(best.usd_per_hour)
    unit = Figure(f"{accelerator.shown} {SHOWN[best.pricing_model]}", best.usd_per_hour, PER_HOUR, best.observed_on)
    hourly = Money(_billed(best, count))
    if hours is not None:
        total = hourly * hours
        span = "an hour" if hours == 1 else f"{hours:,f} hours"
        return [
            Figure.of(f"{count:,} x {accelerator.shown} for {span}", total, best.observed_on),
            unit,
            Figure("Cost an hour", hourly.amount, "USD per hour", best.observed_on),
        ], (
            f"{total.shown()} for {count:,} x {accelerator.shown} for {span}, {SHOWN[best.pricing_model]}: "
            f"{price.shown()} per GPU hour at {named(best)}."
        )
    figures = [unit]
    said = f"{price.shown()} per GPU hour for {accelerator.shown} {SHOWN[best.pricing_model]}: {named(best)}."
    if count > 1:
        figures.append(Figure(f"{count:,} accelerators", hourly.amount, "USD per hour", best.observed_on))
        said += f" {count:,} of them cost {hourly.shown()} an hour."
    return figures, said


def _other_ways(offers: Sequence[Offer]) -> list[Offer]:
    """The cheapest spot and reserved offers."""
    cheapest: dict[str, Offer] = {}
    for offer in by_price(offers):
        cheapest.setdefault(offer.pricing_model, offer)
    return [cheapest[kind] for kind in ("spot", "reserved_1y", "reserved_3y") if kind in cheapest]


def _row(offer: Offer, today: date) -> tuple[Cell, ...]:
    return (
        offer.provider,
        offer.region or "any",
        offer.instance or None,
        offer.accelerator.shown,
        SHOWN[offer.pricing_model],
        offer.usd_per_hour,
        offer.per_instance,
        offer.observed_on,
        "yes" if offer.is_stale(today) else "no",
        offer.source,
    )


def _assumptions(accelerator: Accelerator, best: Offer, count: int, hours: Decimal | None) -> tuple[str, ...]:
    said = [f"List price of {best.provider} from {best.source}, without negotiated discounts, storage, traffic or tax."]
    if accelerator.model in ("H100", "A100") and not accelerator.form and not accelerator.memory_gb:
        said.append(f"Any form and memory of {accelerator.model} counts; the cheapest is {best.accelerator.shown}.")
    if best.per_instance > 1:
        instances = -(-count // best.per_instance)
        said.append(f"Rented by the instance of {best.per_instance}: {instances:,} for {count:,} accelerators.")
    if best.note:
        said.append(f"The price at {best.provider} is the {best.note}.")
    said.append(f"An offer is fresh when it was seen in the last {STALE_AFTER.days} days.")
    if hours is not None:
        said.append(f"All {count:,} accelerators run for all {hours:,f} hours.")
    return tuple(said)


def _warnings(offers: Sequence[Offer], today: date) -> tuple[str, ...]:
    old = [offer for offer in offers if offer.is_stale(today)]
    if not old:
        return ()
    names = listed(sorted({offer.provider for offer in old}))
    return (
        f"{len(old)} of the {len(offers)} offers shown were not seen in the last {STALE_AFTER.days} days "
        f"({names}): check them before you rely on them.",
    )
