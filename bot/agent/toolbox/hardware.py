"""Tools on renting, buying and powering accelerators."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Number, Percent
from bot.agent.toolbox.chips import OnChips, accelerator_of, chip_of, rent_of, whole_count
from bot.agent.toolbox.tool import Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.calculators.inputs import Price
from tools.errors import NeedsChoice
from tools.hardware.names import find_accelerator
from tools.money import Money
from tools.results import Result


class RentPrice(OnChips):
    hours: Number | None = Field(default=None, description="For how many hours; without it, the price of an hour.")
    pricing_model: Literal["on_demand", "spot", "reserved_1y", "reserved_3y"] | None = None
    provider: str | None = None
    region: str | None = None
    discount: Percent | None = Field(default=None, description="Percent off a price that the person gave.")


class PurchasePrice(OnChips):
    pass


class RentOrBuy(OnChips):
    months: Number = Field(default=Decimal(36), description="Over how many months.")
    utilisation: Percent | None = None
    purchase_price: Number | None = Field(default=None, description="USD for one accelerator.")
    purchase_total: Number | None = Field(default=None, description="USD for all `count` of them together.")
    reserved_per_hour: Number | None = None
    residual_share: Percent | None = Field(default=None, description="Percent of the price left at the end.")
    electricity_per_kwh: Number | None = None
    running_per_hour: Number | None = Field(default=None, description="USD that an hour of an own one costs to run.")
    pue: Number | None = None
    discount_rate: Percent | None = None
    aim: Literal["saving", "utilisation", "hours"] = Field(default="saving", description="Which figure is asked for.")
    staff_per_year: Number | None = Field(default=None, description="USD a year of people to run own ones.")
    network_share: Percent | None = Field(default=None, description="Network and installation, percent on the price.")


class Energy(OnChips):
    hours: Number | None = None
    power_kw: Number | None = Field(default=None, description="IT power in kW; else that of the accelerators.")
    power_w_each: Number | None = Field(default=None, description="Watts of one accelerator.")
    pue: Number | None = None
    electricity_per_kwh: Number | None = None
    utilisation: Percent | None = Field(default=None, description="Load as percent of rated power.")
    grid: str | None = Field(default=None, description="Country whose grid it is.")
    aim: Literal["cost", "energy", "emissions"] = Field(default="cost", description="Which figure is asked for.")


def _rent(services: Services, turn: Turn, args: RentPrice) -> Output:
    from tools.calculators.chip_time import chip_time_cost
    from tools.hardware.offers import load_offers
    from tools.hardware.rent import rent_price

    if args.price_per_hour is not None and args.hours is not None:
        return Output(
            chip_time_cost(
                Price(Money(args.price_per_hour)),
                args.hours,
                chips=args.count or Decimal(1),
                discount=(args.discount or Decimal(0)) / 100,
                name=args.accelerator or "GPU",
            )
        )
    if args.accelerator is None:
        raise NeedsChoice("Which accelerator do you mean?", ("H100", "H200", "A100", "B200"))
    accelerator, _ = accelerator_of(args)
    return Output(
        rent_price(
            accelerator,
            turn.question.today,
            count=whole_count(args.count),
            hours=args.hours,
            pricing_model=args.pricing_model,
            provider=args.provider,
            region=args.region,
            instance=_instance(args.accelerator),
            offers=load_offers(services.home),
        )
    )


def _instance(said: str) -> str | None:
    """The cloud's instance that was named, of which only its own price counts."""
    from tools.hardware.names import accelerator_mentions

    found = accelerator_mentions(said)
    return said if found and found[0].gpus_per_instance and found[0].text == said else None


def _purchase(services: Services, turn: Turn, args: PurchasePrice) -> Output:
    from tools.hardware.purchase import purchase_price

    if args.accelerator is None:
        raise NeedsChoice("Which accelerator do you mean?", ("H100", "H200", "A100", "B200"))
    accelerator, _ = accelerator_of(args)
    return Output(purchase_price(accelerator, turn.question.today, whole_count(args.count)))


def _rent_or_buy(services: Services, turn: Turn, args: RentOrBuy) -> Output:
    from tools.calculators.break_even import break_even
    from tools.calculators.rent_or_buy import rent_or_buy
    from tools.hardware.purchase import purchase_price

    chips = args.count or Decimal(1)
    each = args.purchase_price if args.purchase_total is None else args.purchase_total / chips
    if each is not None and args.price_per_hour is not None and args.running_per_hour is not None:
        name = find_accelerator(args.accelerator).model if args.accelerator else "GPU"
        prices = Money(each), Money(args.price_per_hour), Money(args.running_per_hour)
        return Output(break_even(*prices, chips, name))
    accelerator, _ = accelerator_of(args)
    rent = rent_of(args, accelerator, services, turn.question.today)
    if each is not None:
        purchase = Price(Money(each))
    else:
        asked = purchase_price(accelerator, turn.question.today)
        purchase = Price(Money(asked.figures[0].value), "median asking price on record", asked.figures[0].as_of)
    result = rent_or_buy(
        chip_of(accelerator),
        whole_count(args.count),
        int(args.months),
        rent,
        purchase,
        reserved=None if args.reserved_per_hour is None else Price(Money(args.reserved_per_hour)),
        utilisation=_share(args.utilisation),
        pue=args.pue,
        electricity=None if args.electricity_per_kwh is None else Price(Money(args.electricity_per_kwh)),
        residual_share=_share(args.residual_share),
        network_share=_share(args.network_share),
        staff_per_year=None if args.staff_per_year is None else Money(args.staff_per_year),
        discount_rate=_share(args.discount_rate) or Decimal(0),
    )
    label = {"utilisation": "Break-even utilisation", "hours": "Break-even hours"}.get(args.aim, "Saving")
    figures = sorted(result.figures, key=lambda figure: not figure.label.startswith(label))
    return Output(replace(result, figures=tuple(figures)))


def _energy(services: Services, turn: Turn, args: Energy) -> Output:
    from tools.calculators.energy import energy_cost

    if args.hours is None:
        raise NeedsChoice("For how long do they run?", ("a day", "a month", "a year"))
    power = args.power_kw
    if power is None and args.power_w_each is not None:
        power = args.power_w_each * (args.count or 1) / 1000
    chip = None if power is not None else chip_of(accelerator_of(args)[0])
    result = energy_cost(
        args.hours,
        kilowatts=power,
        chip=chip,
        chips=whole_count(args.count),
        pue=args.pue,
        price_per_kwh=None if args.electricity_per_kwh is None else Price(Money(args.electricity_per_kwh)),
        grid=args.grid,
        load=_share(args.utilisation) if power is None else None,
    )
    return Output(_headlined(result, args))


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


def _share(percent: Decimal | None) -> Decimal | None:
    return None if percent is None else percent / 100


TOOLS = (
    Tool(
        "rent_price",
        "Rent of accelerators: cheapest offers per GPU hour on demand, spot or reserved, or the cost of a time.",
        RentPrice,
        _rent,
        "Looking up rents",
    ),
    Tool("purchase_price", "Purchase price of accelerators.", PurchasePrice, _purchase, "Looking up prices"),
    Tool(
        "rent_or_buy",
        "Rent, reserve or buy accelerators over a term, with utilisation, power and residual value; break-even hours.",
        RentOrBuy,
        _rent_or_buy,
        "Weighing renting against buying",
    ),
    Tool("energy", "Energy, its cost and CO2 of running accelerators.", Energy, _energy, "Working out the energy"),
)
