"""What fine-tuning a model costs, in full, by LoRA or by QLoRA: FLOP, memory, chips, hours, money."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from tools.calculators.defaults import ACTIVATION_MEMORY, ADAPTER_SHARE, MFU, USABLE_MEMORY
from tools.calculators.inputs import ChipSpec, Price, chosen, not_negative, positive, share
from tools.calculators.training import hours_at
from tools.calculators.wording import cell, cents, money, number, percent, power_of_ten
from tools.errors import BadInput
from tools.money import Money
from tools.results import Chart, Figure, Result, Series, Table

Method = Literal["full", "lora", "qlora"]
METHODS: tuple[Method, ...] = ("full", "lora", "qlora")
NAMED = {"full": "all weights", "lora": "LoRA", "qlora": "QLoRA"}
ADAM_BYTES = Decimal(16)
FROZEN_BYTES = {"lora": Decimal(2), "qlora": Decimal("0.5")}
GIGABYTE = Decimal(10) ** 9
SOURCES = (
    "Full: 6 FLOP a parameter and token. LoRA: 2 forward, 2 backward through the frozen weights, and 6 for the "
    "adapter, since frozen weights need no weight gradient (Hu et al. 2021, arXiv:2106.09685; Schulman et al. 2025, "
    "'LoRA Without Regret': slightly more than two thirds)",
    "Memory: 16 bytes a trained parameter with Adam in mixed precision (Rajbhandari et al. 2020, arXiv:1910.02054); "
    "frozen weights 2 bytes, 0.5 with QLoRA (Dettmers et al. 2023, arXiv:2305.14314)",
)


@dataclass(frozen=True, slots=True)
class Tuning:
    """One method's compute, memory in bytes, and the chips that hold it."""

    method: Method
    flop: Decimal
    memory: Decimal
    chips: int


def tuning_flop(method: Method, active_parameters: Decimal, tokens: Decimal, adapter_share: Decimal) -> Decimal:
    """FLOP of one pass over `tokens`; see SOURCES."""
    if method == "full":
        return 6 * active_parameters * tokens
    return (4 + 6 * adapter_share) * active_parameters * tokens


def tuning_memory(method: Method, parameters: Decimal, adapter_share: Decimal) -> Decimal:
    """Bytes of weights, gradients and optimiser, without activations; see SOURCES."""
    if method == "full":
        return ADAM_BYTES * parameters
    return (FROZEN_BYTES[method] + ADAM_BYTES * adapter_share) * parameters


