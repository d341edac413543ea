"""An answer gives the kind of thing that was asked for, of those that were named, or there is none."""

from collections.abc import Iterator
from datetime import date

import pytest

from knowledge.answering.answer import Answer, answer
from knowledge.embed import Embedder
from knowledge.index import add_to
from knowledge.store import Store, open_store
from tests.knowledge.texts import write_jsonl

TODAY = date(2026, 11, 23)


def article(title: str, slug: str, publisher: str, day: str, text: str) -> dict[str, str]:
    url = f"https://example.org/{slug}"
    return {"title": title, "url": url, "publisher": publisher, "published_on": day, "text": text}


ARTICLES = [
    article(
        "Tavik Labs doubles its order for Ferro chips", "order", "Chip Wire", "2026-09-14",
        "Tavik Labs has doubled its order for Ferro Systems' M5 accelerators to 48,000 units, worth about $1.3 bn. "
        "Deliveries start in February 2027 and run for eighteen months. The start-up will finance the purchase with a "
        "loan from Halden Bank at 9.5 percent interest.",
    ),
    article(
        "Ferro Systems warns of memory shortage", "memory", "Reuters", "2026-10-06",
        "Ferro Systems expects high-bandwidth memory to remain scarce until the middle of 2027, its chief executive "
        "Marit Lund told analysts. The company raised list prices by 6% in September because memory got dearer.",
    ),
    article(
        "Ferro lifts spending plans", "capex", "Grid Report", "2026-11-03",
        "Ferro Systems will put $2.8 billion into new test capacity in Malaysia next year. The chipmaker employs 6,200 "
        "people.",
    ),
    article(
        "Compute treasurer leaves Tavik Labs", "leave", "Ledger Daily", "2026-10-30",
        "Joren Pike has left Tavik Labs after five months. He had run its compute treasury since spring.",
    ),
    article(
        "How Pellworth Insurance cut its inference bill", "pellworth", "FinOps Weekly", "2026-09-28",
        "Pellworth Insurance reduced its monthly inference bill from $310,000 to $190,000 by routing simple claims "
        "to a small model. Accuracy on the insurer's own tests slipped by half a percentage point.",
    ),
    article(
        "Rents of Z7 climb", "z7-up", "Cloud Ledger", "2026-11-18",
        "Renting a Z7 accelerator cost $4.20 an hour on average in November, up from $3.60 in August.",
    ),
    article(
        "Z7 rents are steady", "z7-steady", "Daily Compute", "2026-11-16",
        "Renting a Z7 accelerator cost $3.85 an hour on average in November, according to the broker Ombra.",
    ),
    article(
        "Z7 rents a year ago", "z7-old", "Daily Compute", "2025-11-16",
        "Renting a Z7 accelerator cost $5.10 an hour on average in November, according to the broker Ombra.",
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("kinds")
    opened = open_store(folder / "kb", embedder)
    add_to(opened, [write_jsonl(folder / "news.jsonl", ARTICLES)])
    yield opened
    opened.close()


def said(found: Answer | None) -> str:
    return " ".join(claim.text for claim in found.sentences) if found else ""


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("When will the chips that Tavik bought arrive?", "February 2027"),
        ("How is Tavik paying for its Ferro chips?", "Halden Bank"),
        ("Why has Ferro put up its list prices?", "memory got dearer"),
        ("Who is the CEO of Ferro Systems?", "Marit Lund"),
        ("What is the headcount of Ferro Systems?", "6,200"),
        ("Did accuracy suffer at Pellworth Insurance?", "half a percentage point"),
        ("How much does Pellworth spend on inference?", "190,000"),
    ],
)
def test_the_sentence_with_what_was_asked_for_is_told(store: Store, question: str, part: str) -> None:
    assert part in said(answer(store, question, TODAY))


@pytest.mark.parametrize(
    "question",
    [
        "Who leads procurement at Ferro Systems?",
        "When will Tavik open its second campus?",
        "What does Pellworth pay for training?",
        "What interest rate does Ferro Systems pay on its loans?",
        "How many patents does Ferro hold?",
        "How much is a Z8 per hour?",
    ],
)
def test_what_was_not_reported_is_not_answered_by_what_stands_near_it(store: Store, question: str) -> None:
    assert answer(store, question, TODAY) is None


def test_an_event_without_its_reason_is_told_as_that(store: Store) -> None:
    found = answer(store, "Why did Joren Pike leave Tavik Labs?", TODAY)
    assert found is not None
    assert found.unexplained


def test_figures_that_disagree_stand_side_by_side_the_newest_first(store: Store) -> None:
    found = answer(store, "What does a Z7 rent for on average now?", TODAY)
    assert found is not None
    assert found.disagree
    days = [str(found.passages[claim.passage_index].published_on) for claim in found.sentences]
    assert days == ["2026-11-18", "2026-11-16"]
    assert "$4.20" in found.sentences[0].text
    assert "$3.85" in found.sentences[1].text


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("What did Tavik Labs announce in September?", "48,000"),
        ("Any news on Z7 rents last week?", "$3.85"),
        ("What did Reuters report about Ferro Systems?", "scarce"),
    ],
)
def test_news_of_certain_days_and_of_a_publisher_is_found(store: Store, question: str, part: str) -> None:
    found = answer(store, question, TODAY)
    assert part in said(found)
    assert "$5.10" not in said(found)


def test_days_without_news_have_no_answer(store: Store) -> None:
    assert answer(store, "What did Tavik Labs announce in January?", TODAY) is None
