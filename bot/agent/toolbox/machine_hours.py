"""How many hours of a machine our own bills hold, and what one of them cost."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.agent.toolbox.scoped import Spend, query
from bot.agent.toolbox.tool import Tool
from bot.agent.turn import Output, Turn
from bot.services import Services


class MachineHours(Spend):
    price: bool = Field(default=False, description="What an hour cost is asked for, not how many there were.")
    grain: Literal["day", "week", "month", "quarter"] | None = Field(default=None, description="The hours of each.")


def _hours(services: Services, turn: Turn, args: MachineHours) -> Output:
    from tools.ledger.found.machine_hours import machine_hours

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: machine_hours(
            ledger, scope, turn.audience, turn.question.today, price=args.price, grain=args.grain
        ),
    )


TOOLS = (
    Tool(
        "machine_hours",
        "How many hours of an instance or accelerator we used, and what one of them cost us, from the bill.",
        MachineHours,
        _hours,
        "Counting the hours",
    ),
)
