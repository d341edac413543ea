"""What is worked out from the figures of made-up reports, each result checked against arithmetic written beside it."""

from collections.abc import Iterator
from datetime import date

import pytest

from knowledge.answering.answer import answer
from knowledge.embed import Embedder
from knowledge.index import take_in
from knowledge.store import Store, open_store
from tests.knowledge.test_tables import PAGES, report

TODAY = date(2026, 11, 23)
OTHER = tuple(
    page.replace("TARNHELM VALVES HOLDINGS, INC.", "HALVORSEN PUMPS, INC.")
    .replace("1,089,752", "2,089,752")
    .replace("TVLV", "HVPS")
    for page in PAGES
)
QUARTERS = """Selected quarterly figures
(in thousands)
Three Months Ended December 31,
2022 2021
Net sales $ 301,000 $ 290,000
"""


BALANCE = """CONSOLIDATED BALANCE SHEETS
(in thousands)
December 31, January 1,
2022 2022
Inventories $ 4,779 $ 5,159
"""


QUARTER = (
    """UNITED STATES
SECURITIES AND EXCHANGE COMMISSION
FORM 10-Q
For the quarterly period ended September 30, 2022
TARNHELM VALVES HOLDINGS, INC.
(Exact name of registrant as specified in its charter)
""",
    """CONSOLIDATED BALANCE SHEETS
(in thousands)
September 30, 2022 December 31, 2021
Inventories $ 7,351 $ 4,946
""",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Store]:
    opened = open_store(tmp_path_factory.mktemp("worked"), embedder)
    with opened.writing():
        take_in(opened, [report(PAGES), report(OTHER, "HALVORSENPUMPS_2022_10K")])
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("question", "value", "unit", "said"),
    [
        # (1,089,752 - 1,046,487) / 1,046,487 = 43,265 / 1,046,487 = 0.04134
        ("Did Tarnhelm Valves' revenue grow in FY2022?", "4.13", "%", "Yes: Net sales rose by 4.13%"),
        ("Did Tarnhelm's net sales fall in 2022?", "4.13", "%", "No: Net sales rose by 4.13%"),
        # 1,089,752 - 990,533 = 99,219; 99,219 / 990,533 = 0.10017
        ("What was Tarnhelm's revenue growth from FY2020 to FY2022?", "10.02", "%", "$99,219 thousand"),
        # 124,186 - 78,747 = 45,439
        (
            "By how much did Tarnhelm's operating income decrease from FY2021 to FY2022?",
            "45439",
            "USD thousand",
            "fell by $45,439 thousand",
        ),
        # 78,747 / 1,089,752 = 0.07226
        ("What was Tarnhelm Valves' operating margin in FY2022?", "7.23", "%", "operating income / revenue"),
        # 124,186 / 1,046,487 = 0.11867; 0.07226 - 0.11867 = -0.04641
        (
            "Did Tarnhelm's operating margin improve in FY2022?",
            "-4.64",
            "percentage points",
            "No: Operating margin fell",
        ),
        # (1,089,752 - 565,168) / 1,089,752 = 524,584 / 1,089,752 = 0.48138
        (
            "What is Tarnhelm's FY2022 gross profit margin? Round to one decimal place.",
            "48.1",
            "%",
            "(revenue - cost of sales) / revenue",
        ),
        # 63.597 - 36.991 = 26.606
        (
            "What is the free cash flow of Tarnhelm in FY2022? Answer in USD millions.",
            "26.606",
            "USD million",
            "operating cash flow - capital expenditure",
        ),
        # 36,991 / 1,089,752 = 0.03394
        ("What is Tarnhelm's FY2022 capex as a percentage of revenue?", "3.39", "%", "capital expenditure / revenue"),
        # (700,000 - 650,000) / 650,000 = 0.07692
        ("Did Tarnhelm's Pumps revenue grow in FY2022?", "7.69", "%", "Net sales, Pumps rose"),
        # 2,089,752 - 1,089,752 = 1,000,000
        (
            "How much higher was Halvorsen Pumps' revenue than Tarnhelm Valves' in FY2022?",
            "1000000",
            "USD thousand",
            "Halvorsen Pumps fiscal 2022 is $1,000,000 thousand above Tarnhelm Valves fiscal 2022",
        ),
    ],
)
def test_a_figure_is_worked_out_with_its_formula_and_every_input_is_cited(
    store: Store, question: str, value: str, unit: str, said: str
) -> None:
    found = answer(store, question, TODAY)
    assert found is not None
    first, *inputs = found.sentences
    assert first.figure is not None
    assert (str(first.figure.value), first.figure.unit) == (value, unit)
    assert said in first.text
    assert inputs
    for claim in inputs:
        assert claim.quote in found.passages[claim.passage_index].text


@pytest.mark.parametrize(
    "question",
    [
        "What is Tarnhelm's working capital in FY2022?",
        "Did Tarnhelm's revenue grow between FY2015 and FY2018?",
        "What was Tarnhelm's adjusted operating margin in FY2022 excluding restructuring?",
    ],
)
def test_nothing_is_worked_out_where_an_input_is_missing_or_the_formula_is_another(store: Store, question: str) -> None:
    found = answer(store, question, TODAY)
    assert found is None or not any(
        claim.figure and ("worked out" in claim.text or "rose" in claim.text) for claim in found.sentences
    )


def test_a_quarters_column_in_a_report_on_a_year_is_not_told_as_the_years_figure(
    store: Store, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    opened = open_store(tmp_path_factory.mktemp("quarters"), embedder)
    with opened.writing():
        take_in(opened, [report((PAGES[0], QUARTERS))])
    found = answer(opened, "What was Tarnhelm Valves' revenue in FY2022?", TODAY)
    assert found is None or not any(claim.figure and claim.figure.value for claim in found.sentences)
    opened.close()


def test_two_days_of_one_year_over_two_lines_are_told_apart(
    embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    opened = open_store(tmp_path_factory.mktemp("balance"), embedder)
    with opened.writing():
        take_in(opened, [report((PAGES[0], BALANCE))])
    found = answer(opened, "What were Tarnhelm Valves' inventories at the end of FY2022?", TODAY)
    assert found is not None
    assert [str(claim.figure.value) for claim in found.sentences if claim.figure] == ["4779"]
    opened.close()


def test_the_last_years_end_beside_a_quarters_end_is_not_the_same_quarter_of_the_year_before(
    embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    opened = open_store(tmp_path_factory.mktemp("quarter"), embedder)
    with opened.writing():
        take_in(opened, [report(QUARTER, "2022 Q3 TARNHELM")])
    for question in (
        "Did Tarnhelm's inventories grow in Q3 2022?",
        "What were Tarnhelm's inventories in Q3 2021?",
        "What were Tarnhelm's inventories in Q3 2022 compared with Q3 2021?",
    ):
        found = answer(opened, question, TODAY)
        told = " ".join(claim.text for claim in found.sentences if claim.figure and claim.figure.value) if found else ""
        assert "4,946" not in told
    found = answer(opened, "What were Tarnhelm's inventories in Q3 2022?", TODAY)
    assert found is not None
    assert [str(claim.figure.value) for claim in found.sentences if claim.figure] == ["7351"]
    opened.close()
