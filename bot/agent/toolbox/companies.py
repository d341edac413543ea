"""Tools over companies' filings as figures (SEC XBRL company facts)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from bot.agent.toolbox.tool import Arguments, Tool
from bot.agent.turn import Output, Turn
from bot.reply import Source
from bot.services import Services
from tools.errors import NeedsChoice, Unknown
from tools.filings.companies import Company, find_company, known_companies
from tools.results import listed

if TYPE_CHECKING:
    from tools.filings.facts import CompanyFacts

# A fiscal year that ends further than this from December is another year than the calendar's.
MOST_DAYS_APART = 100


class CompanyFigures(Arguments):
    companies: tuple[str, ...] = Field(description="Names or tickers, as the person wrote them.")
    metric: str = Field(description="capex, revenue, net income, R&D, operating cash flow, gross profit, ...")
    by: Literal["quarter", "year"] = "quarter"
    last: int | None = Field(default=None, ge=1, le=40, description="How many of the newest quarters or years.")
    skip: int = Field(default=0, ge=0, le=80, description="How many of the newest to leave out: 1 is the one before.")
    fiscal_year: int | None = Field(default=None, ge=1990, le=2100)
    quarter: int | None = Field(default=None, ge=1, le=4)
    fiscal_years: tuple[int, ...] = Field(default=(), description="Several fiscal years, in place of fiscal_year.")
    calendar_year: int | None = Field(
        default=None, ge=1990, le=2100, description="Where a calendar year was asked for."
    )
    year: int | None = Field(
        default=None, ge=1990, le=2100, description="A year of which nobody said fiscal or calendar."
    )
    ended: str | None = Field(
        default=None, pattern=r"^(\d{4}-)?\d\d$", description="The month in which the quarter ended: 2026-06, or 06."
    )
    total: bool = Field(default=False, description="The sum over the years is asked for.")
    share_of: str | None = Field(default=None, description="A line of which the metric is to be a share: revenue.")
    growth: bool = Field(default=False, description="The change on the year before is asked for.")


def filings_folder(home: Path) -> Path:
    return home / "filings"


def _figures(services: Services, turn: Turn, args: CompanyFigures) -> Output:
    from tools.filings.compare import compare_companies
    from tools.filings.facts import load_facts
    from tools.filings.figures import ASKED_TAGS, company_figures

    if not args.companies:
        raise NeedsChoice("Which company's figures?", ("Nvidia", "Microsoft", "Amazon"))
    known = known_companies(filings_folder(services.home))
    on_record = {company.cik: path for company, path in known}
    asked = [find_company(name, [company for company, _ in known]) for name in args.companies]
    missing = [company.name for company in asked if company.cik not in on_record]
    if missing:
        held = [company.name for company, _ in known]
        instead = f" On record: {listed(held)}." if held else ""
        raise Unknown(
            f"The filings of {listed(missing)} are not on record; add the SEC's companyfacts file with "
            f"`outlay knowledge add FILE`.{instead}",
            held,
        )
    facts = [replace(load_facts(on_record[company.cik], ASKED_TAGS), name=company.name) for company in asked]
    today = turn.question.today
    fiscal_year = args.fiscal_year if args.year is None else _year_meant(facts, args.year, today)
    quarter = args.quarter
    if args.ended is not None:
        fiscal_year, quarter = _quarter_ended(facts, args.ended, today)
    asked_for: dict[str, Any] = {
        "today": today,
        "by": args.by,
        "last": args.last,
        "skip": args.skip,
        "fiscal_year": fiscal_year,
        "quarter": quarter,
        "calendar_year": args.calendar_year,
        "fiscal_years": args.fiscal_years,
        "growth": args.growth,
        "total": args.total,
    }
    if args.share_of is not None:
        from tools.filings.share import share_of_line

        if len(facts) > 1:
            raise NeedsChoice("Of which company?", [company.name for company in asked])
        return Output(share_of_line(facts[0], args.metric, args.share_of, **asked_for), tuple(map(_source, asked)), ())
    if len(facts) > 1:
        result = compare_companies(facts, args.metric, **asked_for)
    else:
        result = company_figures(facts[0], args.metric, **asked_for)
    return Output(result, tuple(_source(company) for company in asked), ())


def _year_meant(facts: Sequence[CompanyFacts], year: int, today: date) -> int:
    """A bare year as the fiscal year, where that is nearly the calendar year; NeedsChoice where it is another."""
    from tools.filings.fiscal import fiscal_calendar

    for company in facts:
        calendar = fiscal_calendar(company.filed_by(today))
        end = next((end for end in calendar.year_ends if calendar.year_of_end(end) == year), None) if calendar else None
        if end is not None and abs((date(year, 12, 31) - end).days) > MOST_DAYS_APART:
            raise NeedsChoice(
                f"Fiscal year {year} ended on {end.isoformat()}. Do you mean that or calendar {year}?",
                (f"fiscal year {year}", f"calendar {year}"),
            )
    return year


def _quarter_ended(facts: Sequence[CompanyFacts], ended: str, today: date) -> tuple[int, int | None]:
    """The fiscal year and quarter that end in that month; Unknown where a company has none, NeedsChoice where they are
    different ones."""
    from tools.filings.fiscal import fiscal_calendar, quarter_ended

    year, _, month = ended.rpartition("-")
    found = []
    for company in facts:
        calendar = fiscal_calendar(company.filed_by(today))
        period = quarter_ended(calendar, int(month), int(year) if year else None, today) if calendar else None
        if period is None:
            raise Unknown(f"No fiscal quarter of {company.name} ends in that month.")
        found.append(period)
    if len(set(found)) > 1:
        raise NeedsChoice("Those are different fiscal quarters. Of which company?", [one.name for one in facts])
    return found[0].year, found[0].quarter


def _source(company: Company) -> Source:
    link = f"https://data.sec.gov/api/xbrl/companyfacts/CIK{company.cik:010d}.json"
    return Source(f"{company.name}: company facts", "U.S. Securities and Exchange Commission", link, None, "")


TOOLS = (
    Tool(
        "company_figures",
        "A listed company's own books from its SEC filings: capex, revenue and others by fiscal quarter or year.",
        CompanyFigures,
        _figures,
        "Reading the filings",
    ),
)
