"""Tools over the spend ledger. Each passes the turn's audience on to the query; none can widen it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import PeriodText, read_period
from bot.agent.toolbox.tool import Arguments, Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.errors import Unknown
from tools.ledger.ledger import Ledger
from tools.ledger.scope import Scope
from tools.period import Period
from tools.results import Result

DIMENSIONS = (
    "team, provider, service, model, sub_account, region, charge_category, service_category, resource, sku or tag:KEY"
)
MOST_SPANS = 1000
NO_DATA = "No billing data has been imported yet; `outlay spend import FILE` brings in a FOCUS export."


class Spend(Arguments):
    """What spend is meant. Names are passed as the person wrote them; `untagged` matches what has no value."""

    period: PeriodText | None = None
    team: tuple[str, ...] = ()
    provider: tuple[str, ...] = ()
    service: tuple[str, ...] = ()
    model: tuple[str, ...] = ()
    sub_account: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    charge_category: tuple[str, ...] = Field(default=(), description="Usage, Purchase, Tax, Credit, Adjustment.")
    service_category: tuple[str, ...] = ()
    resource: tuple[str, ...] = ()
    sku: tuple[str, ...] = ()
    tags: tuple[str, ...] = Field(default=(), description="Each as key=value.")
    without: tuple[str, ...] = Field(
        default=(), description="What to leave out, each as dimension=value: provider=AWS."
    )
    accelerator: tuple[str, ...] = Field(default=(), description="GPUs: p5, H100, or gpu for all of them.")
    cost: Literal["effective", "billed", "list", "contracted"] = "effective"
    ai_only: bool = Field(default=False, description="Only AI spend, not the rest of a cloud bill.")


class SpendBy(Spend):
    by: tuple[str, ...] = Field(description=f"One or two of {DIMENSIONS}.")
    top: int | None = Field(default=None, ge=1, le=1000)
    smallest: bool = Field(default=False, description="The smallest group is asked for.")


class SpendShare(Spend):
    of: tuple[str, ...] = Field(description="The dimensions whose values are the part: team, provider, ..., or ai.")


class SpendExtreme(Spend):
    grain: Literal["day", "week", "month"] = "day"
    least: bool = False


class SpendSeries(Spend):
    grain: Literal["day", "week", "month"] = "month"
    by: str | None = Field(default=None, description=DIMENSIONS)


class SpendAverage(Spend):
    grain: Literal["day", "week", "month"] = "month"


class SpendChange(Spend):
    against: PeriodText | None = Field(default=None, description="The earlier period; default: the one just before.")
    by: str | None = Field(default=None, description=f"What to explain the change by: {DIMENSIONS}")


class Untagged(Spend):
    tag: str = "team"
    by: str | None = None


FILTERS = (
    "team", "provider", "service", "model", "sub_account", "region", "charge_category", "service_category",
    "resource", "sku",
)  # fmt: skip


def scope_of(args: Spend, period: Period | None) -> Scope:
    where = [(name, tuple(getattr(args, name))) for name in FILTERS if getattr(args, name)]
    where += [(f"tag:{key}", (value,)) for key, _, value in (tag.partition("=") for tag in args.tags)]
    left_out = [(name, (value,)) for name, _, value in (item.partition("=") for item in args.without)]
    return Scope(period=period, where=tuple(where), cost=args.cost, ai_only=args.ai_only, without=tuple(left_out))


def query(
    services: Services,
    turn: Turn,
    args: Spend,
    run: Callable[[Ledger, Scope, Callable[[str | None], Period | None]], Result],
) -> Output:
    """Run one ledger query, with periods read against the data's own end."""
    from tools.ledger.known import data_span

    span = data_span(services.ledger)
    if span is None:
        raise Unknown(NO_DATA)

    def read(text: str | None) -> Period | None:
        return read_period(text, turn, span[1])

    scope = scope_of(args, read(args.period))
    if args.model:
        from tools.ledger.families import with_families

        scope = with_families(services.ledger, turn.audience, scope)
    if args.accelerator:
        from tools.ledger.accelerators import charged_for

        found = charged_for(services.ledger, turn.audience, args.accelerator)
        scope = replace(scope, where=(*scope.where, found))
    return Output(run(services.ledger, scope, read))


