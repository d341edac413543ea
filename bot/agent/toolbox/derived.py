"""A tool that works on one amount that another tool returned: for each of a number, as a share, converted, grown."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Number
from bot.agent.toolbox.restated import one_currency
from bot.agent.toolbox.tool import Arguments, Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.money import Money

How = Literal["for_each", "share_of", "converted", "against", "bought", "changed", "multiplied", "grown", "lasts"]


class Derived(Arguments):
    how: How = Field(
        description="for_each: divided by `by`; share_of: as a share of `by`; converted: into currency `what` at rate "
        "`by`; against: how far from `by`; bought: how many at `by` each; changed: by `by` percent; multiplied: `by` "
        "times; grown: by `by` percent each `every`; lasts: how long `budget` lasts at that amount a day."
    )
    amount: Number = Field(description="From a tool's result.")
    currency: str = "USD"
    by: Number = Decimal(0)
    budget: Number = Field(default=Decimal(0), description="lasts: the budget.")
    what: str = Field(default="", description="What is counted, compared with or converted to: employee, plan, EUR.")
    every: Literal["month", "quarter", "year"] = "month"
    length: Number = Decimal(12)
    over: Literal["month", "quarter", "year"] = "month"
    held_months: Number = Field(default=Decimal(1), description="How many months the amount is of.")
    total: bool = Field(default=False, description="grown: the sum of the months ahead is asked for.")
    saving: bool = Field(default=False, description="changed: the difference is asked for.")


def _derived(services: Services, turn: Turn, args: Derived) -> Output:
    from tools.calculators import derived

    one_currency(turn)
    amount = Money(args.amount, args.currency)
    match args.how:
        case "for_each":
            return Output(derived.for_each(amount, args.by, args.what or "part"))
        case "share_of":
            return Output(derived.share_of(amount, args.by, args.what or "an amount"))
        case "converted":
            return Output(derived.converted(amount, args.by, args.what.upper()))
        case "against":
            return Output(derived.against(amount, args.by, args.what or "the amount given"))
        case "bought":
            return Output(derived.bought(amount, args.by, args.what or "unit"))
        case "changed":
            return Output(derived.changed(amount, args.by / 100, saving=args.saving, what=args.what))
        case "lasts":
            return Output(derived.lasts(amount, args.budget, args.what or "day"))
        case "multiplied":
            return Output(derived.multiplied(amount, args.by, args.what or "In all"))
        case "grown":
            return Output(
                derived.grown(
                    amount,
                    args.by / 100,
                    args.every,
                    args.length,
                    args.over,
                    held=args.held_months,
                    total=args.total,
                )
            )


TOOLS = (
    Tool(
        "derived_amount",
        "What follows from an amount that another tool returned: per employee, as a share of revenue, in another "
        "currency at a given rate, against a plan, grown each month, after a cut.",
        Derived,
        _derived,
        "Working on the amount",
    ),
)
