"""What the groups of a split have in common: how many there are, their mean, and which lie beyond an amount."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Literal

from tools.errors import Unknown
from tools.ledger.found.ranking import by_currency, named_groups
from tools.ledger.spend import EXACT, one_decimal
from tools.money import Money
from tools.results import Figure, Result, listed

PLACES = Decimal("0.000001")
MOST_NAMED = 8
Way = Literal["above", "below"]


def mean_of_groups(split: Result, kind: str) -> Result:
    """`split`, a result of `spend_by` with every group shown, with the mean of its named groups first, for each
    currency; what has no name is no group. `kind` is what one of them is called."""
    figures, said = [], []
    for mine in by_currency(named_groups(split)):
        unit, count = mine[0].unit, len(mine)
        total = sum((figure.value for figure in mine), Decimal(0))
        mean = Money(EXACT.divide(total, Decimal(count)), unit)
        figures.append(Figure.of(f"Mean a {kind}", mean, mine[0].as_of))
        figures.append(Figure(f"{kind.capitalize()}s", Decimal(count), f"{kind}s", mine[0].as_of))
        figures.append(Figure.of(f"All {count} {kind}s", Money(total, unit), mine[0].as_of))
        said.append(f"{mean.shown()} a {kind} on average: {Money(total, unit).shown()} over {count} {kind}s")
    if not figures:
        raise Unknown(f"No {kind} is named, so there is no mean. {split.summary}")
    nameless = f"What names no {kind} is left out of the mean."
    return replace(
        split,
        summary=f"{listed(said)}. {split.summary}",
        figures=(*figures, *split.figures),
        assumptions=(*split.assumptions, nameless),
    )


def counted(split: Result, kind: str) -> Result:
    """`split`, a result of `spend_by` with every group shown, with the number of its named groups first."""
    groups = named_groups(split)
    names = list(dict.fromkeys(figure.label for figure in groups))
    if not names:
        raise Unknown(f"No {kind} is named. {split.summary}")
    count = Figure(f"Number of {kind}s", Decimal(len(names)), f"{kind}s", groups[0].as_of)
    told = f"{len(names)} {kind}{'s' * (len(names) != 1)} had charges: {_names(names)}. {split.summary}"
    return replace(split, summary=told, figures=(count, *split.figures))


def beyond(split: Result, kind: str, way: Way, limit: Decimal, in_percent: bool = False) -> Result:
    """`split`, a result of `spend_by` with every group shown, with the named groups that cost more (or less) than
    `limit`, an amount or a share in percent of the total, and how many they are first. Several currencies are not
    compared with one amount: Unknown."""
    groups = named_groups(split)
    if len({figure.unit for figure in groups}) > 1:
        raise Unknown(f"The bills are in several currencies, which one limit cannot be set against. {split.summary}")
    total = next((f.value for f in split.figures if f.label.startswith("Total ")), Decimal(0))

    def size(figure: Figure) -> Decimal:
        return EXACT.divide(figure.value * 100, total) if in_percent and total else figure.value

    found = [f for f in groups if (size(f) > limit if way == "above" else size(f) < limit)]
    unit = groups[0].unit if groups else "USD"
    shown = f"{limit.normalize():f}% of the total" if in_percent else Money(limit, unit).shown()
    bound = Figure("Limit", limit, "%" if in_percent else unit)
    count = Figure(f"Number of {kind}s {way} it", Decimal(len(found)), f"{kind}s", split.data_through)
    shares = [Figure(f"Share of {f.label}", size(f).quantize(PLACES), "%", f.as_of) for f in found if in_percent]
    told = [
        f"{f.label} {Money(f.value, f.unit).shown()}" + (f" ({one_decimal(size(f))}%)" if in_percent else "")
        for f in found[:MOST_NAMED]
    ]
    more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    which = f": {listed(told)}{more}" if found else ""
    summary = (
        f"{len(found)} of {len(groups)} {kind}s {'cost' if len(found) != 1 else 'costs'} "
        f"{'more' if way == 'above' else 'less'} than {shown}{which}. {split.summary}"
    )
    whole = Figure(f"Number of {kind}s", Decimal(len(groups)), f"{kind}s", split.data_through)
    others = tuple(figure for figure in split.figures if figure not in found)
    return replace(split, summary=summary, figures=(count, *found, *shares, bound, whole, *others))


def portion_of(total: Result, percent: Decimal) -> Result:
    """`total`, a result of `spend_total`, with `percent` of it first, for each currency."""
    sums = [figure for figure in total.figures if figure.label != "of which AI spend"]
    shown = f"{percent.quantize(Decimal('0.01')).normalize():f}%"
    parts = [Money(EXACT.divide(EXACT.multiply(f.value, percent), Decimal(100)), f.unit) for f in sums]
    figures = [Figure.of(f"{shown} of {f.label}", part, f.as_of) for f, part in zip(sums, parts, strict=True)]
    told = listed([part.shown() for part in parts])
    return replace(
        total,
        summary=f"{told} is {shown} of {total.summary}",
        figures=(*figures, *total.figures, Figure("Part", percent, "%")),
    )


def _names(names: list[str]) -> str:
    more = [f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
    return listed([*names[:MOST_NAMED], *more])