def _total(services: Services, turn: Turn, args: Spend) -> Output:
    from tools.ledger.spend import spend_total

    return query(
        services, turn, args, lambda ledger, scope, _: spend_total(ledger, scope, turn.audience, turn.question.today)
    )


def _by(services: Services, turn: Turn, args: SpendBy) -> Output:
    from tools.ledger.ranking import compared, smallest
    from tools.ledger.spend import spend_by

    top = None if args.smallest else args.top

    def run(ledger: Ledger, scope: Scope, read: object) -> Result:
        result = spend_by(ledger, scope, turn.audience, turn.question.today, args.by, top)
        if args.smallest:
            return smallest(result)
        named = dict(scope.where).get(args.by[0], ()) if len(args.by) == 1 else ()
        return compared(result) if len(named) == 2 else result

    return query(services, turn, args, run)


def _share(services: Services, turn: Turn, args: SpendShare) -> Output:
    from tools.ledger.share import spend_share

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: spend_share(ledger, scope, turn.audience, turn.question.today, args.of),
    )


def _discounts(services: Services, turn: Turn, args: Spend) -> Output:
    from tools.ledger.discounts import spend_discounts

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: spend_discounts(ledger, scope, turn.audience, turn.question.today),
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

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: spend_series(ledger, scope, turn.audience, turn.question.today, args.grain, args.by),
    )


def _average(services: Services, turn: Turn, args: SpendAverage) -> Output:
    from tools.ledger.average import spend_average

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: spend_average(ledger, scope, turn.audience, turn.question.today, args.grain),
    )


def _change(services: Services, turn: Turn, args: SpendChange) -> Output:
    from tools.ledger.change import spend_change

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, read: spend_change(
            ledger, scope, turn.audience, turn.question.today, read(args.against), args.by
        ),
    )


def _untagged(services: Services, turn: Turn, args: Untagged) -> Output:
    from tools.ledger.untagged import untagged_share

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: untagged_share(ledger, scope, turn.audience, turn.question.today, args.tag, args.by),
    )


def _anomalies(services: Services, turn: Turn, args: Spend) -> Output:
    from tools.ledger.anomalies import anomalies

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: anomalies(
            ledger, turn.audience, turn.question.today, scope.period or Period.last_days(30, turn.question.today)
        ),
    )


def _freshness(services: Services, turn: Turn, args: Arguments) -> Output:
    from tools.ledger.known import data_span
    from tools.period import day_shown

    span = data_span(services.ledger)
    if span is None:
        raise Unknown(NO_DATA)
    first, last, currencies = span
    return Output(
        Result(
            summary=f"Billing data runs from {day_shown(first)} through {day_shown(last)}, in {', '.join(currencies)}.",
            data_through=last,
        )
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
        "The day, week or month of a period with the highest or the lowest spend of ours.",
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
        "spend_discounts",
        "Our list, contracted, effective and billed cost side by side: what discounts and credits save.",
        Spend,
        _discounts,
        "Comparing list and effective cost",
    ),
    Tool(
        "spend_series",
        "Our own spend a day, week or month over a period, as a series and a chart.",
        SpendSeries,
        _series,
        "Laying out the spend over time",
    ),
    Tool(
        "spend_average",
        "Our own mean spend a day, week or month over a period.",
        SpendAverage,
        _average,
        "Working out the mean",
    ),
    Tool(
        "spend_change",
        "How our own spend changed between two periods and which drivers explain the change exactly.",
        SpendChange,
        _change,
        "Comparing the two periods",
    ),
    Tool(
        "untagged_share",
        "How much of our spend has no team (or another tag), as amount and share.",
        Untagged,
        _untagged,
        "Looking for untagged spend",
    ),
    Tool(
        "spend_anomalies",
        "Unusual days in our spend: by how much and where. Use it for 'what should I know'.",
        Spend,
        _anomalies,
        "Looking for unusual days",
    ),
    Tool(
        "data_freshness",
        "Through which day billing data has been imported.",
        Arguments,
        _freshness,
        "Checking the data",
    ),
)
