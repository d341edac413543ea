"""What training a model costs: FLOP from parameters and tokens, chip hours from FLOP, money from chip hours."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tools.calculators.defaults import MFU, TRAINING_OVERHEAD
from tools.calculators.inputs import SECONDS_AN_HOUR, ChipSpec, Price, between, chosen, positive, share, whole
from tools.calculators.wording import cell, cents, money, number, percent, power_of_ten
from tools.errors import BadInput
from tools.money import Money
from tools.results import Chart, Figure, Result, Series, Table

FLOP_A_PARAMETER_TOKEN = Decimal(6)
Asked = Literal["cost", "hours", "days", "duration", "flop", "mfu"]
LABELS = {
    "cost": "Training cost",
    "hours": "Chip hours",
    "days": "Days on",
    "duration": "Hours on",
    "flop": "Training compute",
    "mfu": "MFU",
}
RECOMPUTED = Decimal(8)
"""FLOP a parameter and token with every activation computed again for the backward pass."""
HFU_SAID = "from an HFU of {} with full recomputation (MFU = HFU x 6/8; Korthikanti et al. 2022, arXiv:2205.05198)"
CHIPS_FOR_DAYS = 1024
FORMULA = (
    "Training FLOP = 6 x active parameters x tokens (Kaplan et al. 2020, arXiv:2001.08361; Hoffmann et al. 2022, "
    "arXiv:2203.15556); attention over long contexts is not counted"
)


@dataclass(frozen=True, slots=True)
class Run:
    """One way the run can go: its MFU, chip hours and cost; the cost is None where no price is known."""

    name: str
    mfu: Decimal
    chip_hours: Decimal
    cost: Money | None


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
    price_per_chip_hour: Price | None,
    *,
    mfu: Decimal | None = None,
    chips: int | None = None,
    active_parameters: Decimal | None = None,
    chip_hours: Decimal | None = None,
    overhead: Decimal | None = None,
    hfu: Decimal | None = None,
    asked: Asked = "cost",
) -> Result:
    """Cost of training `parameters` on `tokens`; `active_parameters` of a mixture-of-experts counts where given.

    `mfu` and `overhead` are shares (0.40; 0.10 adds a tenth of the chip hours). `hfu` is hardware FLOP utilisation, in
    place of `mfu`: it counts the forward pass that full recomputation repeats, so that MFU = HFU x 6/8 (Korthikanti
    et al. 2022, arXiv:2205.05198). `chip_hours` known from a log replaces the estimate, and the MFU it implies is
    shown. `chips` sets the days. Headline: what is `asked`, without a price the chip hours; a case of restarts stands
    beside it unless `overhead` is given. BadInput on a number out of range.
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
        runs = [Run("as given", implied, chip_hours * more, _cost(price_per_chip_hour, chip_hours * more))]
        rate_said = f"Chip hours: {number(chip_hours)}, as given"
    else:
        if hfu is not None and mfu is not None:
            raise BadInput("Give either the MFU or the HFU.")
        if hfu is not None:
            mfu = share("HFU", hfu, zero=False) * FLOP_A_PARAMETER_TOKEN / RECOMPUTED
        rate = chosen(mfu, MFU)
        share("MFU", rate.value, zero=False)
        cases = [("expected", rate.value)]
        if not rate.given:
            cases = [("high utilisation", rate.high), ("expected", rate.value), ("low utilisation", rate.low)]
        runs = [_run(name, flop, chip, at, more, price_per_chip_hour) for name, at in cases]
        if overhead is None:
            runs.append(
                _run(
                    f"with {percent(added.high)} more for restarts",
                    flop,
                    chip,
                    rate.value,
                    1 + added.high,
                    price_per_chip_hour,
                )
            )
        rate_said = rate.sentence if hfu is None else f"{rate.sentence}, {HFU_SAID.format(percent(hfu))}"

    run = next((run for run in runs if run.name == "expected"), runs[0])
    cluster = whole("the number of chips", chips) if chips is not None else CHIPS_FOR_DAYS
    days = run.chip_hours / cluster / 24
    as_of = price_per_chip_hour.as_of if price_per_chip_hour else None
    hours = f"{number(run.chip_hours)} {chip.name} hours"
    figures = [
        Figure("Chip hours", run.chip_hours, "GPU hours"),
        Figure("Training compute", flop, "FLOP"),
        Figure(f"Days on {cluster:,} chips", days, "days"),
        Figure(f"Hours on {cluster:,} chips", days * 24, "hours"),
        Figure("MFU", run.mfu * 100, "%"),
    ]
    for each in (r for r in runs if r is not run):
        figures.append(Figure(f"Chip hours, {each.name}", each.chip_hours, "GPU hours"))
    clock = f"{number(days * 24)} hours, " if asked == "duration" else ""
    said = f"Training takes {hours}, {clock}{number(days)} days on {cluster:,} chips, for {power_of_ten(flop)} FLOP."
    if price_per_chip_hour is not None and run.cost is not None:
        priced = [(r, r.cost) for r in runs if r.cost is not None]
        figures.insert(0, Figure.of("Training cost", run.cost, as_of))
        figures.append(Figure.of("Price per chip hour", price_per_chip_hour.money, as_of))
        figures += [Figure.of(f"Cost, {r.name}", cost, as_of) for r, cost in priced if r is not run]
        spread = [pair for pair in priced if pair[0].name.endswith("utilisation")]
        span = ""
        if spread:
            (low, least), (high, most) = spread
            span = f", between {money(least)} and {money(most)} at {percent(low.mfu)} to {percent(high.mfu)} MFU"
        dated = f" at prices of {as_of.isoformat()}" if as_of else ""
        takes = "" if asked == "cost" else f"{said} "
        takes = f"That is {percent(run.mfu)} MFU. " if asked == "mfu" else takes
        rate_shown = price_per_chip_hour.money.shown()
        said = (
            f"{takes}Training costs about {money(run.cost)}{dated}{span}: {hours} at {rate_shown} an hour, "
            f"{number(days)} days on {cluster:,} chips."
        )
    currency = price_per_chip_hour.money.currency if price_per_chip_hour else None
    return Result(
        summary=said,
        figures=tuple(sorted(figures, key=lambda figure: not figure.label.startswith(LABELS[asked]))),
        table=Table(
            f"Training {number(parameters)} parameters on {number(tokens)} tokens, {power_of_ten(flop)} FLOP",
            (
                "Case",
                "MFU (%)",
                f"{chip.name} hours",
                *((f"Cost ({currency})",) if currency else ()),
                f"Days on {cluster:,} chips",
            ),
            tuple(
                (
                    r.name,
                    cell(r.mfu * 100),
                    cell(r.chip_hours),
                    *((cents(r.cost),) if r.cost else ()),
                    cell(r.chip_hours / cluster / 24),
                )
                for r in runs
            ),
        ),
        chart=_chart(runs, currency, chip.name),
        assumptions=(
            FORMULA,
            rate_said,
            added.sentence,
            f"{chip.name}: {power_of_ten(chip.peak_flops)} peak dense {chip.precision} FLOP/s ({chip.source})",
            *((price_per_chip_hour.stated(f"Price of one {chip.name} hour"),) if price_per_chip_hour else ()),
            *(() if chips is not None else (f"Days are for {CHIPS_FOR_DAYS:,} chips, since no number was given",)),
            "Staff, data, storage and network are not in the cost",
        ),
        warnings=tuple(warnings),
    )


def _run(name: str, flop: Decimal, chip: ChipSpec, mfu: Decimal, more: Decimal, price: Price | None) -> Run:
    hours = hours_at(flop, chip, mfu) * more
    return Run(name, mfu, hours, _cost(price, hours))


def _cost(price: Price | None, hours: Decimal) -> Money | None:
    return price.money * hours if price else None


def _chart(runs: list[Run], currency: str | None, chip: str) -> Chart | None:
    if len(runs) < 2:
        return None
    labels = tuple(f"{run.name}, {percent(run.mfu)} MFU" for run in runs)
    if currency is None:
        hours = tuple(cell(run.chip_hours) for run in runs)
        return Chart("bar", "Chip hours of training", f"{chip} hours", labels, (Series("Chip hours", hours),))
    costs = tuple(cents(run.cost) if run.cost else None for run in runs)
    return Chart("bar", "Training cost", currency, labels, (Series("Cost", costs),))
