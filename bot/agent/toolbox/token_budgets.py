"""What a budget buys on a model."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Number, Percent
from bot.agent.toolbox.tool import Arguments, Tool
from bot.agent.toolbox.workload import Workload
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.errors import NeedsChoice

MILLION = Decimal(10**6)


class TokensForBudget(Arguments):
    model: str
    budget: Number = Field(description="USD.")
    currency: Literal["USD"] = Field(default="USD", description="List prices are in USD and nothing is converted.")
    component: Literal["input", "cached", "output"] | None = None
    output_share: Percent | None = Field(default=None, description="Of a mix: the output in percent of the input.")
    cached_share: Percent | None = Field(default=None, description="Of a mix: percent of the input from the cache.")
    batch: bool = False


class RequestsForBudget(Workload):
    model: str
    budget: Number = Field(description="USD.")


def _tokens(services: Services, turn: Turn, args: TokensForBudget) -> Output:
    from tools.money import Money
    from tools.prices.affordable import tokens_for_budget, tokens_of_a_mix
    from tools.prices.names import find_model

    catalogue, today, budget = services.catalogue, turn.question.today, Money(args.budget)
    if args.output_share is not None:
        mix = Workload(
            input_tokens=MILLION * 100, output_share=args.output_share, cached_share=args.cached_share, batch=args.batch
        )
        return Output(tokens_of_a_mix(budget, mix.usage(), find_model(args.model, catalogue), today, catalogue))
    if args.component is None:
        raise NeedsChoice("Input or output tokens?", ("input", "output"))
    model = find_model(args.model, catalogue)
    return Output(tokens_for_budget(budget, model, args.component, today, catalogue, batch=args.batch))


def _requests(services: Services, turn: Turn, args: RequestsForBudget) -> Output:
    from tools.money import Money
    from tools.prices.affordable import requests_for_budget
    from tools.prices.names import find_model

    model = find_model(args.model, services.catalogue)
    called, today = args.what or "requests", turn.question.today
    return Output(requests_for_budget(Money(args.budget), args.usage(), called, model, today, services.catalogue))


TOOLS = (
    Tool(
        "tokens_for_budget",
        "How many input, cached or output tokens, or tokens of a mix of both, a budget in USD buys on a model.",
        TokensForBudget,
        _tokens,
        "Working out the tokens",
    ),
    Tool(
        "requests_for_budget",
        "How many requests, calls or documents of a given size in tokens a budget in USD buys on a model.",
        RequestsForBudget,
        _requests,
        "Working out the requests",
    ),
)
