"""Tools over the price catalogue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Number, PeriodText, read_period
from bot.agent.toolbox.tool import Arguments, Tool
from bot.agent.toolbox.workload import Workload
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.errors import NeedsChoice
from tools.results import Result


class ModelPrice(Arguments):
    on: PeriodText | None = Field(default=None, description="Prices of that day or period; default: today's.")
    component: Literal["input", "cached", "output"] | None = Field(default=None, description="The price asked for.")
    model: str = Field(
        description="As the person wrote it, with the provider if one was named: 'haiku 4.5 on bedrock'."
    )


class TokensForBudget(Arguments):
    model: str
    budget: Number = Field(description="USD.")
    component: Literal["input", "cached", "output"] | None = None


class PriceUsage(Workload):
    saving: bool = Field(default=False, description="Show first what the cache or the batch saves.")
    model: str | None = Field(
        default=None, description="As the person wrote it, with the provider if one was named: 'haiku 4.5 on bedrock'."
    )


class CompareModels(Workload):
    models: tuple[str, ...] = Field(description="Two or more models as the person wrote them.")


class CheapestModels(Workload):
    min_context: Number | None = Field(default=None, description="Least context window in tokens.")
    providers: tuple[str, ...] = Field(default=(), description="Only these providers or makers.")
    top: int = Field(default=5, ge=1, le=50)


def day_of(text: str | None, turn: Turn) -> date:
    """The last day of the period named, today at the latest."""
    period = read_period(text, turn, None)
    return turn.question.today if period is None else min(period.last_day, turn.question.today)


def _model_price(services: Services, turn: Turn, args: ModelPrice) -> Output:
    from tools.prices.cost import model_price
    from tools.prices.names import find_model

    catalogue = services.catalogue
    result = model_price(find_model(args.model, catalogue), day_of(args.on, turn), catalogue)
    if args.component is not None:
        label = f"{LABELS[args.component]} price"
        result = replace(result, figures=tuple(sorted(result.figures, key=lambda figure: figure.label != label)))
    return Output(result)


def _price_usage(services: Services, turn: Turn, args: PriceUsage) -> Output:
    from tools.prices.cost import price_usage
    from tools.prices.names import find_model

    catalogue = services.catalogue
    if args.model is None:
        raise NeedsChoice("On which model?", ("gpt-4o", "claude-haiku-4-5", "gemini-2.5-flash"))
    model = find_model(args.model, catalogue)
    result = price_usage(args.usage(), model, day_of(args.on, turn), catalogue)
    if args.saving:
        from tools.prices.saving import saving_against

        plain_usage = args.model_copy(
            update={
                "cached_input_tokens": Decimal(0),
                "cached_share": None,
                "cache_write_tokens": Decimal(0),
                "batch": False,
            }
        ).usage()
        result = saving_against(result, price_usage(plain_usage, model, day_of(args.on, turn), catalogue))
    return Output(_stating(result, args))


def _for_budget(services: Services, turn: Turn, args: TokensForBudget) -> Output:
    from tools.money import Money
    from tools.prices.affordable import tokens_for_budget
    from tools.prices.names import find_model

    if args.component is None:
        raise NeedsChoice("Input or output tokens?", ("input", "output"))
    catalogue = services.catalogue
    model = find_model(args.model, catalogue)
    return Output(tokens_for_budget(Money(args.budget), model, args.component, turn.question.today, catalogue))


def _compare(services: Services, turn: Turn, args: CompareModels) -> Output:
    from tools.prices.compare import compare_models
    from tools.prices.names import find_model

    catalogue = services.catalogue
    models = [find_model(name, catalogue) for name in args.models]
    from tools.prices.saving import with_share_below

    return Output(
        _stating(with_share_below(compare_models(args.usage(), models, day_of(args.on, turn), catalogue)), args)
    )


def _cheapest(services: Services, turn: Turn, args: CheapestModels) -> Output:
    from tools.prices.compare import cheapest

    result = cheapest(
        args.usage(),
        services.catalogue,
        turn.question.today,
        min_context=None if args.min_context is None else int(args.min_context),
        providers=args.providers,
        top=args.top,
    )
    return Output(_stating(result, args))


def _stating(result: Result, workload: Workload) -> Result:
    return replace(result, assumptions=workload.assumptions() + result.assumptions)


LABELS = {"input": "Input", "cached": "Cached input", "output": "Output"}

TOOLS = (
    Tool(
        "tokens_for_budget",
        "How many input, cached or output tokens a budget in USD buys on a model.",
        TokensForBudget,
        _for_budget,
        "Working out the tokens",
    ),
    Tool(
        "model_price",
        "List prices per million tokens of one model: input, cached, output, batch, context window.",
        ModelPrice,
        _model_price,
        "Looking up the price",
    ),
    Tool(
        "price_usage",
        "What a usage costs on one model: tokens in total or per request, requests per day, cached share, batch.",
        PriceUsage,
        _price_usage,
        "Pricing the usage",
    ),
    Tool(
        "compare_models",
        "The same usage priced on several named models, cheapest first.",
        CompareModels,
        _compare,
        "Comparing the models",
    ),
    Tool(
        "cheapest_models",
        "Which models are cheapest for a usage, optionally with a least context window or only some providers.",
        CheapestModels,
        _cheapest,
        "Looking for the cheapest model",
    ),
)
