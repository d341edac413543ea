"""Tools over the price catalogue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Number, Percent, PeriodText, read_period
from bot.agent.toolbox.tool import Arguments, Tool
from bot.agent.toolbox.workload import Workload
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.errors import NeedsChoice, Unknown
from tools.money import plain
from tools.results import Result

if TYPE_CHECKING:
    from tools.prices.catalogue import Catalogue, ModelRef


# fmt: off
Component = Literal[
    "input", "cached", "cache_write", "cache_write_1h", "output", "context",
    "audio_input", "audio_output", "image_input", "image_output",
]
# fmt: on
PLAIN = frozenset({None, "input", "cached", "output", "context"})


class ModelPrice(Arguments):
    on: PeriodText | None = Field(default=None, description="Prices of that day or period; default: today's.")
    component: Component | None = Field(
        default=None, description="The price asked for, or the context window; cache_write_1h: of the extended cache."
    )
    batch: bool = Field(default=False, description="The batch price is asked for.")
    above: Number | None = Field(default=None, description="Price (surcharge, tier) of prompts above so many tokens.")
    per_tokens: Number | None = Field(default=None, description="Prices of so many tokens, where not of a million.")
    model: str = Field(
        description="As the person wrote it, with the provider if one was named: 'haiku 4.5 on bedrock'."
    )


class PriceHistory(Arguments):
    model: str
    component: Literal["input", "cached", "output"] | None = None
    asked: Literal["change", "before"] = Field(
        default="change", description="Tell first how it moved, or what it was before the last change."
    )


class PriceUsage(Workload):
    price_change: Percent | None = Field(
        default=None, description="List prices so many percent higher; negative lower."
    )
    share_of: Number | None = Field(default=None, description="USD of a bill of which the cost is to be a share.")
    saving: bool = Field(default=False, description="Show first what the cache or the batch saves.")
    model: str | None = Field(
        default=None, description="As the person wrote it, with the provider if one was named: 'haiku 4.5 on bedrock'."
    )


class CompareModels(Workload):
    models: tuple[str, ...] = Field(description="Two or more models as the person wrote them.")


class CheapestModels(Workload):
    min_context: Number | None = Field(default=None, description="Least context window in tokens.")
    providers: tuple[str, ...] = Field(default=(), description="Only these providers or makers.")
    without_providers: tuple[str, ...] = Field(default=(), description="None made or sold by these.")
    families: tuple[str, ...] = Field(default=(), description="Only models of these names: claude, gemini flash.")
    top: int = Field(default=5, ge=1, le=50)


def day_of(text: str | None, turn: Turn) -> date:
    """The last day of the period named, today at the latest."""
    period = read_period(text, turn, None)
    return turn.question.today if period is None else min(period.last_day, turn.question.today)


def _day_or_later(text: str | None, turn: Turn, model: ModelRef, catalogue: Catalogue) -> date:
    """The day whose prices are asked for; one to come where a price from a later day on is already announced. Unknown
    where none is: what a model will cost is not known."""
    from tools.prices.history import change_days

    period, today = read_period(text, turn, None), turn.question.today
    if period is None or period.start <= today:
        return day_of(text, turn)
    if not any(today < day <= period.start for day in change_days(catalogue.entry(model).info)):
        raise Unknown(f"No price of {catalogue.entry(model).shown} from a later day on has been announced.")
    return period.start


def _model_price(services: Services, turn: Turn, args: ModelPrice) -> Output:
    from tools.prices.cost import MILLION, model_price
    from tools.prices.long_prompts import for_long_prompts
    from tools.prices.movement import price_per
    from tools.prices.names import find_model

    catalogue = services.catalogue
    model = find_model(args.model, catalogue)
    result = model_price(model, _day_or_later(args.on, turn, model, catalogue), catalogue)
    if args.per_tokens is not None and args.per_tokens != MILLION:
        result = price_per(result, args.per_tokens)
    if args.above is not None:
        result = for_long_prompts(result, args.above)
    if args.component is not None or args.batch:
        label = LABELS[args.component or "input"] + (", batch" if args.batch else "")
        figures = sorted(result.figures, key=lambda figure: figure.label.removesuffix(" price") != label)
        if args.batch and figures[0].label.removesuffix(" price") != label:
            raise Unknown(f"No batch price of {args.model} is on record. It is unknown, not the standard price.")
        if (args.component == "cached" or args.component not in PLAIN) and not figures[0].label.startswith(label):
            raise Unknown(f"No {label.lower()} price of {args.model} is on record. It is unknown, not zero.")
        said = f"{label}: {figures[0].value:,f} tokens. " if figures[0].label == "Context window" else ""
        batches = [f for f in figures if f.label.endswith(", batch price") and f.label[:5] in {"Input", "Outpu"}]
        said = (
            f"{'; '.join(f'{f.label}: {plain(f.value)} {f.unit}' for f in batches)}. "
            if args.batch and args.component is None
            else f"{figures[0].label}: {plain(figures[0].value)} {figures[0].unit}. "
            if args.batch or args.component not in PLAIN
            else said
        )
        result = replace(result, summary=said + result.summary, figures=tuple(figures))
    return Output(result)


def _price_history(services: Services, turn: Turn, args: PriceHistory) -> Output:
    from tools.prices.movement import price_movement
    from tools.prices.names import find_model

    catalogue = services.catalogue
    result = price_movement(find_model(args.model, catalogue), turn.question.today, catalogue)
    wanted = LABELS[args.component] if args.component else "Input"
    figures = sorted(result.figures, key=lambda f: not f.label.startswith(f"{wanted} price"))
    if args.asked == "before":
        figures.sort(key=lambda f: not f.label.endswith("before the last change"))
    result = replace(result, figures=tuple(figures))
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

        plain_usage = replace(args.usage(), cached_input_tokens=0, cache_write_tokens=0, batch=False)
        result = saving_against(result, price_usage(plain_usage, model, day_of(args.on, turn), catalogue))
    if args.price_change is not None:
        from tools.prices.movement import after_price_change

        result = after_price_change(result, args.price_change)
    if args.share_of is not None:
        from tools.prices.movement import as_share_of

        result = as_share_of(result, args.share_of)
    return Output(_stating(result, args))


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
        without=args.without_providers,
        families=args.families,
        top=args.top,
    )
    return Output(_stating(result, args))


def _stating(result: Result, workload: Workload) -> Result:
    return replace(result, assumptions=workload.assumptions() + result.assumptions)


LABELS = {
    "input": "Input",
    "cached": "Cached input",
    "cache_write": "Cache write",
    "cache_write_1h": "Cache write, 1 hour",
    "output": "Output",
    "context": "Context window",
    "audio_input": "Audio input",
    "audio_output": "Audio output",
    "image_input": "Image input",
    "image_output": "Image output",
}

TOOLS = (
    Tool(
        "model_price",
        "List prices per million tokens of one model: input, cached, output, batch, context window.",
        ModelPrice,
        _model_price,
        "Looking up the price",
    ),
    Tool(
        "price_history",
        "How a model's list prices have moved since the first one on record, in percent.",
        PriceHistory,
        _price_history,
        "Looking at earlier prices",
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
