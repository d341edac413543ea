"""What training a model costs: FLOP from parameters and tokens, chip hours from FLOP, money from chip hours."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tools.calculators.defaults import MFU, TRAINING_OVERHEAD
from tools.calculators.inputs import SECONDS_AN_HOUR, ChipSpec, Price, between, chosen, positive, share, whole
from tools.calculators.wording import cell, cents, money, number, percent, power_of_ten
from tools.money import Money
from tools.results import Chart, Figure, Result, Series, Table

FLOP_A_PARAMETER_TOKEN = Decimal(6)
CHIPS_FOR_DAYS = 1024
FORMULA = (
    "Training FLOP = 6 x active parameters x tokens (Kaplan et al. 2020, arXiv:2001.08361; Hoffmann et al. 2022, "
    "arXiv:2203.15556); attention over long contexts is not counted"
)


@dataclass(frozen=True, slots=True)
class Run:
    """One way the run can go: its MFU, chip hours and cost."""

    name: str
    mfu: Decimal
    chip_hours: Decimal
    cost: Money


def training_flop(active_parameters: Decimal, tokens: Decimal) -> Decimal:
    """FLOP of one pass over `tokens`: 6ND (Kaplan 2020, Hoffmann 2022)."""
    return FLOP_A_PARAMETER_TOKEN * active_parameters * tokens


def hours_at(flop: Decimal, chip: ChipSpec, mfu: Decimal) -> Decimal:
    """Chip hours that `flop` takes at `mfu` of the chip's peak dense bf16 FLOP/s."""
    return flop / (chip.peak_flops * mfu * SECONDS_AN_HOUR)


def training_cost(
    parameters: Decimal,
    tokens: Decimal,
    chip: ChipSpec,
    price_per_chip_hour: Price,
    *,
    mfu: Decimal | None = None,
    chips: int | None = None,
    active_parameters: Decimal | None = None,
    chip_hours: Decimal | None = None,
    overhead: Decimal | None = None,
) -> Result:
    """Cost of training `parameters` on `tokens`; `active_parameters` of a mixture-of-experts counts where given.

    `mfu` and `overhead` are shares (0.40; 0.10 adds a tenth of the chip hours). `chip_hours` known from a log replaces
    the estimate, and the MFU it implies is shown. `chips` sets the days. Headline: the cost. BadInput on a number out
    of range.
    """
    positive("parameters", parameters)
    positive("tokens", tokens)
    active = positive("active parameters", active_parameters) if active_parameters is not None else parameters
    flop = training_flop(active, tokens)
    added = chosen(overhead, TRAINING_OVERHEAD)
    more = 1 + between("the overhead", added.value, Decimal(0), Decimal(100))
    warnings: list[str] = []
    if active > parameters:
        warnings.append("More active parameters than parameters were given; the active ones were used.")

    if chip_hours is not None:
        positive("chip hours", chip_hours)
        implied = flop / (chip_hours * SECONDS_AN_HOUR * chip.peak_flops)
        if implied > 1:
            warnings.append(
                f"{number(chip_hours)} chip hours would need {percent(implied)} of the peak of {chip.name}: too few."
            )
        runs = [Run("as given", implied, chip_hours * more, price_per_chip_hour.money * (chip_hours * more))]
        rate_said = f"Chip hours: {number(chip_hours)}, as given"
    else:
        rate = chosen(mfu, MFU)
        share("MFU", rate.value, zero=False)
        cases = [("expected", rate.value)]
        if not rate.given:
            cases = [("high utilisation", rate.high), ("expected", rate.value), ("low utilisation", rate.low)]
        runs = [_run(name, flop, chip, at, more, price_per_chip_hour) for name, at in cases]
        rate_said = rate.sentence

    run = next((run for run in runs if run.name == "expected"), runs[0])
    cluster = whole("the number of chips", chips) if chips is not None else CHIPS_FOR_DAYS
    days = run.chip_hours / cluster / 24
    currency = price_per_chip_hour.money.currency
    as_of = price_per_chip_hour.as_of
    span = ""
    figures = [
        Figure.of("Training cost", run.cost, as_of),
        Figure("Chip hours", run.chip_hours, "GPU hours"),
        Figure("Training compute", flop, "FLOP"),
        Figure(f"Days on {cluster:,} chips", days, "days"),
        Figure("MFU", run.mfu * 100, "%"),
        Figure.of("Price per chip hour", price_per_chip_hour.money, as_of),
    ]
    if len(runs) > 1:
        low, high = min(runs, key=lambda r: r.cost.amount), max(runs, key=lambda r: r.cost.amount)
        figures += [Figure.of("Cost, low", low.cost, as_of), Figure.of("Cost, high", high.cost, as_of)]
        span = f", between {money(low.cost)} and {money(high.cost)} at {percent(low.mfu)} to {percent(high.mfu)} MFU"
    dated = f" at prices of {as_of.isoformat()}" if as_of else ""
    return Result(
        summary=(
            f"Training costs about {money(run.cost)}{dated}{span}: {number(run.chip_hours)} {chip.name} hours at "
            f"{price_per_chip_hour.money.shown()} an hour, {number(days)} days on {cluster:,} chips."
        ),
        figures=tuple(figures),
        table=Table(
            f"Training {number(parameters)} parameters on {number(tokens)} tokens, {power_of_ten(flop)} FLOP",
            ("Case", "MFU (%)", f"{chip.name} hours", f"Cost ({currency})", f"Days on {cluster:,} chips"),
            tuple(
                (r.name, cell(r.mfu * 100), cell(r.chip_hours), cents(r.cost), cell(r.chip_hours / cluster / 24))
                for r in runs
            ),
        ),
        chart=_chart(runs, currency),
        assumptions=(
            FORMULA,
            rate_said,
            added.sentence,
            f"{chip.name}: {power_of_ten(chip.peak_flops)} peak dense {chip.precision} FLOP/s ({chip.source})",
            price_per_chip_hour.stated(f"Price of one {chip.name} hour"),
            *(() if chips is not None else (f"Days are for {CHIPS_FOR_DAYS:,} chips, since no number was given",)),
            "Staff, data, storage and network are not in the cost",
        ),
        warnings=tuple(warnings),
    )


def _run(name: str, flop: Decimal, chip: ChipSpec, mfu: Decimal, more: Decimal, price: Price) -> Run:
    hours = hours_at(flop, chip, mfu) * more
    return Run(name, mfu, hours, price.money * hours)


def _chart(runs: list[Run], currency: str) -> Chart | None:
    if len(runs) < 2:
        return None
    return Chart(
        "bar",
        "Training cost by utilisation",
        currency,
        tuple(f"{percent(run.mfu)} MFU" for run in runs),
        (Series("Cost", tuple(cents(run.cost) for run in runs)),),
    )
