"""Tools on training, fine-tuning and serving models."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Number, Percent
from bot.agent.toolbox.chips import OnChips, accelerator_of, chip_of, rent_of
from bot.agent.toolbox.tool import Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.calculators.inputs import Price
from tools.calculators.training import Asked
from tools.errors import NeedsChoice, Unknown
from tools.hardware.accelerator import Accelerator
from tools.money import Money
from tools.results import Result

SERVING_AIMS = {
    "cost": "Cost per million tokens",
    "month": "Cost a month",
    "day": "Cost a day",
    "chips": "Chips needed",
}
A_DAY = {
    "second": Decimal(86400),
    "minute": Decimal(1440),
    "hour": Decimal(24),
    "day": Decimal(1),
    "month": Decimal(24) / 730,
}


class Training(OnChips):
    parameters: Number | None = Field(default=None, description="All parameters: 70B.")
    active_parameters: Number | None = Field(default=None, description="Active ones of a mixture of experts.")
    tokens: Number | None = Field(default=None, description="Training tokens: 15T.")
    mfu: Percent | None = Field(default=None, description="Model FLOP utilisation in percent.")
    hfu: Percent | None = Field(default=None, description="Hardware FLOP utilisation in percent, in place of the MFU.")
    overhead: Percent | None = Field(default=None, description="Percent of chip hours added for restarts and failures.")
    precision: Literal["bf16", "fp16", "fp8", "tf32", "fp32"] | None = Field(
        default=None, description="Whose peak the MFU is of, if the person says; bf16 else."
    )
    gpu_hours: Number | None = Field(default=None, description="Known accelerator hours, in place of the estimate.")
    aim: Asked = Field(default="cost", description="Which figure is asked for.")


class FineTuning(OnChips):
    parameters: Number | None = None
    tokens: Number | None = None
    epochs: Number = Decimal(1)
    mfu: Percent | None = None
    method: Literal["full", "lora", "qlora"] = "lora"


class Serving(OnChips):
    model: str | None = Field(default=None, description="A known open model: Llama 3.1 70B.")
    parameters: Number | None = Field(default=None, description="Size where the model is not a known one.")
    tokens_a_day: Number | None = Field(default=None, description="Input and output tokens together.")
    utilisation: Percent | None = None
    requests: Number | None = Field(default=None, description="In place of tokens a day: requests in each `every`.")
    every: Literal["second", "minute", "hour", "day", "month"] = "day"
    input_tokens: Number | None = Field(default=None, description="Of one request.")
    output_tokens: Number | None = Field(default=None, description="Of one request.")
    request_tokens: Number | None = Field(default=None, description="Of one request, in and out together.")
    aim: Literal["cost", "month", "day", "chips"] = Field(default="cost", description="Which figure is asked for.")
    bits: Number = Decimal(16)
    api_model: str | None = Field(default=None, description="An API model to compare with.")


def _training(services: Services, turn: Turn, args: Training) -> Output:
    from tools.calculators.chip_time import chip_time_cost
    from tools.calculators.training import training_cost

    accelerator, said = accelerator_of(args)
    rent = _rent(services, turn, args, accelerator)
    if rent is not None and args.parameters is None and args.active_parameters is None and args.gpu_hours is not None:
        name = args.accelerator or "GPU"
        return Output(
            _with(chip_time_cost(rent, args.gpu_hours, name=name), said if args.price_per_hour is None else ())
        )
    parameters = args.parameters or args.active_parameters
    if parameters is None:
        raise NeedsChoice("How many parameters does the model have?", ("8B", "70B", "405B"))
    if args.tokens is None:
        tokens = (f"{20 * parameters / 10**9:,.0f}B (20 a parameter)", "15T")
        raise NeedsChoice("On how many tokens is it trained?", tokens)
    result = training_cost(
        parameters,
        args.tokens,
        chip_of(accelerator, args.precision),
        rent,
        mfu=_share(args.mfu),
        hfu=_share(args.hfu),
        overhead=_share(args.overhead),
        chips=None if args.count is None else int(args.count),
        active_parameters=args.active_parameters,
        chip_hours=args.gpu_hours,
        asked=args.aim,
    )
    return Output(_with(result, said))


def _rent(services: Services, turn: Turn, args: Training, accelerator: Accelerator) -> Price | None:
    """The price of an hour; where none is on record and the cost is not what is asked for, none."""
    try:
        return rent_of(args, accelerator, services, turn.question.today)
    except Unknown:
        if args.aim == "cost":
            raise
        return None


def _tuning(services: Services, turn: Turn, args: FineTuning) -> Output:
    from tools.calculators.fine_tuning import fine_tuning_cost

    if args.parameters is None:
        raise NeedsChoice("How many parameters does the model have?", ("8B", "70B"))
    if args.tokens is None:
        raise NeedsChoice("On how many tokens is it tuned?", ("10M", "100M", "1bn"))
    accelerator, said = accelerator_of(args)
    result = fine_tuning_cost(
        args.parameters,
        args.tokens,
        chip_of(accelerator),
        rent_of(args, accelerator, services, turn.question.today),
        method=args.method,
        epochs=args.epochs,
        mfu=_share(args.mfu),
    )
    return Output(_with(result, said))


def _serving(services: Services, turn: Turn, args: Serving) -> Output:
    from tools.calculators.architectures import find_architecture, model_of_size
    from tools.calculators.self_host import self_host_or_api
    from tools.calculators.serving import Load, serving_cost
    from tools.prices.names import find_model

    if args.model is not None:
        model = find_architecture(args.model)
    elif args.parameters is not None:
        model = model_of_size(args.parameters)
    else:
        raise NeedsChoice("Which model would you serve?", ("Llama 3.1 8B", "Llama 3.1 70B"))
    accelerator, said = accelerator_of(args)
    rent = rent_of(args, accelerator, services, turn.question.today)
    load = Load(
        input_tokens=args.input_tokens,
        output_tokens=args.output_tokens,
        utilisation=_share(args.utilisation),
        bits=int(args.bits),
    )
    tokens_a_day = _tokens_a_day(args)
    if args.api_model is None:
        result = serving_cost(model, chip_of(accelerator), rent, tokens_a_day, load=load)
        figures = sorted(result.figures, key=lambda figure: figure.label != SERVING_AIMS[args.aim])
        return Output(_with(replace(result, figures=tuple(figures)), said))
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
        "training_cost",
        "Cost, GPU hours, days and FLOP of training a model from parameters and tokens (6ND).",
        Training,
        _training,
        "Estimating the training run",
    ),
    Tool("fine_tuning_cost", "Cost of fine-tuning, full or LoRA.", FineTuning, _tuning, "Estimating the tuning"),
    Tool(
        "serving_cost",
        "Cost of serving an open model on own or rented GPUs, per million tokens; against an API where one is named.",
        Serving,
        _serving,
        "Sizing the service",
    ),
)
