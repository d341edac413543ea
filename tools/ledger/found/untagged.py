"""How much of the spend carries no tag."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tools.errors import Denied
from tools.ledger.audience import Audience
from tools.ledger.dimensions import TAG, dimension_named, key, title
from tools.ledger.groups import shown_label
from tools.ledger.known import tag_keys, unknown_value
from tools.ledger.ledger import Ledger
from tools.ledger.naming.tag_keys import spellings
from tools.ledger.query import asked_period, sums, unknown_costs, view
from tools.ledger.scope import COST_COLUMNS, Scope
from tools.ledger.spend import added, one_decimal, percent, several, through
from tools.money import Money
from tools.results import Cell, Figure, Result, Table, listed

OWN_TEAMS_ONLY = "Untagged spend belongs to no team, and only your own teams' spend may be shown here."


def untagged_share(
    ledger: Ledger, scope: Scope, audience: Audience, today: date, tag: str = "team", by: str | None = None
) -> Result:
    """The cost of rows without the tag, then its share of all in percent, per currency; by a dimension if given.
    Unknown for a tag key that nothing has. Denied to those who may see single teams only: untagged is no team's."""
    name = dimension_named(TAG + tag.removeprefix(TAG))
    splits: tuple[str, ...] = (dimension_named(by),) if by else ()
    if name == "team" and audience.teams is not None and not audience.totals:
        raise Denied(OWN_TEAMS_ONLY)
    plain = "team" if name == "team" else name[len(TAG) :]
    if name != "team" and set(spellings(plain)).isdisjoint(keys := tag_keys(ledger, audience)):
        raise unknown_value("tag", plain, keys)
    rows = view(ledger, scope, audience, splits if name == "team" else (*splits, name))
    if name == "team" and rows.narrowed:
        raise Denied(OWN_TEAMS_ONLY)
    period, warnings = asked_period(rows, today)
    inside = rows.within(period)
    everything = sums(ledger, inside, splits)
    without = sums(ledger, inside.narrow(key(inside.table, name).isnull()), splits)
    figures: list[Figure] = []
    lines: list[tuple[Cell, ...]] = []
    parts: list[str] = []
    for code in dict.fromkeys(g.amount.currency for g in everything):
        zero = Money(Decimal(0), code)
        whole = added([g.amount for g in everything if g.amount.currency == code])
        bare = added([zero, *(g.amount for g in without if g.amount.currency == code)])
        share = percent(bare, whole)
        figures.append(Figure.of(f"Without a {plain} tag, {period.shown()}", bare, rows.span.through))
        parts.append(bare.shown())
        if share is not None:
            figures.append(Figure(f"Share without a {plain} tag ({code})", share, "%", rows.span.through))
            parts[-1] += f" ({one_decimal(share)}% of {whole.shown()})"
        figures.append(Figure.of(f"Total {scope.cost} cost, {rows.words}", whole, rows.span.through))
        split: list[tuple[str, Money, Money]] = []
        for group in [g for g in everything if splits and g.amount.currency == code]:
            mine = next((g.amount for g in without if g.keys == group.keys and g.amount.currency == code), zero)
            called = shown_label(splits[0], group.labels[0])
            split.append((called, mine, group.amount))
            figures.append(Figure.of(f"{called}, without a {plain} tag", mine, rows.span.through))
        lines.append(("all", code, bare.amount, whole.amount, share))
        for called, mine, of in sorted(split, key=lambda cells: -cells[1].amount):
            lines.append((called, code, mine.amount, of.amount, percent(mine, of)))
    column = COST_COLUMNS[scope.cost]
    columns = (title(splits[0]) if splits else "", "Currency", f"Untagged {column}", column, "Share (%)")
    meant = f"A row counts as untagged when it has no {plain} tag or an empty one."
    return Result(
        f"{listed(parts) or 'No spend'} has no {plain} tag: {rows.words}, {period.shown()}, {scope.cost} cost. "
        + through(rows),
        tuple(figures),
        Table(f"Spend without a {plain} tag, {period.shown()}", columns, tuple(lines)),
        None,
        (*rows.counted, meant, *rows.assumptions, *several(everything)),
        (*warnings, *unknown_costs(everything, scope.cost)),
        rows.span.through,
    )


def _number(cell: Cell) -> Decimal:
    return cell if isinstance(cell, Decimal) else Decimal(0)