def fine_tuning_cost(
    parameters: Decimal,
    tokens: Decimal,
    chip: ChipSpec,
    price_per_chip_hour: Price,
    *,
    method: Method = "lora",
    epochs: Decimal = Decimal(1),
    mfu: Decimal | None = None,
    active_parameters: Decimal | None = None,
    adapter_share: Decimal | None = None,
    runs: int = 1,
    beside: Method | None = None,
) -> Result:
    """Cost of tuning `parameters` on `tokens` for `epochs`, `runs` times over.

    Headline: the cost by `method`; the table has the other methods too, the sentence the one `beside` it. Shares are 0
    to 1. BadInput on a number out of range or another method.
    """
    if method not in METHODS:
        raise BadInput(f"Fine-tuning is full, lora or qlora, not {method!r}.")
    for name, value in (("parameters", parameters), ("tokens", tokens), ("epochs", epochs), ("runs", Decimal(runs))):
        positive(name, value)
    active = positive("active parameters", active_parameters) if active_parameters is not None else parameters
    rate, adapter = chosen(mfu, MFU), chosen(adapter_share, ADAPTER_SHARE)
    share("MFU", rate.value, zero=False)
    share("the adapter's share", adapter.value)
    room, extra = chosen(None, USABLE_MEMORY), chosen(None, ACTIVATION_MEMORY)
    not_negative("activation memory", extra.value)
    seen = tokens * epochs * runs

    def tuning(way: Method) -> Tuning:
        memory = tuning_memory(way, parameters, adapter.value) * (1 + extra.value)
        chips = int((memory / (chip.memory_gb * GIGABYTE * room.value)).to_integral_value(ROUND_CEILING))
        return Tuning(way, tuning_flop(way, active, seen, adapter.value), memory, chips)

    def hours(way: Tuning, at: Decimal) -> Decimal:
        return hours_at(way.flop, chip, at)

    def cost(way: Tuning, at: Decimal) -> Money:
        return price_per_chip_hour.money * hours(way, at)

    ways = {way: tuning(way) for way in METHODS}
    main = ways[method]
    amount, as_of = cost(main, rate.value), price_per_chip_hour.as_of
    figures = [
        Figure.of("Fine-tuning cost", amount, as_of),
        Figure("Chip hours", hours(main, rate.value), "GPU hours"),
        Figure("Training compute", main.flop, "FLOP"),
        Figure("Memory", main.memory / GIGABYTE, "GB"),
        Figure("Chips to hold it", Decimal(main.chips), chip.name),
        Figure("Hours on those chips", hours(main, rate.value) / main.chips, "hours"),
        Figure("Against full fine-tuning", main.flop / ways["full"].flop * 100, "% of the FLOP"),
        Figure("Price per chip hour", price_per_chip_hour.money.amount, price_per_chip_hour.money.currency, as_of),
    ]
    span = ""
    if not rate.given:
        low, high = cost(main, rate.high), cost(main, rate.low)
        figures += [Figure.of("Cost, low", low, as_of), Figure.of("Cost, high", high, as_of)]
        span = f", between {money(low)} and {money(high)} at {percent(rate.high)} to {percent(rate.low)} MFU"
        figures += [Figure("MFU, high", rate.high * 100, "%"), Figure("MFU, low", rate.low * 100, "%")]
    other = ""
    if beside is not None and beside != method:
        second = cost(ways[beside], rate.value)
        figures.append(Figure.of(f"Cost by {NAMED[beside]}", second, as_of))
        figures.append(Figure(f"Chip hours by {NAMED[beside]}", hours(ways[beside], rate.value), "GPU hours"))
        length = number(hours(ways[beside], rate.value))
        other = f" By {NAMED[beside]} it costs {money(second)}: {length} {chip.name} hours."
    dated = f" at prices of {as_of.isoformat()}" if as_of else ""
    currency = price_per_chip_hour.money.currency
    return Result(
        summary=(
            f"Fine-tuning {'' if method == 'full' else 'by '}{NAMED[method]} costs about {money(amount)}{dated}{span}: "
            f"{number(hours(main, rate.value))} {chip.name} hours, on at least {main.chips} of them for memory.{other}"
        ),
        figures=tuple(figures),
        table=Table(
            f"Fine-tuning {number(parameters)} parameters on {number(seen)} tokens",
            ("Method", "FLOP", "Memory (GB)", f"{chip.name} to hold it", f"{chip.name} hours", f"Cost ({currency})"),
            tuple(
                (
                    NAMED[way.method],
                    power_of_ten(way.flop),
                    cell(way.memory / GIGABYTE),
                    way.chips,
                    cell(hours(way, rate.value)),
                    cents(cost(way, rate.value)),
                )
                for way in ways.values()
            ),
        ),
        chart=Chart(
            "bar",
            "Memory by method",
            "GB",
            tuple(NAMED[way] for way in METHODS),
            (Series("Memory", tuple(cell(way.memory / GIGABYTE) for way in ways.values())),),
        ),
        assumptions=(
            *SOURCES,
            rate.sentence,
            *((adapter.sentence,) if method != "full" else ()),
            extra.sentence,
            room.sentence,
            f"{chip.name}: {power_of_ten(chip.peak_flops)} peak dense {chip.precision} FLOP/s, "
            f"{number(chip.memory_gb)} GB ({chip.source})",
            price_per_chip_hour.stated(f"Price of one {chip.name} hour"),
            f"{number(epochs)} epochs, {runs} runs; data preparation, evaluation and staff are not in the cost",
        ),
        warnings=("QLoRA spends more time than its FLOP say, unpacking 4-bit weights.",) if method == "qlora" else (),
    )
