"""What a document says of itself, and what is told of a sentence: bylines, broken lines, forms of words, figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from knowledge.answering.figures_said import answering, figures_in
from knowledge.answering.opposites import is_of_the_other
from knowledge.parse.byline import byline_of
from knowledge.parse.unwrapped import unwrapped
from knowledge.searching.lexical import stem
from knowledge.searching.question import read_question
from knowledge.searching.relevance import says, stems


@pytest.mark.parametrize(
    ("text", "title", "publisher", "day"),
    [
        ("Rents fall\n\nFerro Analysts, 18 August 2026\n\nRents fell.", "Rents fall", "Ferro Analysts", (2026, 8, 18)),
        ("By Ann Lee | March 3, 2026 | The Wire\n\nRents fell to $2.", "", "The Wire", (2026, 3, 3)),
        ("Source: Ferro Analysts\nDate: 2026-03-04\n\nRents fell.", "", "Ferro Analysts", (2026, 3, 4)),
        ("OSLO, Norway, 3 March 2026 - Ferro said that rents fell.", "", "", (2026, 3, 3)),
    ],
)
def test_the_first_lines_say_who_published_a_text_and_when(
    text: str, title: str, publisher: str, day: tuple[int, int, int]
) -> None:
    found = byline_of(text)
    assert (found.title, found.publisher, found.published_on) == (title, publisher, date(*day))
    assert found.body.endswith(("fell.", "$2."))


def test_a_text_without_a_byline_stays_as_it_is() -> None:
    found = byline_of("Rents fell in 2026 to $2 an hour.\nThey may rise.")
    assert found.published_on is None
    assert found.body == "Rents fell in 2026 to $2 an hour.\nThey may rise."


def test_lines_broken_at_a_width_are_one_paragraph_and_lists_and_tables_stay() -> None:
    prose = "Ferro Cloud was the largest borrower of the year with loans of\n$3.8 billion, before Vantor."
    assert unwrapped(prose) == prose.replace("\n", " ")
    rows = "Quarter of the year and what was paid in it\n2026 Q1 3.8 4.1\n2026 Q2 3.9 4.4"
    assert unwrapped(rows) == rows
    items = "What firms do about the cost of their tokens every day:\n- cache prompts\n- route to small models"
    assert unwrapped(items) == items


@pytest.mark.parametrize(
    ("sentence", "term"),
    [
        ("They will settle the lawsuit", "settlement"),
        ("Ferro was the largest borrower", "borrow"),
        ("It will reduce its staff", "reduction"),
    ],
)
def test_other_forms_of_a_word_count_as_said(sentence: str, term: str) -> None:
    assert says(stems(sentence), stem(term))


def test_words_that_only_look_alike_do_not() -> None:
    assert not says(stems("they serve a model"), stem("server"))


def test_the_figures_of_a_sentence_have_their_unit_and_scale() -> None:
    told = figures_in(
        "Ferro cut 220 jobs, 9% of its staff, on 3 March 2026 for $34 million; an H100 is EUR 2.07 an hour."
    )
    assert [(one.value, one.unit) for one in told] == [
        (Decimal(220), "jobs"),
        (Decimal(9), "%"),
        (Decimal(34_000_000), "USD"),
        (Decimal("2.07"), "EUR per hour"),
    ]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("What do output tokens cost now?", "7.50"),
        ("What did output tokens cost before the cut?", "12.00"),
        ("What do input tokens cost now?", "1.80"),
    ],
)
def test_the_figure_asked_for_leads(question: str, value: str) -> None:
    sentence = "Input tokens go from $3.00 to $1.80 per million, and output tokens from $12.00 to $7.50 per million."
    assert answering([sentence], read_question(question))[0].value == Decimal(value)


def test_one_accelerator_is_not_told_for_another_nor_guidance_for_what_was_spent() -> None:
    assert is_of_the_other("H100 rents averaged $2.07.", "What is the B200 rent?")
    assert not is_of_the_other("B200 rents rose while H100 rents fell.", "What is the B200 rent?")
    assert is_of_the_other("It raised its capex guidance to $11 billion.", "Ferro capex last quarter?")
    assert not is_of_the_other("Capital expenditures were $2.6 billion.", "Ferro capex last quarter?")


def test_who_asks_for_a_person_only_where_it_asks() -> None:
    assert read_question("Who runs Ferro?").asks == "who"
    assert read_question("Share of leaders who overspent, Ferro survey").asks == "amount"
