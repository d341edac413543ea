"""Which thing a question asks after, and which words may stand for others."""

import pytest

from knowledge.answering.focus import focus_of, is_counted, is_theme
from knowledge.searching.alike import alike
from knowledge.searching.lexical import stem
from knowledge.searching.question import read_question
from knowledge.searching.relevance import says, stems


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("How many employees does Quillon Cloud have?", "employees"),
        ("What's the share price of Quillon Cloud?", "share price"),
        ("What was Quillon's operating margin last quarter?", "operating margin"),
        ("What did Vantor say about laptop sales?", "laptop sales"),
        ("Who is the treasurer of Vantor?", "treasurer"),
        ("Where is Vantor's headquarters?", "headquarters"),
        ("Is Vantor buying chips?", ""),
        ("What's going on with chips?", ""),
    ],
)
def test_the_thing_asked_after_is_set_apart_from_its_owner(question: str, thing: str) -> None:
    assert focus_of(question) == thing


def test_a_count_and_a_theme_are_told_apart() -> None:
    assert is_counted("How many racks did Vantor install?")
    assert not is_counted("What did Vantor say about racks?")
    assert is_theme("Any news on racks?")
    assert not is_theme("What's the price of a rack?")


def test_other_words_of_the_same_meaning_count_as_said() -> None:
    assert says(stems("Vantor's finance chief"), stem("cfo"))
    assert says(stems("Vantor will curb its outlay"), stem("reduce"))
    assert not says(stems("Vantor's finance"), stem("cfo"))
    assert not alike("zebra")


def test_who_states_a_thing_need_not_be_named_in_the_sentence() -> None:
    assert read_question("What did the K9 cost to build according to Oslo Labs?").ascribed == ("oslo", "lab")
    assert read_question("What did the K9 cost Oslo Labs?").ascribed == ()


def test_several_of_a_chip_are_that_chip_and_an_l40s_is_one() -> None:
    assert read_question("What do H100s rent for?").names == ("h100",)
    assert read_question("What does Rentwatch say of L40S rents?").names == ("rentwatch", "l40s")
