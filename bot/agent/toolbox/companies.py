"""Tools over companies' filings as figures (SEC XBRL company facts)."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from bot.agent.toolbox.tool import Arguments, Tool
from bot.agent.turn import Output, Turn
from bot.reply import Source
from bot.services import Services
from tools.errors import NeedsChoice, Unknown
from tools.filings.companies import Company, find_company, known_companies
from tools.results import listed


class CompanyFigures(Arguments):
    companies: tuple[str, ...] = Field(description="Names or tickers, as the person wrote them.")
    metric: str = Field(description="capex, revenue, net income, R&D, operating cash flow, gross profit, ...")
    by: Literal["quarter", "year"] = "quarter"
    last: int | None = Field(default=None, ge=1, le=40, description="How many of the newest quarters or years.")
    fiscal_year: int | None = Field(default=None, ge=1990, le=2100)
    quarter: int | None = Field(default=None, ge=1, le=4)


def filings_folder(home: Path) -> Path:
    return home / "filings"


def _figures(services: Services, turn: Turn, args: CompanyFigures) -> Output:
    from tools.filings.compare import compare_companies
    from tools.filings.facts import load_facts
    from tools.filings.figures import ASKED_TAGS, company_figures

    if not args.companies:
        raise NeedsChoice("Which company's figures?", ("Nvidia", "Microsoft", "Amazon"))
    on_record = {company.cik: path for company, path in known_companies(filings_folder(services.home))}
    asked = [find_company(name) for name in args.companies]
    missing = [company.name for company in asked if company.cik not in on_record]
    if missing:
        held = [company.name for company, _ in known_companies(filings_folder(services.home))]
        known = f" On record: {listed(held)}." if held else ""
        raise Unknown(
            f"The filings of {listed(missing)} are not on record; add the SEC's companyfacts file with "
            f"`outlay knowledge add FILE`.{known}",
            held,
        )
    facts = [load_facts(on_record[company.cik], ASKED_TAGS) for company in asked]
    today = turn.question.today
    if len(facts) > 1:
        result = compare_companies(facts, args.metric, today=today, by=args.by, last=args.last)
    else:
        result = company_figures(
            facts[0],
            args.metric,
            today=today,
            by=args.by,
            last=args.last,
            fiscal_year=args.fiscal_year,
            quarter=args.quarter,
        )
    return Output(result, tuple(_source(company) for company in asked), ())


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
