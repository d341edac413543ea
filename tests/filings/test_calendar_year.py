"""Free cash flow, calendar years, several years and growth of a company's books."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest

from tests.calculators.grounded import ungrounded
from tests.filings.made_up import companyfacts, fact
from tests.filings.test_figures import TODAY, nvidia  # noqa: F401
from tools.errors import Unknown
from tools.filings.facts import CompanyFacts, parse_facts
from tools.filings.figures import company_figures

OPERATING = [
    fact("2023-07-01", "2024-06-30", 5000, "a-24-1", "10-K", "2024-08-01", 2024),
    fact("2024-07-01", "2024-09-30", 1300, "a-24-2", "10-Q", "2024-10-30", 2025),
    fact("2024-07-01", "2024-12-31", 2700, "a-25-1", "10-Q", "2025-01-30", 2025),
    fact("2024-07-01", "2025-03-31", 4200, "a-25-2", "10-Q", "2025-04-30", 2025),
    fact("2024-07-01", "2025-06-30", 6000, "a-25-3", "10-K", "2025-08-01", 2025),
]


@pytest.fixture
def made_up() -> CompanyFacts:
    """Capital expenditure of the quarters of FY2025: 100, 150, 210 and 240; of FY2024, restated: 1010."""
    return parse_facts(companyfacts(NetCashProvidedByUsedInOperatingActivities=OPERATING))


def test_free_cash_flow_is_operating_cash_flow_less_capital_expenditure(made_up: CompanyFacts) -> None:
    quarters = company_figures(made_up, "free cash flow", today=TODAY)
    assert [figure.value for figure in quarters.figures[1:]] == [1800 - 240, 1500 - 210, 1400 - 150, 1300 - 100]
    assert quarters.figures[0].value == 6000 - 700
    year = company_figures(made_up, "FCF", by="year", fiscal_year=2024, today=TODAY)
    assert year.figures[0].value == 5000 - 1010
    assert year.table is not None
    assert "less PaymentsToAcquireProductiveAssets" in str(year.table.rows[0])
    assert ungrounded(year) == []


def test_several_fiscal_years_are_listed_and_never_summed(made_up: CompanyFacts) -> None:
    result = company_figures(made_up, "capex", by="year", fiscal_years=(2024, 2025), today=TODAY)
    assert [figure.value for figure in result.figures[:2]] == [700, 1010]
    assert "1,010" in result.summary
    assert ungrounded(result) == []


def test_growth_is_the_change_on_the_year_before(made_up: CompanyFacts) -> None:
    result = company_figures(made_up, "operating cash flow", by="year", fiscal_year=2025, growth=True, today=TODAY)
    assert result.figures[0].value == D(20)  # 6,000 on 5,000
    assert result.figures[0].unit == "%"
    with pytest.raises(Unknown, match="the growth is not known"):
        company_figures(made_up, "operating cash flow", by="year", fiscal_year=2024, growth=True, today=TODAY)


def test_a_calendar_year_takes_the_quarters_whose_middle_falls_in_it(nvidia: CompanyFacts) -> None:  # noqa: F811
    """Nvidia's four quarters to 26 January 2025 are its fiscal 2025: 130,497 million of revenue as filed."""
    result = company_figures(nvidia, "revenue", calendar_year=2024, today=date(2026, 11, 23))
    assert result.figures[0].value == 130_497_000_000
    assert result.figures[0].label == "Revenue, calendar 2024"
    assert "2024-01-29 to 2025-01-26" in result.summary
    assert ungrounded(result) == []


def test_a_calendar_year_without_four_quarters_is_unknown(made_up: CompanyFacts) -> None:
    with pytest.raises(Unknown, match="four quarters"):
        company_figures(made_up, "capex", calendar_year=2023, today=TODAY)
