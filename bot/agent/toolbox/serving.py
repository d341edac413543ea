"""The tool on serving models."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Number, Percent
from bot.agent.toolbox.chips import OnChips, accelerator_of, chip_of, rent_of
from bot.agent.toolbox.told_currency import in_told_currency
from bot.agent.toolbox.tool import Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.calculators.inputs import Price
from tools.errors import NeedsChoice
from tools.money import Money
from tools.results import Result

Aim = Literal["cost", "month", "day", "chips", "ceiling"]
SERVING_AIMS = {
    "cost": "Cost per million tokens",
    "month": "Cost a month",
    "day": "Cost a day",
    "chips": "Chips needed",
    "ceiling": "Ceiling of one request on one chip",
}
A_DAY = {
    "second": Decimal(86400),
    "minute": Decimal(1440),
    "hour": Decimal(24),
    "day": Decimal(1),
    "month": Decimal(24) / 730,
}


class Serving(OnChips):
    model: str | None = Field(default=None, description="A known open model: Llama 3.1 70B.")
    parameters: Number | None = Field(default=None, description="Size where the model is not a known one.")
    tokens_a_day: Number | None = Field(default=None, description="Input and output tokens together.")
    utilisation: Percent | None = None
    requests: Number | None = Field(default=None, description="In place of tokens a day: requests in each `every`.")
    every: Literal["second", "minute", "hour", "day", "month"] = "day"
    input_tokens: Number | None = Field(default=None, description="Of one request.")
    output_tokens: Number | None = Field(default=None, description="Of one request.")
    input_share: Percent | None = Field(
        default=None, description="Percent of the tokens that is input, the rest output."
    )
    request_tokens: Number | None = Field(default=None, description="Of one request, in and out together.")
    aim: Literal["cost", "month", "day", "chips", "ceiling"] = Field(
        default="cost", description="Which figure is asked for."
    )
    bits: Number = Decimal(16)
    api_model: str | None = Field(default=None, description="An API model to compare with.")
    api_price_per_million: Number | None = Field(default=None, description="Or the API's USD for a million tokens.")


def _serving(services: Services, turn: Turn, args: Serving) -> Output:
    from tools.calculators.architectures import find_architecture, model_of_size
    from tools.calculators.defaults import INPUT_TOKENS, OUTPUT_TOKENS
    from tools.calculators.self_host import self_host_or_api
    from tools.calculators.serving import Load, serving_cost
    from tools.calculators.wording import number
    from tools.prices.names import find_model

    if args.model is not None:
        model = find_architecture(args.model)
    elif args.parameters is not None:
        model = model_of_size(args.parameters)
    else:
        raise NeedsChoice("Which model would you serve?", ("Llama 3.1 8B", "Llama 3.1 70B"))
    accelerator, said = accelerator_of(args)
    rent = rent_of(args, accelerator, services, turn.question.today)
    sent, back = args.input_tokens, args.output_tokens
    if args.input_share is not None and sent is None and back is None and 0 < args.input_share < 100:
        both = INPUT_TOKENS.value + OUTPUT_TOKENS.value
        sent, back = both * args.input_share / 100, both * (1 - args.input_share / 100)
    load = Load(
        input_tokens=sent,
        output_tokens=back,
        utilisation=_share(args.utilisation),
        bits=int(args.bits),
    )
    tokens_a_day = _tokens_a_day(args)
    if args.count is not None and tokens_a_day is None:
        load = replace(load, chips_per_replica=int(args.count))
    if args.api_price_per_million is not None:
        price = Price(Money(args.api_price_per_million))
        return Output(
            _with(self_host_or_api(model, chip_of(accelerator), rent, price, price, tokens_a_day, load=load), said)
        )
    if args.api_model is None:
        result = serving_cost(model, chip_of(accelerator), rent, tokens_a_day, load=load)
        figures = sorted(result.figures, key=lambda figure: figure.label != SERVING_AIMS[args.aim])
        summary = result.summary
        if args.aim == "ceiling":
            summary = (
                f"{number(figures[0].value)} tokens a second at the most for one request on one "
                f"{chip_of(accelerator).name}, as each token reads all weights from memory. {summary}"
            )
        return Output(_with(replace(result, figures=tuple(figures), summary=summary), said))
    prices = _api_prices(services, turn, find_model(args.api_model, services.catalogue))
    return Output(_with(self_host_or_api(model, chip_of(accelerator), rent, *prices, tokens_a_day, load=load), said))


def _tokens_a_day(args: Serving) -> Decimal | None:
    """Tokens a day, given as such or as requests at a rate, each of some tokens."""
    if args.requests is None:
        return args.tokens_a_day
    each = args.request_tokens or (args.input_tokens or 0) + (args.output_tokens or 0)
    if not each:
        raise NeedsChoice("How many tokens does one request take, in and out together?", ("500", "2,000"))
    return args.requests * each * A_DAY[args.every]


def _api_prices(services: Services, turn: Turn, model: object) -> tuple[Price, Price]:
    """List prices of a million input and output tokens."""
    from tools.prices.cost import price_usage
    from tools.prices.usage import Usage

    prices = []
    for usage in (Usage(input_tokens=10**6, requests=1000), Usage(output_tokens=10**6, requests=1000)):
        result = price_usage(usage, model, turn.question.today, services.catalogue)  # type: ignore[arg-type]
        prices.append(Price(Money(result.figures[0].value), "list price", result.figures[0].as_of))
    return prices[0], prices[1]


def _with(result: Result, said: tuple[str, ...]) -> Result:
    return replace(result, assumptions=said + result.assumptions)


def _share(percent: Decimal | None) -> Decimal | None:
    return None if percent is None else percent / 100


TOOLS = (
    Tool(
        "serving_cost",
        "Cost of serving an open model on own or rented GPUs, per million tokens; against an API where one is named.",
        Serving,
        in_told_currency(_serving, lambda args: args.price_per_hour is not None and args.api_model is None),
        "Sizing the service",
    ),
)
