"""Company figures: year-to-date undone, tags and restatements chosen, fiscal years named as the company does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest

from tests.calculators.grounded import ungrounded
from tests.filings.made_up import companyfacts, fact
from tools.errors import BadInput, Unknown
from tools.filings.facts import CompanyFacts, load_facts, parse_facts
from tools.filings.figures import ASKED_TAGS, company_figures
from tools.results import Result

TODAY = date(2025, 9, 1)
NVIDIA_FILE = Path(__file__).parents[2] / "../shared/data/sec/NVDA_companyfacts.json"


@pytest.fixture
def made_up() -> CompanyFacts:
    return parse_facts(companyfacts())


@pytest.fixture(scope="module")
def nvidia() -> CompanyFacts:
    if not NVIDIA_FILE.exists():
        pytest.skip("the real companyfacts file of Nvidia is not beside this checkout")
    return load_facts(NVIDIA_FILE)


def column(result: Result, name: str) -> list[object]:
    assert result.table is not None
    at = next(i for i, title in enumerate(result.table.columns) if title.startswith(name))
    return [row[at] for row in result.table.rows]


def test_quarters_are_the_year_to_date_less_the_quarter_before(made_up: CompanyFacts) -> None:
    result = company_figures(made_up, "capex", today=TODAY)
    assert column(result, "Period") == ["Q1 FY2025", "Q2 FY2025", "Q3 FY2025", "Q4 FY2025"]
    assert column(result, "Value") == [100, 250 - 100, 460 - 250, 700 - 460]
    assert result.figures[0].value == 700
    assert result.figures[1].value == 240
    assert result.figures[0].as_of == date(2025, 6, 30)
    assert ungrounded(result) == []


def test_each_row_carries_form_filing_date_accession_and_link(made_up: CompanyFacts) -> None:
    result = company_figures(made_up, "capital expenditure", today=TODAY)
    assert column(result, "Form") == ["10-Q", "10-Q", "10-Q", "10-K"]
    assert column(result, "Filed")[-1] == date(2025, 8, 1)
    assert column(result, "Accession")[-1] == "a-25-3"
    assert column(result, "How")[1] == "year to date less that to 2024-09-30 (a-24-2)"
    assert column(result, "Filing")[-1] == "https://www.sec.gov/Archives/edgar/data/1234/a253/a-25-3-index.htm"


def test_a_restated_value_takes_the_newest_filing(made_up: CompanyFacts) -> None:
    result = company_figures(made_up, "capex", by="year", fiscal_year=2024, today=TODAY)
    assert result.figures[0].value == 1010
    assert column(result, "Accession") == ["a-25-3"]


def test_before_the_restatement_was_filed_the_first_value_stands(made_up: CompanyFacts) -> None:
    result = company_figures(made_up, "capex", by="year", fiscal_year=2024, today=date(2025, 7, 1))
    assert result.figures[0].value == 1000


def test_the_older_tag_serves_only_years_that_the_newer_lacks(made_up: CompanyFacts) -> None:
    result = company_figures(made_up, "capex", by="year", last=3, today=TODAY)
    assert column(result, "Value") == [900, 1010, 700]
    assert column(result, "Tag")[:2] == [
        "PaymentsToAcquirePropertyPlantAndEquipment",
        "PaymentsToAcquireProductiveAssets",
    ]


def test_a_proxy_statement_is_no_report(made_up: CompanyFacts) -> None:
    assert company_figures(made_up, "capex", by="year", fiscal_year=2025, today=TODAY).figures[0].value == 700


def test_a_quarter_that_no_filing_gives_is_unknown_and_not_zero(made_up: CompanyFacts) -> None:
    result = company_figures(made_up, "capex", last=5, today=TODAY)
    assert column(result, "Value")[0] is None
    assert result.warnings == ("Not in the SEC's data: Q4 FY2024. They are unknown, not zero.",)
    assert "at least" in result.summary
    with pytest.raises(Unknown, match="FY2019"):
        company_figures(made_up, "capex", by="year", fiscal_year=2019, today=TODAY)


def test_differences_are_never_taken_across_two_tags() -> None:
    gap = [fact("2024-07-01", "2024-12-31", 240, "b-1", "10-Q", "2025-01-30", 2025)]
    only_nine_months = [
        fact("2023-07-01", "2024-06-30", 1000, "a-24-1", "10-K", "2024-08-01", 2024),
        fact("2024-07-01", "2025-03-31", 460, "a-25-2", "10-Q", "2025-04-30", 2025),
    ]
    facts = parse_facts(
        companyfacts(PaymentsToAcquireProductiveAssets=only_nine_months, PaymentsToAcquirePropertyPlantAndEquipment=gap)
    )
    with pytest.raises(Unknown):
        company_figures(facts, "capex", fiscal_year=2025, quarter=3, today=TODAY)


def test_a_balance_is_taken_at_the_end_and_never_summed(made_up: CompanyFacts) -> None:
    result = company_figures(made_up, "cash", last=2, today=TODAY)
    assert [f.value for f in result.figures[:2]] == [80, 70]
    assert column(result, "From") == [None, None]


def test_an_unknown_metric_names_the_nearest(made_up: CompanyFacts) -> None:
    with pytest.raises(Unknown) as error:
        company_figures(made_up, "cloud revenue backlog of customers", today=TODAY)
    assert error.value.nearest


def test_an_old_file_says_that_a_later_report_is_probably_out(made_up: CompanyFacts) -> None:
    result = company_figures(made_up, "capex", today=date(2026, 6, 1))
    assert "2025-06-30" in result.warnings[0]


@pytest.mark.parametrize("text", ["{", "[]", '{"cik": 1}', '{"cik": 1, "entityName": "x", "facts": {"us-gaap": 3}}'])
def test_a_file_of_another_shape_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.json"
    path.write_text(text)
    with pytest.raises(BadInput, match=r"odd\.json"):
        load_facts(path)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"none\.json"):
        load_facts(tmp_path / "none.json")


# Nvidia, read from the file by hand: tag PaymentsToAcquireProductiveAssets, newest filing of each year.
NVIDIA_CAPEX = {
    2022: ("976000000", "0001045810-24-000029"),
    2023: ("1833000000", "0001045810-25-000023"),
    2024: ("1069000000", "0001045810-26-000021"),
    2025: ("3236000000", "0001045810-26-000021"),
    2026: ("6042000000", "0001045810-26-000021"),
}
# FY2010 to FY2012 stand under PaymentsToAcquirePropertyPlantAndEquipment in the 10-K of March 2012.
NVIDIA_OLD_CAPEX = {2010: "77601000", 2011: "97890000", 2012: "138735000"}


@pytest.mark.parametrize("year", NVIDIA_CAPEX)
def test_nvidias_yearly_capex_is_as_filed(nvidia: CompanyFacts, year: int) -> None:
    result = company_figures(nvidia, "capex", by="year", fiscal_year=year, today=date(2026, 11, 23))
    value, accession = NVIDIA_CAPEX[year]
    assert result.figures[0].value == D(value)
    assert column(result, "Accession") == [accession]
    assert ungrounded(result) == []


@pytest.mark.parametrize("year", NVIDIA_OLD_CAPEX)
def test_nvidias_early_capex_comes_from_the_older_tag(nvidia: CompanyFacts, year: int) -> None:
    result = company_figures(nvidia, "capex", by="year", fiscal_year=year, today=date(2026, 11, 23))
    assert result.figures[0].value == D(NVIDIA_OLD_CAPEX[year])


def test_nvidias_capex_of_fiscal_2021_is_not_in_the_file_and_said_so(nvidia: CompanyFacts) -> None:
    with pytest.raises(Unknown, match="FY2021") as error:
        company_figures(nvidia, "capex", by="year", fiscal_year=2021, today=date(2026, 11, 23))
    assert "FY2022" in error.value.nearest


def test_nvidias_last_four_quarters_of_capex(nvidia: CompanyFacts) -> None:
    # Year to date in FY2026: 1,227 / 3,122 / 4,758 / 6,042 million; Q1 FY2027: 1,757 million.
    result = company_figures(nvidia, "capex", today=date(2026, 11, 23))
    assert column(result, "Period") == ["Q2 FY2026", "Q3 FY2026", "Q4 FY2026", "Q1 FY2027"]
    assert column(result, "Value") == [
        (3122 - 1227) * 10**6,
        (4758 - 3122) * 10**6,
        (6042 - 4758) * 10**6,
        1757 * 10**6,
    ]
    assert result.figures[0].value == (6042 - 1227 + 1757) * 10**6


def test_the_tags_that_figures_need_give_the_same_answer_as_all(nvidia: CompanyFacts) -> None:
    part = load_facts(NVIDIA_FILE, ASKED_TAGS)
    for metric in ("capex", "revenue", "cash", "eps"):
        assert company_figures(part, metric, today=date(2026, 11, 23)) == company_figures(
            nvidia, metric, today=date(2026, 11, 23)
        )


def test_nvidias_fiscal_2026_is_the_year_ended_in_january_2026(nvidia: CompanyFacts) -> None:
    result = company_figures(nvidia, "revenue", by="year", fiscal_year=2026, today=date(2026, 11, 23))
    assert column(result, "To") == [date(2026, 1, 25)]
    assert result.figures[0].value == D("215938000000")


def test_nvidias_revenue_of_q3_fiscal_2023(nvidia: CompanyFacts) -> None:
    # 10-Q of November 2022, quarter ended 2022-10-30: 5,931 million
    result = company_figures(nvidia, "revenue", fiscal_year=2023, quarter=3, today=date(2026, 11, 23))
    assert result.figures[0].value == D("5931000000")
    assert result.warnings == ()


def test_four_quarters_of_nvidia_make_its_year_to_the_rounding_of_the_filings(nvidia: CompanyFacts) -> None:
    for metric in ("revenue", "net income", "r&d", "operating cash flow"):
        for year in (2023, 2024, 2025, 2026):
            by_quarter = company_figures(nvidia, metric, fiscal_year=year, today=date(2026, 11, 23))
            whole = company_figures(nvidia, metric, by="year", fiscal_year=year, today=date(2026, 11, 23))
            gap = whole.figures[0].value - sum(v for v in column(by_quarter, "Value") if isinstance(v, D))
            assert by_quarter.figures[0].value == whole.figures[0].value
            assert abs(gap) <= 2 * 10**6, (metric, year)
            assert bool(gap) == bool(by_quarter.warnings)
