"""What a series of spend says of its course: growth from step to step, and the running total."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tools.errors import Unknown
from tools.ledger.spend import EXACT
from tools.money import Money
from tools.results import Cell, Chart, Figure, Result, Series, Table, listed

STEP = Decimal("0.000001")


def growth(series: Result, grain: str) -> Result:
    """`series`, a result of `spend_series` without a split, with the change of each complete step on the one before in
    percent, and first the mean growth a step: the constant rate that leads from the first complete step to the last,
    (last / first) ^ (1 / steps between) - 1. Unknown where fewer than two complete steps are above zero."""
    assert series.table is not None
    lines: list[tuple[Cell, ...]] = []
    figures: list[Figure] = []
    said: list[str] = []
    for code in dict.fromkeys(str(row[1]) for row in series.table.rows):
        rows = [row for row in series.table.rows if row[1] == code]
        whole = [(str(row[0]), row[2]) for row in rows if row[3] == "yes"]
        known = [(label, value) for label, value in whole if isinstance(value, Decimal)]
        before: Decimal | None = None
        for label, _, value, complete in rows:
            now = value if isinstance(value, Decimal) and complete == "yes" else None
            lines.append((label, code, value, _change(before, now), complete))
            before = now
        steps = [label for label, _ in whole]
        if len(known) < 2 or len(known) != len(steps) or known[0][1] <= 0 or known[-1][1] <= 0:
            continue
        (first, start), (last, end) = known[0], known[-1]
        ratio = EXACT.divide(end, start)
        rate = EXACT.multiply(EXACT.subtract(EXACT.power(ratio, EXACT.divide(1, len(known) - 1)), 1), Decimal(100))
        rate = rate.quantize(STEP)
        figures.append(Figure(f"Mean growth a {grain} ({code})", rate, "%", series.data_through))
        figures += [Figure(first, start, code, series.data_through), Figure(last, end, code, series.data_through)]
        shown = [Money(amount, code).shown() for amount in (start, end)]
        said.append(
            f"{'+' if rate > 0 else ''}{rate.quantize(Decimal('0.1'))}% a {grain} on average, from {shown[0]} in "
            f"{first} to {shown[1]} in {last}"
        )
    if not said:
        raise Unknown(f"Growth needs at least two complete {grain}s with spend, one after the other. {series.summary}")
    return replace(
        series,
        summary=f"{listed(said)}. {series.summary}",
        figures=(*figures, *series.figures),
        table=Table(series.table.title, (*series.table.columns[:3], "Change (%)", "Complete"), tuple(lines)),
        assumptions=(*series.assumptions, f"Only complete {grain}s count; the mean is the constant rate between them."),
    )


def running(series: Result) -> Result:
    """`series`, a result of `spend_series` without a split, with the running total at each step; steps without data add
    nothing to it and are named in the warnings."""
    assert series.table is not None
    lines: list[tuple[Cell, ...]] = []
    figures: list[Figure] = []
    totals: dict[str, Decimal] = {}
    for label, code, value, complete in series.table.rows:
        so_far = EXACT.add(totals.get(str(code), Decimal(0)), value if isinstance(value, Decimal) else Decimal(0))
        totals[str(code)] = so_far
        lines.append((label, code, value, so_far, complete))
        figures.append(Figure(f"Through {label}", so_far, str(code), series.data_through))
    chart = None
    if series.chart and len(totals) == 1:
        sums = tuple(line[3] if isinstance(line[3], Decimal) else None for line in lines)
        line = (Series("running total", sums),)
        chart = Chart("line", f"Running total, {series.chart.title}", series.chart.unit, series.chart.labels, line)
    ends = [Money(amount, code).shown() for code, amount in totals.items()]
    return replace(
        series,
        summary=f"The running total reaches {listed(ends)}. {series.summary}",
        figures=(*series.figures[: len(totals)], *figures),
        table=Table(series.table.title, (*series.table.columns[:3], "Running total", "Complete"), tuple(lines)),
        chart=chart,
    )


def _change(before: Decimal | None, now: Decimal | None) -> Decimal | None:
    """In percent to six decimals; None where either is unknown or the former is not above zero."""
    if before is None or now is None or before <= 0:
        return None
    return EXACT.multiply(EXACT.divide(EXACT.subtract(now, before), before), Decimal(100)).quantize(STEP)
