"""Questions about a company's books answered as a Result: capex, revenue, income by fiscal quarter or year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

from tools.calculators import wording
from tools.errors import BadInput, Unknown
from tools.filings.companies import companies
from tools.filings.facts import CompanyFacts, Fact
from tools.filings.fiscal import ANCHOR_TAGS, FiscalCalendar, FiscalPeriod, fiscal_calendar
from tools.filings.metrics import METRICS, Metric, find_metric
from tools.filings.series import Value, balances, chosen_facts, quarters, unit_of, years
from tools.money import Money
from tools.results import Cell, Chart, Figure, Result, Series, Table, listed

By = Literal["quarter", "year"]
STALE_AFTER_DAYS = 135
ASKED_TAGS = frozenset({*ANCHOR_TAGS, *(tag for metric in METRICS for tag in metric.tags)})
DEFAULT_PERIODS = {"quarter": 4, "year": 1}


def company_figures(
    facts: CompanyFacts,
    metric: str,
    *,
    today: date,
    by: By = "quarter",
    last: int | None = None,
    fiscal_year: int | None = None,
    quarter: int | None = None,
) -> Result:
    """A metric ("capex", "revenue", "R&D") of the `last` fiscal quarters or years, or of one `fiscal_year` (its
    `quarter`, or all its quarters where `by` is "quarter" and no quarter is named).

    Only what was filed by `today` counts. Headline: the sum over the quarters asked for; one period's value where one
    was asked for; of several years the newest. A period that the filings lack is None in the table, never zero.
    Unknown where the metric, the period or the fiscal calendar is not in the facts.
    """
    wanted = find_metric(metric)
    facts = replace(facts, name=next((c.name for c in companies() if c.cik == facts.cik), facts.name))
    known = facts.filed_by(today)
    calendar = fiscal_calendar(known)
    if calendar is None:
        raise Unknown(f"No annual report of {facts.name} was in the SEC's data by {today.isoformat()}.")
    chosen = chosen_facts(known, wanted)
    unit = unit_of(known, wanted)
    if not chosen or unit is None:
        raise Unknown(f"{facts.name} has no {wanted.name.lower()} in the SEC's data under the usual tags.")
    if quarter is not None and quarter not in (1, 2, 3, 4):
        raise BadInput(f"A fiscal quarter is 1 to 4, not {quarter}.")
    if last is not None and last < 1:
        raise BadInput("At least one period must be asked for.")
    by_quarter = by == "quarter" or quarter is not None
    values = _values(chosen, calendar, wanted, by_quarter)
    asked = _periods(values, by_quarter, last, fiscal_year, quarter)
    found = {value.period: value for value in values}
    if not any(period in found for period in asked):
        raise Unknown(
            f"{facts.name}'s {wanted.name.lower()} of {listed([period.shown() for period in asked])} is not in the "
            f"SEC's data: the company may use a tag of its own there.",
            [value.period.shown() for value in values[-8:]],
        )
    data_to = max(fact.end for fact in chosen.values())
    stale = fiscal_year is None and (today - data_to).days > STALE_AFTER_DAYS
    whole = None
    if wanted.kind == "flow" and by_quarter and len(asked) == 4 and len({period.year for period in asked}) == 1:
        whole = next((value for value in years(chosen, calendar) if value.period.year == asked[0].year), None)
    return _result(facts, wanted, unit, [(period, found.get(period)) for period in asked], whole, data_to, stale)


def _values(
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


def _periods(
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


def _result(
    company: CompanyFacts,
    metric: Metric,
    unit: str,
    rows: Sequence[tuple[FiscalPeriod, Value | None]],
    whole: Value | None,
    data_to: date,
    stale: bool,
) -> Result:
    values = [value for _, value in rows if value is not None]
    missing = [period.shown() for period, value in rows if value is None]
    newest = values[-1]
    summed = metric.kind == "flow" and len(values) > 1 and newest.period.quarter is not None
    span = f"{rows[0][0].shown()} to {rows[-1][0].shown()}" if len(rows) > 1 else rows[0][0].shown()
    each = [_figure(metric, value, unit) for value in reversed(values)]
    warnings = [f"Not in the SEC's data: {listed(missing)}. They are unknown, not zero."] if missing else []
    if whole is not None:
        each.insert(0, _figure(metric, whole, unit))
        said = f"{company.name}'s {metric.name.lower()} was {_shown(whole.value, unit)} in {whole.period.shown()} (to "
        said += f"{whole.end.isoformat()}); its newest known quarter was {_shown(newest.value, unit)}."
        if not missing and (gap := whole.value - sum((value.value for value in values), Decimal(0))):
            warnings.append(f"The quarters as filed differ from the year as filed by {_shown(gap, unit)}.")
    elif summed:
        amount = sum((value.value for value in values), Decimal(0))
        label = f"{metric.name}, {len(values)} quarters" if not missing else f"{metric.name}, known quarters only"
        each.insert(0, Figure(label, amount, unit, newest.end))
        said = f"{company.name}'s {metric.name.lower()} was {_shown(amount, unit)} over {span}"
        said += f" (to {newest.end.isoformat()}); the newest quarter was {_shown(newest.value, unit)}."
        if missing:
            said = said.replace(" was ", " was at least ", 1)
    else:
        when = f"at {newest.end.isoformat()}" if metric.kind == "balance" else f"to {newest.end.isoformat()}"
        named = f"{newest.period.shown()} ({when})"
        said = f"{company.name}'s {metric.name.lower()} was {_shown(newest.value, unit)} in {named}."
        if missing:
            said += f" {listed(missing)} {'is' if len(missing) == 1 else 'are'} not in the SEC's data."
    if len(values) > 1 and not summed and values[-2].value > 0 and newest.period.year - values[-2].period.year <= 1:
        change = (newest.value / values[-2].value - 1) * 100
        each.append(Figure(f"Change on {values[-2].period.shown()}", change, "%", newest.end))
    if stale:
        warnings.append(
            f"The newest report on hand is for the period to {data_to.isoformat()}; a later one is probably out."
        )
    return Result(
        summary=said,
        figures=tuple(each),
        table=Table(
            f"{company.name}: {metric.name.lower()}",
            ("Period", "From", "To", f"Value ({unit})", "Form", "Filed", "Accession", "Tag", "How", "Filing"),
            tuple(_row(company, period, value) for period, value in rows),
        ),
        chart=Chart(
            "bar",
            f"{company.name}: {metric.name.lower()}",
            unit,
            tuple(period.shown() for period, _ in rows),
            (Series(metric.name, tuple(value.value if value else None for _, value in rows)),),
        )
        if len(rows) > 1
        else None,
        assumptions=(
            f"Fiscal periods as {company.name} names them; {newest.period.shown()} ended on {newest.end.isoformat()}",
            "Source: SEC XBRL company facts, periodic reports; a restated value takes the newest filing's",
            *(
                ("Quarters that are only filed as year to date are the difference of two filings",)
                if _any_less(values)
                else ()
            ),
        ),
        warnings=tuple(warnings),
    )


def _any_less(values: Sequence[Value]) -> bool:
    return any(value.less is not None for value in values)


def _figure(metric: Metric, value: Value, unit: str) -> Figure:
    return Figure(f"{metric.name}, {value.period.shown()}", value.value, unit.replace("/shares", " a share"), value.end)


def _row(company: CompanyFacts, period: FiscalPeriod, value: Value | None) -> tuple[Cell, ...]:
    if value is None:
        return (period.shown(), *(None for _ in range(9)))
    fact = value.fact
    return (
        period.shown(),
        value.start,
        value.end,
        value.value,
        fact.form,
        fact.filed,
        fact.accession,
        fact.tag,
        value.how(),
        company.filing_url(fact.accession),
    )


def _shown(amount: Decimal, unit: str) -> str:
    if len(unit) == 3 and unit.isupper():
        return wording.money(Money(amount, unit))
    currency, _, per = unit.partition("/")
    return f"{Money(amount, currency).shown()} a {per.removesuffix('s')}" if per else f"{wording.number(amount)} {unit}"
