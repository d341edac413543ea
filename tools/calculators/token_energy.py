"""The energy of a million tokens, from the power of the accelerators and the tokens that they give a second."""

from __future__ import annotations

from decimal import Decimal

from tools.calculators.defaults import PUE
from tools.calculators.energy import HIGHEST_PUE
from tools.calculators.inputs import GIVEN, SECONDS_AN_HOUR, Price, between, positive
from tools.calculators.wording import cell, money, number
from tools.money import plain
from tools.results import Figure, Result, Table

MILLION = Decimal(10) ** 6


def energy_per_million_tokens(
    watts: Decimal,
    tokens_a_second: Decimal,
    *,
    pue: Decimal | None = None,
    price_per_kwh: Price | None = None,
    grams_per_kwh: Decimal | None = None,
    source: str = GIVEN,
) -> Result:
    """kWh of a million tokens = watts / 1000 x PUE / (tokens a second x 3600) x 10^6; `watts` and `tokens_a_second` are
    of the same accelerators. No PUE is applied where none is told. Headline: the kWh; then cost and CO2 where the price
    or the grams of a kWh are told."""
    positive("the power", watts)
    positive("tokens a second", tokens_a_second)
    facility = Decimal(1) if pue is None else between("the PUE", pue, Decimal(1), HIGHEST_PUE)
    kwh = watts / 1000 * facility / (tokens_a_second * SECONDS_AN_HOUR) * MILLION
    figures = [
        Figure("Energy per million tokens", kwh, "kWh per million tokens"),
        Figure("Energy per token", kwh * 3_600_000 / MILLION, "J per token"),
        Figure("Energy per thousand tokens", kwh, "Wh per thousand tokens"),
    ]
    said = f"{number(kwh)} kWh per million tokens: {number(watts)} W"
    said += f" at a PUE of {plain(facility)}" if pue is not None else ""
    said += f" for {number(tokens_a_second)} tokens a second."
    if price_per_kwh is not None:
        cost = price_per_kwh.money * kwh
        figures.append(Figure("Electricity per million tokens", cost.amount, f"{cost.currency} per million tokens"))
        said += f" That is {money(cost)} of electricity at {plain(price_per_kwh.money.amount)} {cost.currency} per kWh."
    if grams_per_kwh is not None:
        grams = kwh * grams_per_kwh
        figures.append(Figure("CO2 per million tokens", grams, "g CO2e per million tokens"))
        said += f" It causes {number(grams)} g of CO2e at {plain(grams_per_kwh)} g a kWh."
    return Result(
        summary=said,
        figures=tuple(figures),
        table=Table(
            "Energy of tokens", ("Quantity", "Value", "Unit"), tuple((f.label, cell(f.value), f.unit) for f in figures)
        ),
        assumptions=(
            "Energy of a million tokens = power x PUE / tokens an hour x 1,000,000",
            f"Power: {plain(watts)} W ({source})",
            f"PUE: {plain(facility)}, {GIVEN}"
            if pue is not None
            else f"No PUE was told, so none is applied; a data centre has about {plain(PUE.value)}",
            f"Throughput: {plain(tokens_a_second)} tokens a second, {GIVEN}",
        ),
    )
