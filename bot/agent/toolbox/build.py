"""Tools on training and fine-tuning models."""

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
from tools.calculators.training import Asked
from tools.errors import NeedsChoice, Unknown
from tools.hardware.accelerator import Accelerator
from tools.results import Result


class Training(OnChips):
    parameters: Number | None = Field(default=None, description="All parameters: 70B.")
    active_parameters: Number | None = Field(default=None, description="Active ones of a mixture of experts (MoE).")
    tokens: Number | None = Field(default=None, description="Training tokens: 15T.")
    mfu: Percent | None = Field(default=None, description="Model FLOP utilisation in percent.")
    hfu: Percent | None = Field(default=None, description="Hardware FLOP utilisation in percent, in place of the MFU.")
    overhead: Percent | None = Field(default=None, description="Percent of chip hours added for restarts and failures.")
    precision: Literal["bf16", "fp16", "fp8", "tf32", "fp32"] | None = Field(
        default=None, description="Whose peak the MFU is of, if the person says; bf16 else."
    )
    gpu_hours: Number | None = Field(default=None, description="Known accelerator hours, in place of the estimate.")
    deadline_days: Number | None = Field(default=None, description="Days to be done in: how many chips is told.")
    chips_per_node: Number | None = Field(default=None, description="Accelerators in a node, if nodes are asked for.")
    nodes: bool = Field(default=False, description="Whether nodes are asked for, with `deadline_days`.")
    aim: Asked = Field(default="cost", description="Which figure is asked for.")


class FineTuning(OnChips):
    parameters: Number | None = None
    tokens: Number | None = None
    epochs: Number = Decimal(1)
    mfu: Percent | None = None
    method: Literal["full", "lora", "qlora"] | None = Field(
        default=None, description="Where the person says none: fully, in full, with LoRA beside it."
    )


def _training(services: Services, turn: Turn, args: Training) -> Output:
    from tools.calculators.chip_time import chip_time_cost
    from tools.calculators.training import training_cost

    accelerator, said = accelerator_of(args)
    rent = _rent(services, turn, args, accelerator)
    if rent is not None and args.parameters is None and args.active_parameters is None and args.gpu_hours is not None:
        name = args.accelerator or "GPU"
        return Output(_with(chip_time_cost(rent, args.gpu_hours, name=name), said if args.each_hour is None else ()))
    parameters = args.parameters or args.active_parameters
    if parameters is None:
        raise NeedsChoice("How many parameters does the model have?", ("8B", "70B", "405B"))
    if args.tokens is None:
        tokens = (f"{20 * parameters / 10**9:,.0f}B (20 a parameter)", "15T")
        raise NeedsChoice("On how many tokens is it trained?", tokens)
    if args.deadline_days is not None:
        return Output(
            _with(_by_deadline(args, args.active_parameters or parameters, args.tokens, accelerator, rent), said)
        )
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


def _by_deadline(
    args: Training, active: Decimal, tokens: Decimal, accelerator: Accelerator, rent: Price | None
) -> Result:
    from tools.calculators.deadline import chips_for_deadline

    mfu = _share(args.mfu) if args.hfu is None else (_share(args.hfu) or Decimal(0)) * 6 / 8
    return chips_for_deadline(
        active,
        tokens,
        chip_of(accelerator, args.precision),
        args.deadline_days or Decimal(0),
        rent,
        mfu=mfu,
        overhead=_share(args.overhead),
        chips_a_node=None if args.chips_per_node is None else int(args.chips_per_node),
        nodes=args.nodes,
    )


def _rent(services: Services, turn: Turn, args: Training, accelerator: Accelerator) -> Price | None:
    """The price of an hour; where none is on record and the cost is not what is asked for, none."""
    try:
        return rent_of(args, accelerator, services, turn.question.today)
    except Unknown:
        if args.aim == "cost" and args.deadline_days is None:
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
        method=args.method or "full",
        beside="lora" if args.method is None else None,
        epochs=args.epochs,
        mfu=_share(args.mfu),
    )
    return Output(_with(result, said))


def _with(result: Result, said: tuple[str, ...]) -> Result:
    return replace(result, assumptions=said + result.assumptions)


def _share(percent: Decimal | None) -> Decimal | None:
    return None if percent is None else percent / 100


TOOLS = (
    Tool(
        "training_cost",
        "Cost, GPU hours, days and FLOP of training a model from parameters and tokens (6ND).",
        Training,
        in_told_currency(_training, lambda args: args.price_per_hour is not None),
        "Estimating the training run",
    ),
    Tool(
        "fine_tuning_cost",
        "Cost of fine-tuning, full or LoRA.",
        FineTuning,
        in_told_currency(_tuning, lambda args: args.price_per_hour is not None),
        "Estimating the tuning",
    ),
)
