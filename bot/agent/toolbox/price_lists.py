"""Tools over many list prices at once: the cheapest and dearest models, one model's sellers, usual discounts."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Number, PeriodText
from bot.agent.toolbox.prices import day_of
from bot.agent.toolbox.tool import Arguments, Tool
from bot.agent.toolbox.workload import Workload
from bot.agent.turn import Output, Turn
from bot.services import Services

Component = Literal["input", "cached_input", "output"]


class RankedPrices(Arguments):
    component: Component | None = Field(default=None, description="The list price per token to rank by.")
    dearest: bool = Field(default=False, description="The most expensive, highest first.")
    min_context: Number | None = Field(default=None, description="Least context window in tokens.")
    providers: tuple[str, ...] = Field(default=(), description="Only these providers or makers.")
    without_providers: tuple[str, ...] = Field(default=(), description="None made or sold by these.")
    families: tuple[str, ...] = Field(default=(), description="Only models of these names: claude, gemini flash.")
    top: int = Field(default=5, ge=1, le=50)
    on: PeriodText | None = Field(default=None, description="Prices of that day or period; default: today's.")


class PricesWithin(Arguments):
    component: Component = "input"
    below: Number | None = Field(default=None, description="Only models under this many USD a million tokens.")
    above: Number | None = Field(default=None, description="Only models over this many USD a million tokens.")
    average: bool = Field(default=False, description="The mean of their prices.")
    count: bool = Field(default=False, description="How many models there are, first.")
    min_context: Number | None = Field(default=None, description="Least context window in tokens.")
    providers: tuple[str, ...] = Field(default=(), description="Only these providers or makers.")
    without_providers: tuple[str, ...] = Field(default=(), description="None made or sold by these.")
    families: tuple[str, ...] = Field(default=(), description="Only models of these names: claude, gemini flash.")
    on: PeriodText | None = Field(default=None, description="Prices of that day or period; default: today's.")


class ModelAtProviders(Workload):
    model: str
    providers: tuple[str, ...] = Field(default=(), description="Providers to set side by side; none: all that sell it.")
    component: Component | None = Field(default=None, description="The list price per token to compare.")
    dearest: bool = Field(default=False, description="The most expensive first.")


class ProviderDiscounts(Arguments):
    providers: tuple[str, ...]
    kind: Literal["batch", "cache"] = Field(description="Batch API, or input tokens read from the cache.")
    on: PeriodText | None = Field(default=None, description="Prices of that day or period; default: today's.")


class TextTokens(Arguments):
    of_text: Number = Field(description="How many of `unit` the text is of.")
    unit: Literal["words", "characters", "pages", "tokens"]
    words_a_page: Number | None = None


def _ranked(services: Services, turn: Turn, args: RankedPrices) -> Output:
    from tools.prices.ranked import ranked_prices

    return Output(
        ranked_prices(
            services.catalogue,
            day_of(args.on, turn),
            args.component,
            dearest=args.dearest,
            min_context=None if args.min_context is None else int(args.min_context),
            providers=args.providers,
            without=args.without_providers,
            families=args.families,
            top=args.top,
        )
    )


def _within(services: Services, turn: Turn, args: PricesWithin) -> Output:
    from tools.prices.price_bounds import prices_within

    result = prices_within(
        services.catalogue,
        day_of(args.on, turn),
        args.component,
        below=args.below,
        above=args.above,
        average=args.average,
        min_context=None if args.min_context is None else int(args.min_context),
        providers=args.providers,
        without=args.without_providers,
        families=args.families,
    )
    if args.count:
        result = replace(result, figures=tuple(sorted(result.figures, key=lambda figure: figure.unit != "models")))
    return Output(result)


def _at_providers(services: Services, turn: Turn, args: ModelAtProviders) -> Output:
    from tools.prices.hosts import model_at_providers

    described = not args.is_empty or args.tokens is not None
    return Output(
        model_at_providers(
            args.model,
            day_of(args.on, turn),
            services.catalogue,
            providers=args.providers,
            component=args.component,
            usage=args.usage() if described else None,
            dearest=args.dearest,
        )
    )


def _discounts(services: Services, turn: Turn, args: ProviderDiscounts) -> Output:
    from tools.prices.discounts import provider_discounts

    return Output(provider_discounts(args.providers, args.kind, day_of(args.on, turn), services.catalogue))


def _text_tokens(services: Services, turn: Turn, args: TextTokens) -> Output:
    from tools.prices.text_tokens import text_tokens

    return Output(text_tokens(args.of_text, args.unit, args.words_a_page))


TOOLS = (
    Tool(
        "ranked_prices",
        "The cheapest or the most expensive text models by list price per token, of all or of some providers or "
        "families, with a least context window.",
        RankedPrices,
        _ranked,
        "Ranking the prices",
    ),
    Tool(
        "prices_within",
        "Which models, and how many, have a list price per token under or over an amount; the mean, average price.",
        PricesWithin,
        _within,
        "Listing the prices",
    ),
    Tool(
        "model_at_providers",
        "One model at the providers, hosts or clouds that sell it: which is cheapest, how far they are apart.",
        ModelAtProviders,
        _at_providers,
        "Comparing the providers",
    ),
    Tool(
        "provider_discounts",
        "By how many percent a provider's batch API or cached input is cheaper than its standard price.",
        ProviderDiscounts,
        _discounts,
        "Looking up the discount",
    ),
    Tool(
        "text_tokens",
        "About how many tokens so many words, characters or pages of text are, or how many words so many tokens.",
        TextTokens,
        _text_tokens,
        "Counting the tokens",
    ),
)
