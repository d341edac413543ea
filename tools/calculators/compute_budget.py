"""What a training compute can be spent on: how many tokens, how large a model, or the best of both."""

from __future__ import annotations

from decimal import Decimal

from tools.calculators.defaults import MFU
from tools.calculators.inputs import SECONDS_AN_HOUR, ChipSpec, chosen, positive
from tools.calculators.training import FLOP_A_PARAMETER_TOKEN, FORMULA
from tools.calculators.wording import number, power_of_ten, short
from tools.results import Figure, Result

TOKENS_A_PARAMETER = Decimal(20)
OPTIMAL = (
    "Compute-optimal: about 20 training tokens a parameter (Hoffmann et al. 2022, arXiv:2203.15556, table 3); a model "
    "that is served much is trained on more"
)


def flop_of_hours(chip_hours: Decimal, chip: ChipSpec, mfu: Decimal | None = None) -> tuple[Decimal, tuple[str, ...]]:
    """FLOP that `chip_hours` give to a model at `mfu` of the chip's peak dense FLOP/s, and what that rests on."""
    used = chosen(mfu, MFU)
    flop = positive("the chip hours", chip_hours) * chip.peak_flops * SECONDS_AN_HOUR * used.value
    peak = f"Peak of {chip.name}: {number(chip.peak_flops / 10**12)} TFLOP/s dense {chip.precision} ({chip.source})"
    return flop, (used.sentence, peak)


def compute_optimal(flop: Decimal) -> Result:
    """The model size and the training tokens that use `flop` best: C = 6ND with D = 20N (Hoffmann 2022)."""
    parameters = (positive("the compute", flop) / (FLOP_A_PARAMETER_TOKEN * TOKENS_A_PARAMETER)).sqrt()
    return _told(flop, parameters, parameters * TOKENS_A_PARAMETER, "parameters", optimal=True)


def optimal_tokens(parameters: Decimal) -> Result:
    """The training tokens that suit a model of that size, and the compute that takes."""
    tokens = positive("the number of parameters", parameters) * TOKENS_A_PARAMETER
    return _told(FLOP_A_PARAMETER_TOKEN * parameters * tokens, parameters, tokens, "tokens", optimal=True)


def optimal_parameters(tokens: Decimal) -> Result:
    """The model size that suits that many training tokens, and the compute that takes."""
    parameters = positive("the number of tokens", tokens) / TOKENS_A_PARAMETER
    return _told(FLOP_A_PARAMETER_TOKEN * parameters * tokens, parameters, tokens, "parameters", optimal=True)


def tokens_for(flop: Decimal, parameters: Decimal) -> Result:
    """How many tokens `flop` trains a model of that size on: C / 6N."""
    tokens = positive("the compute", flop) / (FLOP_A_PARAMETER_TOKEN * positive("the number of parameters", parameters))
    return _told(flop, parameters, tokens, "tokens", optimal=False)


def parameters_for(flop: Decimal, tokens: Decimal) -> Result:
    """How large a model `flop` trains on that many tokens: C / 6D."""
    parameters = positive("the compute", flop) / (FLOP_A_PARAMETER_TOKEN * positive("the number of tokens", tokens))
    return _told(flop, parameters, tokens, "parameters", optimal=False)


def days_for(flop: Decimal, chip: ChipSpec, chips: Decimal, mfu: Decimal | None = None) -> Result:
    """How many days `chips` take for `flop`."""
    an_hour, rests = flop_of_hours(positive("the number of chips", chips), chip, mfu)
    hours = positive("the compute", flop) / an_hour
    return Result(
        summary=f"{power_of_ten(flop)} FLOP take {number(hours / 24)} days on {number(chips)} {chip.name}.",
        figures=(
            Figure(f"Days on {number(chips)} chips", hours / 24, "days"),
            Figure("Chip hours", hours * chips, "GPU hours"),
            Figure("Training compute", flop, "FLOP"),
        ),
        assumptions=rests,
    )


def _told(flop: Decimal, parameters: Decimal, tokens: Decimal, first: str, *, optimal: bool) -> Result:
    figures = (
        Figure("Parameters", parameters, "parameters"),
        Figure("Training tokens", tokens, "tokens"),
        Figure("Training compute", flop, "FLOP"),
    )
    size, corpus = f"{short(parameters)} parameters", f"{short(tokens)} tokens"
    said = f"{corpus} for a model of {size}" if first == "tokens" else f"A model of {size} on {corpus}"
    return Result(
        summary=f"{said}{', compute-optimal' if optimal else ''}: {power_of_ten(flop)} FLOP.",
        figures=tuple(sorted(figures, key=lambda figure: figure.unit != first)),
        assumptions=(FORMULA, *((OPTIMAL,) if optimal else ())),
    )
