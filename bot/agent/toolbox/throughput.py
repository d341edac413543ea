"""Tools on tokens a second: what a volume needs, what memory allows, and what energy they take."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Number, Percent
from bot.agent.toolbox.chips import chip_of
from bot.agent.toolbox.tool import Arguments, Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.calculators.inputs import GIVEN, Price
from tools.errors import NeedsChoice
from tools.hardware.names import find_accelerator
from tools.money import Money


class NeededThroughput(Arguments):
    tokens: Number = Field(description="Tokens in each `every`, input and output together.")
    every: Literal["second", "minute", "hour", "day", "week", "month", "year"] = "day"
    tokens_per_second_each: Number | None = Field(default=None, description="Of one accelerator: how many are needed.")
    utilisation: Percent | None = Field(default=None, description="Percent of that speed that is used.")
    hours_a_day: Number | None = Field(default=None, description="Hours a day in which the tokens are needed.")
    peak: Number | None = Field(default=None, description="How many times the mean is to be met.")
    accelerator: str | None = None


class DecodeSpeed(Arguments):
    model: str | None = Field(default=None, description="A known open model: Llama 3.1 70B.")
    parameters: Number | None = Field(default=None, description="Parameters; the active ones of a mixture of experts.")
    bits: Number = Decimal(16)
    accelerator: str | None = None
    count: Number | None = Field(default=None, description="How many share the model.")
    bandwidth_gb_s: Number | None = Field(default=None, description="Memory bandwidth in GB/s, if the person told it.")


class TokenEnergy(Arguments):
    tokens_per_second: Number = Field(description="Of all these accelerators together.")
    power_w: Number | None = Field(default=None, description="Watts of all of them; else those of the accelerator.")
    accelerator: str | None = None
    count: Number | None = None
    pue: Number | None = None
    electricity_per_kwh: Number | None = None
    grams_per_kwh: Number | None = Field(default=None, description="Grams of CO2 a kWh.")


def _needed(services: Services, turn: Turn, args: NeededThroughput) -> Output:
    from tools.calculators.needed_throughput import needed_throughput

    return Output(
        needed_throughput(
            args.tokens,
            args.every,
            tokens_a_second_each=args.tokens_per_second_each,
            utilisation=None if args.utilisation is None else args.utilisation / 100,
            hours_a_day=args.hours_a_day,
            peak=args.peak,
            name=find_accelerator(args.accelerator).model if args.accelerator else "GPU",
        )
    )


def _decode(services: Services, turn: Turn, args: DecodeSpeed) -> Output:
    from tools.calculators.architectures import find_architecture
    from tools.calculators.decode_speed import decode_speed

    known = find_architecture(args.model) if args.model is not None else None
    parameters = args.parameters or (known.active_parameters if known is not None else None)
    if parameters is None:
        raise NeedsChoice("How many parameters does the model have?", ("8B", "70B"))
    if args.accelerator is None and args.bandwidth_gb_s is None:
        raise NeedsChoice("On which accelerator?", ("H100", "H200", "B200", "A100 80GB"))
    name, bandwidth, source = "", args.bandwidth_gb_s, GIVEN
    if args.accelerator is not None:
        accelerator = find_accelerator(args.accelerator)
        name = accelerator.model
        if bandwidth is None:
            chip = chip_of(accelerator)
            bandwidth, source = chip.bandwidth_bytes_s / 10**9, chip.source
    assert bandwidth is not None
    count = args.count or Decimal(1)
    return Output(
        decode_speed(
            parameters,
            int(args.bits),
            bandwidth,
            chips=count,
            name=name,
            source=source,
            model=known.name if known is not None else "",
        )
    )


def _energy(services: Services, turn: Turn, args: TokenEnergy) -> Output:
    from tools.calculators.token_energy import energy_per_million_tokens

    watts, source = args.power_w, GIVEN
    if watts is None:
        if args.accelerator is None:
            raise NeedsChoice("What power do they draw, or which accelerator is it?", ("700 W", "H100"))
        chip = chip_of(find_accelerator(args.accelerator))
        if chip.power_w is None:
            raise NeedsChoice(f"What power does a {chip.name} draw? None is on record.", ("400 W", "700 W"))
        watts, source = chip.power_w * (args.count or 1), f"rated power, {chip.source}"
    price = None if args.electricity_per_kwh is None else Price(Money(args.electricity_per_kwh))
    return Output(
        energy_per_million_tokens(
            watts,
            args.tokens_per_second,
            pue=args.pue,
            price_per_kwh=price,
            grams_per_kwh=args.grams_per_kwh,
            source=source,
        )
    )


TOOLS = (
    Tool(
        "needed_throughput",
        "Tokens per second that a volume of tokens needs, and how many accelerators of a known throughput give them.",
        NeededThroughput,
        _needed,
        "Working out the throughput",
    ),
    Tool(
        "decode_speed",
        "Upper bound of decoding speed: tokens per second of one request, bound by the memory bandwidth (batch 1).",
        DecodeSpeed,
        _decode,
        "Working out the speed",
    ),
    Tool(
        "token_energy",
        "Energy in kWh per million tokens from power in watts, PUE and tokens per second; with its cost and CO2.",
        TokenEnergy,
        _energy,
        "Working out the energy",
    ),
)
