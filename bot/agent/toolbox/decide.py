"""Tools for decisions: commitments, what a bill becomes, plain arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Number, Percent
from bot.agent.toolbox.tool import Arguments, Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.calculators.inputs import Price
from tools.money import Money


class Commitment(Arguments):
    utilisation: Percent | None = Field(default=None, description="Percent of the committed hours that is used.")
    discount: Percent | None = Field(default=None, description="Percent off the on-demand rate.")
    term_months: Number = Decimal(12)
    on_demand_per_hour: Number | None = None
    reserved_per_hour: Number | None = Field(default=None, description="Price committed to, in place of a discount.")
    quantity: Number = Decimal(1)
    usage_falls_to: Percent | None = None
    aim: Literal["worth", "discount"] = Field(default="worth", description="discount: from which one on it pays.")


class BillAfterChange(Arguments):
    amount: Number = Field(description="The bill now, from a tool's result or from the person.")
    currency: str = "USD"
    price_change: Percent | None = Field(default=None, description="In percent; negative is a fall.")
    volume_change: Percent | None = None
    either_way: bool = Field(default=False, description="The person named no direction: show up and down.")
    monthly_volume_growth: Percent | None = None
    monthly_price_change: Percent | None = None
    months: Number = Decimal(1)
    what: str = "The bill"


class Pace(Arguments):
    spent: Number
    done: Number = Field(description="How much of the time is over, in `unit`.")
    of: Number = Field(description="The whole time.")
    budget: Number | None = None
    unit: Literal["day", "week", "month"] = "day"
    currency: str = "USD"


class Calculate(Arguments):
    expression: str = Field(description="Numbers, + - * / ** and parentheses; 10% is 0.10.")
    label: str = Field(default="", description="What the result is.")
    unit: str = Field(default="", description="The unit of the result.")
    notes: tuple[str, ...] = Field(default=(), description="What the sum takes for granted, a sentence each.")


def _commitment(services: Services, turn: Turn, args: Commitment) -> Output:
    from tools.calculators.commitment import commitment_worth, needed_discount, needed_utilisation

    if args.reserved_per_hour is not None and args.on_demand_per_hour:
        off = (1 - args.reserved_per_hour / args.on_demand_per_hour) * 100
        args = args.model_copy(update={"discount": off, "reserved_per_hour": None})
    if args.utilisation is None and args.discount is not None:
        return Output(needed_utilisation(args.discount / 100))
    if args.aim == "discount" and args.utilisation is not None:
        return Output(needed_discount(args.utilisation / 100))
    return Output(
        commitment_worth(
            _share(args.utilisation),
            discount=_share(args.discount),
            term_months=int(args.term_months),
            on_demand=None if args.on_demand_per_hour is None else Price(Money(args.on_demand_per_hour)),
            quantity=args.quantity,
            usage_falls_to=_share(args.usage_falls_to),
        )
    )


def _after_change(services: Services, turn: Turn, args: BillAfterChange) -> Output:
    from tools.calculators.scenario import bill_after_change

    return Output(
        bill_after_change(
            Money(args.amount, args.currency),
            _share(args.price_change),
            _share(args.volume_change),
            either_way=args.either_way,
            monthly_volume_growth=_share(args.monthly_volume_growth),
            monthly_price_change=_share(args.monthly_price_change),
            months=int(args.months),
            what=args.what,
        )
    )


def _pace(services: Services, turn: Turn, args: Pace) -> Output:
    from tools.calculators.pace import spend_pace

    budget = None if args.budget is None else Money(args.budget, args.currency)
    return Output(spend_pace(Money(args.spent, args.currency), args.done, args.of, budget=budget, unit=args.unit))


def _calculate(services: Services, turn: Turn, args: Calculate) -> Output:
    from tools.calculators.arithmetic import calculate

    result = calculate(args.expression, args.label, args.unit)
    return Output(replace(result, assumptions=(*args.notes, *result.assumptions)))


def _share(percent: Decimal | None) -> Decimal | None:
    return None if percent is None else percent / 100


TOOLS: Sequence[Tool[Commitment] | Tool[BillAfterChange] | Tool[Pace] | Tool[Calculate]] = (
    Tool(
        "commitment_worth",
        "Whether a commitment (reserved instance, savings plan) pays at a utilisation; break-even.",
        Commitment,
        _commitment,
        "Weighing the commitment",
    ),
    Tool(
        "bill_after_change",
        "What a bill becomes when prices move, usage changes or grows.",
        BillAfterChange,
        _after_change,
        "Working out the new bill",
    ),
    Tool(
        "spend_pace",
        "Where told spending ends at its pace, and against a told budget.",
        Pace,
        _pace,
        "Working out the pace",
    ),
    Tool("calculate", "Exact arithmetic on figures that other tools returned.", Calculate, _calculate, "Calculating"),
)
