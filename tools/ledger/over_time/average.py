"""Mean spend a day, week or month over a period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from tools.errors import NeedsChoice
from tools.ledger.audience import Audience
from tools.ledger.dimensions import Grain
from tools.ledger.ledger import Ledger
from tools.ledger.over_time.series import calendar_day
from tools.ledger.query import View, asked_period, sums, view
from tools.ledger.scope import Scope
from tools.ledger.spend import EXACT, spend_by, spend_total
from tools.money import Money
from tools.period import Period, months_after
from tools.results import Figure, Result, Table, listed

MOST_TOLD = 4


def spend_average(
    ledger: Ledger, scope: Scope, audience: Audience, today: date, grain: Grain, by: str | None = None
) -> Result:
    """The scope's cost over its period divided by the days, weeks (7 days) or calendar months of it that the data
    covers. Headline: the mean, per currency; then the total; split by a dimension if given, the mean of each group. A
    month's mean is over complete months: those of the period, where it holds more; NeedsChoice where it holds none, or
    is no whole months itself."""
    rows = view(ledger, scope, audience)
    asked, _ = asked_period(rows, today)
    covered = Period(max(asked.start, rows.span.first), min(asked.end, rows.span.through + timedelta(1)))
    late = _begun_later(ledger, rows, covered) if scope.period is None and grain != "month" else None
    covered = covered if late is None else Period(late, covered.end)
    cut: tuple[str, ...] = ()
    if grain == "month" and not covered.whole_months:
        whole = complete_months(covered)
        if whole is None or not (asked.start.day == 1 or covered.start == rows.span.first):
            raise NeedsChoice(
                f"{asked.shown()} {'has no data for all its days' if asked.whole_months else 'is not whole months'}; "
                "a mean per day or per week, or of complete months?",
                ("per day", "per week", "last complete month"),
            )
        cut = (f"Only complete months count: {whole.shown()}.",)
        covered = whole
    seen = [covered.start + timedelta(step) for step in range(covered.days)]
    days = Decimal(sum(day in rows.covered for day in seen))
    months = Decimal(len({(day.year, day.month) for day in seen if day in rows.covered}))
    count = {"day": days, "week": days / 7, "month": months}[grain]
    if by is not None:
        return _of_each(ledger, replace(scope, period=covered), audience, today, grain, count, by, cut)
    total = spend_total(ledger, replace(scope, period=covered), audience, today)
    sums = [figure for figure in total.figures if figure.label != "of which AI spend"]
    means = [replace(f, label=f"Mean per {grain}, {f.label}", value=f.value / count) for f in sums]
    shown = " and ".join(Money(mean.value, mean.unit).shown() for mean in means)
    return replace(
        total,
        summary=f"{shown} per {grain} on average. In all: {total.summary}",
        figures=(*means, *total.figures, Figure(f"{grain.capitalize()}s", count, f"{grain}s")),
        assumptions=(
            f"The mean is the total over {covered.shown()} divided by its {grain}s with data",
            *cut,
            *total.assumptions,
        ),
    )


def _begun_later(ledger: Ledger, rows: View, covered: Period) -> date | None:
    """The day of the first charge, where no time was asked for and that is later: before it, nothing was in use."""
    days = [calendar_day(group.keys[0]) for group in sums(ledger, rows, ("day",)) if group.amount.amount]
    return min(days) if days and covered.start < min(days) < covered.end else None


def complete_months(covered: Period) -> Period | None:
    """The whole calendar months inside a period; None where there is none."""
    start = covered.start if covered.start.day == 1 else months_after(covered.start.replace(day=1), 1)
    end = covered.end.replace(day=1)
    return Period(start, end) if start < end else None


def _of_each(
    ledger: Ledger,
    scope: Scope,
    audience: Audience,
    today: date,
    grain: Grain,
    count: Decimal,
    by: str,
    cut: tuple[str, ...],
) -> Result:
    """The mean of each group of a split, the largest first, and of all of them."""
    split = spend_by(ledger, scope, audience, today, (by,))
    assert split.table is not None
    assert scope.period is not None
    means = [
        replace(figure, label=f"Mean per {grain}, {figure.label}", value=EXACT.divide(figure.value, count))
        for figure in split.figures
    ]
    groups = [figure for figure in means if ", Total " not in figure.label]
    told = [f"{f.label.partition(', ')[2]} {Money(f.value, f.unit).shown()}" for f in groups[:MOST_TOLD]]
    lines = [
        (*row[:-2], row[-2], EXACT.divide(row[-2], count) if isinstance(row[-2], Decimal) else None, row[-1])
        for row in split.table.rows
    ]
    columns = (*split.table.columns[:-1], f"Mean per {grain}", split.table.columns[-1])
    return replace(
        split,
        summary=f"Per {grain} on average: {listed(told)}. {split.summary}",
        figures=(*means, *split.figures, Figure(f"{grain.capitalize()}s", count, f"{grain}s")),
        table=Table(split.table.title, columns, tuple(lines)),
        chart=None,
        assumptions=(
            f"The mean is each total over {scope.period.shown()} divided by its {grain}s with data",
            *cut,
            *split.assumptions,
        ),
    )
