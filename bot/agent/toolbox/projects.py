"""Tools on projects: what one is worth, several side by side, what an even payment must be."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.agent.toolbox.arguments import Number, Percent
from bot.agent.toolbox.tool import Arguments, Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.calculators.projects import LABELS, Measure
from tools.errors import BadInput, NeedsChoice
from tools.money import Money
from tools.results import Result

Span = Literal["year", "quarter", "month", "week"]
OF_A_LIFE = frozenset({"npv", "irr", "net benefit"})


class ProjectValue(Arguments):
    """Either `flows`, the first one now, or an investment with an equal benefit each period."""

    measure: Measure = "npv"
    also: tuple[Measure, ...] = Field(default=(), description="Other measures asked for beside the first.")
    flows: tuple[Number, ...] = Field(default=(), description="Amounts now and at each later period; outlays negative.")
    investment: Number | None = Field(default=None, description="Paid now, as a positive amount.")
    benefit: Number | None = Field(default=None, description="Received at the end of each period.")
    running_cost: Number | None = Field(default=None, description="Paid each period.")
    residual: Number | None = Field(default=None, description="Got back with the last period: a resale value.")
    periods: Number | None = Field(default=None, description="How many periods the benefit lasts.")
    period: Span = "year"
    discount_rate: Percent | None = Field(default=None, description="Percent a period, or a year.")
    rate_per: Literal["period", "year"] = Field(default="period", description="What the discount rate is told for.")
    currency: str = "USD"
    notes: tuple[str, ...] = Field(default=(), description="What is taken for granted, a sentence each.")


class NamedProject(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    investment: Number
    benefit: Number
    running_cost: Number = Decimal(0)
    periods: Number = Decimal(1)


class CompareProjects(Arguments):
    measure: Measure = "npv"
    projects: tuple[NamedProject, ...]
    period: Span = "year"
    discount_rate: Percent | None = Field(default=None, description="Percent a year.")
    currency: str = "USD"


class NamedSum(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    expression: str


class CompareCosts(Arguments):
    options: tuple[NamedSum, ...] = Field(description="Each offer and its cost as a sum of told amounts.")
    over: str = Field(default="", description="What the costs are for: over 24 months, a year.")
    difference: bool = Field(default=False, description="How far they are apart is what is asked for.")
    dearest: bool = Field(default=False, description="The dearest is asked for, not the cheapest.")
    currency: str = "USD"


class EvenPayment(Arguments):
    amount: Number = Field(description="Borrowed, or paid for the project, now.")
    rate: Percent = Field(default=Decimal(0), description="Percent a year.")
    periods: Number = Field(description="How many payments.")
    period: Span = "month"
    of: Literal["loan", "project"] = Field(default="project", description="loan: a year's rate is divided evenly.")
    currency: str = "USD"


def _flows(args: ProjectValue) -> tuple[Money, ...]:
    from tools.calculators.discounting import MOST_PERIODS, periods_until_paid

    if args.flows:
        return tuple(Money(flow, args.currency) for flow in args.flows)
    if args.investment is None or args.benefit is None:
        missing = "the investment" if args.investment is None else "the benefit of each period"
        raise NeedsChoice(f"What is {missing} of the project?")
    count = args.periods
    if count is None:
        if OF_A_LIFE & {args.measure, *args.also}:
            raise NeedsChoice(
                f"Over how many {args.period}s does the benefit last?", (f"3 {args.period}s", f"5 {args.period}s")
            )
        if args.measure == "roi" and not args.also:
            count = Decimal(1)
        else:
            net = args.benefit - (args.running_cost or 0)
            if net <= 0:
                raise BadInput("The project never pays back: its benefit does not exceed its running cost.")
            count = periods_until_paid(args.investment, net, _rate(args) or Decimal(0))
    if count != count.to_integral_value() or not 1 <= count <= MOST_PERIODS:
        raise BadInput(f"A project runs over a whole number of {args.period}s from 1 to {MOST_PERIODS}, not {count:f}.")
    each = args.benefit - (args.running_cost or 0)
    last = each + (args.residual or 0)
    return tuple(Money(a, args.currency) for a in (-args.investment, *[each] * (int(count) - 1), last))


def _rate(args: ProjectValue) -> Decimal | None:
    """The discount rate as a share a period; a year's is the one that compounds to it."""
    from tools.calculators.discounting import a_period

    if args.discount_rate is None or args.rate_per == "period":
        return None if args.discount_rate is None else args.discount_rate / 100
    return a_period(args.discount_rate, args.period)[0] / 100


def _project(services: Services, turn: Turn, args: ProjectValue) -> Output:
    from tools.calculators.discounting import a_period

    found = _valued(args)
    notes = list(args.notes)
    if args.rate_per == "year" and args.discount_rate is not None:
        notes += a_period(args.discount_rate, args.period)[1]
    return Output(replace(found, assumptions=(*notes, *found.assumptions)))


def _valued(args: ProjectValue) -> Result:
    from tools.calculators.projects import project_value, roi

    asked = (args.measure, *(m for m in args.also if m != args.measure))
    flows = _flows(args)
    endless = args.flows == () and args.periods is None
    if asked == ("roi",) and args.discount_rate is None and endless:
        assert args.investment is not None
        assert args.benefit is not None
        net = args.benefit - (args.running_cost or 0)
        return roi(Money(args.investment, args.currency), Money(net, args.currency))
    told = args.rate_per == "year" and args.period != "year" and args.discount_rate is not None
    return project_value(
        flows,
        _rate(args),
        period=args.period,
        measures=asked,
        yearly=args.discount_rate / 100 if told and args.discount_rate is not None else None,
        endless=endless,
    )


def _compared(services: Services, turn: Turn, args: CompareProjects) -> Output:
    from tools.calculators.options import compare_projects

    found = []
    for one in args.projects:
        whole = ProjectValue(
            measure=args.measure, period=args.period, discount_rate=args.discount_rate, rate_per="year",
            currency=args.currency, **_of(one),
        )  # fmt: skip
        found.append((one.name, _valued(whole)))
    return Output(compare_projects(found, LABELS[args.measure], args.discount_rate))


def _of(one: NamedProject) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("investment", "benefit", "running_cost", "periods")}


def _costs(services: Services, turn: Turn, args: CompareCosts) -> Output:
    from tools.calculators.options import compare_costs

    sums = [(one.name, one.expression) for one in args.options]
    return Output(compare_costs(sums, args.currency, over=args.over, difference=args.difference, dearest=args.dearest))


def _payment(services: Services, turn: Turn, args: EvenPayment) -> Output:
    from tools.calculators.annuity import instalment, needed_each_period

    amount, rate = Money(args.amount, args.currency), args.rate / 100
    of_loan = args.of == "loan"
    return Output((instalment if of_loan else needed_each_period)(amount, rate, args.periods, period=args.period))


TOOLS = (
    Tool(
        "project_value", "NPV, IRR, ROI, payback and net benefit of a project.", ProjectValue, _project,
        "Valuing the project",
    ),
    Tool(
        "compare_projects", "Projects side by side by NPV, IRR, ROI, payback or net benefit.", CompareProjects,
        _compared, "Setting the projects side by side",
    ),
    Tool(
        "compare_costs", "Offers side by side by what each costs in all.", CompareCosts, _costs, "Setting the offers"
        " side by side",
    ),
    Tool(
        "even_payment", "A loan's instalment, or what a project must bring each period to pay.", EvenPayment, _payment,
        "Working out the payment",
    ),
)  # fmt: skip
