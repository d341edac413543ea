"""What one request, one active user or one of any imported business metric costs."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Number
from bot.agent.toolbox.scoped import Spend, query
from bot.agent.toolbox.tool import Tool
from bot.agent.turn import Output, Turn
from bot.services import Services


class UnitCost(Spend):
    metric: str = Field(description="The business metric as the person wrote it: requests, active users, tickets.")
    per: Number = Field(default=Decimal(1), description="The cost of how many of them: 1000 for per 1k.")
    count: Number | None = Field(default=None, description="How many there were, where the person says so.")
    every: Literal["day", "week", "month"] | None = Field(default=None, description="So many came each of these.")


def _unit_cost(services: Services, turn: Turn, args: UnitCost) -> Output:
    from tools.ledger.found.unit_cost import unit_cost
    from tools.ledger.storing.metrics import load_metrics

    if (count := args.count) is not None:
        from tools.ledger.found.per_told import cost_per_told

        today = turn.question.today
        return query(
            services,
            turn,
            args,
            lambda ledger, scope, _: cost_per_told(
                ledger, scope, turn.audience, today, args.metric, count, every=args.every, per=args.per
            ),
        )
    readings = load_metrics(services.home)
    metric = _imported(args.metric, {reading.metric for reading in readings})
    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: unit_cost(
            ledger, scope, turn.audience, turn.question.today, metric, readings, args.per
        ),
    )


def _imported(said: str, known: set[str]) -> str:
    """The imported metric that is written so, but for capitals and a plural; else as it was said."""
    return next((name for name in sorted(known) if _singular(name) == _singular(said)), said)


def _singular(name: str) -> str:
    words = " ".join(name.casefold().replace("_", " ").replace("-", " ").split())
    return words[:-3] + "y" if words.endswith("ies") else words.removesuffix("s")


TOOLS = (
    Tool(
        "unit_cost",
        "What one of an imported business metric, or of a count that the person tells, costs us: per request, per 1k "
        "requests, per active user, per ticket.",
        UnitCost,
        _unit_cost,
        "Setting spend against the metric",
    ),
)
