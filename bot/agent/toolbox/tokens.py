"""Tools on the tokens of our own bills: how many, what each kind cost, what a million of them cost."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Number
from bot.agent.toolbox.scoped import DIMENSIONS, Spend, query
from bot.agent.toolbox.tool import Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.ledger.ledger import Ledger
from tools.ledger.scope import Scope
from tools.results import Result

SideName = Literal["input", "cached", "uncached", "cache_write", "output"]


class Tokens(Spend):
    side: SideName | None = Field(
        default=None, description="The kind asked for, if only one; cached: input read from a cache."
    )


class TokenUsage(Tokens):
    by: str | None = Field(default=None, description=f"Split by this: {DIMENSIONS}; or day, week, month.")
    top: int | None = Field(default=None, ge=1, le=1000, description="Only the largest; 1 for the one with most.")
    smallest: bool = Field(default=False, description="With `by`: the fewest tokens are asked for.")


class PricesPaid(Spend):
    side: SideName | None = Field(
        default=None, description="The kind of tokens asked for, if only one; input: what is not cached."
    )
    per: Number = Field(default=Decimal(1_000_000), gt=0, description="For how many tokens the price is asked.")
    by_model: bool = Field(default=False, description="The price of each model is asked for, not of all together.")


def _usage(services: Services, turn: Turn, args: TokenUsage) -> Output:
    from tools.ledger.tokens.token_ranking import tokens_by
    from tools.ledger.tokens.token_usage import token_usage

    def run(ledger: Ledger, scope: Scope, _: object) -> Result:
        today = turn.question.today
        if args.by is None:
            return token_usage(ledger, scope, turn.audience, today, side=args.side)
        ranks = {"side": args.side, "top": args.top or (1 if args.smallest else None), "least": args.smallest}
        return tokens_by(ledger, scope, turn.audience, today, args.by, **ranks)  # type: ignore[arg-type]

    return query(services, turn, args, run)


def _costs(services: Services, turn: Turn, args: Tokens) -> Output:
    from tools.ledger.tokens.token_costs import token_costs

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: token_costs(ledger, scope, turn.audience, turn.question.today, side=args.side),
    )


def _prices_paid(services: Services, turn: Turn, args: PricesPaid) -> Output:
    from tools.ledger.tokens.token_prices import token_prices

    return query(
        services,
        turn,
        args,
        lambda ledger, scope, _: token_prices(
            *(ledger, scope, turn.audience, turn.question.today),
            side=args.side,
            per=args.per,
            by_model=args.by_model,
        ),
    )


TOOLS = (
    Tool(
        "token_usage",
        "How many tokens we used, input, cached and output, by model; or ranked by team, model, provider, month.",
        TokenUsage,
        _usage,
        "Counting the tokens",
    ),
    Tool(
        "token_costs",
        "What we paid for input, cached and output tokens, each kind by itself, as amounts and shares.",
        Tokens,
        _costs,
        "Splitting the cost by kind of token",
    ),
    Tool(
        "token_prices_paid",
        "What we really paid for a million tokens, by model and kind of token: our bill's cost over its tokens.",
        PricesPaid,
        _prices_paid,
        "Dividing cost by tokens",
    ),
)
