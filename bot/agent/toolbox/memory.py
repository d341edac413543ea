"""The tool on the memory that a model takes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Number
from bot.agent.toolbox.tool import Arguments, Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.errors import NeedsChoice


class Memory(Arguments):
    model: str | None = Field(default=None, description="A known open model: Llama 3.1 70B.")
    parameters: Number | None = None
    bits: Number = Decimal(16)
    context_tokens: Number | None = None
    sequences: Number = Field(default=Decimal(1), description="How many sequences of that context at once.")
    aim: Literal["weights", "cache"] = "weights"


def _memory(services: Services, turn: Turn, args: Memory) -> Output:
    from tools.calculators.architectures import find_architecture
    from tools.calculators.memory import model_memory
    from tools.calculators.wording import number

    known = find_architecture(args.model) if args.model is not None else None
    parameters = args.parameters or (known.parameters if known is not None else None)
    if parameters is None:
        raise NeedsChoice("How many parameters does the model have?", ("8B", "70B"))
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
    return Output(result)


TOOLS = (
    Tool(
        "model_memory",
        "Memory in GB that a model's weights and KV cache take.",
        Memory,
        _memory,
        "Working out the memory",
    ),
)
