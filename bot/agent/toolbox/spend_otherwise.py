"""Own spend as it would have been: without the discounts on it, at another price of an hour, running other hours."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Percent
from bot.agent.toolbox.scoped import Spend, query
from bot.agent.toolbox.tool import Tool
from bot.agent.turn import Output, Turn
from bot.services import Services


class AtList(Spend):
    discount: Percent | None = Field(default=None, description="How many percent the discount is said to be.")
    withdrawn: Literal["all", "commitment"] = "all"
    first: Literal["bill", "difference"] = "bill"


class HoursIf(Spend):
    at_most: Decimal | None = Field(default=None, description="No more than so many hours in the period.")
    hours: Decimal | None = Field(default=None, description="So many hours in the period, whatever was used.")
    hours_a_day: Decimal | None = Field(default=None, description="So many hours on each day.")
    so_many: Decimal | None = Field(default=None, description="So many machines, or hours a day, instead of `of_now`.")
    of_now: Decimal | None = Field(default=None, description="How many machines, or hours a day, there were.")
    price_per_hour: Decimal | None = Field(
        default=None, description="Another price of an hour, in the bill's currency."
    )
    per_gpu: bool = Field(default=False, description="That price is of one GPU, not of a machine.")
    gpus: Decimal | None = Field(default=None, description="How many GPUs are in a machine.")
    first: Literal["bill", "difference"] = "bill"


def _at_list(services: Services, turn: Turn, args: AtList) -> Output:
    from tools.ledger.found.undiscounted import undiscounted

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: undiscounted(
            ledger,
            scope,
            turn.audience,
            turn.question.today,
            discount=args.discount,
            withdrawn=args.withdrawn,
            first=args.first,
        ),
    )


def _hours_if(services: Services, turn: Turn, args: HoursIf) -> Output:
    from tools.ledger.found.hours_changed import hours_changed

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: hours_changed(
            ledger,
            scope,
            turn.audience,
            turn.question.today,
            at_most=args.at_most,
            hours=args.hours,
            hours_a_day=args.hours_a_day,
            so_many=args.so_many,
            of_now=args.of_now,
            price=args.price_per_hour,
            per_gpu=args.per_gpu,
            gpus=args.gpus,
            first=args.first,
        ),
    )


TOOLS = (
    Tool(
        "spend_at_list",
        "What a past bill would have been without the discounts on it: a discount or savings plan withdrawn or lost.",
        AtList,
        _at_list,
        "Adding the discounts back",
    ),
    Tool(
        "spend_hours_if",
        "What our machines would have cost at another price of an hour, or running fewer or more hours.",
        HoursIf,
        _hours_if,
        "Pricing the hours again",
    ),
)
