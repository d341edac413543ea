"""The smallest group of a split, and how far two groups are apart."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Literal

from tools.errors import Unknown
from tools.money import Money
from tools.results import Figure, Result, listed

DRIVER, AGAINST = "Change, ", " against "
NOT_A_GROUP = ("Total ", "others", "untagged", "unknown", "no ")


def named_groups(result: Result) -> list[Figure]:
    """The named groups' amounts, largest first, one currency after the other."""
    return [f for f in result.figures if f.unit != "%" and not f.label.startswith(NOT_A_GROUP)]


def by_currency(groups: list[Figure]) -> list[list[Figure]]:
    return [[f for f in groups if f.unit == unit] for unit in dict.fromkeys(f.unit for f in groups)]


def smallest(split: Result, count: int = 1) -> Result:
    """`split`, a result of `spend_by` with every group shown, with its `count` smallest named groups first, the
    smallest as the headline."""
    groups = [
        figure
        for mine in by_currency(named_groups(split))
        for figure in sorted(mine, key=lambda figure: figure.value)[:count]
    ]
    if not groups:
        return split
    others = tuple(figure for figure in split.figures if figure not in groups)
    told = listed([f"{group.label}: {Money(group.value, group.unit).shown()}" for group in groups])
    said = f"The least is {told}." if count == 1 else f"The smallest are {told}."
    return replace(split, summary=f"{said} {split.summary}", figures=(*groups, *others))


def compared(split: Result, *, first: bool = False) -> Result:
    """`split` of two groups, with the two groups and the difference between them first; `first` puts the difference
    before the groups."""
    groups = named_groups(split)
    if len(groups) != 2 or groups[0].unit != groups[1].unit:
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


def extreme(split: Result, *, least: bool = False, partial: frozenset[str] = frozenset(), count: int = 1) -> Result:
    """`split` by day, week or month with its highest (or lowest) `count` spans first. A span that is `partial` is the
    lowest only where there is no other."""
    groups = named_groups(split)
    skipped = [figure.label for figure in groups if least and figure.label in partial]
    groups = [figure for figure in groups if figure.label not in skipped] or groups
    if not groups:
        return split
    ranked = [sorted(mine, key=lambda f: f.value, reverse=not least) for mine in by_currency(groups)]
    found = [figure for mine in ranked for figure in mine[:count]]
    notes = (f"Not complete, so not taken for the lowest: {listed(skipped[:4])}.",) if skipped else ()
    told = listed([f"{figure.label}: {Money(figure.value, figure.unit).shown()}" for figure in found])
    return replace(
        split,
        summary=f"The {'lowest' if least else 'highest'} {'is' if count == 1 else 'are'} {told}. {split.summary}",
        figures=(*found, *(figure for figure in split.figures if figure not in found)),
        assumptions=(*split.assumptions, *notes),
    )


def mover(change: Result, direction: Literal["up", "down", "any"]) -> Result:
    """`change`, a result of `spend_change` by a dimension, with the group that rose most, fell most, or moved most
    either way as the headline, for each currency; where no group moved so, that is said."""
    groups = [f for f in change.figures if f.label.startswith(DRIVER) and AGAINST not in f.label]
    found = []
    for mine in by_currency(groups):
        moved = [
            f for f in mine if (f.value > 0 if direction == "up" else f.value < 0 if direction == "down" else True)
        ]
        found += [max(moved, key=lambda f: abs(f.value))] if moved else []
    if not found:
        none = {"up": "None rose.", "down": "None fell.", "any": "None changed."}[direction]
        return replace(change, summary=f"{none} {change.summary}")
    told = listed([f"{f.label.removeprefix(DRIVER)}: {Money(f.value, f.unit).shown()}" for f in found])
    named = {"up": "The largest rise is", "down": "The largest fall is", "any": "The largest change is"}[direction]
    others = tuple(figure for figure in change.figures if figure not in found)
    return replace(change, summary=f"{named} {told}. {change.summary}", figures=(*found, *others))


def pace(change: Result, direction: Literal["fastest", "slowest"]) -> Result:
    """`change`, a result of `spend_change` by a dimension, with the named group whose cost grew most in percent of what
    it was as the headline (or grew least), for each currency. A group without a cost before has no such growth."""
    assert change.table is not None
    rows = [row for row in change.table.rows if not str(row[0]).startswith((*NOT_A_GROUP, "total"))]
    paces = [(str(row[0]), str(row[1]), row[4], row[5]) for row in rows]
    known = [(n, code, by, share) for n, code, by, share in paces if isinstance(by, Decimal) and share is not None]
    figures, said = [], []
    for code in dict.fromkeys(row[1] for row in known):
        mine = [(n, by, Decimal(str(share))) for n, of, by, share in known if of == code]
        choose = max if direction == "fastest" else min
        name, moved, share = choose(mine, key=lambda row: row[2])
        figures += [Figure(f"Growth, {name}", share, "%", change.data_through)]
        figures += [Figure(f"{DRIVER}{name}", moved, code, change.data_through)]
        sign = "+" if share > 0 else ""
        amount = f"{'+' if moved > 0 else ''}{Money(moved, code).shown()}"
        said.append(f"{name}: {sign}{share.quantize(Decimal('0.1'))}% ({amount})")
    if not said:
        raise Unknown(f"Nothing named has a cost in both periods, so no growth is known. {change.summary}")
    new = [name for name, _, _, share in paces if share is None]
    others = tuple(figure for figure in change.figures if figure not in figures)
    notes = (f"Without a cost in the earlier period, so without a rate of growth: {listed(new)}.",) if new else ()
    return replace(
        change,
        summary=f"The {direction} growth is {listed(said)}. {change.summary}",
        figures=(*figures, *others),
        assumptions=(*change.assumptions, "Fastest is meant in percent of the earlier period's cost.", *notes),
    )


def placed(split: Result, rank: int) -> Result:
    """`split`, a result of `spend_by` with its largest groups shown, with the one in place `rank` (2 is the second
    largest) as the headline, for each currency. Unknown where there are fewer groups."""
    ranked = [sorted(mine, key=lambda figure: -figure.value) for mine in by_currency(named_groups(split))]
    if not ranked or any(len(mine) < rank for mine in ranked):
        raise Unknown(f"There are fewer than {rank} groups to rank. {split.summary}")
    found = [mine[rank - 1] for mine in ranked]
    told = listed([f"{figure.label}: {Money(figure.value, figure.unit).shown()}" for figure in found])
    others = tuple(figure for figure in split.figures if figure not in found)
    return replace(split, summary=f"In place {rank} is {told}. {split.summary}", figures=(*found, *others))
