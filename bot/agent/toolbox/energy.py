"""Tools on the energy of accelerators and of queries, its cost and its CO2."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Number, Percent
from bot.agent.toolbox.chips import OnChips, accelerator_of, chip_of, whole_count
from bot.agent.toolbox.told_currency import in_told_currency
from bot.agent.toolbox.tool import Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.calculators.inputs import DAYS_A_MONTH, Price
from tools.errors import NeedsChoice
from tools.money import Money, plain
from tools.results import Result

PER_DAY = {"day": Decimal(1), "week": Decimal(7), "month": DAYS_A_MONTH, "year": Decimal(365)}


class Energy(OnChips):
    hours: Number | None = None
    gpu_hours: Number | None = Field(default=None, description="Accelerator hours in all, in place of hours and count.")
    energy_kwh: Number | None = Field(default=None, description="An energy that is known in kWh, in place of hours.")
    wh_each: Number | None = Field(default=None, description="Watt-hours of one query, with `queries`.")
    queries: Number | None = Field(default=None, description="How many queries, in each `every` where that is given.")
    every: Literal["day", "week", "month", "year"] | None = None
    over: Literal["day", "week", "month", "year"] | None = Field(
        default=None, description="The span that `queries` at a rate are added up over."
    )
    power_kw: Number | None = Field(default=None, description="IT power in kW; else that of the accelerators.")
    power_w_each: Number | None = Field(default=None, description="Watts of one accelerator.")
    pue: Number | None = None
    electricity_per_kwh: Number | None = None
    utilisation: Percent | None = Field(default=None, description="Load as percent of rated power.")
    grid: str | None = Field(default=None, description="Country whose grid it is.")
    grams_per_kwh: Number | None = Field(
        default=None, description="Grams of CO2 a kWh of the grid, in place of a country."
    )
    aim: Literal["cost", "energy", "emissions"] = Field(default="cost", description="Which figure is asked for.")


def _energy(services: Services, turn: Turn, args: Energy) -> Output:
    from tools.calculators.energy import energy_cost
    from tools.calculators.metered_energy import cost_of_energy

    price = None if args.electricity_per_kwh is None else Price(Money(args.electricity_per_kwh))
    metered = _metered(args)
    if metered is not None:
        kwh, working = metered
        result = cost_of_energy(
            kwh,
            pue=args.pue,
            price_per_kwh=price,
            grid=args.grid,
            grams_per_kwh=args.grams_per_kwh,
            working=working,
        )
        return Output(_headlined(result, args))
    hours, chips = args.hours, whole_count(args.count)
    if hours is None and args.gpu_hours is not None:
        hours, chips = args.gpu_hours, 1
    if hours is None:
        raise NeedsChoice("For how long do they run?", ("a day", "a month", "a year"))
    power = args.power_kw
    load = None if args.utilisation is None else args.utilisation / 100
    if power is None and args.power_w_each is not None:
        power = args.power_w_each * chips / 1000 * (load or 1)
    chip = None if power is not None else chip_of(accelerator_of(args)[0])
    result = energy_cost(
        hours,
        kilowatts=power,
        chip=chip,
        chips=chips,
        pue=args.pue,
        price_per_kwh=price,
        grid=args.grid,
        grams_per_kwh=args.grams_per_kwh,
        load=load if power is None else None,
    )
    if load is not None and args.power_kw is None and power is not None:
        assert args.power_w_each is not None
        said = f"{plain(args.power_w_each)} W each at {plain(args.utilisation or Decimal(0))}% of that power, as given"
        result = replace(result, assumptions=(said, *result.assumptions))
    return Output(_headlined(result, args))


def _metered(args: Energy) -> tuple[Decimal, str] | None:
    """The kWh that are known without any power and hours, and where they come from."""
    if args.energy_kwh is not None:
        return args.energy_kwh, ""
    if args.wh_each is None:
        return None
    if args.queries is None:
        raise NeedsChoice("How many queries?", ("1 million", "2 million a day"))
    times = Decimal(1)
    if args.every is not None and args.over is not None:
        times = PER_DAY[args.over] / PER_DAY[args.every]
    span = f" over a {args.over}" if args.over else f" a {args.every}" if args.every else ""
    said = f"Energy: {plain(args.wh_each)} Wh a query x {plain(args.queries)} queries"
    rate = f" a {args.every}{span}" if args.over and args.every else span
    return args.wh_each * args.queries * times / 1000, f"{said}{rate}, as given; a month is 730 hours"


def _headlined(result: Result, args: Energy) -> Result:
    """The figure that was asked for first, in the sentence too, with the country where one was named."""
    from tools.calculators.wording import number

    label = {"cost": "Energy cost", "energy": "Energy", "emissions": "Emissions"}[args.aim]
    figures = sorted(result.figures, key=lambda figure: figure.label != label)
    where = f" on the grid of {args.grid}" if args.grid else ""
    head = figures[0]
    said = result.summary if args.aim == "cost" else f"{number(head.value)} {head.unit}{where}. {result.summary}"
    named = tuple(replace(f, label=f"{f.label}, {args.grid}") for f in figures) if args.grid else tuple(figures)
    return replace(result, summary=said, figures=named)


TOOLS = (
    Tool(
        "energy",
        "Energy, its cost and CO2 of running accelerators, of a metered energy, or of queries of some Wh each.",
        Energy,
        in_told_currency(_energy, lambda args: args.electricity_per_kwh is not None),
        "Working out the energy",
    ),
)
