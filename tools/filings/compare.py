"""Several companies' figures side by side, each over its own fiscal periods."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tools.errors import BadInput, Unknown
from tools.filings.asked import By
from tools.filings.facts import CompanyFacts
from tools.filings.figures import company_figures
from tools.results import Cell, Chart, Figure, Result, Series, Table, listed

MOST_COMPANIES = 10


def compare_companies(
    companies: Sequence[CompanyFacts],
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
    """`company_figures` of each, headline by headline, the largest first; Unknown when none of them has the metric.

    Nothing is summed over companies: their fiscal periods end on different days. A company without the figure is
    named in the warnings; the chart has those of one unit only.
    """
    if not companies:
        raise BadInput("Name at least one company.")
    if len(companies) > MOST_COMPANIES:
        raise BadInput(f"At most {MOST_COMPANIES} companies can be compared, not {len(companies)}.")
    results: list[Result] = []
    warnings: list[str] = []
    missing: Unknown | None = None
    for company in companies:
        try:
            results.append(
                company_figures(
                    company,
                    metric,
                    today=today,
                    by=by,
                    last=last,
                    skip=skip,
                    fiscal_year=fiscal_year,
                    quarter=quarter,
                    calendar_year=calendar_year,
                    fiscal_years=fiscal_years,
                    growth=growth,
                    total=total,
                )
            )
        except Unknown as unknown:
            missing = unknown
            warnings.append(str(unknown))
    if not results:
        assert missing is not None
        raise missing
    results.sort(key=lambda result: result.figures[0].value, reverse=True)
    warnings += [f"{_name(result)}: {warning}" for result in results for warning in result.warnings]
    units = {result.figures[0].unit for result in results}
    rows: list[tuple[Cell, ...]] = [
        (_name(result), *row) for result in results if result.table is not None for row in result.table.rows
    ]
    first = results[0].table
    assert first is not None
    columns = ("Company", *(("Value" if name.startswith("Value") else name) for name in first.columns), "Unit")
    labelled = [
        Figure(f"{_name(result)}: {figure.label}", figure.value, figure.unit, figure.as_of)
        for result in results
        for figure in result.figures[:1]
    ]
    others = [
        Figure(f"{_name(result)}: {figure.label}", figure.value, figure.unit, figure.as_of)
        for result in results
        for figure in result.figures[1:]
    ]
    of = [unit for result in results for unit in [result.figures[0].unit] * len(_rows(result))]
    return Result(
        summary=" ".join(result.summary for result in results),
        figures=(*labelled, *others),
        table=Table(
            f"{listed([_name(result) for result in results])}: {metric}",
            columns,
            tuple((*row, unit) for row, unit in zip(rows, of, strict=True)),
        ),
        chart=Chart(
            "bar",
            f"{metric} by company",
            units.pop(),
            tuple(_name(result) for result in results),
            (Series(metric, tuple(Decimal(result.figures[0].value) for result in results)),),
        )
        if len(units) == 1 and len(results) > 1
        else None,
        assumptions=tuple(dict.fromkeys(said for result in results for said in result.assumptions)),
        warnings=tuple(warnings),
    )


def _rows(result: Result) -> tuple[tuple[Cell, ...], ...]:
    return result.table.rows if result.table is not None else ()


def _name(result: Result) -> str:
    return result.table.title.partition(":")[0] if result.table is not None else ""
