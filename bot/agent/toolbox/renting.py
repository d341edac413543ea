"""Tools on what accelerators cost to rent."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Number, Percent
from bot.agent.toolbox.chips import OnChips, accelerator_of, whole_count
from bot.agent.toolbox.told_currency import in_told_currency
from bot.agent.toolbox.tool import Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.calculators.inputs import Price
from tools.errors import NeedsChoice
from tools.hardware.names import accelerator_mentions, find_accelerator
from tools.money import Money, plain
from tools.results import Result

PricingModel = Literal["on_demand", "spot", "reserved_1y", "reserved_3y"]


class RentPrice(OnChips):
    hours: Number | None = Field(default=None, description="For how many hours; without it, the price of an hour.")
    pricing_model: PricingModel | None = None
    provider: str | None = None
    region: str | None = None
    discount: Percent | None = Field(default=None, description="Percent off a price that the person gave.")
    utilisation: Percent | None = Field(
        default=None, description="Percent of the hours used; where no price is given, only those are rented."
    )
    aim: Literal["current", "lowest", "highest", "typical", "range"] = Field(
        default="current",
        description="Cheapest of late, lowest or highest on record, the median of the providers, or the whole range.",
    )
    below: Number | None = Field(default=None, description="Only offers under this many USD per GPU hour.")
    above: Number | None = Field(default=None, description="Only offers over this many USD per GPU hour.")


class RentForBudget(OnChips):
    budget: Number = Field(description="USD to spend on renting.")
    hours: Number | None = Field(default=None, description="For how many hours; then how many accelerators is told.")
    pricing_model: PricingModel | None = None
    provider: str | None = None
    region: str | None = None
    discount: Percent | None = Field(default=None, description="Percent off a price that the person gave.")
    aim: Literal["hours", "chips"] = Field(default="hours", description="Whether hours or accelerators are counted.")


def _rent(services: Services, turn: Turn, args: RentPrice) -> Output:
    from tools.calculators.chip_time import chip_time_cost, used_hour_cost
    from tools.calculators.wording import percent
    from tools.hardware.offered import or_later
    from tools.hardware.offers import load_offers
    from tools.hardware.rent import rent_price

    if args.each_hour is not None and args.hours is not None:
        return Output(
            chip_time_cost(
                Price(Money(args.each_hour)),
                args.hours,
                chips=args.count or Decimal(1),
                discount=(args.discount or Decimal(0)) / 100,
                name=args.accelerator or "GPU",
                utilisation=None if args.utilisation is None else args.utilisation / 100,
            )
        )
    if args.each_hour is not None and args.utilisation is not None:
        price = Price(Money(args.each_hour))
        return Output(
            used_hour_cost(
                price, args.utilisation / 100, chips=args.count or Decimal(1), name=args.accelerator or "GPU"
            )
        )
    if args.accelerator is None:
        raise NeedsChoice("Which accelerator do you mean?", ("H100", "H200", "A100", "B200"))
    accelerator, _ = accelerator_of(args)
    if args.below is not None or args.above is not None or args.aim == "range":
        return Output(_range(services, turn, args))
    used = None if args.hours is None or args.utilisation is None else args.utilisation / 100
    result, later = or_later(
        turn.question.today,
        lambda day: rent_price(
            accelerator,
            day,
            count=None if args.count is None else whole_count(args.count),
            hours=args.hours if used is None or args.hours is None else Decimal(plain(args.hours * used)),
            pricing_model=args.pricing_model,
            provider=args.provider,
            region=args.region,
            instance=_instance(args.accelerator or ""),
            aim="current" if args.aim == "range" else args.aim,
            offers=load_offers(services.home),
        ),
    )
    if later:
        result = replace(result, warnings=(later, *result.warnings))
    if used is not None and args.hours is not None:
        only = f"Only the hours in use are rented: {percent(used)} of {args.hours:,f}."
        result = replace(result, assumptions=(only, *result.assumptions))
    return Output(result)


def _range(services: Services, turn: Turn, args: RentPrice) -> Result:
    """The span of the rents, or those within a price an hour."""
    from tools.hardware.offered import or_later
    from tools.hardware.offers import load_offers
    from tools.hardware.rent_range import rent_range

    result, later = or_later(
        turn.question.today,
        lambda day: rent_range(
            accelerator_of(args)[0],
            day,
            pricing_model=args.pricing_model or "on_demand",
            provider=args.provider,
            region=args.region,
            below=args.below,
            above=args.above,
            offers=load_offers(services.home),
        ),
    )
    return replace(result, warnings=(later,)) if later else result


def _instance(said: str) -> str | None:
    """The cloud's instance that was named, of which only its own price counts."""
    found = accelerator_mentions(said)
    return said if found and found[0].gpus_per_instance and found[0].text == said else None


def _for_budget(services: Services, turn: Turn, args: RentForBudget) -> Output:
    from tools.calculators.chip_budget import rent_for_budget
    from tools.hardware.offered import cheapest_rent, or_later
    from tools.hardware.offers import load_offers

    if args.aim == "chips" and args.hours is None:
        raise NeedsChoice("For how long should they run?", ("a week", "a month", "a year"))
    name = find_accelerator(args.accelerator).model if args.accelerator else "GPU"
    per_instance = 1
    if args.each_hour is not None:
        price = Price(Money(args.each_hour))
    else:
        if args.accelerator is None:
            raise NeedsChoice("Which accelerator do you mean?", ("H100", "H200", "A100", "B200"))
        offer, _ = or_later(
            turn.question.today,
            lambda day: cheapest_rent(
                accelerator_of(args)[0],
                day,
                pricing_model=args.pricing_model or "on_demand",
                provider=args.provider,
                region=args.region,
                instance=_instance(args.accelerator or ""),
                offers=load_offers(services.home),
            ),
        )
        price = Price(Money(offer.usd_per_hour), f"{offer.provider}, {offer.source}", offer.observed_on)
        per_instance = offer.per_instance
    return Output(
        rent_for_budget(
            Money(args.budget),
            price,
            chips=args.count,
            hours=args.hours,
            chips_an_instance=per_instance,
            discount=(args.discount or Decimal(0)) / 100,
            name=name,
        )
    )


TOOLS = (
    Tool(
        "rent_price",
        "Rent of accelerators: cheapest offers per GPU hour on demand, spot or reserved, or the cost of a time.",
        RentPrice,
        in_told_currency(_rent, lambda args: args.price_per_hour is not None),
        "Looking up rents",
    ),
    Tool(
        "rent_for_budget",
        "What a sum of money rents: accelerator hours, how long some accelerators run, or how many run for some hours.",
        RentForBudget,
        in_told_currency(_for_budget, lambda args: args.price_per_hour is not None),
        "Working out what the budget rents",
    ),
)
