"""Who led in each day, week, month or quarter: the group with the most, or the least, spend of each."""

from __future__ import annotations

from datetime import date

from tools.errors import Unknown
from tools.ledger.audience import Audience
from tools.ledger.dimensions import Grain, dimension_named, title
from tools.ledger.groups import Group, shown_label
from tools.ledger.ledger import Ledger
from tools.ledger.query import asked_period, sums, view
from tools.ledger.scope import COST_COLUMNS, Scope
from tools.ledger.spend import several_codes, through
from tools.results import Cell, Figure, Result, Table

MOST_TOLD = 12


def spend_leaders(
    ledger: Ledger, scope: Scope, audience: Audience, today: date, by: str, grain: Grain, *, least: bool = False
) -> Result:
    """For each `grain` of the period, in order and for each currency, the named group of the dimension `by` with the
    largest cost (`least`: the smallest above zero), and that cost. What names no group leads nowhere."""
    name = dimension_named(by)
    rows = view(ledger, scope, audience, (name,))
    period, warnings = asked_period(rows, today)
    groups = sums(ledger, rows.within(period), (grain, name))
    leaders: dict[tuple[str, str], Group] = {}
    for group in groups:
        if group.keys[1] is None or group.amount.amount <= 0:
            continue
        place = (shown_label(grain, group.labels[0]), group.amount.currency)
        first = leaders.get(place)
        ahead = first is None or (group.amount.amount < first.amount.amount) == least
        if ahead and (first is None or group.amount.amount != first.amount.amount):
            leaders[place] = group
    if not leaders:
        raise Unknown(f"No {title(name).lower()} is charged in {period.shown()}: {rows.words}.")
    ordered = sorted(leaders.items())
    as_of = rows.span.through
    figures = [
        Figure.of(f"{span}, {shown_label(name, group.labels[1])}", group.amount, as_of) for (span, _), group in ordered
    ]
    lines: list[tuple[Cell, ...]] = [
        (span, shown_label(name, group.labels[1]), code, group.amount.amount) for (span, code), group in ordered
    ]
    told = [
        f"{span} {shown_label(name, group.labels[1])} ({group.amount.shown()})"
        for (span, _), group in ordered[:MOST_TOLD]
    ]
    more = f" and {len(ordered) - MOST_TOLD} more" if len(ordered) > MOST_TOLD else ""
    which = "smallest" if least else "largest"
    return Result(
        f"The {which} {title(name).lower()} of each {grain}: {', '.join(told)}{more}. {scope.cost.capitalize()} cost, "
        f"{rows.words}, {period.shown()}. {through(rows)}",
        tuple(figures),
        Table(
            f"The {which} {title(name).lower()} of each {grain}, {period.shown()}",
            (grain.capitalize(), title(name), "Currency", COST_COLUMNS[scope.cost]),
            tuple(lines),
        ),
        None,
        (*rows.counted, *rows.assumptions, *several_codes(sorted({code for _, code in leaders}))),
        warnings,
        as_of,
    )
