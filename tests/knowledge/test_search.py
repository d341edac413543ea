import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from knowledge.documents import Filing, Head, Quarter
from knowledge.embed import Embedder
from knowledge.index import add_to
from knowledge.parse.filing import filing_in
from knowledge.searching.lexical import LexicalIndex, words
from knowledge.searching.search import search
from knowledge.searching.understand import understand
from knowledge.store import Store, open_store
from tests.knowledge.texts import NEWS, pdf_with, quarterly_report, write_jsonl


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("search")
    for name, ended, years, revenue in (
        ("2022 Q3 NVDA.pdf", "October 30, 2022", ("2022", "2021"), ("680", "710")),
        ("2023 Q3 NVDA.pdf", "October 29, 2023", ("2023", "2022"), ("900", "680")),
    ):
        (folder / name).write_bytes(pdf_with(quarterly_report("NVIDIA CORPORATION", "NVDA", ended, years, revenue)))
    copy = NEWS[2] | {"url": "https://example.net/copy", "publisher": "Copy Wire"}
    opened = open_store(folder / "kb", embedder)
    add_to(opened, [write_jsonl(folder / "news.jsonl", [*NEWS, copy]), *sorted(folder.glob("*.pdf"))])
    yield opened
    opened.close()


def urls(found: list[object]) -> list[str]:
    return [one.url for one in found]  # type: ignore[attr-defined]


def test_a_paraphrase_finds_the_article(store: Store) -> None:
    best = search(store, "How much electricity does the site at Norvik need?", 3)[0]
    assert best.url == "https://example.org/norvik-power"
    assert (best.publisher, best.published_on) == ("Grid Report", date(2026, 3, 15))


def test_a_copy_of_the_same_text_is_shown_once(store: Store) -> None:
    found = urls(search(store, "rent of the K9 accelerator at Brightforge", 10))
    assert len({"https://example.org/brightforge-rents", "https://example.net/copy"} & set(found)) == 1


def test_since_and_publisher_leave_out_all_else(store: Store) -> None:
    found = search(store, "compute finance at Quillon Cloud", 10, since=date(2026, 9, 1))
    assert found
    assert all(one.published_on and one.published_on >= date(2026, 9, 1) for one in found)
    assert {one.publisher for one in search(store, "compute", 10, publisher="grid report")} == {"Grid Report"}
    assert search(store, "compute", 10, since=date(2030, 1, 1)) == []


def test_the_report_of_the_period_asked_for_comes_first(store: Store) -> None:
    assert search(store, "What was Nvidia's revenue in Q3 2022?")[0].url == "2022 Q3 NVDA.pdf"
    assert search(store, "What was Nvidia's revenue in Q3 2023?")[0].url == "2023 Q3 NVDA.pdf"
    # Fiscal 2024 of Nvidia began in late January 2023.
    assert search(store, "NVDA revenue, third quarter of fiscal 2024")[0].url == "2023 Q3 NVDA.pdf"
    assert search(store, "What is Nvidia's revenue in its latest 10-Q?")[0].url == "2023 Q3 NVDA.pdf"


def test_passages_name_company_period_and_page(store: Store) -> None:
    best = search(store, "Nvidia data center revenue by market platform Q3 2023")[0]
    assert (best.company, best.period, best.page) == ("NVIDIA", "Q3 2023 (fiscal Q3 2024)", 3)


def test_a_large_base_is_asked_through_chroma_and_gives_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    queries = ("rent of the K9 accelerator", "What was Nvidia's revenue in Q3 2022?", "electricity for data centres")
    exact = [[one.id for one in search(store, query, 5)] for query in queries]
    monkeypatch.setattr("knowledge.store.EXACT_UP_TO", 0)
    monkeypatch.setattr("knowledge.store.READ_UP_TO", 0)
    assert [[one.id for one in search(store, query, 5)] for query in queries] == exact


def test_an_empty_store_an_empty_query_and_no_results_wanted_give_nothing(
    tmp_path: Path, embedder: Embedder, store: Store
) -> None:
    empty = open_store(tmp_path / "kb", embedder)
    assert search(empty, "anything") == []
    empty.close()
    assert search(store, "  ") == []
    assert search(store, "rents", 0) == []


def test_no_query_breaks_the_search(store: Store) -> None:
    for query in ("?", "🤖", "'; DROP TABLE chunks; --", "a " * 5_000, "\x00", "Q9 0000", "the of and", "(((", "{}%s"):
        assert len(search(store, query, 3)) <= 3


def head(company: str, year: int, quarter: int) -> Head:
    filing = Filing(company, "", "10-Q", Quarter(year, quarter), None, date(year, 3 * quarter, 28))
    return Head(f"{company}{year}{quarter}", "", "", company, "", None, "", filing)


HEADS = [head("Intel", 2023, 1), head("Intel", 2023, 2), head("Amazon", 2023, 2), head("Meta", 2023, 2)]


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("Intel's revenue in Q1 2023", {0}),
        ("revenue of INTC in the second quarter of 2023", {1}),
        ("Intel in 2023Q2", {1}),
        ("the most recent 10-Q of Intel", {1}),
        ("Intel in Q1 2019", {0, 1}),
        ("AWS revenue in Q2 2023", {2}),
        ("how do meta studies work", set()),
        ("What did Meta invest?", {3}),
        ("revenue in Q2 2023", set()),
        ("Intel's inventories over the reported quarters, latest first", {0, 1}),
    ],
)
def test_company_and_period_are_read_from_the_question(query: str, places: set[int]) -> None:
    assert understand(query, HEADS).articles == places


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("BESTBUY_2023_10K", "Is Best Buy's gross margin stable in FY2023?"),
        ("JOHNSON_JOHNSON_2022_10K", "What drove JnJ's revenue in 2022?"),
        ("AMERICANEXPRESS_2022_10K", "Does AMEX report gross margins for FY2022?"),
        ("COCACOLA_2021_10K", "What is Coca Cola's FY2021 COGS margin?"),
        ("3M_2018_10K", "What is the FY2018 capital expenditure of 3M?"),
    ],
)
def test_an_annual_report_named_by_its_file_is_told_from_the_next_years(name: str, query: str) -> None:
    later = re.sub(r"20\d\d", "2019", name)
    heads = [Head(one, "", one, "", one, None, "", filing_in(one, "")) for one in (name, later)]
    assert understand(query, heads).articles == {0}


def test_bm25_scores_the_text_with_the_rare_word_highest() -> None:
    index = LexicalIndex.build(["prices of chips", "the price of a K9", "weather report", ""])
    scores = index.scores("What is the price of a K9?")
    assert int(scores.argmax()) == 1
    assert scores[2] == scores[3] == 0
    assert words("The GPUs' data centres") == words("gpu data center")
