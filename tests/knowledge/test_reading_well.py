"""Answers that read like answers: the newest where it is wanted, the year asked for, who agrees and who does not."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from knowledge.answering.agreement import differs, figures
from knowledge.answering.answer import Answer, answer
from knowledge.answering.candidates import as_said
from knowledge.embed import Embedder, MiniLM
from knowledge.index import add_to
from knowledge.searching.search import search
from knowledge.store import Store, open_store
from tests.knowledge.texts import write_jsonl

TODAY = date(2026, 11, 23)


def article(name: str, publisher: str, day: str, title: str, text: str) -> dict[str, str]:
    url = f"https://{publisher.lower()}.example/{name}"
    return {"title": title, "url": url, "publisher": publisher, "published_on": day, "text": text}


COPY = (
    "Velmar Systems ordered 4,000 liquid cooling racks for its Tallinn campus. The racks arrive in the spring, and the "
    "campus opens a year later than planned, because the grid connection is late. Velmar Systems employs 900 people."
)
ARTICLES = [
    article(
        "q1",
        "Ledgerpost",
        "2026-02-11",
        "Brightforge reports its quarter",
        "Brightforge's accelerator revenue was 310 million US dollars in the quarter that ended in January 2026. "
        "Since then, Brightforge has opened a second factory in Porto.",
    ),
    article(
        "q2",
        "Ledgerpost",
        "2026-05-12",
        "Brightforge reports its quarter again",
        "Brightforge's accelerator revenue was 402 million US dollars in the quarter that ended in April 2026.",
    ),
    article(
        "budget",
        "Wirepress",
        "2026-01-15",
        "Sandvik Cloud plans its capital spending",
        "Sandvik Cloud plans capital spending of 12 billion US dollars for 2026. "
        "Sandvik Cloud's capital spending was 7 billion US dollars in 2024.",
    ),
    article("copy-1", "Wirepress", "2026-03-01", "Velmar orders racks", COPY),
    article("copy-2", "Ledgerpost", "2026-03-02", "Velmar Systems orders racks", COPY.replace("is late", "came late")),
    article("copy-3", "Morningwire", "2026-03-02", "Racks for Velmar", COPY),
    article(
        "cooling",
        "Wirepress",
        "2026-02-01",
        "Cooling at Halvorsen",
        "Three scenarios for the price of cooling at Halvorsen are likely. Water may become dearer. Fans may become "
        "cheaper. Halls may move north.",
    ),
    article(
        "heat-1",
        "Wirepress",
        "2026-04-01",
        "Ostrava plant",
        "The Ostrava plant of Tarnhelm Compute draws 40 megawatts of power.",
    ),
    article(
        "heat-2",
        "Ledgerpost",
        "2026-06-01",
        "More on the Ostrava plant",
        "The Ostrava plant of Tarnhelm Compute draws 55 megawatts of power.",
    ),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("reading")
    opened = open_store(folder / "kb", embedder)
    add_to(opened, [write_jsonl(folder / "news.jsonl", ARTICLES)])
    yield opened
    opened.close()


def asked(store: Store, question: str) -> Answer:
    found = answer(store, question, TODAY)
    assert found is not None
    return found


def test_the_latest_quarter_is_told_by_the_newest_report_alone(store: Store) -> None:
    found = asked(store, "How much accelerator revenue did Brightforge make in its latest reported quarter?")
    assert [claim.text for claim in found.sentences] == [
        "Brightforge's accelerator revenue was 402 million US dollars in the quarter that ended in April 2026."
    ]


def test_a_question_about_a_year_is_not_answered_with_another_year(store: Store) -> None:
    found = asked(store, "What capital spending has Sandvik Cloud announced for 2026?")
    assert [claim.text for claim in found.sentences] == [
        "Sandvik Cloud plans capital spending of 12 billion US dollars for 2026."
    ]


def test_an_opening_that_joins_to_what_stood_before_is_left_out_of_the_claim_but_not_of_the_quote(store: Store) -> None:
    found = asked(store, "Where did Brightforge open a second factory?")
    claim = found.sentences[0]
    assert claim.text == "Brightforge has opened a second factory in Porto."
    assert claim.quote == "Since then, Brightforge has opened a second factory in Porto."
    assert claim.quote in found.passages[claim.passage_index].text


def test_copies_of_one_story_are_shown_once_with_those_who_also_published_it(store: Store) -> None:
    found = [one for one in search(store, "Velmar Systems liquid cooling racks", 5) if "Velmar" in one.text]
    assert len(found) == 1
    assert {found[0].publisher, *found[0].also} == {"Wirepress", "Ledgerpost", "Morningwire"}


def test_a_claim_names_every_publisher_that_says_it(store: Store) -> None:
    claim = asked(store, "How many liquid cooling racks did Velmar Systems order?").sentences[0]
    assert "4,000" in claim.text
    assert set(claim.publishers) == {"Wirepress", "Ledgerpost", "Morningwire"}


def test_different_figures_for_one_thing_stand_side_by_side_the_newest_first(store: Store) -> None:
    found = asked(store, "How much power does the Ostrava plant of Tarnhelm Compute draw?")
    assert found.disagree
    assert [
        (found.passages[claim.passage_index].published_on, "55" in claim.text, "40" in claim.text)
        for claim in found.sentences
    ] == [(date(2026, 6, 1), True, False), (date(2026, 4, 1), False, True)]


def test_a_question_asked_again_is_not_embedded_again(store: Store) -> None:
    class Counting:
        name, dimension = "all-MiniLM-L6-v2-int8", 384

        def __init__(self, real: Embedder) -> None:
            self.real, self.texts = real, 0

        def embed(self, texts):  # type: ignore[no-untyped-def]
            self.texts += len(texts)
            return self.real.embed(texts)

    assert isinstance(store.embedder, MiniLM)
    counting = Counting(store.embedder)
    fresh = open_store(store.folder, counting)
    first = answer(fresh, "How much power does the Ostrava plant draw?", TODAY)
    spent = counting.texts
    assert 1 <= spent <= 7
    assert answer(fresh, "How much power does the Ostrava plant draw?", TODAY) == first
    assert counting.texts == spent
    fresh.registry.close()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("However, in addition, the price fell.", "The price fell."),
        ("- But Quillon grew.", "Quillon grew."),
        ("So far the price has held.", "So far the price has held."),
        ("Thusly named, it grew.", "Thusly named, it grew."),
    ],
)
def test_a_joining_word_is_dropped_and_no_other(text: str, said: str) -> None:
    assert as_said(text) == said


def test_dates_and_names_with_digits_are_no_figures() -> None:
    assert figures("On 12 May 2026 the H100 cost 2.95 dollars, 1,200 units in Q3.") == {"2.95", "1200"}


def test_a_sentence_that_announces_is_said_with_what_it_announces(store: Store) -> None:
    claim = asked(store, "What might happen to the price of cooling at Halvorsen?").sentences[0]
    assert claim.text == (
        "Three scenarios for the price of cooling at Halvorsen are likely. Water may become dearer. Fans may become "
        "cheaper."
    )


def test_a_total_does_not_contradict_a_part() -> None:
    assert not differs(
        "Quillon, Marisol and Brightforge together are to spend more than 630 billion dollars on halls in 2026.",
        "Marisol had forecast 115 billion dollars for 2026.",
    )


def test_figures_of_different_years_do_not_contradict() -> None:
    assert not differs("Quillon spent 3 billion in 2024.", "Quillon spent 5 billion in 2025.")
    assert differs("Quillon spent 3 billion in 2025.", "Quillon spent 5 billion in 2025.")
