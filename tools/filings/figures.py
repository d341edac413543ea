"""Questions about a company's books answered as a Result: capex, revenue, income by fiscal quarter or year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tools.calculators import wording
from tools.errors import BadInput, Unknown
from tools.filings.asked import By, of_parts, periods_asked, values_of
from tools.filings.calendar_year import as_growth, as_total, in_calendar_year, of_calendar_year
from tools.filings.companies import companies, owned
from tools.filings.facts import CompanyFacts
from tools.filings.fiscal import ANCHOR_TAGS, FiscalPeriod, fiscal_calendar
from tools.filings.metrics import METRICS, Metric, find_metric
from tools.filings.series import Value, chosen_facts, unit_of, years
from tools.money import Money
from tools.results import Cell, Chart, Figure, Result, Series, Table, listed

STALE_AFTER_DAYS = 135
ASKED_TAGS = frozenset({*ANCHOR_TAGS, *(tag for metric in METRICS for tag in metric.tags)})


def company_figures(
    facts: CompanyFacts,
    metric: str,
    *,
    today: date,
    by: By = "quarter",
    last: int | None = None,
    skip: int = 0,
    fiscal_year: int | None = None,
    quarter: int | None = None,
    calendar_year: int | None = None,
    fiscal_years: Sequence[int] = (),
    growth: bool = False,
    total: bool = False,
) -> Result:
    """A metric ("capex", "revenue", "R&D") of the `last` fiscal quarters or years, without the newest `skip` of them,
    or of one `fiscal_year` (its `quarter`, or all its quarters where `by` is "quarter" and no quarter is named), of
    several `fiscal_years`, or of the four fiscal quarters whose middle falls in a `calendar_year`. `growth` asks for
    the change to the last period, `total` for the sum over several years.

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
    lines = [find_metric(part) for part in wanted.parts] or [wanted]
    unit = unit_of(known, lines[0])
    sources = [chosen_facts(known, line) for line in lines]
    if not all(sources) or unit is None:
        raise Unknown(f"{facts.name} has no {wanted.name.lower()} in the SEC's data under the usual tags.")
    if quarter is not None and quarter not in (1, 2, 3, 4):
        raise BadInput(f"A fiscal quarter is 1 to 4, not {quarter}.")
    if last is not None and last < 1:
        raise BadInput("At least one period must be asked for.")
    by_quarter = by == "quarter" or quarter is not None or calendar_year is not None
    values = of_parts([values_of(chosen, calendar, wanted, by_quarter) for chosen in sources])
    if calendar_year is not None:
        asked = in_calendar_year(values, calendar_year)
        if len(asked) != 4:
            raise Unknown(f"The filings on hand do not hold four quarters of {facts.name} around {calendar_year}.")
    elif fiscal_years:
        asked = [FiscalPeriod(year, quarter) for year in sorted(set(fiscal_years))]
    elif growth and fiscal_year is None:
        newest = values[-1].period
        asked = [FiscalPeriod(newest.year - 1, newest.quarter), newest]
    elif growth and fiscal_year is not None:
        asked = [FiscalPeriod(fiscal_year - 1, quarter), FiscalPeriod(fiscal_year, quarter)]
    else:
        asked = periods_asked(values[: len(values) - skip], by_quarter, last, fiscal_year, quarter)
    found = {value.period: value for value in values}
    if not any(period in found for period in asked):
        raise Unknown(
            f"{owned(facts.name)} {wanted.name.lower()} of {listed([period.shown() for period in asked])} is not in "
            f"the SEC's data: the company may use a tag of its own there.",
            [value.period.shown() for value in values[-8:]],
        )
    data_to = min(max(fact.end for fact in chosen.values()) for chosen in sources)
    named = fiscal_year is not None or calendar_year is not None or bool(fiscal_years)
    stale = not named and (today - data_to).days > STALE_AFTER_DAYS
    whole = None
    of_a_year = by_quarter and len(asked) == 4 and len({period.year for period in asked}) == 1
    if wanted.kind == "flow" and of_a_year and calendar_year is None:
        in_years = of_parts([years(chosen, calendar) for chosen in sources])
        whole = next((value for value in in_years if value.period.year == asked[0].year), None)
    rows = [(period, found.get(period)) for period in asked]
    result = _result(facts, wanted, unit, rows, whole, data_to, stale, summing=not (growth or fiscal_years))
    if calendar_year is not None:
        held = [found[period] for period in asked]
        return of_calendar_year(result, wanted.name, calendar_year, held[0].start, held[-1].end)
    if total and wanted.kind == "flow" and len(asked) > 1:
        return as_total(result, wanted.name, [found[period] for period in asked if period in found], len(asked))
    return as_growth(result) if growth else result


def _result(
    company: CompanyFacts,
    metric: Metric,
    unit: str,
    rows: Sequence[tuple[FiscalPeriod, Value | None]],
    whole: Value | None,
    data_to: date,
    stale: bool,
    *,
    summing: bool = True,
) -> Result:
    values = [value for _, value in rows if value is not None]
    missing = [period.shown() for period, value in rows if value is None]
    newest = values[-1]
    summed = summing and metric.kind == "flow" and len(values) > 1 and newest.period.quarter is not None
    span = f"{rows[0][0].shown()} to {rows[-1][0].shown()}" if len(rows) > 1 else rows[0][0].shown()
    each = [_figure(metric, value, unit) for value in reversed(values)]
    warnings = [f"Not in the SEC's data: {listed(missing)}. They are unknown, not zero."] if missing else []
    line = f"{owned(company.name)} {metric.name.lower()}"
    if whole is not None:
        each.insert(0, _figure(metric, whole, unit))
        said = f"{line} was {_shown(whole.value, unit)} in {whole.period.shown()} (to "
        said += f"{whole.end.isoformat()}); its newest known quarter was {_shown(newest.value, unit)}."
        if not missing and (gap := whole.value - sum((value.value for value in values), Decimal(0))):
            warnings.append(f"The quarters as filed differ from the year as filed by {_shown(gap, unit)}.")
    elif summed:
        amount = sum((value.value for value in values), Decimal(0))
        label = f"{metric.name}, {len(values)} quarters" if not missing else f"{metric.name}, known quarters only"
        each.insert(0, Figure(label, amount, unit, newest.end))
        said = f"{line} was {_shown(amount, unit)} over {span}"
        said += f" (to {newest.end.isoformat()}); the newest quarter was {_shown(newest.value, unit)}."
        if missing:
            said = said.replace(" was ", " was at least ", 1)
    else:
        when = f"at {newest.end.isoformat()}" if metric.kind == "balance" else f"to {newest.end.isoformat()}"
        named = f"{newest.period.shown()} ({when})"
        said = f"{line} was {_shown(newest.value, unit)} in {named}."
        if len(values) > 1:
            earlier = [f"{_shown(value.value, unit)} in {value.period.shown()}" for value in reversed(values[:-1])]
            said += f" Before: {listed(earlier)}."
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
