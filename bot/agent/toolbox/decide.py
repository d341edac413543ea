"""Tools for decisions: commitments, what a bill becomes, plain arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

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


class Calculate(Arguments):
    expression: str = Field(description="Numbers, + - * / ** and parentheses; 10% is 0.10.")
    label: str = Field(default="", description="What the result is.")
    unit: str = Field(default="", description="The unit of the result.")
    notes: tuple[str, ...] = Field(default=(), description="What the sum takes for granted, a sentence each.")


def _commitment(services: Services, turn: Turn, args: Commitment) -> Output:
    from tools.calculators.commitment import commitment_worth

    if args.reserved_per_hour is not None and args.on_demand_per_hour:
        off = (1 - args.reserved_per_hour / args.on_demand_per_hour) * 100
        args = args.model_copy(update={"discount": off, "reserved_per_hour": None})
    if args.utilisation is None and args.discount is not None:
        even = commitment_worth(
            1 - args.discount / 100, discount=args.discount / 100, term_months=int(args.term_months)
        )
        figures = sorted(even.figures, key=lambda figure: figure.label != "Break-even utilisation")
        return Output(replace(even, figures=tuple(figures)))
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


def _calculate(services: Services, turn: Turn, args: Calculate) -> Output:
    from tools.calculators.arithmetic import calculate

    result = calculate(args.expression, args.label, args.unit)
    return Output(replace(result, assumptions=(*args.notes, *result.assumptions)))


def _share(percent: Decimal | None) -> Decimal | None:
    return None if percent is None else percent / 100


TOOLS: Sequence[Tool[Commitment] | Tool[BillAfterChange] | Tool[Calculate]] = (
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
    Tool("calculate", "Exact arithmetic on figures that other tools returned.", Calculate, _calculate, "Calculating"),
)
