"""What Outlay's own chat model costs, and forgetting a conversation: questions about Outlay itself."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from bot.agent.toolbox.arguments import PeriodText, read_period
from bot.agent.toolbox.tool import Arguments, Tool
from bot.agent.turn import Output, Spent, Turn
from bot.services import Services
from bot.state.costs import ModelMonth
from tools.errors import Denied, NeedsChoice, Unknown
from tools.money import plain
from tools.period import Period
from tools.results import Figure, Result, Table

AT_LIST_PRICES = "At the providers' list prices, without discounts or tax."
NOT_FOR_ALL = "What Outlay's own model costs in all is told only to those who may see all spend."
# Forgetting is for the person who asks, not for a text that a model has read.
FORGETS = re.compile(
    r"\b(?:forget\w*|eras\w+|delet\w+|wip\w+|clear\w*|reset\w*|remov\w+|drop\w*"
    r"|(?:start|begin)\w*\s+(?:all\s+)?(?:over|again|afresh|anew|from\s+scratch)|new\s+(?:conversation|topic|chat))\b",
    re.IGNORECASE,
)


class OwnCost(Arguments):
    of: Literal["last answer", "month"] = "month"
    period: PeriodText | None = None


class Forget(Arguments):
    pass


def _own_cost(services: Services, turn: Turn, args: OwnCost) -> Output:
    if args.of == "last answer":
        return Output(_of_answer(turn.before))
    if not turn.audience.sees_all:
        raise Denied(NOT_FOR_ALL)
    if services.own_costs is None:
        raise Unknown("What Outlay's own model costs is not kept here.")
    period = read_period(args.period, turn, None) or Period.month(turn.question.today.year, turn.question.today.month)
    if period.start.day != 1 or (period.end.day != 1 and not period.contains(turn.question.today)):
        raise NeedsChoice(
            "Outlay's own model is counted by calendar month; which do you mean?", ("this month", "last month")
        )
    return Output(_of_months(services, turn, period))


def _of_answer(spent: Spent | None) -> Result:
    if spent is None:
        raise Unknown("There is no answer before this one in this conversation.")
    if spent.cost is None:
        raise Unknown(f"What the last answer cost is unknown: no list price is known for a call of {spent.model}.")
    tokens = _tokens(spent.input, spent.cached, spent.output)
    if not spent.input and not spent.output:
        return Result(
            summary="The last answer cost $0: the built-in planner gave it without a chat model.",
            figures=(Figure("Cost of the last answer", Decimal(0), "USD"),),
        )
    return Result(
        summary=f"The last answer cost ${plain(spent.cost)} at list price: {spent.input:,} input tokens, of which "
        f"{spent.cached:,} cached, and {spent.output:,} output tokens.",
        figures=(Figure("Cost of the last answer", spent.cost, "USD"), *tokens),
        assumptions=(AT_LIST_PRICES,),
    )


def _of_months(services: Services, turn: Turn, period: Period) -> Result:
    assert services.own_costs is not None
    months = [f"{month.start:%Y-%m}" for month in period.months()]
    used = [one for month in months for one in services.own_costs(month)]
    current = period.contains(turn.question.today)
    if not used and not current:
        raise Unknown(f"No call of a chat model is recorded for {period.shown()}.")
    cost = sum((one.cost for one in used), Decimal(0))
    calls, unpriced = sum(one.calls for one in used), sum(one.unpriced for one in used)
    so_far = " so far" if current else ""
    if used and unpriced == calls:
        raise Unknown(
            f"What Outlay's own chat model cost in {period.shown()}{so_far} is unknown: no list price is known for any "
            f"of its calls, by {', '.join(sorted({one.model for one in used}))}."
        )
    warnings = []
    if unpriced:
        warnings.append(f"The sum is partial: the cost of {unpriced:,} of {calls:,} calls is unknown.")
    sent, cached = sum(one.tokens.input for one in used), sum(one.tokens.cached for one in used)
    returned = sum(one.tokens.output for one in used)
    rows = tuple(
        (one.model, one.calls, one.tokens.input, one.tokens.cached, one.tokens.output, _cost(one)) for one in used
    )
    but = f", not counting {unpriced:,} whose cost is unknown" if unpriced else ""
    how_often = f"{calls:,} call{'s' * (calls != 1)}"
    return Result(
        summary=f"Outlay's own chat model cost ${_shown(cost)} in {period.shown()}{so_far}, in {how_often}{but}.",
        figures=(
            Figure("Cost of Outlay's own model", cost, "USD", turn.question.today if current else period.last_day),
            Figure("Calls", Decimal(calls), "calls"),
            *([Figure("Calls whose cost is unknown", Decimal(unpriced), "calls")] if unpriced else []),
            *_tokens(sent, cached, returned),
        ),
        table=Table(
            f"Outlay's own model, {period.shown()}",
            ("Model", "Calls", "Input tokens", "Of them cached", "Output tokens", "Cost (USD)"),
            rows,
        )
        if used
        else None,
        assumptions=(AT_LIST_PRICES,),
        warnings=tuple(warnings),
    )


def _cost(month: ModelMonth) -> Decimal | None:
    return None if month.unpriced == month.calls else month.cost


def _tokens(sent: int, cached: int, returned: int) -> tuple[Figure, ...]:
    return (
        Figure("Input tokens", Decimal(sent), "tokens"),
        Figure("Cached input tokens", Decimal(cached), "tokens"),
        Figure("Output tokens", Decimal(returned), "tokens"),
    )


def _shown(cost: Decimal) -> str:
    """In cents from a dollar upward, exactly below."""
    return f"{cost:,.2f}" if cost >= 1 else plain(cost)


def _forget(services: Services, turn: Turn, args: Forget) -> Output:
    if not FORGETS.search(turn.question.text):
        raise Unknown("A conversation is forgotten only when the person who holds it asks for that.")
    if turn.question.thread is None:
        raise Unknown("There is nothing to forget: a question outside a conversation is not kept.")
    turn.forget = True
    return Output(Result(summary="This conversation is forgotten: what was asked and answered in it is erased."))


TOOLS = (
    Tool(
        "own_model_cost",
        "What Outlay itself costs: its own chat model's bill of a month, or of the answer before this one. Not the "
        "company's spend.",
        OwnCost,
        _own_cost,
        "Looking at my own bill",
    ),
    Tool(
        "forget_conversation",
        "Erase this conversation from Outlay's memory. Only when the person asks for it.",
        Forget,
        _forget,
        "Forgetting this conversation",
    ),
)
