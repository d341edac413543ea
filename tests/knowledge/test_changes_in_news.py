"""Who holds a role now, what a figure has become since, how long and how many."""

from collections.abc import Iterator
from datetime import date

import pytest

from knowledge.answering.answer import Answer, answer
from knowledge.answering.opposites import is_of_the_other
from knowledge.embed import Embedder
from knowledge.index import add_to
from knowledge.store import Store, open_store
from tests.knowledge.test_kinds_of_answer import article
from tests.knowledge.texts import write_jsonl

TODAY = date(2026, 11, 23)
ARTICLES = [
    article(
        "Sorvik Compute names Ingrid Hale chief financial officer", "hale", "Chip Wire", "2025-03-11",
        "Sorvik Compute, a GPU cloud, has appointed Ingrid Hale as chief financial officer. Hale ran the treasury of a "
        "utility before.",
    ),
    article(
        "Hale leaves Sorvik; Tomas Brand steps in as finance chief", "brand", "Ledger Daily", "2026-06-22",
        "Ingrid Hale is leaving Sorvik Compute after fifteen months as chief financial officer, the company said. "
        "Tomas Brand, until now head of investor relations, becomes chief financial officer with immediate effect.",
    ),
    article(
        "Velmora hires Aldous Finch as procurement chief", "finch", "Chip Wire", "2026-01-12",
        "Velmora, which trains video models, has hired Aldous Finch as its chief procurement officer.",
    ),
    article(
        "Velmora's procurement chief departs", "ishii", "Chip Wire", "2026-10-30",
        "Aldous Finch has left Velmora after nine months. Nobuko Ishii takes over the job for now.",
    ),
    article(
        "Brightfell Cloud plans $3.6 billion of capital spending", "plan", "Grid Report", "2026-03-05",
        "Brightfell Cloud told investors that it will spend $3.6 billion on capital projects this year, twice last "
        "year's figure.",
    ),
    article(
        "Brightfell's northern campus slips to 2028", "slip", "Grid Report", "2026-08-06",
        "The first hall of Brightfell Cloud's campus will open in 2028 because transformers arrive late. The company "
        "now expects to spend $2.9 billion this year rather than $3.6 billion.",
    ),
    article(
        "Sorvik Compute outage leaves customers without GPUs", "outage", "Chip Wire", "2026-04-27",
        "A cooling fault at Sorvik Compute took 6,100 accelerators offline for nine hours on Saturday. Customers get "
        "credits worth 30 days of service. It was the longest outage in its history.",
    ),
    article(
        "How firms contain compute costs", "contain", "FinOps Weekly", "2026-06-30",
        "Of the companies asked, 64% route simple requests to smaller models to lower compute costs. Prompt caching is "
        "used by 58% of them.",
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("changes")
    opened = open_store(folder / "kb", embedder)
    add_to(opened, [write_jsonl(folder / "news.jsonl", ARTICLES)])
    yield opened
    opened.close()


def first(found: Answer | None) -> str:
    return found.sentences[0].text if found else ""


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("Who is Sorvik Compute's finance chief?", "Tomas Brand"),
        ("Who was chief financial officer of Sorvik Compute before Tomas Brand?", "Ingrid Hale is leaving"),
        ("Who is in charge of procurement at Velmora?", "Aldous Finch has left"),
        ("How much will Brightfell Cloud spend on capital projects this year?", "$2.9 billion"),
        ("What did Brightfell Cloud originally plan to spend on capital projects?", "$3.6 billion"),
        ("How long was the Sorvik Compute outage?", "nine hours"),
        ("How are firms keeping compute costs in check?", "smaller models"),
    ],
)
def test_the_newest_state_leads_unless_an_earlier_one_is_asked_for(store: Store, question: str, part: str) -> None:
    assert part in first(answer(store, question, TODAY))


def test_who_came_is_told_after_who_went(store: Store) -> None:
    found = answer(store, "Who is in charge of procurement at Velmora?", TODAY)
    assert found is not None
    assert "Nobuko Ishii takes over" in found.sentences[1].text


def test_what_happened_without_a_reason_is_told_as_such(store: Store) -> None:
    found = answer(store, "Why did Velmora hire Aldous Finch as chief procurement officer?", TODAY)
    assert found is not None
    assert found.unexplained
    assert "has hired Aldous Finch" in found.sentences[0].text
    assert answer(store, "Why did Velmora cut its spending?", TODAY) is None


def test_news_after_today_change_nothing(store: Store) -> None:
    assert "Ingrid Hale" in first(answer(store, "Who is Sorvik Compute's finance chief?", date(2026, 1, 1)))
    found = answer(store, "How much will Brightfell Cloud spend on capital projects this year?", date(2026, 4, 1))
    assert "$3.6 billion" in first(found)


@pytest.mark.parametrize(
    "question",
    [
        "How many people work at Sorvik Compute?",
        "How many sites does Brightfell Cloud have?",
        "What does Tomas Brand earn?",
        "What is Velmora's valuation?",
        "Who is the chief financial officer of Velmora?",
    ],
)
def test_what_no_text_tells_is_not_answered(store: Store, question: str) -> None:
    assert answer(store, question, TODAY) is None


@pytest.mark.parametrize(
    ("sentence", "question", "other"),
    [
        ("The large model costs $3.", "What does the small model cost?", True),
        ("Output tokens cost $9.", "What do input tokens cost?", True),
        ("Input tokens cost $3 and output tokens $9.", "What do input tokens cost?", False),
        ("A large bank uses it.", "What does the small model cost?", False),
        ("The small models got cheaper.", "What does the small model cost?", False),
    ],
)
def test_the_other_one_of_two_is_known(sentence: str, question: str, other: bool) -> None:
    assert is_of_the_other(sentence, question) is other
