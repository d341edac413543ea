"""How far commitments that our own bills hold are used."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.agent.toolbox.scoped import Spend, query
from bot.agent.toolbox.tool import Tool
from bot.agent.turn import Output, Turn
from bot.services import Services


class CommitmentUse(Spend):
    part: Literal["unused", "utilisation", "used", "bought"] = Field(
        default="utilisation", description="What is asked for, told first; bought: what purchases were billed."
    )


def _use(services: Services, turn: Turn, args: CommitmentUse) -> Output:
    from tools.ledger.found.commitments import commitment_use

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: commitment_use(ledger, scope, turn.audience, turn.question.today, args.part),
    )


TOOLS = (
    Tool(
        "commitment_use",
        "How far our savings plans, reserved instances and committed use were used, and what went unused, by the bill.",
        CommitmentUse,
        _use,
        "Looking at the commitments",
    ),
)
