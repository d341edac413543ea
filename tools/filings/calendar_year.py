"""A company's figures by calendar year, and their growth: readings of a Result of `company_figures`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tools.calculators.wording import money
from tools.errors import Unknown
from tools.filings.fiscal import FiscalPeriod
from tools.filings.series import Value
from tools.money import Money
from tools.results import Figure, Result


def in_calendar_year(values: Sequence[Value], year: int) -> list[FiscalPeriod]:
    """The fiscal quarters whose middle falls in `year`, oldest first, as in the SEC's own frames (CY2024Q1)."""
    return [v.period for v in values if v.start is not None and (v.start + (v.end - v.start) / 2).year == year]


def of_calendar_year(result: Result, metric: str, year: int, start: date | None, end: date) -> Result:
    """`result` of four quarters, its headline named for the calendar year that they stand for."""
    first = replace(result.figures[0], label=f"{metric}, calendar {year}")
    span = f"{start.isoformat() if start else 'the first of them'} to {end.isoformat()}"
    return replace(
        result,
        summary=f"Calendar {year}, as the four fiscal quarters nearest to it ({span}): {result.summary}",
        figures=(first, *result.figures[1:]),
        assumptions=(
            *result.assumptions,
            f"Calendar {year} is taken as the four fiscal quarters whose middle falls in it, {span}",
        ),
    )


def as_total(result: Result, metric: str, values: Sequence[Value], asked: int) -> Result:
    """`result` of several years with their sum first; Unknown where one of them is not known."""
    if len(values) != asked:
        raise Unknown("Not every one of those years is in the filings on hand, so their sum is not known.")
    unit = result.figures[0].unit
    amount = sum((value.value for value in values), Decimal(0))
    span = f"{values[0].period.shown()} to {values[-1].period.shown()}"
    said = f"{metric} over {span} was {money(Money(amount, unit))} in all. {result.summary}"
    total = Figure(f"{metric}, {span}", amount, unit, values[-1].end)
    return replace(result, summary=said, figures=(total, *result.figures))


def as_growth(result: Result) -> Result:
    """`result` with the change to the last period, in percent, first; Unknown where the period before is not known."""
    change = next((figure for figure in result.figures if figure.label.startswith("Change on ")), None)
    if change is None:
        raise Unknown("The period before is not in the filings on hand, so the growth is not known.")
    before = change.label.removeprefix("Change on ")
    from tools.calculators.wording import percent

    way = "up" if change.value >= 0 else "down"
    rest = tuple(figure for figure in result.figures if figure is not change)
    said = f"{result.summary} That is {way} {percent(abs(change.value) / 100)} on {before}."
    return replace(result, summary=said, figures=(change, *rest))
