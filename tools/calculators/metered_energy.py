"""The cost and CO2 of an energy that is known in kWh, or from the Wh of one query."""

from __future__ import annotations

from decimal import Decimal

from tools.calculators.defaults import ELECTRICITY_PRICE
from tools.calculators.energy import GRAMS_A_TONNE, HIGHEST_PUE, WORLD, find_grid
from tools.calculators.inputs import GIVEN, Price, between, not_negative, positive
from tools.calculators.wording import cell, money, number
from tools.money import Money, plain
from tools.results import Figure, Result, Table


def cost_of_energy(
    kwh: Decimal,
    *,
    pue: Decimal | None = None,
    price_per_kwh: Price | None = None,
    grid: str | None = None,
    grams_per_kwh: Decimal | None = None,
    working: str = "",
) -> Result:
    """Cost and CO2 of `kwh`, multiplied by `pue` only where one is given: an energy that somebody has metered is taken
    to be all of it. Headline: the cost; then the energy and the CO2 equivalent in tonnes. `working` says where the kWh
    come from, for the assumptions."""
    positive("the energy", kwh)
    facility = Decimal(1) if pue is None else between("the PUE", pue, Decimal(1), HIGHEST_PUE)
    energy = kwh * facility
    price = price_per_kwh or Price(Money(ELECTRICITY_PRICE.value), ELECTRICITY_PRICE.source)
    if grams_per_kwh is None:
        place = find_grid(grid or WORLD)
        grams, grid_said = place.grams_per_kwh, place.stated()
        if grid is None:
            grid_said += "; no country was named"
    else:
        grams = not_negative("grams of CO2 a kWh", grams_per_kwh)
        grid_said = f"CO2 a kWh: {plain(grams)} g, {GIVEN}"
    cost, tonnes = price.money * energy, energy * grams / GRAMS_A_TONNE
    figures = (
        Figure.of("Energy cost", cost, price.as_of),
        Figure("Energy", energy, "kWh"),
        Figure("Emissions", tonnes, "t CO2e"),
        Figure("Emissions in kilograms", tonnes * 1000, "kg CO2e"),
        Figure("CO2 a kWh", grams, "g CO2e per kWh"),
        Figure("Price of electricity", price.money.amount, f"{price.money.currency} per kWh", price.as_of),
    )
    of_it = f"{number(energy)} kWh"
    return Result(
        summary=(
            f"The energy costs {money(cost)}: {of_it} at {plain(price.money.amount)} {price.money.currency} per kWh. "
            f"That is {number(tonnes)} tonnes of CO2e at {plain(grams)} g a kWh."
        ),
        figures=figures,
        table=Table("Energy", ("Quantity", "Value", "Unit"), tuple((f.label, cell(f.value), f.unit) for f in figures)),
        assumptions=(
            working or f"Energy: {plain(kwh)} kWh, {GIVEN}",
            f"PUE: {plain(facility)}, {GIVEN}" if pue is not None else "No PUE is applied to an energy that is given",
            price.stated("Price of a kWh") if price_per_kwh else ELECTRICITY_PRICE.stated(),
            grid_said,
        ),
    )
