"""Which reports and which of their columns a question's period means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from knowledge.documents import Filing, Head, Quarter
from knowledge.reports.companies import squashed
from knowledge.reports.fitting import ANNUAL
from knowledge.reports.tables import Line, column_of, span_of
from knowledge.searching.heads import Heads
from knowledge.searching.understand import Understanding

YEAR_TO_DATE = re.compile(
    r"(?i)\b(six|nine) months\b|\byear[- ]to[- ]date\b|\bytd\b|\bfirst (half|nine months|six months)\b"
)
WHOLE_YEAR = re.compile(r"twelve months|\byears?\b|fifty-two|fifty-three|5[23] weeks")
PART_OF_YEAR = re.compile(r"(?i)three|six|nine|thirteen|twenty|thirty|13|26|39|quarter")
QUARTER_SPANS = ("three months", "thirteen weeks", "13 weeks", "quarter")
# The report on a year prints up to two years before it as well.
YEARS_AFTER = 2
MOST_DAYS_OFF = 10


@dataclass(frozen=True, slots=True)
class Report:
    """One report, however many articles (a page or a part each) it is stored as, in reading order."""

    filing: Filing
    heads: tuple[Head, ...]

    @property
    def is_annual(self) -> bool:
        return self.filing.form in ANNUAL

    @property
    def own(self) -> Quarter | None:
        return self.filing.fiscal or self.filing.label


def reports_for(heads: Heads, said: Understanding) -> list[Report]:
    """Those of the companies named, the best fitting first and the newest first of equal ones."""
    grouped: dict[tuple[object, ...], list[int]] = {}
    for at in said.fits:
        filing = heads[at].filing
        if filing:
            key = (squashed(filing.company), filing.form, filing.label, filing.fiscal, filing.ended_on)
            grouped.setdefault(key, []).append(at)
    ranked = sorted(
        grouped.values(),
        key=lambda places: (max(said.fits[at] for at in places), _age(heads[places[0]])),
        reverse=True,
    )
    found = []
    for places in ranked:
        filing = heads[places[0]].filing
        if filing:
            found.append(Report(filing, tuple(heads[at] for at in sorted(places, key=lambda at: heads[at].url))))
    return found


def may_hold(report: Report, wanted: Quarter | None) -> bool:
    """Whether the report can print a column of the period: its own, or for a year one of the years before its own."""
    own = report.own
    if wanted is None or own is None:
        return wanted is None
    if wanted.quarter is None:
        return report.is_annual and own.quarter is None and 0 <= own.year - wanted.year <= YEARS_AFTER
    return not report.is_annual and any(
        told is not None and told.quarter == wanted.quarter and told.year - wanted.year in (0, 1)
        for told in (report.filing.label, report.filing.fiscal)
    )


def column_for(line: Line, report: Report, wanted: Quarter | None, before: int, question: str) -> int | None:
    """The column of the period `before` years before the wanted one (of the report's own where none is wanted); None
    where the columns leave it in doubt."""
    own, ended = report.own, report.filing.ended_on
    if own is None:
        return None
    back = before + (_years_back(report, wanted) if wanted else 0)
    newest = {own.year, ended.year if ended else own.year}
    day = _years_before(ended, back)
    if report.is_annual:
        spans = [one.lower() for over in line.heading.lines for one in over.spans]
        column = column_of(line, back, newest, day, next(filter(WHOLE_YEAR.search, spans), ""))
        # A year's report prints quarters too.
        return None if column is not None and PART_OF_YEAR.search(span_of(line, column)) else column
    span = found.group().lower() if (found := YEAR_TO_DATE.search(question)) else ""
    if not span:
        told = " ".join(one for over in line.heading.lines for one in over.spans).lower()
        span = next((one for one in QUARTER_SPANS if one in told), "")
    elif "months" not in span:
        span = "months"
    if back and not span and not _prints_day(line, day):
        # Beside a quarter's end a balance sheet prints the last year's end, not the same quarter's.
        return None
    return column_of(line, back, newest, day, span)


def _prints_day(line: Line, day: date | None) -> bool:
    """In calendars of 52 or 53 weeks a quarter ends some days off."""
    days = [one for over in line.heading.lines for one in over.days]
    return day is not None and any(abs((one - day).days) <= MOST_DAYS_OFF for one in days)


def _years_back(report: Report, wanted: Quarter) -> int:
    for told in (report.filing.label, report.filing.fiscal):
        if told and told.year == wanted.year and told.quarter == wanted.quarter:
            return 0
    own = report.own
    return own.year - wanted.year if own else 0


def _years_before(day: date | None, years: int) -> date | None:
    if day is None or not years:
        return day
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return None


def _age(head: Head) -> date:
    return (head.filing.ended_on if head.filing else None) or head.published_on or date.min


def told_as(report: Report, wanted: Quarter | None, before: int, span: str) -> str:
    """The period in words: `fiscal 2022`, `Q3 2023 (fiscal Q3 2024), three months ended 29 October 2023`."""
    filing = report.filing
    back = before + (_years_back(report, wanted) if wanted else 0)
    if report.is_annual and report.own:
        return f"fiscal {report.own.year - back}"
    if back:
        return "the same period of the year before"
    ended = f"{filing.ended_on.day} {filing.ended_on.strftime('%B %Y')}" if filing.ended_on else ""
    when = f"{span.lower() or 'as of'} {ended}" if ended else ""
    return ", ".join(part for part in (filing.period, when) if part)
