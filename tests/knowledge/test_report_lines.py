"""Reports that come as lines of a .jsonl, a page or a passage each, under titles of many forms."""

import json
from datetime import date
from pathlib import Path

import pytest

from knowledge.answering.answer import answer
from knowledge.embed import Embedder
from knowledge.index import add_to
from knowledge.parse.filing import filing_in
from knowledge.parse.report_lines import Line, filings_of
from knowledge.searching.search import search
from knowledge.searching.understand import understand
from knowledge.store import open_store
from tests.knowledge.test_tables import PAGES

COVER = """UNITED STATES SECURITIES AND EXCHANGE COMMISSION
FORM 10-K
For the fiscal year ended December 31, {year}
{company}
(Exact name of registrant as specified in its charter)"""
CASH = """CONSOLIDATED STATEMENTS OF CASH FLOWS
(in thousands)
Years ended December 31,
{year} {before}
Net cash provided by operating activities 63,597 140,223
Purchases of property and equipment (36,991) (26,562)"""
PROSE = "The company sells pumps and valves to breweries, and rents warehouses near harbors and rail yards."
TITLES = (
    "{code}_{year}_10K",
    "{code}-{year}-10K",
    "{name} {year} 10K p. {page}",
    "{name} plc 10-K {year}",
    "Form 10-K",
    "Annual report {year}",
    "{name}, Inc. Annual Report on Form 10-K for the fiscal year ended December 31, {year}, page {page} of 3",
)


def lines(title: str, name: str, year: int) -> list[dict[str, str]]:
    code = name.upper().replace(" ", "")
    pages = (COVER.format(year=year, company=f"{name.upper()}, INC."), PROSE, CASH.format(year=year, before=year - 1))
    return [
        {
            "title": title.format(code=code, name=name, year=year, page=page),
            "url": f"https://reports.example/{code.lower()}{year}#page={page}",
            "publisher": name,
            # A report on a year is filed in the next one.
            "published_on": f"{year + 1}-02-20",
            "text": text,
        }
        for page, text in enumerate(pages, 1)
    ]


@pytest.mark.parametrize("title", TITLES)
def test_the_page_of_the_right_company_and_year_comes_first_whatever_form_the_titles_have(
    title: str, tmp_path: Path, embedder: Embedder
) -> None:
    file = tmp_path / "reports.jsonl"
    told = [
        one for name in ("Kestrel Air", "Lomond Water") for year in (2020, 2021) for one in lines(title, name, year)
    ]
    file.write_text("\n".join(map(json.dumps, told)), encoding="utf-8")
    store = open_store(tmp_path / "kb", embedder)
    add_to(store, [file])
    for name, code in (("Kestrel Air", "kestrelair"), ("Lomond Water", "lomondwater")):
        for year in (2020, 2021):
            question = f"What is the FY{year} capital expenditure of {name}?"
            found = search(store, question, 10)
            assert found[0].url == f"https://reports.example/{code}{year}#page=3"
            heads = store.snapshot().heads
            fitting = {heads[at].url.split("#")[0] for at in understand(question, heads).articles}
            assert fitting == {f"https://reports.example/{code}{year}"}
    store.close()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("3M-2018-10K", ("3M", "10-K", "2018")),
        ("Sharp 2022 10-K", ("Sharp", "10-K", "2022")),
        ("amcor_2023_10k", ("AMCOR", "10-K", "2023")),
        ("Bank of America 2022 10-K", ("Bank of America", "10-K", "2022")),
        ("MGM Resorts International 10-K (2022)", ("MGM Resorts International", "10-K", "2022")),
        ("Amcor plc (AMCR) 10-K FY2023", ("Amcor", "10-K", "2023")),
    ],
)
def test_a_company_and_a_year_are_read_from_a_title_with_hyphens_small_words_or_brackets(
    title: str, expected: tuple[str, str, str]
) -> None:
    filing = filing_in(title, ("A page.",))
    assert filing is not None
    assert (filing.company, filing.form, filing.period) == expected


def test_an_annual_report_without_a_year_is_on_the_last_fiscal_year_that_ended_before_it_was_published() -> None:
    """NVIDIA's fiscal year 2023 ended in January 2023; a calendar year is reported on in the next one."""
    nvidia = Line("10-K", "", "NVIDIA", date(2023, 2, 24), "A page.")
    other = Line("Dunmore 10-K", "", "SEC", date(2023, 2, 24), "A page.")
    assert [str(one.fiscal) for one in filings_of([nvidia, other]) if one] == ["2023", "2022"]


def test_lines_of_two_companies_under_one_title_are_not_taken_for_one_report() -> None:
    covers = [COVER.format(year=2022, company=f"{name} CORP") for name in ("DUNMORE", "VANTRY")]
    found = filings_of([Line("10-K", "", "SEC", date(2023, 2, 1), text) for text in (*covers, PROSE)])
    assert [one.company if one else None for one in found] == ["Dunmore", "Vantry", None]


def test_a_quarterly_report_in_a_file_that_is_called_an_annual_report_is_a_quarterly_one() -> None:
    cover = COVER.format(year=2022, company="DUNMORE CORP").replace("10-K", "10-Q").replace("fiscal year", "quarter")
    filing = filing_in("Dunmore annual report 2022", (cover,))
    assert filing is not None
    assert filing.form == "10-Q"


def test_news_is_of_no_report() -> None:
    line = Line("Vantry shares jump after annual report", "https://news.example/a", "The Daily", None, "They jumped.")
    assert filings_of([line]) == [None]


def test_years_printed_below_the_rows_of_a_page_that_is_a_line_count_for_them(
    tmp_path: Path, embedder: Embedder
) -> None:
    """(1,089,752 - 1,046,487) / 1,046,487 = 0.04134."""
    told = [
        {"title": "TARNHELM_2022_10K", "url": f"https://reports.example/t#page={at}", "text": page}
        for at, page in enumerate(PAGES, 1)
    ]
    file = tmp_path / "report.jsonl"
    file.write_text("\n".join(map(json.dumps, told)), encoding="utf-8")
    store = open_store(tmp_path / "kb", embedder)
    add_to(store, [file])
    found = answer(store, "Did Tarnhelm Valves' revenue grow in FY2022?", date(2026, 11, 23))
    assert found is not None
    assert found.sentences[0].text.startswith("Yes: Net sales rose by 4.13%")
    assert {one.url for one in found.passages} == {"https://reports.example/t#page=2"}
    store.close()
