"""Tables of made-up reports: the column of the period asked for, or no figure at all."""

from collections.abc import Iterator
from datetime import date

import pytest

from knowledge.answering.answer import Answer, answer
from knowledge.decide import article_id
from knowledge.documents import Article, Page
from knowledge.embed import Embedder
from knowledge.index import take_in
from knowledge.parse.filing import filing_in
from knowledge.reports.headings import heading_of
from knowledge.reports.rows import rows_for
from knowledge.searching.question import read_question
from knowledge.searching.search import search
from knowledge.store import Store, open_store

TODAY = date(2026, 11, 23)
COVER = """UNITED STATES
SECURITIES AND EXCHANGE COMMISSION
FORM 10-K
For the fiscal year ended December 31, 2022
TARNHELM VALVES HOLDINGS, INC.
(Exact name of registrant as specified in its charter)
Common Stock, par value $0.01 per share TVLV New York Stock Exchange
"""
CASH = """CONSOLIDATED STATEMENTS OF CASH FLOWS
(in thousands)
Year Ended December 31,
2022 2021 2020
Net income $ 44,060 $ 72,331 $ 58,711
Net cash provided by operating activities 63,597 140,223 172,993
Purchases of property and equipment (36,991 ) (26,562 ) (29,397 )
Payment of cash dividends (33,475 ) (32,587 ) (31,056 )
"""
INCOME = """CONSOLIDATED STATEMENTS OF INCOME
(in thousands, except per share amounts)
Net sales $ 1,089,752 $ 1,046,487 $ 990,533
Cost of sales 565,168 543,211 535,597
Operating income 78,747 124,186 105,556
Diluted earnings per share $ 1.41 $ 2.26 $ 1.82
2022 2021 2020
"""
SEGMENTS = """Note 12. Segments
The following tables are in thousands.
2022 2021 Change
Net sales
Pumps $ 700,000 $ 650,000 7.7 %
Gate valves 389,752 396,487 (1.7) %
Operating income
Pumps 60,000 80,000 (25.0) %
Gate valves 18,747 44,186 (57.6) %
"""
REGIONS = """Net sales by region in thousands
North South Total
Fiscal year ended December 31, 2022
Net sales $ 389,000 $ 700,752 $ 1,089,752
"""


NAME = "TARNHELMVALVES_2022_10K"
PAGES = (COVER, INCOME, CASH, SEGMENTS, REGIONS)


def report(pages: tuple[str, ...], name: str = NAME) -> Article:
    numbered = tuple(Page(text.strip(), number) for number, text in enumerate(pages, 1))
    filing = filing_in(name, [page.text for page in numbered])
    identity = article_id(name, name, "", None, "".join(pages))
    return Article(identity, name, name, "", f"{name}.pdf", None, numbered, filing=filing)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Store]:
    opened = open_store(tmp_path_factory.mktemp("tables"), embedder)
    with opened.writing():
        take_in(opened, [report(PAGES)])
    yield opened
    opened.close()


def told(store: Store, question: str) -> list[str]:
    return [row.text.split(" (Tarnhelm")[0] for row in rows_for(store, question, read_question(question))]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is the FY2022 capex of Tarnhelm Valves?", ["Purchases of property and equipment: $36,991 thousand"]),
        ("How much did TVLV pay in dividends in 2021?", ["Payment of cash dividends: $32,587 thousand"]),
        (
            "What was Tarnhelm's FY2020 operating cash flow?",
            ["Net cash provided by operating activities: $172,993 thousand"],
        ),
        (
            "What is the FY2022 capital expenditure (in USD millions) of Tarnhelm Valves?",
            ["Purchases of property and equipment: $36,991 thousand ($36.991 million)"],
        ),
        (
            "What were Tarnhelm Valves' operating incomes of FY2021 and FY2022?",
            ["Operating income: $78,747 thousand, against $124,186 thousand in fiscal 2021"],
        ),
        ("What was Pumps revenue at Tarnhelm Valves in FY2022?", ["Net sales, Pumps: $700,000 thousand"]),
        (
            "What was the operating income of Gate valves at Tarnhelm Valves in FY2022?",
            ["Gate valves: $18,747 thousand"],
        ),
        ("What was Tarnhelm Valves' diluted EPS in 2022?", ["Diluted earnings per share: $1.41"]),
    ],
)
def test_the_row_and_the_column_asked_for_are_told_with_their_unit(
    store: Store, question: str, expected: list[str]
) -> None:
    found = told(store, question)
    assert [text.removeprefix("Operating income, ") for text in found] == [
        text.removeprefix("Operating income, ") for text in expected
    ]


