"""Tools on what accelerators' rents buy in memory and speed, and on how they have changed."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Number, PeriodText, read_period
from bot.agent.toolbox.renting import PricingModel
from bot.agent.toolbox.tool import Arguments, Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.errors import NeedsChoice
from tools.hardware.names import find_accelerator

Quantity = Literal["memory", "bandwidth", "bf16", "fp16", "fp8", "fp4", "int8", "tf32", "fp32"]


class AcceleratorValue(Arguments):
    accelerators: tuple[str, ...] = Field(description="One or more, as the person wrote them: H100, MI300X.")
    quantity: Quantity = Field(description="Per GB of memory, per GB/s of bandwidth, or per TFLOP/s of a precision.")
    pricing_model: PricingModel | None = None
    provider: str | None = None
    price_per_hour: Number | None = Field(default=None, description="USD per hour, where one accelerator is named.")


class RentHistory(Arguments):
    accelerator: str | None = Field(default=None, description="As the person wrote it: H100, A100 80GB.")
    provider: str | None = None
    pricing_model: PricingModel | None = None
    period: PeriodText | None = None


def _value(services: Services, turn: Turn, args: AcceleratorValue) -> Output:
    from tools.hardware.offers import load_offers
    from tools.hardware.value import value_for_money

    if not args.accelerators:
        raise NeedsChoice("Which accelerators do you mean?", ("H100", "H200", "A100", "B200"))
    return Output(
        value_for_money(
            [find_accelerator(name) for name in args.accelerators],
            turn.question.today,
            args.quantity,
            pricing_model=args.pricing_model or "on_demand",
            provider=args.provider,
            price_per_hour=args.price_per_hour if len(args.accelerators) == 1 else None,
            offers=load_offers(services.home),
        )
    )


def _history(services: Services, turn: Turn, args: RentHistory) -> Output:
    from tools.hardware.offers import load_offers
    from tools.hardware.rent_history import rent_history

    if args.accelerator is None:
        raise NeedsChoice("Which accelerator do you mean?", ("H100", "H200", "A100", "B200"))
    return Output(
        rent_history(
            find_accelerator(args.accelerator),
            turn.question.today,
            provider=args.provider,
            pricing_model=args.pricing_model or "on_demand",
            period=read_period(args.period, turn, None),
            offers=load_offers(services.home),
        )
    )


TOOLS = (
    Tool(
        "accelerator_value",
        "Rent per GB of memory, per GB/s of bandwidth or per TFLOP/s of accelerators, the best value first.",
        AcceleratorValue,
        _value,
        "Comparing value for money",
    ),
    Tool(
        "rent_history",
        "How the rent of an accelerator has changed between the days on which it was recorded.",
        RentHistory,
        _history,
        "Looking up past rents",
    ),
)
