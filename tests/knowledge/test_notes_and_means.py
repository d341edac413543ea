"""Minutes and policies of one's own, how a thing was done, several quarters, the latest on a subject, tables."""

from collections.abc import Iterator
from datetime import date

import pytest

from knowledge.answering.answer import Answer, answer
from knowledge.answering.headlines import subject_of
from knowledge.embed import Embedder
from knowledge.index import add_to
from knowledge.store import Store, open_store
from tests.knowledge.texts import write_jsonl

TODAY = date(2026, 8, 31)


def article(title: str, slug: str, publisher: str, day: str, text: str) -> dict[str, str]:
    url = f"https://example.org/{slug}"
    return {"title": title, "url": url, "publisher": publisher, "published_on": day, "text": text}


ARTICLES = [
    article(
        "Corvane Bank slashes model spending", "corvane", "Finance & Machines", "2026-08-11",
        "Corvane Bank reduced what it pays for language models by 43 percent. Chat summaries now run on leased cards. "
        "Compliance checks moved to the overnight batch window.",
    ),
    article(
        "Halvorsen Semiconductor, second quarter 2026", "halv-q2", "Halvorsen Semiconductor", "2026-07-30",
        "Halvorsen Semiconductor reported second-quarter sales of 3.1 billion euros. Spending on property, plant and "
        "equipment came to 640 million euros, up from 575 million a quarter earlier. Data-center revenue was 1.2 "
        "billion euros.",
    ),
    article(
        "Halvorsen Semiconductor, first quarter 2026", "halv-q1", "Halvorsen Semiconductor", "2026-04-29",
        "Halvorsen Semiconductor reported first-quarter sales of 2.9 billion euros. Spending on property, plant and "
        "equipment came to 575 million euros.",
    ),
    article(
        "Xenith names chief compute officer", "xenith", "Boardroom Daily", "2026-06-30",
        "Xenith AI has appointed Laleh Moradi chief compute officer. She succeeds Grant Whitfield, who stays until "
        "September as an adviser.",
    ),
    article(
        "Xenith raises 2 billion dollars", "round", "Venture Sheet", "2026-05-12",
        "Xenith AI raised $2 billion at a valuation of $19 billion. The round was led by Palisade Partners.",
    ),
    article(
        "Netzentgelte in Hessen", "hessen", "Netz und Strom", "2026-08-06",
        "Hessen erhöht die Netzentgelte für Rechenzentren ab 1. Januar 2027 um 8 Prozent. Betroffen sind 64 Anlagen.",
    ),
]  # fmt: skip
MINUTES = """# Lindholm Media: compute council, 20 August 2026

Chair: Oskar Brandt.

- subtitles hands its p4d machine back on 15 October 2026.
- The monthly ceiling for archive-search is 2,400 dollars. Exceptions are granted by Mei Tanaka only.
- The dubbing team had a retry loop on 18 June. Yusuf Demir stopped it.
- Our savings plan runs until 31 January 2027. Owner: Ruben Alvarez.

| Tier | Monthly cap (USD) | Review |
| --- | --- | --- |
| sandbox | 200 | none |
| pilot | 1,500 | monthly |
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("notes")
    (folder / "minutes.md").write_text(MINUTES, encoding="utf-8")
    opened = open_store(folder / "kb", embedder)
    add_to(opened, [write_jsonl(folder / "news.jsonl", ARTICLES), folder / "minutes.md"])
    yield opened
    opened.close()


def said(found: Answer | None) -> str:
    return " ".join(claim.text for claim in found.sentences) if found else ""


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("How did Corvane Bank bring its model spending down?", "overnight batch"),
        ("What was Halvorsen's data-center revenue in the second quarter?", "1.2 billion"),
        ("Who had the job before Laleh Moradi?", "Grant Whitfield"),
        ("by when must subtitles give back the p4d?", "15 October 2026"),
        ("Who can grant exceptions to the ceiling of archive-search?", "Mei Tanaka"),
        ("Who stopped the retry loop?", "Yusuf Demir"),
        ("Until when does our savings plan run?", "31 January 2027"),
        ("what is the monthly cap for a pilot?", "1,500"),
        ("Um wie viel Prozent steigen die Netzentgelte in Hessen?", "8 Prozent"),
    ],
)
def test_what_minutes_and_short_reports_say_is_told(store: Store, question: str, part: str) -> None:
    assert part in said(answer(store, question, TODAY))


@pytest.mark.parametrize(
    "question",
    [
        "What did Halvorsen pay in dividends?",
        "Who is CFO of Xenith?",
        "What is the salary of Mei Tanaka?",
        "When does Xenith open in Madrid?",
    ],
)
def test_what_no_text_says_is_unknown(store: Store, question: str) -> None:
    assert answer(store, question, TODAY) is None


def test_several_quarters_are_told_newest_first(store: Store) -> None:
    found = answer(store, "halvorsen capex in the last two quarters?", TODAY)
    assert found is not None
    assert ["640" in one.text or "575" in one.text for one in found.sentences] == [True, True]
    assert [str(found.passages[one.passage_index].published_on) for one in found.sentences] == [
        "2026-07-30",
        "2026-04-29",
    ]


def test_the_latest_on_a_subject_are_listed_newest_first(store: Store) -> None:
    found = answer(store, "any news on Xenith?", TODAY)
    assert found is not None
    assert found.latest
    assert [str(one.published_on) for one in found.passages] == ["2026-06-30", "2026-05-12"]
    assert found.note == ""


def test_where_nothing_is_new_since_a_day_it_is_said(store: Store) -> None:
    found = answer(store, "any news on Xenith since July?", TODAY)
    assert found is not None
    assert "2026-07-01" in found.note


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("any news on Xenith?", "Xenith"),
        ("What is new at Groq?", "Groq"),
        ("what happened at Ovado lately?", "Ovado"),
        ("What did Xenith raise?", ""),
        ("How did rents change in July?", ""),
    ],
)
def test_a_question_after_news_names_its_subject(question: str, subject: str) -> None:
    assert subject_of(question) == subject
