"""Tools over the spend ledger. Each passes the turn's audience on to the query; none can widen it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.agent.toolbox.scoped import DIMENSIONS, Spend, query
from bot.agent.toolbox.tool import Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.errors import NeedsChoice
from tools.ledger.ledger import Ledger
from tools.ledger.scope import Scope
from tools.results import Result

MOST_SPANS = 1000


class SpendBy(Spend):
    by: tuple[str, ...] = Field(
        description=f"One or two of {DIMENSIONS}; or of day, week, month, quarter, year, day_of_week, part_of_week."
    )
    top: int | None = Field(default=None, ge=1, le=1000)
    difference: bool = Field(default=False, description="How far two named groups are apart is asked for.")
    smallest: bool = Field(default=False, description="The smallest groups are asked for, not the largest.")
    rank: int | None = Field(
        default=None, ge=1, le=100, description="Only the one in this place: 2, the second largest."
    )


class SpendShare(Spend):
    of: tuple[str, ...] = Field(
        default=(), description="The dimensions whose values are the part: team, provider, ..., or ai."
    )


class SpendExtreme(Spend):
    grain: Literal["day", "week", "month", "quarter", "year"] = "day"
    least: bool = False


class SpendSeries(Spend):
    grain: Literal["day", "week", "month", "quarter", "year"] = "month"
    by: str | None = Field(default=None, description=DIMENSIONS)
    cumulative: bool = Field(default=False, description="The running total is asked for.")
    growth: bool = Field(default=False, description="The growth rate from step to step is asked for.")


class SpendWeekdays(Spend):
    least: bool = Field(default=False, description="The cheapest day of the week is asked for.")


class PricesPaid(Spend):
    side: Literal["input", "cached", "uncached", "cache_write", "output"] | None = Field(
        default=None, description="The kind of tokens asked for, if only one; input: what is not cached."
    )


class MachineHours(Spend):
    price: bool = Field(default=False, description="What an hour cost is asked for, not how many there were.")


class SpendAverage(Spend):
    grain: Literal["day", "week", "month"] = "month"


def _total(services: Services, turn: Turn, args: Spend) -> Output:
    from tools.ledger.spend import spend_total

    return query(
        services, turn, args, lambda ledger, scope, _: spend_total(ledger, scope, turn.audience, turn.question.today)
    )


def _by(services: Services, turn: Turn, args: SpendBy) -> Output:
    from tools.ledger.ranking import compared, placed, smallest
    from tools.ledger.spend import spend_by

    top = MOST_SPANS if args.smallest else args.rank or args.top

    def run(ledger: Ledger, scope: Scope, read: object) -> Result:
        result = spend_by(ledger, scope, turn.audience, turn.question.today, args.by, top)
        if args.smallest:
            return smallest(result, args.top or 1)
        if args.rank:
            return placed(result, args.rank)
        named = dict(scope.where).get(args.by[0], ()) if len(args.by) == 1 else ()
        return compared(result, first=args.difference) if len(named) == 2 else result

    return query(services, turn, args, run)


def _share(services: Services, turn: Turn, args: SpendShare) -> Output:
    from tools.ledger.share import spend_share

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: spend_share(
            ledger, scope, turn.audience, turn.question.today, args.of or (scope.where[-1][0],)
        ),
    )


def _extreme(services: Services, turn: Turn, args: SpendExtreme) -> Output:
    from tools.ledger.ranking import extreme
    from tools.ledger.spend import spend_by

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: extreme(
            spend_by(ledger, scope, turn.audience, turn.question.today, (args.grain,), MOST_SPANS), least=args.least
        ),
    )


def _series(services: Services, turn: Turn, args: SpendSeries) -> Output:
    from tools.ledger.series import spend_series
    from tools.ledger.trend import growth, running

    if args.by and (args.cumulative or args.growth):
        raise NeedsChoice("Growth and running totals are of one series at a time; of which one?", ("all of it",))

    def run(ledger: Ledger, scope: Scope, read: object) -> Result:
        series = spend_series(ledger, scope, turn.audience, turn.question.today, args.grain, args.by)
        if args.growth:
            return growth(series, args.grain)
        return running(series) if args.cumulative else series

    return query(services, turn, args, run)


def _weekdays(services: Services, turn: Turn, args: SpendWeekdays) -> Output:
    from tools.ledger.weekdays import spend_weekdays

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: spend_weekdays(ledger, scope, turn.audience, turn.question.today, least=args.least),
    )


def _prices_paid(services: Services, turn: Turn, args: PricesPaid) -> Output:
    from tools.ledger.token_prices import token_prices

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: token_prices(ledger, scope, turn.audience, turn.question.today, side=args.side),
    )


def _hours(services: Services, turn: Turn, args: MachineHours) -> Output:
    from tools.ledger.machine_hours import machine_hours

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: machine_hours(ledger, scope, turn.audience, turn.question.today, price=args.price),
    )


def _average(services: Services, turn: Turn, args: SpendAverage) -> Output:
    from tools.ledger.average import spend_average

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: spend_average(ledger, scope, turn.audience, turn.question.today, args.grain),
    )


TOOLS = (
    Tool(
        "spend_total",
        "Our own spend over a period, for any team, provider, service, model, account, region or tag.",
        Spend,
        _total,
        "Adding up the spend",
    ),
    Tool(
        "spend_by",
        "Our own spend ranked and shared by one or two dimensions; `top` for the largest.",
        SpendBy,
        _by,
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
        "token_prices_paid",
        "What we really paid for a million tokens, by model and kind of token: our bill's cost over its tokens.",
        PricesPaid,
        _prices_paid,
        "Dividing cost by tokens",
    ),
    Tool(
        "machine_hours",
        "How many hours of an instance or accelerator we used, and what one of them cost us, from the bill.",
        MachineHours,
        _hours,
        "Counting the hours",
    ),
    Tool(
        "spend_average",
        "Our own mean spend a day, week or month over a period.",
        SpendAverage,
        _average,
        "Working out the mean",
    ),
)
