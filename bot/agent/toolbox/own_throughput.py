"""The tool on tokens served by one's own chips at a throughput that is known."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from bot.agent.toolbox.arguments import Number, Percent
from bot.agent.toolbox.chips import OnChips, accelerator_of, rent_of
from bot.agent.toolbox.told_currency import in_told_currency
from bot.agent.toolbox.tool import Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.calculators.inputs import Price
from tools.errors import NeedsChoice
from tools.hardware.names import find_accelerator
from tools.money import Money


class OwnThroughput(OnChips):
    tokens_per_second: Number | None = Field(default=None, description="Of all accelerators together.")
    tokens_per_second_each: Number | None = Field(default=None, description="Of one accelerator.")
    utilisation: Percent | None = Field(default=None, description="Percent of that throughput that is used.")
    tokens_a_day: Number | None = Field(default=None, description="Tokens served a day, in place of a throughput.")
    api_price_per_million: Number | None = Field(default=None, description="USD of an API for a million tokens.")


def _throughput(services: Services, turn: Turn, args: OwnThroughput) -> Output:
    from tools.calculators.own_throughput import cost_at_throughput

    if args.each_hour is None and args.accelerator is None:
        raise NeedsChoice("What does an hour of the machine cost, or which accelerator is it?", ("H100", "A100"))
    if args.each_hour is not None:
        price = Price(Money(args.each_hour))
    else:
        price = rent_of(args, accelerator_of(args)[0], services, turn.question.today)
    chips = args.count or Decimal(1)
    together = args.tokens_per_second
    if together is None and args.tokens_per_second_each is not None:
        together = args.tokens_per_second_each * chips
    return Output(
        cost_at_throughput(
            price,
            chips,
            tokens_a_second=together,
            utilisation=None if args.utilisation is None else args.utilisation / 100,
            tokens_a_day=args.tokens_a_day,
            api_price_per_million=None if args.api_price_per_million is None else Money(args.api_price_per_million),
            name=find_accelerator(args.accelerator).model if args.accelerator else "GPU",
        )
    )


TOOLS = (
    Tool(
        "cost_at_throughput",
        "Cost of a million tokens on rented accelerators at a known throughput, and the tokens a day to beat an API.",
        OwnThroughput,
        in_told_currency(_throughput, lambda args: args.price_per_hour is not None),
        "Working out the cost of a token",
    ),
)
