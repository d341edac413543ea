"""How the rent of an accelerator has changed between the days on which it was seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tools.errors import Unknown
from tools.hardware.accelerator import Accelerator
from tools.hardware.going_rate import PER_HOUR
from tools.hardware.offered import SHOWN
from tools.hardware.offers import Offer, PricingModel, load_offers, provider_key
from tools.money import Money
from tools.period import Period, day_shown
from tools.results import Chart, Figure, Result, Series, Table


def rent_history(
    accelerator: Accelerator,
    today: date,
    *,
    provider: str | None = None,
    pricing_model: PricingModel = "on_demand",
    period: Period | None = None,
    offers: Sequence[Offer] | None = None,
) -> Result:
    """The cheapest rent of each day on which it was seen, at the one provider that is named or that was seen most
    often with the same form: the change from the first day to the last, headline first, in USD an hour and percent.
    With `period` only of days within it. Unknown where no provider was seen on two days."""
    known = load_offers() if offers is None else offers
    found = [
        offer
        for offer in known
        if accelerator.covers(offer.model, offer.memory_gb, offer.form)
        and offer.pricing_model == pricing_model
        and offer.observed_on is not None
        and offer.observed_on <= today
        and (period is None or period.contains(offer.observed_on))
        and (provider is None or offer.provider.casefold() == provider_key(provider))
    ]
    series = _alike(found)
    if not series:
        where = f" at {provider}" if provider else ""
        where += f" in {period.shown()}" if period else ""
        seen = sorted({offer.observed_on for offer in found if offer.observed_on})
        once = f" It was seen on {day_shown(seen[0])} only." if len(seen) == 1 else ""
        raise Unknown(
            f"No two prices of {accelerator.shown} {SHOWN[pricing_model]}{where} of the same kind are on record from "
            f"different days, so how it changed is unknown.{once}"
        )
    figures: list[Figure] = []
    parts: list[str] = []
    for key, seen_prices in series.items():
        (first, was), (last, now) = seen_prices[0], seen_prices[-1]
        name = f"{key[0]} {Accelerator(key[1], key[2], key[3]).shown}"
        share = (now - was) / was * 100
        figures += [
            Figure(f"Change, {name}", now - was, PER_HOUR, last),
            Figure(f"Change in percent, {name}", share, "%", last),
            Figure(f"Now, {name}", now, PER_HOUR, last),
            Figure(f"Before, {name}", was, PER_HOUR, first),
        ]
        moved = "unchanged at" if now == was else f"{'up' if now > was else 'down'} from {Money(was).shown()} to"
        by = "" if now == was else f" ({share.quantize(Decimal('0.1'))}%)"
        parts.append(f"{name} {moved} {Money(now).shown()}{by}, {day_shown(first)} to {day_shown(last)}")
    days = sorted({day for prices in series.values() for day, _ in prices})
    return Result(
        summary=f"Rent per GPU hour {SHOWN[pricing_model]}: {'; '.join(parts)}.",
        figures=tuple(figures),
        table=Table(
            f"Rents of {accelerator.shown} by day seen",
            ("Provider", "Accelerator", "Seen on", "Price (USD per GPU hour)"),
            tuple(
                (key[0], Accelerator(key[1], key[2], key[3]).shown, day, price)
                for key, prices in series.items()
                for day, price in prices
            ),
        ),
        chart=Chart(
            "line",
            f"Rent of {accelerator.shown}, {SHOWN[pricing_model]}",
            PER_HOUR,
            tuple(day.isoformat() for day in days),
            tuple(
                Series(f"{key[0]} {key[3]}".strip(), tuple(dict(prices).get(day) for day in days))
                for key, prices in series.items()
            ),
        ),
        assumptions=(
            "Only the days on which a price was recorded are compared, each provider and form with itself",
            "List prices, without negotiated discounts",
        ),
    )


def _alike(
    found: Sequence[Offer],
) -> dict[tuple[str, str, int, str, str], list[tuple[date, Decimal]]]:
    """By provider, accelerator and region, the cheapest price of each day; only those seen on two days or more."""
    seen: dict[tuple[str, str, int, str, str], dict[date, Decimal]] = {}
    for offer in found:
        if offer.observed_on is None:
            continue
        key = (offer.provider, offer.model, offer.memory_gb, offer.form, offer.region if offer.instance else "")
        prices = seen.setdefault(key, {})
        prices[offer.observed_on] = min(offer.usd_per_hour, prices.get(offer.observed_on, offer.usd_per_hour))
    return {key: sorted(prices.items()) for key, prices in sorted(seen.items()) if len(prices) > 1}
