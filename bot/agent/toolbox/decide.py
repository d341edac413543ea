"""Tools for decisions: project value, commitments, what a bill becomes, plain arithmetic."""

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
from tools.errors import BadInput, NeedsChoice
from tools.money import Money
from tools.results import Result

Measure = Literal["npv", "irr", "roi", "payback", "discounted payback"]
LABELS = {
    "npv": "Net present value",
    "irr": "Internal rate of return",
    "roi": "Return on investment",
    "payback": "Payback",
    "discounted payback": "Discounted payback",
}


class ProjectValue(Arguments):
    """Either `flows`, the first one now, or an investment with an equal benefit each period."""

    measure: Measure = "npv"
    flows: tuple[Number, ...] = Field(default=(), description="Amounts now and at each later period; outlays negative.")
    investment: Number | None = Field(default=None, description="Paid now, as a positive amount.")
    benefit: Number | None = Field(default=None, description="Received at the end of each period.")
    running_cost: Number | None = Field(default=None, description="Paid each period.")
    periods: Number | None = Field(default=None, description="How many periods the benefit lasts.")
    period: Literal["year", "quarter", "month", "week"] = "year"
    discount_rate: Percent | None = Field(default=None, description="Percent a period, or a year.")
    rate_per: Literal["period", "year"] = Field(default="period", description="What the discount rate is told for.")
    currency: str = "USD"


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


def _flows(args: ProjectValue) -> tuple[Money, ...]:
    from tools.calculators.projects import MOST_PERIODS, periods_until_paid

    if args.flows:
        return tuple(Money(flow, args.currency) for flow in args.flows)
    if args.investment is None or args.benefit is None:
        missing = "the investment" if args.investment is None else "the benefit of each period"
        raise NeedsChoice(f"What is {missing} of the project?")
    count = args.periods
    if count is None:
        if args.measure not in {"payback", "discounted payback", "roi"}:
            raise NeedsChoice(
                f"Over how many {args.period}s does the benefit last?", (f"3 {args.period}s", f"5 {args.period}s")
            )
        if args.measure == "roi":
            count = Decimal(1)
        else:
            net = args.benefit - (args.running_cost or 0)
            if net <= 0:
                raise BadInput("The project never pays back: its benefit does not exceed its running cost.")
            count = periods_until_paid(args.investment, net, (args.discount_rate or Decimal(0)) / 100)
    if count != count.to_integral_value() or not 1 <= count <= MOST_PERIODS:
        raise BadInput(f"A project runs over a whole number of {args.period}s from 1 to {MOST_PERIODS}, not {count:f}.")
    each = args.benefit - (args.running_cost or 0)
    return (Money(-args.investment, args.currency), *[Money(each, args.currency)] * int(count))


def _project(services: Services, turn: Turn, args: ProjectValue) -> Output:
    from tools.calculators.projects import a_period

    if args.rate_per == "period" or args.discount_rate is None:
        return _valued(args)
    each, said = a_period(args.discount_rate, args.period)
    found = _valued(args.model_copy(update={"discount_rate": each, "rate_per": "period"}))
    return replace(found, result=replace(found.result, assumptions=(*said, *found.result.assumptions)))


def _valued(args: ProjectValue) -> Output:
    from tools.calculators.projects import project_value, roi

    flows = _flows(args)
    if args.measure == "roi" and args.discount_rate is None and args.flows == () and args.periods is None:
        assert args.investment is not None
        assert args.benefit is not None
        return Output(roi(Money(args.investment, args.currency), Money(args.benefit, args.currency)))
    if args.measure in {"npv", "discounted payback"} or args.discount_rate is not None:
        rate = None if args.discount_rate is None else args.discount_rate / 100
        if args.flows == () and args.periods is None and "payback" in args.measure and rate is not None:
            return Output(_payback_alone(project_value(flows, rate, period=args.period), args.measure))
        return Output(_headlined(project_value(flows, rate, period=args.period), args.measure))
    undiscounted = project_value(flows, Decimal(0), period=args.period)
    return Output(_without_rate(undiscounted, args.measure))


def _headlined(result: Result, measure: Measure) -> Result:
    """The figure that was asked for first, and its sentence too."""
    figures = sorted(result.figures, key=lambda figure: figure.label != LABELS[measure])
    if measure == "npv":
        return result
    if figures[0].label != LABELS[measure]:
        return replace(result, summary=f"It does not pay back. {result.summary}") if "payback" in measure else result
    return replace(result, figures=tuple(figures), summary=f"{_sentence(result, measure)} {result.summary}")


def _payback_alone(result: Result, measure: Measure) -> Result:
    """Of a benefit that no end is told of: when it has paid back, and nothing that depends on how long it lasts."""
    kept = [f for f in result.figures if f.label in {"Payback", "Discounted payback", "Discount rate", "Total paid in"}]
    figures = tuple(sorted(kept, key=lambda figure: figure.label != LABELS[measure]))
    return replace(result, summary=_sentence(result, measure), figures=figures)


def _without_rate(result: Result, measure: Measure) -> Result:
    """A result worked out at a rate of nothing, without the figures that need a rate."""
    figures = tuple(
        sorted(
            (f for f in result.figures if f.label not in {"Net present value", "Discounted payback", "Discount rate"}),
            key=lambda figure: figure.label != LABELS[measure],
        )
    )
    if not figures or figures[0].label != LABELS[measure]:
        why = result.warnings[0] if measure == "irr" and result.warnings else "The project never pays back."
        return replace(result, summary=why, figures=figures, assumptions=(), table=None, chart=None)
    kept = tuple(line for line in result.assumptions if not line.startswith("Discount rate"))
    return replace(result, summary=_sentence(result, measure), figures=figures, assumptions=kept, table=None)


def _sentence(result: Result, measure: Measure) -> str:
    from tools.calculators.wording import number

    figure = next(f for f in result.figures if f.label == LABELS[measure])
    if measure == "payback":
        return f"The project pays back in {number(figure.value)} {figure.unit}."
    if measure == "discounted payback":
        return f"Discounted, the project pays back in {number(figure.value)} {figure.unit}."
    return f"The {figure.label.lower()} is {number(figure.value)}%."


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


TOOLS: Sequence[Tool[ProjectValue] | Tool[Commitment] | Tool[BillAfterChange] | Tool[Calculate]] = (
    Tool("project_value", "NPV, IRR, ROI and payback of a project.", ProjectValue, _project, "Valuing the project"),
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
