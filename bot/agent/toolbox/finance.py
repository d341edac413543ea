"""Tools on money over time: depreciation, rates blended by commitments, steady growth and decline."""

from __future__ import annotations

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

Span = Literal["year", "quarter", "month"]
MOST_YEARS = 100


class Depreciation(Arguments):
    cost: Number | None = Field(default=None, description="What was paid, for each of `count`.")
    count: Number = Field(default=Decimal(1), description="How many were bought at that cost.")
    years: Number | None = Field(default=None, description="Useful life in years.")
    method: Literal["straight line", "declining balance"] = "straight line"
    residual_value: Number | None = Field(default=None, description="What is left of each at the end.")
    residual_share: Percent | None = Field(default=None, description="What is left at the end, percent of the cost.")
    factor: Number = Field(default=Decimal(2), description="Of the declining balance: 2 is double, 1.5 is 150%.")
    after_years: Number | None = Field(default=None, description="Book value at the end of that year is asked for.")
    in_year: Number | None = Field(default=None, description="The charge of that year is asked for.")
    currency: str = "USD"


class BlendedRate(Arguments):
    coverage: Percent | None = Field(default=None, description="Percent of the usage that commitments cover.")
    discount: Percent | None = Field(default=None, description="Percent off on demand for the covered part.")
    utilisation: Percent = Field(default=Decimal(100), description="Percent of the commitment that is used.")
    on_demand_rate: Number | None = Field(default=None, description="On-demand price of one hour, GPU hour, ...")
    unit: str = "hour"
    bill: Number | None = Field(default=None, description="What all the usage costs on demand.")
    currency: str = "USD"


class Growth(Arguments):
    """Of rate, length and end one is left out and worked out."""

    start: Number | None = Field(default=None, description="The amount now.")
    rate: Percent | None = Field(default=None, description="Percent each `every`; negative is a decline.")
    every: Span = "year"
    length: Number | None = Field(default=None, description="How many of `over`.")
    over: Span = "year"
    end: Number | None = Field(default=None, description="The amount at the end.")
    unit: str = Field(default="USD", description="USD, tokens, GPU hours, users, ...")
    what: str = "The amount"


def _depreciation(services: Services, turn: Turn, args: Depreciation) -> Output:
    from tools.calculators.depreciation import depreciation

    if args.cost is None:
        raise NeedsChoice("What did it cost?", ("$30,000 each", "$300,000 in all"))
    return Output(
        depreciation(
            Money(args.cost * args.count, args.currency),
            args.years,
            method=args.method,
            residual=None if args.residual_value is None else Money(args.residual_value * args.count, args.currency),
            residual_share=_share(args.residual_share),
            factor=args.factor,
            after_years=_year(args.after_years),
            in_year=_year(args.in_year),
        )
    )


def _year(given: Decimal | None) -> int | None:
    if given is not None and (given != given.to_integral_value() or not 1 <= given <= MOST_YEARS):
        raise BadInput(f"A schedule goes by whole years, 1 to {MOST_YEARS}, not {given:f}.")
    return None if given is None else int(given)


def _blended(services: Services, turn: Turn, args: BlendedRate) -> Output:
    from tools.calculators.blended import blended_rate

    return Output(
        blended_rate(
            _share(args.coverage),
            _share(args.discount),
            utilisation=args.utilisation / 100,
            on_demand=None if args.on_demand_rate is None else Price(Money(args.on_demand_rate, args.currency)),
            bill=None if args.bill is None else Money(args.bill, args.currency),
            unit=args.unit,
        )
    )


def _growth(services: Services, turn: Turn, args: Growth) -> Output:
    from tools.calculators.compounding import compound

    if args.start is None:
        raise NeedsChoice("From which amount on?", ("$10,000 a month", "100M tokens a day"))
    return Output(
        compound(
            args.start,
            _share(args.rate),
            args.length,
            end=args.end,
            every=args.every,
            over=args.over,
            unit=args.unit,
            what=args.what,
        )
    )


def _share(percent: Decimal | None) -> Decimal | None:
    return None if percent is None else percent / 100


TOOLS = (
    Tool(
        "depreciation",
        "Depreciation schedule of bought hardware: straight line (linear, linearly"
        ") or declining balance, book value after some years.",
        Depreciation,
        _depreciation,
        "Working out the depreciation",
    ),
    Tool(
        "blended_rate",
        "Blended rate and effective savings rate when commitments cover a part of the usage.",
        BlendedRate,
        _blended,
        "Blending the rates",
    ),
    Tool(
        "compound_growth",
        "Steady growth or decline: what an amount becomes, the compound rate (CAGR) of two, or when it gets there.",
        Growth,
        _growth,
        "Working out the growth",
    ),
)
