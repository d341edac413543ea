"""After how many hours of use an own accelerator has cost what renting it would."""

from __future__ import annotations

from tools.calculators.inputs import not_negative, positive
from tools.calculators.rent_or_buy import break_even_hours
from tools.calculators.wording import money, number
from tools.money import Money
from tools.results import Figure, Result

FORMULA = "Break-even hours = purchase price / (rent an hour - running cost an hour); resale value is not counted"


def break_even(purchase: Money, rent_per_hour: Money, running_per_hour: Money) -> Result:
    """Break-even in hours of use, headline first; where running one's own costs as much as renting, there is none."""
    positive("the purchase price", purchase.amount)
    positive("the rent", rent_per_hour.amount)
    not_negative("the running cost", running_per_hour.amount)
    hours = break_even_hours(purchase, rent_per_hour, running_per_hour)
    given = (
        Figure.of("Purchase price", purchase),
        Figure("Rent", rent_per_hour.amount, f"{rent_per_hour.currency} per hour"),
        Figure("Running cost", running_per_hour.amount, f"{running_per_hour.currency} per hour"),
    )
    if hours is None:
        said = f"Buying never pays: running one costs {running_per_hour.shown()} an hour, as much as renting or more."
        return Result(summary=said, figures=given, assumptions=(FORMULA,))
    return Result(
        summary=(
            f"Buying wins after {number(hours)} hours of use: {money(purchase)} against "
            f"{(rent_per_hour - running_per_hour).shown()} saved each hour."
        ),
        figures=(
            Figure("Break-even", hours, "hours"),
            Figure("Saved an hour", (rent_per_hour - running_per_hour).amount, f"{purchase.currency} per hour"),
            *given,
        ),
        assumptions=(FORMULA,),
    )
