"""The smallest group of a split, and how far two groups are apart."""

from __future__ import annotations

from dataclasses import replace

from tools.money import Money
from tools.results import Figure, Result

NOT_A_GROUP = ("Total ", "others", "untagged", "unknown", "no ")


def _groups(result: Result) -> list[Figure]:
    """The named groups' amounts, largest first; none where there are several currencies."""
    amounts = [f for f in result.figures if f.unit != "%" and not f.label.startswith(NOT_A_GROUP)]
    return amounts if len({f.unit for f in amounts}) == 1 else []


def smallest(split: Result) -> Result:
    """`split`, a result of `spend_by` with every group shown, with its smallest named group as the headline."""
    groups = _groups(split)
    if not groups:
        return split
    last = min(groups, key=lambda figure: figure.value)
    others = tuple(figure for figure in split.figures if figure is not last)
    said = f"The least is {last.label}: {Money(last.value, last.unit).shown()}. {split.summary}"
    return replace(split, summary=said, figures=(last, *others))


def compared(split: Result, *, first: bool = False) -> Result:
    """`split` of two groups, with the two groups and the difference between them first; `first` puts the difference
    before the groups."""
    groups = _groups(split)
    if len(groups) != 2:
        return split
    more, less = groups
    apart = Money(more.value, more.unit) - Money(less.value, less.unit)
    difference = Figure.of(f"{more.label} above {less.label}", apart, more.as_of)
    headline = (difference, *groups) if first else (*groups, difference)
    return replace(
        split,
        summary=(
            f"{more.label} {Money(more.value, more.unit).shown()}, "
            f"{less.label} {Money(less.value, less.unit).shown()}: {apart.shown()} apart. {split.summary}"
        ),
        figures=(*headline, *(figure for figure in split.figures if figure not in groups)),
    )


def extreme(split: Result, *, least: bool = False) -> Result:
    """`split` by day, week or month with its highest (or lowest) span as the headline."""
    groups = _groups(split)
    if not groups:
        return split
    found = min(groups, key=lambda f: f.value) if least else max(groups, key=lambda f: f.value)
    said = f"The {'lowest' if least else 'highest'} is {found.label}: {Money(found.value, found.unit).shown()}."
    return replace(
        split,
        summary=f"{said} {split.summary}",
        figures=(found, *(figure for figure in split.figures if figure is not found)),
    )
