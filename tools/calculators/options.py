"""Offers and projects set side by side: what each costs or brings, which is ahead, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tools.calculators.arithmetic import calculate
from tools.calculators.wording import money, number, percent
from tools.errors import BadInput, NeedsChoice
from tools.money import Money
from tools.results import Figure, Result, Table, listed

SMALLER_IS_BETTER = frozenset({"Payback", "Discounted payback"})


def compare_costs(
    options: Sequence[tuple[str, str]],
    currency: str,
    *,
    over: str = "",
    difference: bool = False,
    dearest: bool = False,
) -> Result:
    """Each offer's cost, an expression of `currency`, the cheapest (or `dearest`) told first, and how far the next is
    from it. Headline: the difference where that is asked for, else the cost of the first. NeedsChoice with fewer than
    two offers."""
    if len(options) < 2:
        raise NeedsChoice("Which two offers should be set side by side?")
    costs = [(name, Money(calculate(sum_).figures[0].value, currency), sum_) for name, sum_ in options]
    if any(cost.amount < 0 for _, cost, _ in costs):
        raise BadInput("A cost is not negative.")
    ordered = sorted(costs, key=lambda one: one[1].amount, reverse=dearest)
    (first, cost, _), (second, other, _) = ordered[:2]
    gap = other - cost if other.amount >= cost.amount else cost - other
    when = f" {over}" if over else ""
    rest = listed([f"{money(one)} for {name}" for name, one, _ in ordered[1:]])
    if gap.amount == 0:
        said = f"{first} and {second} cost the same: {money(cost)}{when}."
    else:
        said = f"{first} is {'dearer' if dearest else 'cheaper'} by {money(gap)}: {money(cost)}{when}, against {rest}."
    each = [Figure.of(name, one) for name, one, _ in ordered]
    apart = Figure.of("Difference", gap)
    return Result(
        summary=said,
        figures=(apart, *each) if difference else (each[0], apart, *each[1:]),
        table=Table(
            f"Costs{when}",
            ("Offer", f"Cost ({currency})", "Worked out as"),
            tuple((name, one.amount, sum_) for name, one, sum_ in ordered),
        ),
    )


def compare_projects(found: Sequence[tuple[str, Result]], label: str, rate: Decimal | None) -> Result:
    """The projects by the figure called `label`, the best first; one without it last. Headline: the best's."""
    if len(found) < 2:
        raise NeedsChoice("Which projects should be set side by side?")
    told = [(name, next((f for f in result.figures if f.label == label), None), result) for name, result in found]
    have = [(name, figure, result) for name, figure, result in told if figure is not None]
    have.sort(key=lambda one: one[1].value, reverse=label not in SMALLER_IS_BETTER)
    lack = [name for name, figure, _ in told if figure is None]
    if not have:
        return Result(summary=f"None of them has one: {label.lower()}.")
    said = listed([f"{name} {_shown(figure)}" for name, figure, _ in have])
    held = f" at {number(rate)}% a year" if rate is not None else ""
    apart = ""
    figures = [Figure(f"{label}, {name}", figure.value, figure.unit) for name, figure, _ in have]
    if len(have) > 1 and have[0][1].value != have[1][1].value:
        gap = abs(have[0][1].value - have[1][1].value)
        figures.append(Figure("Difference of the first two", gap, have[0][1].unit))
        apart = f" {have[0][0]} is ahead."
    lacking = f" {listed(lack)}: none." if lack else ""
    every = [
        Figure(f"{f.label}, {name}", f.value, f.unit)
        for name, _, result in told
        for f in result.figures
        if f.label != label
    ]
    return Result(
        summary=f"{label}{held}: {said}.{apart}{lacking}",
        figures=(*figures, *every),
        table=Table(label, ("Project", f"{label} ({have[0][1].unit})"), tuple((n, f.value) for n, f, _ in have)),
        assumptions=tuple(dict.fromkeys(line for _, result in found for line in result.assumptions)),
    )


def _shown(figure: Figure) -> str:
    if figure.unit == "%":
        return percent(figure.value / 100, 2)
    if len(figure.unit) == 3 and figure.unit.isupper():
        return money(Money(figure.value, figure.unit))
    return f"{number(figure.value)} {figure.unit}"
