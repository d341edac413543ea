"""What a gigabyte or a TFLOP/s of accelerators costs to rent, one beside another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tools.errors import BadInput, Unknown
from tools.hardware.accelerator import Accelerator
from tools.hardware.offered import SHOWN
from tools.hardware.offers import Offer, PricingModel, by_price, load_offers, matching, provider_key
from tools.hardware.specification import Specification, specification
from tools.money import Money
from tools.results import Chart, Figure, Result, Series, Table, listed

UNITS = {"memory": "GB", "bandwidth": "GB/s"}


def value_for_money(
    accelerators: Sequence[Accelerator],
    today: date,
    quantity: str,
    *,
    pricing_model: PricingModel = "on_demand",
    provider: str | None = None,
    price_per_hour: Decimal | None = None,
    offers: Sequence[Offer] | None = None,
) -> Result:
    """USD an hour for one GB of memory, GB/s of bandwidth or dense TFLOP/s (`quantity` is "memory", "bandwidth" or a
    precision) of each accelerator at its cheapest rent, or at `price_per_hour` where there is one accelerator. Best
    first. Unknown where no rent or no such figure is on record for any; those that lack it are named in a warning."""
    if not accelerators:
        raise BadInput("Name at least one accelerator.")
    unit = UNITS.get(quantity, f"{quantity} TFLOP/s")
    known = load_offers() if offers is None else offers
    ranked: list[tuple[Decimal, Accelerator, Decimal, Decimal, Offer | None]] = []
    lacking: list[str] = []
    for accelerator in dict.fromkeys(accelerators):
        offer = None if price_per_hour is not None else _cheapest(known, accelerator, today, pricing_model, provider)
        rent = price_per_hour if offer is None else offer.usd_per_hour
        size = _size(_spec(accelerator, offer), quantity)
        if rent is None or size is None:
            lacking.append(accelerator.shown)
        else:
            ranked.append((rent / size, offer.accelerator if offer else accelerator, rent, size, offer))
    if not ranked:
        raise Unknown(f"No rent {SHOWN[pricing_model]} and {unit} of {listed(lacking)} are both on record.")
    ranked.sort(key=lambda row: row[0])
    figures = [
        Figure(f"{chip.shown} per {unit}", each, f"USD per hour per {unit}", offer.observed_on if offer else None)
        for each, chip, _, _, offer in ranked
    ]
    for _, chip, rent, size, offer in ranked:
        as_of = offer.observed_on if offer else None
        figures.append(Figure(f"Rent of {chip.shown}", rent, "USD per GPU hour", as_of))
        figures.append(Figure(f"{quantity} of {chip.shown}", size, unit))
    parts = [
        f"{chip.shown} {_small(each)} ({Money(rent).shown()} an hour{f' at {offer.provider}' if offer else ''})"
        for each, chip, rent, _, offer in ranked
    ]
    best = f"{ranked[0][1].shown} is the cheapest per {unit}: " if len(ranked) > 1 else ""
    stale = [offer.provider for *_, offer in ranked if offer is not None and offer.is_stale(today)]
    return Result(
        summary=f"{best}USD an hour per {unit}: {'; '.join(parts)}.",
        figures=tuple(figures),
        table=Table(
            f"Rent per {unit}",
            ("Accelerator", f"USD an hour per {unit}", "Rent (USD per GPU hour)", unit, "Provider", "Seen on"),
            tuple(
                (
                    chip.shown,
                    each.quantize(Decimal("0.0000001")),
                    rent,
                    size,
                    offer.provider if offer else "as given",
                    offer.observed_on if offer else None,
                )
                for each, chip, rent, size, offer in ranked
            ),
        ),
        chart=Chart(
            "bar",
            f"Rent per {unit}",
            f"USD an hour per {unit}",
            tuple(chip.shown for _, chip, *_ in ranked),
            (Series("Price", tuple(each for each, *_ in ranked)),),
        )
        if len(ranked) > 1
        else None,
        assumptions=(
            f"The cheapest rent {SHOWN[pricing_model]} on record of each, whatever its age",
            "Peaks are the vendor's, dense, without sparsity; programs reach part of them",
        )
        if price_per_hour is None
        else ("The price an hour is as given", "Peaks are the vendor's, dense, without sparsity"),
        warnings=(
            *((f"Not on record, and so left out: {listed(lacking)}.",) if lacking else ()),
            *((f"Not seen in the last 180 days: the offers of {listed(sorted(set(stale)))}.",) if stale else ()),
        ),
    )


def _cheapest(
    offers: Sequence[Offer], accelerator: Accelerator, today: date, model: PricingModel, provider: str | None
) -> Offer | None:
    found = [offer for offer in matching(offers, accelerator, today) if offer.pricing_model == model]
    if provider is not None:
        found = [offer for offer in found if offer.provider.casefold() == provider_key(provider)]
    return next(iter(by_price(found)), None)


def _spec(accelerator: Accelerator, offer: Offer | None) -> Specification | None:
    """Of the form that is rented, where it is on record, else of the model as it was named."""
    for one in (*((offer.accelerator,) if offer else ()), accelerator):
        try:
            return specification(one)
        except Unknown:
            continue
    return None


def _size(spec: Specification | None, quantity: str) -> Decimal | None:
    if spec is None:
        return None
    if quantity == "memory":
        return spec.memory_gb
    if quantity == "bandwidth":
        return spec.bandwidth_bytes_s / 10**9
    peak = spec.peak_flops.get(quantity)
    return None if peak is None else peak / 10**12


def _small(value: Decimal) -> str:
    from tools.calculators.wording import significant

    return f"${significant(value)}"
