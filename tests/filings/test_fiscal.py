"""Fiscal years and quarters as companies name them: 52/53-week years, years that end in January, June, October."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.filings.made_up import companyfacts, fact
from tools.filings.facts import parse_facts
from tools.filings.fiscal import FiscalCalendar, FiscalPeriod, fiscal_calendar

INTEL = FiscalCalendar((date(2020, 12, 26), date(2021, 12, 25), date(2022, 12, 31), date(2023, 12, 30)), 0)
NEW_YEAR = FiscalCalendar((date(2023, 12, 30), date(2024, 12, 28), date(2026, 1, 3)), 0)
NVIDIA = FiscalCalendar((date(2024, 1, 28), date(2025, 1, 26), date(2026, 1, 25)), 0)
MICROSOFT = FiscalCalendar((date(2023, 6, 30), date(2024, 6, 30), date(2025, 6, 30)), 0)
BROADCOM = FiscalCalendar((date(2023, 10, 29), date(2024, 11, 3), date(2025, 11, 2)), 0)


@pytest.mark.parametrize(
    ("calendar", "end", "named"),
    [
        (INTEL, date(2022, 4, 2), FiscalPeriod(2022, 1)),
        (INTEL, date(2022, 12, 31), FiscalPeriod(2022, 4)),
        (INTEL, date(2023, 9, 30), FiscalPeriod(2023, 3)),
        (INTEL, date(2024, 3, 30), FiscalPeriod(2024, 1)),  # past the newest known year
        (NEW_YEAR, date(2026, 1, 3), FiscalPeriod(2025, 4)),
        (NEW_YEAR, date(2025, 3, 29), FiscalPeriod(2025, 1)),
        (NVIDIA, date(2026, 1, 25), FiscalPeriod(2026, 4)),
        (NVIDIA, date(2025, 10, 26), FiscalPeriod(2026, 3)),
        (NVIDIA, date(2026, 4, 26), FiscalPeriod(2027, 1)),
        (NVIDIA, date(2022, 10, 30), FiscalPeriod(2023, 3)),  # before the oldest known year
        (MICROSOFT, date(2024, 9, 30), FiscalPeriod(2025, 1)),
        (MICROSOFT, date(2025, 9, 30), FiscalPeriod(2026, 1)),
        (MICROSOFT, date(2023, 3, 31), FiscalPeriod(2023, 3)),
        (BROADCOM, date(2025, 2, 2), FiscalPeriod(2025, 1)),
        (BROADCOM, date(2025, 11, 2), FiscalPeriod(2025, 4)),
    ],
)
def test_a_quarter_is_named_as_the_company_names_it(calendar: FiscalCalendar, end: date, named: FiscalPeriod) -> None:
    assert calendar.quarter_of(end) == named


def test_a_year_whose_report_is_missing_still_has_its_own_end() -> None:
    gap = FiscalCalendar((date(2021, 6, 30), date(2024, 6, 30)), 0)
    assert gap.quarter_of(date(2022, 6, 30)) == FiscalPeriod(2022, 4)
    assert gap.ends_a_year(date(2023, 6, 30))
    assert not gap.ends_a_year(date(2023, 9, 30))


def test_a_twelve_month_span_that_ends_mid_year_is_no_fiscal_year() -> None:
    assert not NVIDIA.ends_a_year(date(2025, 7, 27))


def test_wrong_fiscal_years_in_old_filings_are_outvoted_by_the_newest_three() -> None:
    # Nvidia's 10-K of March 2012 carries fiscal year 2011 for the year that ended in January 2012.
    rows = [
        fact("2011-01-31", "2012-01-29", 1, "n-12", "10-K", "2012-03-13", 2011),
        fact("2023-01-30", "2024-01-28", 1, "n-24", "10-K", "2024-02-21", 2024),
        fact("2024-01-29", "2025-01-26", 1, "n-25", "10-K", "2025-02-26", 2025),
        fact("2025-01-27", "2026-01-25", 1, "n-26", "10-K", "2026-02-25", 2026),
    ]
    calendar = fiscal_calendar(parse_facts(companyfacts(NetCashProvidedByUsedInOperatingActivities=rows)))
    assert calendar is not None
    assert calendar.year_of_end(date(2012, 1, 29)) == 2012


def test_without_an_annual_report_there_is_no_calendar() -> None:
    rows = [fact("2025-01-01", "2025-03-31", 1, "q", "10-Q", "2025-05-01", 2025)]
    tags = ("ProductiveAssets", "PropertyPlantAndEquipment")
    quarters = {f"PaymentsToAcquire{tag}": rows for tag in tags} | {"NetCashProvidedByUsedInOperatingActivities": rows}
    assert fiscal_calendar(parse_facts(companyfacts(**quarters))) is None


def test_a_company_without_the_usual_lines_has_the_calendar_of_those_it_has() -> None:
    rows = [fact("2025-01-01", "2025-03-31", 1, "q", "10-Q", "2025-05-01", 2025)]
    found = fiscal_calendar(parse_facts(companyfacts(NetCashProvidedByUsedInOperatingActivities=rows)))
    assert found is not None
    assert date(2025, 6, 30) in found.year_ends


@given(st.dates(date(2015, 1, 1), date(2030, 12, 31)), st.integers(-3, 3))
def test_thirteen_weeks_on_is_the_next_quarter(end: date, drift: int) -> None:
    # a company whose fiscal year ends on `end` and which reports every thirteen weeks
    calendar = FiscalCalendar((end,), 0)
    named = [calendar.quarter_of(end + timedelta(91 * step + drift)) for step in (-3, -2, -1, 0)]
    assert [period.quarter for period in named] == [1, 2, 3, 4]
    assert len({period.year for period in named}) == 1
