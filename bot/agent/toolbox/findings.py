"""Tools on what changed, stands out, is missing or is saved in the spend ledger."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import PeriodText
from bot.agent.toolbox.scoped import DIMENSIONS, NO_DATA, Spend, query
from bot.agent.toolbox.tool import Arguments, Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.errors import Unknown
from tools.ledger.ledger import Ledger
from tools.ledger.scope import Scope
from tools.period import Period
from tools.results import Result, Table, listed


class SpendChange(Spend):
    against: PeriodText | None = Field(default=None, description="The earlier period; default: the one just before.")
    by: str | None = Field(default=None, description=f"What to explain the change by: {DIMENSIONS}")
    mover: Literal["up", "down", "any", "fastest", "slowest"] | None = Field(
        default=None, description="With `by`: which one rose, fell or moved most, or grew fastest in percent."
    )


class Discounts(Spend):
    part: Literal["negotiated", "commitment", "credits"] | None = Field(
        default=None, description="Only what discounts of this kind save."
    )


class Untagged(Spend):
    tag: str = "team"
    by: str | None = None


def _discounts(services: Services, turn: Turn, args: Discounts) -> Output:
    from tools.ledger.found.discounts import spend_discounts

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: spend_discounts(ledger, scope, turn.audience, turn.question.today, args.part),
    )


def _change(services: Services, turn: Turn, args: SpendChange) -> Output:
    from tools.ledger.found.ranking import mover, pace
    from tools.ledger.over_time.change import spend_change

    def run(ledger: Ledger, scope: Scope, read: Callable[[str | None], Period | None]) -> Result:
        result = spend_change(ledger, scope, turn.audience, turn.question.today, read(args.against), args.by)
        if args.by is None or args.mover is None:
            return result
        if args.mover == "fastest" or args.mover == "slowest":
            return pace(result, args.mover)
        return mover(result, args.mover)

    return query(services, turn, args, run)


def _untagged(services: Services, turn: Turn, args: Untagged) -> Output:
    from tools.ledger.found.untagged import untagged_share

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: untagged_share(ledger, scope, turn.audience, turn.question.today, args.tag, args.by),
    )


def _anomalies(services: Services, turn: Turn, args: Spend) -> Output:
    from tools.ledger.over_time.anomalies import anomalies

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: anomalies(
            ledger,
            turn.audience,
            turn.question.today,
            scope.period or Period.last_days(30, turn.question.today),
            within=scope,
        ),
    )


def _freshness(services: Services, turn: Turn, args: Arguments) -> Output:
    from tools.ledger.known import data_span, provider_spans
    from tools.period import day_shown

    span = data_span(services.ledger)
    if span is None:
        raise Unknown(NO_DATA)
    first, last, currencies = span
    ends = provider_spans(services.ledger) if turn.audience.sees_all or turn.audience.totals else {}
    behind = [f"{name}'s ends on {day_shown(one.through)}" for name, one in sorted(ends.items()) if one.through < last]
    said = f"Billing data runs from {day_shown(first)} through {day_shown(last)}, in {', '.join(currencies)}"
    rows = tuple((name, day_shown(one.first), day_shown(one.through)) for name, one in sorted(ends.items()))
    return Output(
        Result(
            summary=f"{said}; {listed(behind)}." if behind else f"{said}.",
            table=Table("Billing data", ("Provider", "From", "Through"), rows) if len(rows) > 1 else None,
            data_through=last,
        )
    )


TOOLS = (
    Tool(
        "spend_discounts",
        "Our list, contracted, effective and billed cost side by side: what discounts and credits save.",
        Discounts,
        _discounts,
        "Comparing list and effective cost",
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
