"""A total held against an amount, and the largest group of a split against the next."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Literal

from tools.errors import Unknown
from tools.ledger.found.ranking import by_currency, named_groups
from tools.ledger.spend import EXACT, one_decimal
from tools.money import Money
from tools.results import Figure, Result, listed


def held_against(total: Result, way: Literal["above", "below"], limit: Decimal) -> Result:
    """`total`, a result of `spend_total`, with whether it is more (or less) than `limit`, in its own currency, and by
    how much. Several currencies are not compared with one amount: Unknown."""
    sums = [figure for figure in total.figures if figure.label != "of which AI spend"]
    if len({figure.unit for figure in sums}) != 1:
        raise Unknown(f"The bills are in several currencies, which one amount cannot be set against. {total.summary}")
    whole = sums[0]
    apart = EXACT.subtract(whole.value, limit)
    bound, distance = Money(limit, whole.unit), Money(abs(apart), whole.unit)
    met = apart > 0 if way == "above" else apart < 0
    where = f"{distance.shown()} {'more' if apart > 0 else 'less'} than" if apart else "exactly"
    figures = (
        *total.figures,
        Figure(f"{'Above' if apart >= 0 else 'Below'} {bound.shown()}", abs(apart), whole.unit, whole.as_of),
        Figure("Limit", limit, whole.unit),
    )
    said = f"{'Yes' if met else 'No'}: {Money(whole.value, whole.unit).shown()} is {where} {bound.shown()}."
    return replace(total, summary=f"{said} {total.summary}", figures=figures)


def share_held_against(share: Result, way: Literal["above", "below"], limit: Decimal) -> Result:
    """`share`, a result of `spend_share`, with whether each currency's share is more (or less) than `limit` percent."""
    told = [figure for figure in share.figures if figure.unit == "%"]
    if not told:
        return share
    shown = f"{limit.normalize():f}%"
    met = [figure.value > limit if way == "above" else figure.value < limit for figure in told]
    word = "more" if way == "above" else "less"
    said = [
        f"{one_decimal(f.value)}% is {'' if yes else 'not '}{word} than {shown}"
        for f, yes in zip(told, met, strict=True)
    ]
    opens = "Yes" if all(met) else "No" if not any(met) else "In part"
    figures = (*share.figures, Figure("Limit", limit, "%"))
    return replace(share, summary=f"{opens}: {listed(said)}. {share.summary}", figures=figures)


def ahead(split: Result) -> Result:
    """`split`, a result of `spend_by` with at least its two largest groups shown, with the largest, what it is more
    than the next, and the next first, for each currency. Unknown where only one group is named."""
    figures: list[Figure] = []
    said: list[str] = []
    for mine in by_currency(named_groups(split)):
        ranked = sorted(mine, key=lambda figure: -figure.value)
        if len(ranked) < 2:
            raise Unknown(f"There is no second to set the largest against. {split.summary}")
        first, second = ranked[:2]
        apart = Money(first.value, first.unit) - Money(second.value, second.unit)
        figures += [first, Figure.of(f"{first.label} above {second.label}", apart, first.as_of), second]
        said.append(
            f"{first.label} at {Money(first.value, first.unit).shown()}, {apart.shown()} more than {second.label} at "
            f"{Money(second.value, second.unit).shown()}"
        )
    if not figures:
        return split
    others = tuple(figure for figure in split.figures if figure not in figures)
    return replace(split, summary=f"The largest is {listed(said)}. {split.summary}", figures=(*figures, *others))
