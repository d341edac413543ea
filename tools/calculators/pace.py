"""Where spending ends that goes on as it has: what is spent after a part of the time, over that part."""

from __future__ import annotations

from decimal import Decimal

from tools.calculators.inputs import not_negative, positive
from tools.calculators.wording import money, number, percent
from tools.errors import BadInput
from tools.money import Money
from tools.results import Figure, Result


def spend_pace(
    spent: Money, done: Decimal, whole: Decimal, *, budget: Money | None = None, unit: str = "day"
) -> Result:
    """`spent` after `done` of `whole` days (weeks, months), gone on with evenly: spent / done x whole, and how far that
    is from `budget`. Headline: where it ends. BadInput where more time is done than there is."""
    not_negative("what is spent", spent.amount)
    positive("the time that is over", done)
    if done > whole:
        raise BadInput(f"{number(done)} of {number(whole)} {unit}s cannot be over.")
    ends = spent * (whole / done)
    figures = [Figure.of("Ends at", ends), Figure("Spent a " + unit, spent.amount / done, spent.currency)]
    said = f"At this pace it ends at {money(ends)}: {money(spent)} in {number(done)} of {number(whole)} {unit}s."
    if budget is not None:
        gap, left = budget - ends, budget - spent
        over = gap.amount < 0
        said += (
            f" That is {money(-gap if over else gap)} {'over' if over else 'under'} the budget of {money(budget)}"
            f" ({percent(spent.ratio(budget))} of it is spent)."
        )
        figures += [
            Figure.of("Over the budget" if over else "Under the budget", -gap if over else gap),
            Figure.of("Left of the budget", left),
            Figure("Budget spent", spent.ratio(budget) * 100, "%"),
            Figure.of("Budget", budget),
        ]
        if whole > done and left.amount > 0:
            figures.append(Figure(f"Left a {unit}", left.amount / (whole - done), spent.currency))
    figures += [Figure.of("Spent", spent), Figure("Over", done, f"{unit}s"), Figure("In all", whole, f"{unit}s")]
    return Result(summary=said, figures=tuple(figures), assumptions=("It goes on as it has so far",))
