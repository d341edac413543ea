"""A company's own fiscal calendar, read off its annual reports: which year and quarter a day belongs to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from tools.filings.facts import ANNUAL_FORMS, CompanyFacts, Fact

YEAR_DAYS = range(350, 381)
QUARTER_DAYS = range(76, 107)
DRIFT = timedelta(10)
SAME_END = timedelta(6)
ANCHOR_TAGS = (
    "NetIncomeLoss",
    "ProfitLoss",
    "NetCashProvidedByUsedInOperatingActivities",
    "CashFlowsFromUsedInOperatingActivities",
    "OperatingIncomeLoss",
)


@dataclass(frozen=True, slots=True)
class FiscalPeriod:
    """A fiscal year (quarter None) or a quarter of it, as the company names it."""

    year: int
    quarter: int | None = None

    def shown(self) -> str:
        return f"Q{self.quarter} FY{self.year}" if self.quarter else f"FY{self.year}"


@dataclass(frozen=True, slots=True)
class FiscalCalendar:
    """`year_ends` are the known last days of fiscal years, ascending; `offset` is the company's year less the calendar
    year that its last day falls in (a 52-week year that ends in the first days of January counts as December's)."""

    year_ends: tuple[date, ...]
    offset: int

    def year_of_end(self, end: date) -> int:
        return (end - DRIFT).year + self.offset

    def year_end_after(self, day: date) -> date:
        """The last day of the fiscal year that `day` falls in; outside the known years, 364 or 365 days a year on."""
        least = YEAR_DAYS.start + 8
        end = next((known for known in self.year_ends if known >= day), self.year_ends[-1])
        while (end - day).days >= least:
            end -= timedelta(365)
        while end < day - SAME_END:
            end += timedelta(364)
        return end

    def ends_a_year(self, day: date) -> bool:
        """Whether a fiscal year ends on `day`, or within six days of it in a year that is not known."""
        return abs(self.year_end_after(day) - day) <= SAME_END

    def quarter_of(self, end: date) -> FiscalPeriod:
        """The fiscal quarter that ends on `end`."""
        year_end = self.year_end_after(end)
        quarter = 4 - round((year_end - end).days / 91.25)
        return FiscalPeriod(self.year_of_end(year_end), min(max(quarter, 1), 4))


def quarter_ended(calendar: FiscalCalendar, month: int, year: int | None, today: date) -> FiscalPeriod | None:
    """The fiscal quarter that ends in a calendar month, or within days of it; of the newest such month where no year is
    named. None where no quarter of the company ends there."""
    years = [year] if year else [today.year, today.year - 1]
    for each in years:
        middle = date(each, month, 25)
        year_end = calendar.year_end_after(middle - timedelta(days=31))
        ends = [year_end - timedelta(days=round(91.25 * back)) for back in range(-1, 5)]
        near = min(ends, key=lambda end: abs((end - middle).days))
        if abs((near - middle).days) <= timedelta(days=20).days and (year or near <= today):
            return calendar.quarter_of(near)
    return None


def fiscal_calendar(company: CompanyFacts) -> FiscalCalendar | None:
    """The calendar that the company's annual reports show, by any line where the usual ones are not in its facts; None
    where there is no annual report."""
    annual = _annual(company, ANCHOR_TAGS) or _annual(company, tuple(company.facts))
    if not annual:
        return None
    return FiscalCalendar(tuple(sorted({fact.end for fact in annual})), _offset(annual))


def _annual(company: CompanyFacts, tags: tuple[str, ...]) -> list[Fact]:
    return [
        fact
        for tag in tags
        for fact in company.facts.get(tag, ())
        if fact.form in ANNUAL_FORMS and fact.days in YEAR_DAYS
    ]


def _offset(annual: list[Fact]) -> int:
    """From the newest three annual reports: older ones carry wrong fiscal years in the SEC's own field."""
    newest: dict[str, Fact] = {}
    for fact in annual:
        held = newest.get(fact.accession)
        if fact.fiscal_year_of_filing is not None and (held is None or fact.end > held.end):
            newest[fact.accession] = fact
    latest = sorted(newest.values(), key=lambda fact: fact.filed)[-3:]
    votes = Counter((fact.fiscal_year_of_filing or 0) - (fact.end - DRIFT).year for fact in latest)
    return votes.most_common(1)[0][0] if votes else 0
