"""How well chips were used: MFU from the FLOP a job needed and the chip hours it took. The inverse of training cost."""

from __future__ import annotations

from decimal import Decimal

from tools.calculators.inputs import SECONDS_AN_HOUR, ChipSpec, Price, positive
from tools.calculators.training import FORMULA, training_flop
from tools.calculators.wording import cell, money, number, percent, power_of_ten
from tools.errors import NeedsChoice
from tools.results import Figure, Result, Table


def mfu_of(flop: Decimal, chip: ChipSpec, chip_hours: Decimal) -> Decimal:
    """Share of the peak dense bf16 FLOP/s that `flop` is, over `chip_hours` (Chowdhery 2022, arXiv:2204.02311)."""
    return flop / (chip_hours * SECONDS_AN_HOUR * chip.peak_flops)


def model_flop_utilisation(
    chip: ChipSpec,
    chip_hours: Decimal,
    *,
    flop: Decimal | None = None,
    active_parameters: Decimal | None = None,
    tokens: Decimal | None = None,
    price_per_chip_hour: Price | None = None,
) -> Result:
    """MFU of a job, from its `flop` or from 6 x `active_parameters` x `tokens`. Headline: the MFU in percent.

    With a price, also what the unused part of the bill was. NeedsChoice when neither FLOP nor tokens are known.
    """
    positive("chip hours", chip_hours)
    if flop is None:
        if active_parameters is None or tokens is None:
            raise NeedsChoice("How many parameters and tokens did the job train on?")
        flop = training_flop(positive("active parameters", active_parameters), positive("tokens", tokens))
    positive("FLOP", flop)
    mfu = mfu_of(flop, chip, chip_hours)
    ideal = chip_hours * mfu
    figures = [
        Figure("MFU", mfu * 100, "%"),
        Figure("Compute", flop, "FLOP"),
        Figure("Chip hours", chip_hours, f"{chip.name} hours"),
        Figure("Chip hours at 100% MFU", ideal, f"{chip.name} hours"),
    ]
    said = ""
    if price_per_chip_hour is not None:
        bill = price_per_chip_hour.money * chip_hours
        figures += [Figure.of("Cost", bill, price_per_chip_hour.as_of)]
        exa = bill / (flop / Decimal(10) ** 18)
        figures += [Figure("Cost per exaFLOP", exa.amount, f"{exa.currency} per 1e18 FLOP", price_per_chip_hour.as_of)]
        said = f" The hours cost {money(bill)}."
    return Result(
        summary=(
            f"The chips ran at {percent(mfu)} MFU: {number(chip_hours)} {chip.name} hours for "
            f"a compute of {power_of_ten(flop)} FLOP.{said}"
        ),
        figures=tuple(figures),
        table=Table(
            "Utilisation",
            ("Quantity", "Value", "Unit"),
            tuple((figure.label, cell(figure.value), figure.unit) for figure in figures),
        ),
        assumptions=(
            FORMULA,
            f"{chip.name}: {power_of_ten(chip.peak_flops)} peak dense {chip.precision} FLOP/s ({chip.source})",
            *((price_per_chip_hour.stated(f"Price of one {chip.name} hour"),) if price_per_chip_hour else ()),
        ),
        warnings=("More than 100% of the peak cannot be; one of the inputs is wrong.",) if mfu > 1 else (),
    )
