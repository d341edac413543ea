"""Tools on buying accelerators."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Number, Percent
from bot.agent.toolbox.chips import OnChips, accelerator_of, chip_of, rent_of, whole_count
from bot.agent.toolbox.told_currency import in_told_currency
from bot.agent.toolbox.tool import Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.calculators.inputs import HOURS_A_MONTH, Price
from tools.calculators.wording import percent
from tools.errors import NeedsChoice
from tools.hardware.names import find_accelerator
from tools.money import Money, plain
from tools.results import Result


class PurchasePrice(OnChips):
    budget: Number | None = Field(default=None, description="USD to spend: how many can be bought is told.")


class RentOrBuy(OnChips):
    months: Number = Field(default=Decimal(36), description="Over how many months.")
    utilisation: Percent | None = None
    hours_a_day: Number | None = Field(default=None, description="Hours a day of use, in place of the utilisation.")
    purchase_price: Number | None = Field(default=None, description="USD for one accelerator.")
    purchase_total: Number | None = Field(default=None, description="USD for all `count` of them together.")
    reserved_per_hour: Number | None = None
    residual_share: Percent | None = Field(default=None, description="Percent of the price left at the end.")
    electricity_per_kwh: Number | None = None
    running_per_hour: Number | None = Field(
        default=None, description="USD that an hour of an own one costs to run: power, cooling, colo, hosting, upkeep."
    )
    running_covers: Number = Field(default=Decimal(1), description="Accelerators that running cost is of.")
    pue: Number | None = None
    discount_rate: Percent | None = None
    aim: Literal["saving", "rent", "buy", "utilisation", "hours", "months", "years"] = Field(
        default="saving", description="Which figure is asked for."
    )
    staff_per_year: Number | None = Field(default=None, description="USD a year of people to run own ones.")
    network_share: Percent | None = Field(default=None, description="Network and installation, percent on the price.")


def _purchase(services: Services, turn: Turn, args: PurchasePrice) -> Output:
    from tools.hardware.purchase import bought_for, purchase_price

    if args.accelerator is None:
        raise NeedsChoice("Which accelerator do you mean?", ("H100", "H200", "A100", "B200"))
    accelerator, _ = accelerator_of(args)
    if args.budget is not None:
        return Output(bought_for(accelerator, turn.question.today, Money(args.budget)))
    return Output(purchase_price(accelerator, turn.question.today, whole_count(args.count)))


def _rent_or_buy(services: Services, turn: Turn, args: RentOrBuy) -> Output:
    from tools.calculators.break_even import break_even
    from tools.calculators.rent_or_buy import rent_or_buy
    from tools.hardware.purchase import purchase_price

    chips = args.count or Decimal(1)
    each = args.purchase_price if args.purchase_total is None else args.purchase_total / chips
    running = None if args.running_per_hour is None else args.running_per_hour / args.running_covers
    if running is None and args.aim in {"hours", "months", "years"} and not args.model_fields_set & OF_OWNING:
        running = Decimal(0)
    if each is not None and args.each_hour is not None and running is not None:
        name = find_accelerator(args.accelerator).model if args.accelerator else "GPU"
        prices = Money(each), Money(args.each_hour), Money(running)
        over = args.aim == "utilisation" or ({"months", "count"} & args.model_fields_set and args.aim in OVER_TERM)
        term = args.months if over else None
        result = break_even(*prices, chips, name, _monthly(args), term, _share(args.residual_share))
        if args.running_per_hour is None:
            result = replace(result, assumptions=(*result.assumptions, NO_RUNNING_COST))
        told = LABELS | {
            "months": "Break-even in months",
            "years": "Break-even in years",
            "saving": "Saving over the term",
        }
        label = told.get(args.aim, "Break-even")
        figures = sorted(result.figures, key=lambda figure: figure.label != label)
        return Output(_headed(replace(result, figures=tuple(figures)), args))
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
        utilisation=args.hours_a_day / 24 if args.hours_a_day is not None else _share(args.utilisation),
        pue=args.pue,
        electricity=None if args.electricity_per_kwh is None else Price(Money(args.electricity_per_kwh)),
        residual_share=_share(args.residual_share),
        network_share=_share(args.network_share),
        staff_per_year=None if args.staff_per_year is None else Money(args.staff_per_year),
        discount_rate=_share(args.discount_rate) or Decimal(0),
    )
    label = (LABELS | {"hours": "Break-even hours"}).get(args.aim, "Saving")
    figures = sorted(result.figures, key=lambda figure: not figure.label.startswith(label))
    return Output(_headed(replace(result, figures=tuple(figures)), args))


LABELS = {"utilisation": "Break-even utilisation", "rent": "Cost to rent", "buy": "Cost to buy"}
OVER_TERM = frozenset({"saving", "rent", "buy"})


def _headed(result: Result, args: RentOrBuy) -> Result:
    """The result with the one cost, or the utilisation, that was asked for as its first sentence."""
    head = result.figures[0]
    if args.aim not in LABELS or head.label != LABELS[args.aim]:
        return result
    if args.aim == "utilisation":
        said = f"Buying wins from {percent(head.value / 100)} utilisation over {plain(args.months)} months."
    else:
        verb = "Renting" if args.aim == "rent" else "Buying"
        said = f"{verb} costs {Money(head.value).shown()} over {plain(args.months)} months."
    return replace(result, summary=f"{said} {result.summary}")


def _all_told(args: RentOrBuy) -> bool:
    """Whether no price has to come from the tables."""
    bought = args.purchase_price is not None or args.purchase_total is not None
    kept = args.running_per_hour is not None or args.electricity_per_kwh is not None
    return args.price_per_hour is not None and bought and (kept or args.aim in {"hours", "months", "years"})


OF_OWNING = frozenset(
    (
        "electricity_per_kwh",
        "pue",
        "residual_share",
        "discount_rate",
        "reserved_per_hour",
        "staff_per_year",
        "network_share",
    )
)
NO_RUNNING_COST = "No cost of running them was given, so none is counted; power, space and people make it later"


def _monthly(args: RentOrBuy) -> Decimal:
    """Hours of use of each in a month: around the clock unless told."""
    used = args.hours_a_day / 24 if args.hours_a_day is not None else _share(args.utilisation)
    return HOURS_A_MONTH * (Decimal(1) if used is None else used)


def _share(percent: Decimal | None) -> Decimal | None:
    return None if percent is None else percent / 100


TOOLS = (
    Tool("purchase_price", "Purchase price of accelerators.", PurchasePrice, _purchase, "Looking up prices"),
    Tool(
        "rent_or_buy",
        "Rent, reserve or buy accelerators over a term, with utilisation, power and residual value; break-even hours.",
        RentOrBuy,
        in_told_currency(_rent_or_buy, _all_told),
        "Weighing renting against buying",
    ),
)