@pytest.mark.parametrize(
    "question",
    [
        "What was Tarnhelm Valves' capex in FY2018?",
        "What was Tarnhelm Valves' revenue from turbines in FY2022?",
        "What was Tarnhelm Valves' revenue in Q3 2022?",
        "What was the FY2022 capex of Halvorsen Pumps?",
        "Which segment of Tarnhelm Valves had the highest revenue in 2022?",
    ],
)
def test_no_figure_of_another_period_part_or_company_is_told(store: Store, question: str) -> None:
    assert told(store, question) == []


def test_an_answer_carries_its_figure_and_quotes_the_row(store: Store) -> None:
    found = answer(store, "What is the FY2022 capital expenditure (in USD millions) of Tarnhelm Valves?", TODAY)
    assert isinstance(found, Answer)
    claim = found.sentences[0]
    assert claim.quote == "Purchases of property and equipment (36,991 ) (26,562 ) (29,397 )"
    assert claim.quote in found.passages[0].text
    assert claim.figure is not None
    assert (str(claim.figure.value), claim.figure.unit) == ("36.991", "USD million")


def test_the_statement_that_prints_a_measure_is_found_by_what_people_call_it(store: Store) -> None:
    assert "Purchases of property" in search(store, "What is Tarnhelm Valves' capex in FY2022?", 1)[0].text


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("3M_2018_10K", ("3M", "10-K", "2018")),
        ("AMCOR_2023Q4_EARNINGS", ("AMCOR", "EARNINGS", "Q4 2023")),
        ("FOOTLOCKER_2022_8K_dated-2022-08-19", ("Footlocker", "8-K", "2022")),
        ("Johnson & Johnson 10-K 2022, p. 7", ("Johnson & Johnson", "10-K", "2022")),
    ],
)
def test_a_report_is_known_by_its_name(name: str, expected: tuple[str, str, str]) -> None:
    filing = filing_in(name, ())
    assert filing is not None
    assert (filing.company, filing.form, str(filing.label)) == expected


@pytest.mark.parametrize("name", ["Nvidia Q3 2024 earnings beat expectations", "State of FinOps 2026", "9f2c0a11d4"])
def test_a_headline_is_no_reports_name(name: str) -> None:
    assert filing_in(name, ()) is None


def test_a_cover_after_a_letter_to_shareholders_names_company_ticker_form_and_period() -> None:
    filing = filing_in("9f2c0a11d4", ("Dear shareholders, 2022 was a year.", COVER))
    assert filing is not None
    assert (filing.company, filing.ticker, filing.form) == ("Tarnhelm Valves", "TVLV", "10-K")
    assert filing.ended_on == date(2022, 12, 31)


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("CONSOLIDATED STATEMENTS OF CASH FLOWS", "Consolidated statements of cash flows"),
        ("NOTE 12—SEGMENT INFORMATION:", "Note 12: Segment information:"),
        ("Item 1A. Risk Factors", "Item 1A: Risk Factors"),
        ("See Note 12 for further details on segments.", ""),
        ("Item 7 Management's discussion 33", ""),
    ],
)
def test_headings_are_told_from_sentences_and_from_tables_of_contents(line: str, heading: str) -> None:
    assert heading_of(line) == heading
