"""Tools on where our own spend goes from here: its pace, and what is new in it."""

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

DAYS = 30


class RunRate(Spend):
    per: Literal["day", "week", "month", "quarter", "year"] = "year"


class Newcomers(Spend):
    by: tuple[str, ...] = Field(default=("model",), description=f"What may be new, one or more of {DIMENSIONS}")


class FirstCharge(Spend):
    latest: bool = Field(default=False, description="The day of the latest charge is asked for, not of the first.")
    who: bool = Field(default=False, description="Whose that charge was is asked for, too.")


def _run_rate(services: Services, turn: Turn, args: RunRate) -> Output:
    from tools.ledger.over_time.run_rate import run_rate

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: run_rate(ledger, scope, turn.audience, turn.question.today, args.per),
    )


def _newcomers(services: Services, turn: Turn, args: Newcomers) -> Output:
    from tools.ledger.over_time.newcomers import newcomers

    def run(ledger: Ledger, scope: Scope, read: object) -> Result:
        today = turn.question.today
        return newcomers(ledger, scope, turn.audience, today, scope.period or Period.last_days(DAYS, today), args.by)

    return query(services, turn, args, run)


def _first_charge(services: Services, turn: Turn, args: FirstCharge) -> Output:
    from tools.ledger.over_time.first_charge import first_charge

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: first_charge(
            ledger, scope, turn.audience, turn.question.today, latest=args.latest, who=args.who
        ),
    )


TOOLS = (
    Tool(
        "spend_run_rate",
        "Our run rate: what spend comes to a day, month or year at the pace of the last 30 days or a named period.",
        RunRate,
        _run_rate,
        "Taking the pace",
    ),
    Tool(
        "spend_newcomers",
        "Which models, teams, services or SKUs are new in our bill: charged for the first time in a period.",
        Newcomers,
        _newcomers,
        "Looking for what is new",
    ),
    Tool(
        "spend_first_charge",
        "Since when something is in our bill, or until when: the days of its first and its latest charge.",
        FirstCharge,
        _first_charge,
        "Looking for the first charge",
    ),
)
