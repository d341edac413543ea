"""The tool on the memory that a model takes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Number, Percent
from bot.agent.toolbox.chips import DEFAULT, chip_of, whole_count
from bot.agent.toolbox.tool import Arguments, Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.calculators.fine_tuning import Method
from tools.calculators.fit import chips_to_hold
from tools.calculators.inputs import ChipSpec
from tools.errors import NeedsChoice
from tools.hardware.names import find_accelerator
from tools.results import Result


class Memory(Arguments):
    model: str | None = Field(default=None, description="A known open model: Llama 3.1 70B.")
    parameters: Number | None = None
    memory_gb: Number | None = Field(default=None, description="GB to hold, where they are told and no model is.")
    bits: Number = Decimal(16)
    context_tokens: Number | None = None
    sequences: Number = Field(
        default=Decimal(1), description="Sequences of that context at once: concurrent, parallel, simultaneous."
    )
    accelerator: str | None = Field(default=None, description="With it, how many of them hold all that: H100, MI300X.")
    chip_memory_gb: Number | None = Field(default=None, description="GB of one accelerator, where none is named.")
    count: Number | None = Field(default=None, description="Whether it fits on this many of them.")
    usable_memory: Percent | None = Field(default=None, description="Percent of an accelerator's memory to be taken.")
    training: Literal["full", "lora", "qlora"] | None = Field(
        default=None,
        description="Memory to train or fine-tune it with Adam in mixed precision, in place of the weights.",
    )
    aim: Literal["weights", "cache", "chips"] = "weights"


def _memory(services: Services, turn: Turn, args: Memory) -> Output:
    from tools.calculators.architectures import find_architecture
    from tools.calculators.memory import model_memory
    from tools.calculators.wording import number

    if args.memory_gb is not None and args.parameters is None and args.model is None:
        return Output(_holding(args, args.memory_gb))
    known = find_architecture(args.model) if args.model is not None else None
    parameters = args.parameters or (known.parameters if known is not None else None)
    if parameters is None:
        raise NeedsChoice("How many parameters does the model have?", ("8B", "70B"))
    if args.training is not None:
        return Output(_to_train(args, parameters, args.training))
    if args.aim == "cache" and known is None:
        raise NeedsChoice(
            "The cache of which model? Its layers count, not only its size.", ("Llama 3.1 8B", "Llama 3.1 70B")
        )
    result = model_memory(
        parameters, int(args.bits), model=known, context_tokens=args.context_tokens, sequences=args.sequences
    )
    if args.aim == "cache":
        label = "KV cache of the context" if args.context_tokens is not None else "KV cache a token"
        figures = sorted(result.figures, key=lambda figure: figure.label != label)
        first = f"The KV cache takes {number(figures[0].value)} {figures[0].unit}. "
        result = replace(result, summary=first + result.summary, figures=tuple(figures))
    return Output(_on_chips(args, result))


def _holding(args: Memory, gigabytes: Decimal) -> Result:
    """How many accelerators have so much memory, all of it taken unless told otherwise."""
    if args.accelerator is None:
        raise NeedsChoice("On which accelerator?", ("H100", "H200", "B200", "A100 80GB"))
    usable = Decimal(1) if args.usable_memory is None else args.usable_memory / 100
    held = None if args.count is None else whole_count(args.count)
    chip = chip_of(find_accelerator(args.accelerator))
    return chips_to_hold(gigabytes, chip, usable=usable, what="a total", chips=held)


def _to_train(args: Memory, parameters: Decimal, method: Method) -> Result:
    """The memory to train a model, with how many accelerators hold it where one is named."""
    from tools.calculators.training_memory import training_memory

    result = training_memory(parameters, method)
    if args.accelerator is None and args.aim != "chips":
        return result
    chips = _chip(args)
    count = None if args.count is None else whole_count(args.count)
    usable = None if args.usable_memory is None else args.usable_memory / 100
    fitted = chips_to_hold(
        result.figures[0].value, chips, usable=usable, what="weights, gradients and optimiser", chips=count
    )
    first, second = (fitted, result) if args.aim == "chips" else (result, fitted)
    return _both(first, second)


def _chip(args: Memory) -> ChipSpec:
    """The accelerator that is named, or one of the memory that is told."""
    if args.accelerator is None and args.chip_memory_gb is not None:
        return ChipSpec("GPU", args.chip_memory_gb, Decimal(1), Decimal(1))
    return chip_of(find_accelerator(args.accelerator or DEFAULT))


def _on_chips(args: Memory, result: Result) -> Result:
    """The result with how many of the accelerator that is named hold it, first where that is asked for."""
    if args.accelerator is None and args.aim != "chips":
        return result
    sizes = {figure.label: figure.value for figure in result.figures}
    whole = sizes.get("Weights and cache")
    chip = _chip(args)
    fitted = chips_to_hold(
        sizes["Weights"] if whole is None else whole,
        chip,
        usable=None if args.usable_memory is None else args.usable_memory / 100,
        what="the weights" if whole is None else "the weights and the cache",
        chips=None if args.count is None else whole_count(args.count),
    )
    named = () if args.accelerator or args.chip_memory_gb else (f"No accelerator was named, so {DEFAULT}",)
    first, second = (fitted, result) if args.aim == "chips" else (result, fitted)
    return _both(first, second, named)


def _both(first: Result, second: Result, named: tuple[str, ...] = ()) -> Result:
    """One result of two, the first one's headline first."""
    return replace(
        first,
        summary=f"{first.summary} {second.summary}",
        figures=first.figures + second.figures,
        assumptions=tuple(dict.fromkeys((*named, *first.assumptions, *second.assumptions))),
    )


TOOLS = (
    Tool(
        "model_memory",
        "Memory in GB of a model's weights and KV cache, or to train it, and how many accelerators hold that.",
        Memory,
        _memory,
        "Working out the memory",
    ),
)
