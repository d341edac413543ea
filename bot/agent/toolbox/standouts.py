"""Tools on who leads in each span of time, and on what has gone from our bill."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.agent.toolbox.scoped import DIMENSIONS, Spend, query
from bot.agent.toolbox.tool import Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.ledger.ledger import Ledger
from tools.ledger.scope import Scope
from tools.period import Period
from tools.results import Result

DAYS = 365


class Leaders(Spend):
    by: str = Field(description=f"Who may lead, one of {DIMENSIONS}")
    grain: Literal["day", "week", "month", "quarter"] = "month"
    least: bool = Field(default=False, description="The smallest of each is asked for.")


class Leavers(Spend):
    by: tuple[str, ...] = Field(default=("model",), description=f"What may have gone, one or more of {DIMENSIONS}")


def _leaders(services: Services, turn: Turn, args: Leaders) -> Output:
    from tools.ledger.over_time.leaders import spend_leaders

    def run(ledger: Ledger, scope: Scope, read: object) -> Result:
        today = turn.question.today
        return spend_leaders(ledger, scope, turn.audience, today, args.by, args.grain, least=args.least)

    return query(services, turn, args, run)


def _kinds(services: Services, turn: Turn, args: Spend) -> Output:
    from tools.ledger.dimensions import CHARGED_FOR
    from tools.ledger.spend import spend_by

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: spend_by(ledger, scope, turn.audience, turn.question.today, (CHARGED_FOR,)),
    )


def _leavers(services: Services, turn: Turn, args: Leavers) -> Output:
    from tools.ledger.over_time.leavers import leavers

    def run(ledger: Ledger, scope: Scope, read: object) -> Result:
        today = turn.question.today
        return leavers(ledger, scope, turn.audience, today, scope.period or Period.last_days(DAYS, today), args.by)

    return query(services, turn, args, run)


TOOLS = (
    Tool(
        "spend_leaders",
        "Which team, provider or model spent most, or least, in each day, week, month or quarter.",
        Leaders,
        _leaders,
        "Looking who leads in each",
    ),
    Tool(
        "spend_models_machines",
        "Our spend split into the use of models, machines with GPUs among them, and what is neither.",
        Spend,
        _kinds,
        "Telling models from machines",
    ),
    Tool(
        "spend_leavers",
        "Which models, teams or services we stopped using: with a last charge in a period and none since.",
        Leavers,
        _leavers,
        "Looking for what has gone",
    ),
)
