"""Tools on what accelerators can do, and how well a job used them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Number
from bot.agent.toolbox.chips import OnChips, accelerator_of, chip_of, rent_of, whole_count
from bot.agent.toolbox.tool import Arguments, Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.errors import NeedsChoice

Quantity = Literal["memory", "bandwidth", "bf16", "fp16", "fp8", "fp4", "int8", "tf32", "fp32", "power"]
Precision = Literal["bf16", "fp16", "fp8", "tf32", "fp32"]


class AcceleratorSpecification(Arguments):
    accelerators: tuple[str, ...] = Field(description="One or more, as the person wrote them: H100, MI300X, TPU v5p.")
    quantity: Quantity | None = Field(default=None, description="Which figure is asked for: performance, speed, size.")
    count: Number | None = Field(default=None, description="Of how many of the first together.")
    best: Literal["most", "least"] | None = Field(default=None, description="Which of several has the most or least.")


class TrainingUtilisation(OnChips):
    gpu_hours: Number | None = Field(default=None, description="Accelerator hours that the job took.")
    hours: Number | None = Field(default=None, description="Hours of wall clock, with `count` accelerators.")
    parameters: Number | None = Field(default=None, description="Parameters; the active ones of a mixture of experts.")
    tokens: Number | None = Field(default=None, description="Tokens trained on.")
    flop: Number | None = Field(default=None, description="FLOP of the job, in place of parameters and tokens.")
    precision: Precision | None = Field(default=None, description="Whose peak counts, if the person says; bf16 else.")


def _specification(services: Services, turn: Turn, args: AcceleratorSpecification) -> Output:
    from tools.hardware.names import find_accelerator
    from tools.hardware.specification import specification_result

    if not args.accelerators:
        raise NeedsChoice("Which accelerator do you mean?", ("H100", "H200", "A100", "B200"))
    found = [find_accelerator(name) for name in args.accelerators]
    return Output(specification_result(found, args.quantity, whole_count(args.count), args.best))


def _utilisation(services: Services, turn: Turn, args: TrainingUtilisation) -> Output:
    from tools.calculators.utilisation import model_flop_utilisation

    if args.accelerator is None:
        raise NeedsChoice("On which accelerator did it run?", ("H100", "A100 80GB"))
    hours = args.gpu_hours
    if hours is None and args.hours is not None and args.count is not None:
        hours = args.hours * args.count
    if hours is None:
        raise NeedsChoice("How many accelerator hours did the job take?", ("100,000 GPU hours", "30 days on 1,024"))
    accelerator, _ = accelerator_of(args)
    price = None if args.price_per_hour is None else rent_of(args, accelerator, services, turn.question.today)
    return Output(
        model_flop_utilisation(
            chip_of(accelerator, args.precision),
            hours,
            flop=args.flop,
            active_parameters=args.parameters,
            tokens=args.tokens,
            price_per_chip_hour=price,
        )
    )


TOOLS = (
    Tool(
        "accelerator_specification",
        "Published memory, bandwidth, peak FLOP/s by precision and power of accelerators, beside one another.",
        AcceleratorSpecification,
        _specification,
        "Looking up specifications",
    ),
    Tool(
        "training_utilisation",
        "MFU of a training job, from its accelerator hours, parameters and tokens (or FLOP).",
        TrainingUtilisation,
        _utilisation,
        "Working out the utilisation",
    ),
)
