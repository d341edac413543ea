"""Which periods of a line of the accounts are asked for, and its values in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from tools.filings.facts import Fact
from tools.filings.fiscal import FiscalCalendar, FiscalPeriod
from tools.filings.metrics import Metric
from tools.filings.series import Value, balances, quarters, years

By = Literal["quarter", "year"]
DEFAULT_PERIODS = {"quarter": 4, "year": 1}


def values_of(
    chosen: Mapping[tuple[date | None, date], Fact], calendar: FiscalCalendar, metric: Metric, by_quarter: bool
) -> list[Value]:
    if metric.kind == "balance":
        at_ends = balances(chosen, calendar)
        if by_quarter:
            return at_ends
        return [
            replace(value, period=FiscalPeriod(value.period.year)) for value in at_ends if value.period.quarter == 4
        ]
    if by_quarter:
        return quarters(chosen, calendar, summable=metric.kind == "flow")
    return years(chosen, calendar)


def periods_asked(
    values: Sequence[Value], by_quarter: bool, last: int | None, fiscal_year: int | None, quarter: int | None
) -> list[FiscalPeriod]:
    """The periods asked for, oldest first; gaps between known ones are kept."""
    if fiscal_year is not None:
        if quarter is not None:
            return [FiscalPeriod(fiscal_year, quarter)]
        return [FiscalPeriod(fiscal_year, q) for q in (1, 2, 3, 4)] if by_quarter else [FiscalPeriod(fiscal_year)]
    if not values:
        return []
    newest = values[-1].period
    if quarter is not None:
        count = last or 1
        year = newest.year if (newest.quarter or 4) >= quarter else newest.year - 1
        return [FiscalPeriod(year - back, quarter) for back in reversed(range(count))]
    count = last or DEFAULT_PERIODS["quarter" if by_quarter else "year"]
    if not by_quarter:
        return [FiscalPeriod(newest.year - back) for back in reversed(range(count))]
    index = newest.year * 4 + (newest.quarter or 4) - 1
    return [FiscalPeriod((index - back) // 4, (index - back) % 4 + 1) for back in reversed(range(count))]


def of_parts(parts: Sequence[list[Value]]) -> list[Value]:
    """The values of one line; of two, the first less the second, where both are known."""
    if len(parts) == 1:
        return parts[0]
    second = {value.period: value for value in parts[1]}
    return [
        replace(value, value=value.value - second[value.period].value, less=None, part=second[value.period].fact)
        for value in parts[0]
        if value.period in second
    ]
