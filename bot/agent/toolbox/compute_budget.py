"""The tool on what a training compute, told in FLOP or in accelerator hours, can be spent on."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Number, Percent
from bot.agent.toolbox.chips import OnChips, accelerator_of, chip_of
from bot.agent.toolbox.told_currency import in_told_currency
from bot.agent.toolbox.tool import Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.errors import NeedsChoice


class ComputeBudget(OnChips):
    flop: Number | None = Field(default=None, description="Training compute: 1e24.")
    gpu_hours: Number | None = Field(default=None, description="Accelerator hours in all, in place of FLOP.")
    hours: Number | None = Field(default=None, description="Hours that `count` accelerators run, in place of FLOP.")
    budget: Number | None = Field(default=None, description="Money at `price_per_hour`, in place of FLOP.")
    mfu: Percent | None = Field(default=None, description="Model FLOP utilisation in percent.")
    parameters: Number | None = None
    tokens: Number | None = None
    aim: Literal["optimal", "days"] = Field(default="optimal", description="Days: how long `count` of them take.")


def _budget(services: Services, turn: Turn, args: ComputeBudget) -> Output:
    from tools.calculators import compute_budget as of

    flop, said = _flop(args)
    if flop is None:
        if args.parameters is not None:
            return Output(of.optimal_tokens(args.parameters))
        if args.tokens is not None:
            return Output(of.optimal_parameters(args.tokens))
        raise NeedsChoice("How much compute is there?", ("1e23 FLOP", "100,000 H100 hours"))
    if args.aim == "days":
        accelerator, named = accelerator_of(args)
        if args.count is None:
            raise NeedsChoice("On how many accelerators?", ("256", "1,024"))
        result = of.days_for(flop, chip_of(accelerator), args.count, _share(args.mfu))
        return Output(replace(result, assumptions=(*named, *result.assumptions)))
    if args.parameters is not None:
        result = of.tokens_for(flop, args.parameters)
    elif args.tokens is not None:
        result = of.parameters_for(flop, args.tokens)
    else:
        result = of.compute_optimal(flop)
    return Output(replace(result, assumptions=(*result.assumptions, *said)))


def _flop(args: ComputeBudget) -> tuple[Decimal | None, tuple[str, ...]]:
    """The compute, and what it rests on; None where none is told."""
    from tools.calculators.compute_budget import flop_of_hours

    if args.flop is not None:
        return args.flop, ()
    hours = args.gpu_hours
    if hours is None and args.hours is not None and args.count is not None:
        hours = args.hours * args.count
    rested: tuple[str, ...] = ()
    if hours is None and args.budget is not None and args.each_hour is not None:
        hours = args.budget / args.each_hour
        rested = (f"{hours:,.0f} accelerator hours for the money",)
    if hours is None:
        return None, ()
    accelerator, named = accelerator_of(args)
    flop, said = flop_of_hours(hours, chip_of(accelerator), _share(args.mfu))
    return flop, (*rested, *named, *said)


def _share(percent: Decimal | None) -> Decimal | None:
    return None if percent is None else percent / 100


TOOLS = (
    Tool(
        "compute_budget",
        "What a training compute (FLOP, GPU hours, chips for a time, or money) is enough for: tokens for a model size, "
        "model size for tokens, the compute-optimal (Chinchilla) pair, or days on so many accelerators.",
        ComputeBudget,
        in_told_currency(_budget, lambda args: args.price_per_hour is not None),
        "Spending the compute",
    ),
)
