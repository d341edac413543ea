"""Tools that look ahead on our own spend: forecast, what if, which projects fit a budget."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.agent.toolbox.arguments import Number
from bot.agent.toolbox.scoped import Spend, query
from bot.agent.toolbox.tool import Arguments, Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.errors import NeedsChoice, Unknown
from tools.ledger.ledger import Ledger
from tools.ledger.scope import Scope
from tools.money import Money
from tools.results import Result


class BudgetStatus(Spend):
    measure: (
        Literal["amount", "remaining", "used", "projected", "gap", "runs_out", "per_day", "per_workday", "to_save"]
        | None
    ) = Field(
        default=None,
        description="What is asked of one budget: its amount, what is left, the percent used, where it ends, how far "
        "off that is, the day it runs out, what is left a day or a working day, or what has to be saved a day.",
    )
    every: Literal["month", "quarter", "year"] | None = Field(default=None, description="The budget's period.")
    amount: Number | None = Field(default=None, description="A budget that the person tells; without it, the set ones.")
    of: str | None = Field(default=None, description="The currency of that amount; the bill's own without it.")


class ProjectOption(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    cost: Number
    value: Number
    must: bool = False


class ChooseProjects(Arguments):
    projects: tuple[ProjectOption, ...] = ()
    budget: Number | None = None
    currency: str = "USD"


def _forecast(services: Services, turn: Turn, args: Spend) -> Output:
    from tools.ledger.over_time.forecast import forecast

    return query(
        services, turn, args, lambda ledger, scope, _: forecast(ledger, scope, turn.audience, turn.question.today)
    )


def _budget(services: Services, turn: Turn, args: BudgetStatus) -> Output:
    if args.amount is not None:
        return _told(services, turn, args, args.amount)
    from tools.ledger.budgets.budget_status import budget_status
    from tools.ledger.budgets.budgets import load_budgets

    budgets = load_budgets(services.home)
    if not budgets:
        raise Unknown("No budgets are set, so nothing is over or under; write them to budgets.toml in Outlay's home.")

    def run(ledger: Ledger, scope: Scope, read: object) -> Result:
        on = None if scope.period is None else scope.period.last_day
        return budget_status(
            ledger,
            budgets,
            turn.audience,
            turn.question.today,
            where=scope.where,
            on=on,
            every=args.every,
            measure=args.measure,
        )

    return query(services, turn, args, run)


def _told(services: Services, turn: Turn, args: BudgetStatus, amount: Decimal) -> Output:
    from tools.ledger.budgets.budget_told import budget_told

    today = turn.question.today

    def run(ledger: Ledger, scope: Scope, read: object) -> Result:
        return budget_told(
            ledger,
            amount,
            scope,
            turn.audience,
            today,
            currency=args.of,
            every=args.every or "month",
            measure=args.measure,
        )

    return query(services, turn, args, run)


def _choose(services: Services, turn: Turn, args: ChooseProjects) -> Output:
    from tools.calculators.knapsack import Project, choose_projects

    if args.budget is None:
        raise NeedsChoice("What is the budget?")
    projects = [Project(p.name, Money(p.cost, args.currency), p.value, p.must) for p in args.projects]
    return Output(choose_projects(projects, Money(args.budget, args.currency)))


TOOLS = (
    Tool(
        "forecast",
        "Where our spend of this month (or a named current period) will end, with a range.",
        Spend,
        _forecast,
        "Forecasting",
    ),
    Tool(
        "budget_status",
        "Whether we are over budget: spent, share used, what is left and where each budget's period will end.",
        BudgetStatus,
        _budget,
        "Looking at the budgets",
    ),
    Tool(
        "choose_projects",
        "Which projects, each with a cost and a value, bring most within a budget.",
        ChooseProjects,
        _choose,
        "Choosing the projects",
    ),
)
