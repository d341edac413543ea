"""Spend over time: one point a day, week or month; what is not known is a gap, never zero."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tools.ledger.audience import Audience
from tools.ledger.dimensions import Grain, dimension_named, title
from tools.ledger.groups import Group, shown_label
from tools.ledger.known import days_of_providers
from tools.ledger.ledger import Ledger
from tools.ledger.query import asked_period, sums, unknown_costs, view
from tools.ledger.scope import COST_COLUMNS, Scope
from tools.ledger.spend import added, several, through
from tools.money import Money
from tools.period import Period, months_after
from tools.results import Cell, Chart, Figure, Result, Series, Table, listed

MOST_LINES = 6


def spend_series(
    ledger: Ledger, scope: Scope, audience: Audience, today: date, grain: Grain, by: str | None = None
) -> Result:
    """The scope's cost for each day, week (from Monday), month, quarter or year of the period, split by a dimension if
    given. The table says of each point whether it is complete. A day on which the providers asked about have no row at
    all is a gap; a group without a charge on a day that has data is zero. The headline figure is the total."""
    split = dimension_named(by) if by else None
    names = (grain, split) if split else (grain,)
    rows = view(ledger, scope, audience, names)
    period, warnings = asked_period(rows, today)
    groups = sums(ledger, rows.within(period), names)
    covered = days_of_providers(ledger, rows.spans, period)
    points = list(buckets(period, grain))
    shown = {start: shown_label(grain, start) for start, _ in points}
    ends = min(today, rows.span.through + timedelta(1))
    whole = {s: s >= rows.span.first and p == _full(s, grain) and p.end <= ends for s, p in points}
    known = {s for s, p in points if any(p.start <= day < p.end for day in covered)}
    codes = list(dict.fromkeys(g.amount.currency for g in groups))
    lines: list[tuple[Cell, ...]] = []
    series: list[Series] = []
    figures: list[Figure] = []
    totals: list[str] = []
    for code in codes:
        mine = [g for g in groups if g.amount.currency == code]
        total = added([g.amount for g in mine])
        figures.append(Figure.of(f"Total {scope.cost} cost, {rows.words}, {period.shown()}", total, rows.span.through))
        totals.append(total.shown())
        for name, amounts in _lines(mine, split):
            values = [_value(amounts, s, s in known, split == "provider") for s, _ in points]
            series.append(Series(name or "spend", tuple(values)))
            for (start, _), value in zip(points, values, strict=True):
                complete = "yes" if whole[start] and value is not None else "no"
                lines.append((shown[start], *([name] if split else []), code, value, complete))
                if value is not None:
                    called = f"{shown[start]}, {name}" if split else shown[start]
                    figures.append(Figure(called, value, code, rows.span.through))
    column = COST_COLUMNS[scope.cost] + (f" ({codes[0]})" if len(codes) == 1 else "")
    columns = (grain.capitalize(), *([title(split)] if split else []), "Currency", column, "Complete")
    heading = f"{scope.cost.capitalize()} cost by {grain}, {rows.words}, {period.shown()}"
    partial = [shown[s] for s, _ in points if s in known and not whole[s]]
    gaps = [shown[s] for s, _ in points if s not in known]
    notes = [f"Not complete: {', '.join(partial[:4])}."] if partial else []
    notes += [f"No data for {len(gaps)} of {len(points)} {grain}s: a gap, not zero."] if gaps else []
    summary = f"{listed(totals) or 'No charge'} in all, {scope.cost} cost by {grain}: {rows.words}, {period.shown()}."
    return Result(
        f"{summary} {through(rows)}",
        tuple(figures),
        Table(heading, columns, tuple(lines)),
        Chart("line", heading, codes[0], tuple(shown.values()), tuple(series)) if len(codes) == 1 else None,
        (*rows.counted, *rows.assumptions, *several(groups)),
        (*warnings, *notes, *unknown_costs(groups, scope.cost)),
        rows.span.through,
    )


def incomplete(ledger: Ledger, scope: Scope, audience: Audience, today: date, grain: Grain) -> frozenset[str]:
    """The days, weeks, months, quarters or years, as shown, that the data or the period holds only in part."""
    rows = view(ledger, scope, audience, (grain,))
    period, _ = asked_period(rows, today)
    ends = min(today, rows.span.through + timedelta(1))
    return frozenset(
        shown_label(grain, start)
        for start, part in buckets(period, grain)
        if start < rows.span.first or part != _full(start, grain) or part.end > ends
    )


def buckets(period: Period, grain: Grain) -> Iterator[tuple[date, Period]]:
    """The start of each day, week, month, quarter or year that the period touches, with its days inside the period."""
    start = key_day(period.start, grain)
    while start < period.end:
        full = _full(start, grain)
        yield start, Period(max(start, period.start), min(full.end, period.end))
        start = full.end


def key_day(day: date, grain: Grain) -> date:
    """The first day of the day, week, month, quarter or year that holds it."""
    if grain == "year":
        return day.replace(month=1, day=1)
    if grain == "quarter":
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    if grain == "month":
        return day.replace(day=1)
    return day - timedelta(day.weekday()) if grain == "week" else day


def _full(start: date, grain: Grain) -> Period:
    months = {"month": 1, "quarter": 3, "year": 12}.get(grain)
    if months:
        return Period(start, months_after(start, months))
    return Period(start, start + timedelta(7 if grain == "week" else 1))


def _lines(groups: Sequence[Group], split: str | None) -> list[tuple[str, dict[date, Decimal]]]:
    """Each group's amounts by start of bucket, the largest groups first and what is past six as `others`."""
    if split is None:
        return [("", {calendar_day(g.keys[0]): g.amount.amount for g in groups})]
    names: dict[object, list[Group]] = {}
    for group in groups:
        names.setdefault(group.keys[1], []).append(group)
    ranked = sorted(names.values(), key=lambda found: -added([g.amount for g in found]).amount)
    kept = [(_name(split, found), found) for found in ranked]
    if len(kept) > MOST_LINES:
        rest = [group for _, found in kept[MOST_LINES - 1 :] for group in found]
        kept = [*kept[: MOST_LINES - 1], (f"others ({len(ranked) - MOST_LINES + 1})", rest)]
    lines = []
    for name, found in kept:
        amounts: dict[date, list[Money]] = {}
        for group in found:
            amounts.setdefault(calendar_day(group.keys[0]), []).append(group.amount)
        lines.append((name, {start: added(values).amount for start, values in amounts.items()}))
    return lines


def _name(split: str, found: Sequence[Group]) -> str:
    return shown_label(split, None if found[0].keys[1] is None else max(str(g.labels[1]) for g in found))


def _value(amounts: dict[date, Decimal], start: date, has_data: bool, own_data: bool) -> Decimal | None:
    if start in amounts:
        return amounts[start]
    return Decimal(0) if has_data and not own_data else None


def calendar_day(found: Any) -> date:
    """A day as DuckDB gives it, a date or a moment at its start, as a date."""
    return found.date() if isinstance(found, datetime) else date(found.year, found.month, found.day)
