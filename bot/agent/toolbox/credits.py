"""The tool that lists what came back to us: credits, refunds, corrections."""

from __future__ import annotations

from pydantic import Field

from bot.agent.toolbox.scoped import Spend, query
from bot.agent.toolbox.tool import Tool
from bot.agent.turn import Output, Turn
from bot.services import Services


class Credits(Spend):
    called: tuple[str, ...] = Field(default=(), description="Words of its description: partner, migration, outage.")


def _credits(services: Services, turn: Turn, args: Credits) -> Output:
    from tools.ledger.found.credits import credits_given

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: credits_given(ledger, scope, turn.audience, turn.question.today, args.called),
    )


TOOLS = (
    Tool(
        "spend_credits",
        "Each credit, refund and correction in our bill: how much, who gave it, when and what for.",
        Credits,
        _credits,
        "Looking for credits and refunds",
    ),
)
