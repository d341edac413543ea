"""Energy, its cost and its CO2: kWh = kW x PUE x hours."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources

from tools.calculators.defaults import ELECTRICITY_PRICE, HYPERSCALE_PUE, LOAD, PUE, SERVER_POWER
from tools.calculators.inputs import GIVEN, ChipSpec, Price, between, chosen, not_negative, positive, share, whole
from tools.calculators.wording import cell, cents, money, number
from tools.errors import NeedsChoice, Unknown
from tools.money import Money, plain
from tools.results import Chart, Figure, Result, Series, Table

WORLD = "world"
HIGHEST_PUE = Decimal(10)
GRAMS_A_TONNE = Decimal(10) ** 6


@dataclass(frozen=True, slots=True)
class Grid:
    """Grams of CO2 equivalent (lifecycle) for each kWh that a country's grid gives."""

    region: str
    names: tuple[str, ...]
    grams_per_kwh: Decimal
    year: str
    source: str
    observed_on: str

    def stated(self) -> str:
        return (
            f"Grid of {self.region}: {plain(self.grams_per_kwh)} g CO2e per kWh in {self.year} "
            f"({self.source}, read {self.observed_on})"
        )


@cache
def grids() -> tuple[Grid, ...]:
    text = resources.files("tools.calculators").joinpath("grid_intensity.csv").read_text(encoding="utf-8")
    return tuple(
        Grid(
            row["region"],
            tuple(row["names"].split("|")),
            Decimal(row["grams_per_kwh"]),
            row["year"],
            row["source"],
            row["observed_on"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def find_grid(region: str) -> Grid:
    """The grid of a country or of the world; Unknown with the nearest names."""
    from rapidfuzz import process

    said = region.strip().casefold()
    for grid in grids():
        if said in {grid.region.casefold(), *grid.names}:
            return grid
    nearest = [name for name, _, _ in process.extract(said, [grid.region for grid in grids()], limit=3)]
    raise Unknown(f"The grid of {region!r} is not in the table.", nearest)


def energy_cost(
    hours: Decimal,
    *,
    kilowatts: Decimal | None = None,
    chip: ChipSpec | None = None,
    chips: int = 1,
    pue: Decimal | None = None,
    price_per_kwh: Price | None = None,
    grid: str | None = None,
    grams_per_kwh: Decimal | None = None,
    load: Decimal | None = None,
    server_power: Decimal | None = None,
) -> Result:
    """Energy, cost and CO2 of running for `hours`: `kilowatts` of IT power, or `chips` of `chip` with their servers.

    `hours` are of wall clock: one chip-hour of each chip. `pue`, `load` (share of rated power) and `server_power`
    (watts a watt of chip) have stated defaults; `grid` is a country's name, the world's where none is named.
    Headline: the cost. NeedsChoice without power.
    """
    positive("hours", hours)
    said: list[str] = []
    alone: Decimal | None = None
    if kilowatts is None:
        if chip is None or chip.power_w is None:
            raise NeedsChoice("How many kilowatts, or which chips, are running?")
        extra, mean = chosen(server_power, SERVER_POWER), chosen(load, LOAD)
        between("the server's watts for each watt of chip", extra.value, Decimal(1), Decimal(10))
        kilowatts = (
            chip.power_w * whole("chips", chips) * extra.value * share("the load", mean.value, zero=False) / 1000
        )
        if server_power is None and load is None:
            alone = chip.power_w * chips / 1000
        said += [f"{chip.name}: {plain(chip.power_w)} W each ({chip.source})", extra.sentence, mean.sentence]
    else:
        positive("kilowatts", kilowatts)
        said.append(f"IT power: {plain(kilowatts)} kW, {GIVEN}")
    facility = chosen(pue, PUE)
    between("the PUE", facility.value, Decimal(1), HIGHEST_PUE)
    if price_per_kwh is None:
        price = Price(Money(ELECTRICITY_PRICE.value), ELECTRICITY_PRICE.source)
        said.append(ELECTRICITY_PRICE.stated())
        prices = (ELECTRICITY_PRICE.low, ELECTRICITY_PRICE.high)
    else:
        price = price_per_kwh
        said.append(price.stated("Price of a kWh"))
        prices = (price.money.amount, price.money.amount)
    if grams_per_kwh is None:
        place = find_grid(grid or WORLD)
        grams, grid_said = place.grams_per_kwh, place.stated()
        if grid is None:
            known = [g.grams_per_kwh for g in grids()]
            grid_said += f"; no country was named, and countries range from {plain(min(known))} to {plain(max(known))}"
    else:
        grams = not_negative("grams of CO2 a kWh", grams_per_kwh)
        grid_said = f"CO2 a kWh: {plain(grams)} g, {GIVEN}"

    def at(ratio: Decimal) -> tuple[Decimal, Money, Decimal]:
        energy = kilowatts * ratio * hours
        return energy, price.money * energy, energy * grams / GRAMS_A_TONNE

    energy, cost, tonnes = at(facility.value)
    cases = [("expected" if pue is None else "as given", facility.value)]
    if pue is None:
        cases.append(("hyperscale facility", HYPERSCALE_PUE.value))
        said.append(HYPERSCALE_PUE.stated())
    currency = price.money.currency
    figures = [
        Figure.of("Energy cost", cost, price.as_of),
        Figure("Energy", energy, "kWh"),
        Figure("Emissions", tonnes, "t CO2e"),
        Figure("IT power", kilowatts, "kW"),
        Figure("PUE", facility.value, ""),
        Figure("Price of electricity", price.money.amount, f"{currency} per kWh", price.as_of),
    ]
    if pue is None or price_per_kwh is None:
        lowest, highest = kilowatts * hours * facility.low * prices[0], kilowatts * hours * facility.high * prices[1]
        figures += [Figure("Cost, low", lowest, currency), Figure("Cost, high", highest, currency)]
    beside = ""
    if alone is not None and chip is not None and chip.power_w is not None:
        rated = price.money * (alone * facility.value * hours)
        figures += [
            Figure.of("Energy cost of the chips alone", rated, price.as_of),
            Figure("Energy of the chips alone", alone * facility.value * hours, "kWh"),
            Figure("Power of one chip", chip.power_w, "W"),
        ]
        beside = (
            f" That counts their servers; the chips alone at {plain(chip.power_w)} W each would cost {money(rated)}."
        )
    rows = []
    for name, ratio in cases:
        kwh, amount, co2 = at(ratio)
        rows.append((name, ratio, cell(kwh), cents(amount), cell(co2)))
    return Result(
        summary=(
            f"The energy costs {money(cost)}: {number(energy)} kWh at {plain(price.money.amount)} {currency} per kWh "
            f"and a PUE of {plain(facility.value)}. That is {number(tonnes)} tonnes of CO2e.{beside}"
        ),
        figures=tuple(figures),
        table=Table(
            "Energy by facility",
            ("Case", "PUE", "Energy (kWh)", f"Cost ({currency})", "Emissions (t CO2e)"),
            tuple(rows),
        ),
        chart=Chart(
            "bar",
            "Energy cost by facility",
            currency,
            tuple(name for name, _ in cases),
            (Series("Cost", tuple(cents(at(ratio)[1]) for _, ratio in cases)),),
        )
        if len(cases) > 1
        else None,
        assumptions=("Energy = IT kW x PUE x hours", facility.sentence, *said, grid_said),
    )
