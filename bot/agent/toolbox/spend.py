"""Tools over the spend ledger. Each passes the turn's audience on to the query; none can widen it."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Number, Percent
from bot.agent.toolbox.groups import MOST_SPANS, SpendBy, spend_groups
from bot.agent.toolbox.scoped import DIMENSIONS, Spend, query
from bot.agent.toolbox.tool import Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.errors import NeedsChoice
from tools.ledger.ledger import Ledger
from tools.ledger.scope import Scope
from tools.results import Result


class SpendTotal(Spend):
    portion: Percent | None = Field(default=None, description="Only so many percent of the total are asked for.")
    above: Number | None = Field(default=None, description="Whether the total is more than this amount is asked.")
    below: Number | None = Field(default=None, description="Whether the total is less than this amount is asked.")


class SpendShare(Spend):
    of: tuple[str, ...] = Field(
        default=(), description="The dimensions whose values are the part: team, provider, ..., or ai."
    )
    above_share: Percent | None = Field(default=None, description="Whether it is more than this share is asked.")
    below_share: Percent | None = Field(default=None, description="Whether it is less than this share is asked.")


class SpendExtreme(Spend):
    grain: Literal["day", "week", "month", "quarter", "year"] = "day"
    least: bool = False
    top: int = Field(default=1, ge=1, le=50, description="How many of them.")


class SpendSeries(Spend):
    grain: Literal["day", "week", "month", "quarter", "year"] = "month"
    by: str | None = Field(default=None, description=DIMENSIONS)
    cumulative: bool = Field(default=False, description="The running total is asked for.")
    growth: bool = Field(default=False, description="The growth rate from step to step is asked for.")


class SpendWeekdays(Spend):
    least: bool = Field(default=False, description="The cheapest day of the week is asked for.")


class SpendAverage(Spend):
    grain: Literal["day", "week", "month"] = "month"
    by: str | None = Field(default=None, description=f"The mean of each of these: {DIMENSIONS}")


def _total(services: Services, turn: Turn, args: SpendTotal) -> Output:
    from tools.ledger.found.held_against import held_against
    from tools.ledger.found.of_groups import portion_of
    from tools.ledger.spend import spend_total

    def run(ledger: Ledger, scope: Scope, read: object) -> Result:
        total = spend_total(ledger, scope, turn.audience, turn.question.today)
        if (way := "above" if args.above is not None else "below" if args.below is not None else None) is not None:
            return held_against(total, way, (args.above if way == "above" else args.below) or Decimal(0))
        return total if args.portion is None else portion_of(total, args.portion)

    return query(services, turn, args, run)


def _share(services: Services, turn: Turn, args: SpendShare) -> Output:
    from tools.ledger.found.held_against import share_held_against
    from tools.ledger.found.share import spend_share

    def run(ledger: Ledger, scope: Scope, read: object) -> Result:
        of = args.of or (scope.where[-1][0],)
        share = spend_share(ledger, scope, turn.audience, turn.question.today, of)
        if args.above_share is not None:
            return share_held_against(share, "above", args.above_share)
        return share if args.below_share is None else share_held_against(share, "below", args.below_share)

    return query(services, turn, args, run)


def _extreme(services: Services, turn: Turn, args: SpendExtreme) -> Output:
    from tools.ledger.found.ranking import extreme
    from tools.ledger.over_time.series import incomplete
    from tools.ledger.spend import spend_by

    def run(ledger: Ledger, scope: Scope, read: object) -> Result:
        today = turn.question.today
        split = spend_by(ledger, scope, turn.audience, today, (args.grain,), MOST_SPANS)
        partial = incomplete(ledger, scope, turn.audience, today, args.grain) if args.least else frozenset()
        return extreme(split, least=args.least, partial=partial, count=args.top)

    return query(services, turn, args, run)


def _series(services: Services, turn: Turn, args: SpendSeries) -> Output:
    from tools.ledger.over_time.series import spend_series
    from tools.ledger.over_time.trend import growth, running

    if args.by and (args.cumulative or args.growth):
        raise NeedsChoice("Growth and running totals are of one series at a time; of which one?", ("all of it",))

    def run(ledger: Ledger, scope: Scope, read: object) -> Result:
        series = spend_series(ledger, scope, turn.audience, turn.question.today, args.grain, args.by)
        if args.growth:
            return growth(series, args.grain)
        return running(series) if args.cumulative else series

    return query(services, turn, args, run)


def _weekdays(services: Services, turn: Turn, args: SpendWeekdays) -> Output:
    from tools.ledger.over_time.weekdays import spend_weekdays

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: spend_weekdays(ledger, scope, turn.audience, turn.question.today, least=args.least),
    )


def _average(services: Services, turn: Turn, args: SpendAverage) -> Output:
    from tools.ledger.over_time.average import spend_average

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: spend_average(ledger, scope, turn.audience, turn.question.today, args.grain, args.by),
    )


TOOLS = (
    Tool(
        "spend_total",
        "Our own spend over a period, for any team, provider, service, model, account, region or tag.",
        SpendTotal,
        _total,
        "Adding up the spend",
    ),
    Tool(
        "spend_by",
        "Our own spend ranked and shared by one or two dimensions; `top` for the largest.",
        SpendBy,
        spend_groups,
        "Breaking down the spend",
    ),
    Tool(
        "spend_extreme",
        "The day, week, month, quarter or year of a period with the highest or the lowest spend of ours.",
        SpendExtreme,
        _extreme,
        "Looking for the highest",
    ),
    Tool(
        "spend_share",
        "What share of our spend one team, provider, service, model or AI is, in percent.",
        SpendShare,
        _share,
        "Working out the share",
    ),
    Tool(
        "spend_series",
        "Our own spend a day, week, month, quarter or year over a period, as a series and a chart; with the growth "
        "rate or the running total if asked.",
        SpendSeries,
        _series,
        "Laying out the spend over time",
    ),
    Tool(
        "spend_weekdays",
        "Our own mean spend on each day of the week, and on working days against weekends.",
        SpendWeekdays,
        _weekdays,
        "Comparing the days of the week",
    ),
    Tool(
        "spend_average",
        "Our own mean spend a day, week or month over a period.",
        SpendAverage,
        _average,
        "Working out the mean",
    ),
)
