"""A message is cut into its questions, and nothing that was said is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.agent.planner.several.segments import segments
from bot.agent.planner.wording.asides import without_asides

ASKED = (
    "What did core spend in May?",
    "How much is gpt-4.1 per 1.5M tokens?",
    "Is gpt-4o cheaper than gpt-4.1-mini?",
    "Who runs compute finance at OpenAI?",
    "Compare core and growth for April 2026?",
)
few = settings(max_examples=60, deadline=None)


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        (
            "What did core spend in May? And what did data spend in April?",
            ["What did core spend in May?", "And what did data spend in April?"],
        ),
        ("how much did we spend in May and what drove it?", ["how much did we spend in May", "what drove it?"]),
        ("- What is the price of gpt-4o?\n- Who runs OpenAI?", ["What is the price of gpt-4o?", "Who runs OpenAI?"]),
        ("Show spend by team. Also show spend by model.", ["Show spend by team", "Also show spend by model."]),
        ("What did we spend in May; how much in April?", ["What did we spend in May;", "how much in April?"]),
        ("What is gpt-4.1? How much is o3?", ["What is gpt-4.1?", "How much is o3?"]),
    ],
)
def test_several_questions_are_told_apart(text: str, questions: list[str]) -> None:
    assert segments(text) == questions


@pytest.mark.parametrize(
    "text",
    [
        "Spend of core and growth in May",
        "Compare gpt-4o and gpt-4.1 for 3M tokens",
        "Hi, what did core spend in May?",
        "We have 3 projects. What is the NPV of 100k?",
        "What did search spend on ads and what-if tools",
        "What does 1.5M tokens cost on gpt-4.1?",
    ],
)
def test_one_question_stays_whole(text: str) -> None:
    assert segments(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "What was Dunmore's capex in FY2021? Answer in USD billions.",
        "How much revenue did Dunmore report in 2021? Give your answer in thousands.",
        "What is Dunmore's gross margin in 2021? Please round to two decimals.",
        "Does Dunmore have a healthy quick ratio in 2021? If it is not relevant, say why.",
        "What is the inventory turnover of Dunmore in 2021? Inventory turnover is defined as COGS / average inventory.",
        "What is the ROI of 10k a month that saves 20k? Assume a discount rate of 8%.",
        "What is Dunmore's net margin? Use net income and total revenue.",
    ],
)
def test_how_to_answer_and_what_to_assume_belong_to_the_question_before(text: str) -> None:
    assert segments(text) == [text]


def test_a_condition_that_asks_is_a_question_of_its_own() -> None:
    asked = ["Should we rent or buy 8 H100?", "If prices fall by 10%, what then?"]
    assert segments(" ".join(asked)) == asked


@pytest.mark.parametrize("text", ["", "   ", "???", "👍", "\n\n"])
def test_a_message_without_words_is_one_piece_that_asks_nothing(text: str) -> None:
    assert segments(text) == [text.strip()]


def test_a_sign_after_a_question_is_no_question() -> None:
    assert segments("What did we spend in May? 👍") == ["What did we spend in May? 👍"]


@pytest.mark.parametrize("thanks", ["Thanks", "Thanks!", "Thank you so much.", "Cheers"])
def test_thanks_after_a_question_are_no_question(thanks: str) -> None:
    assert len(segments(f"What did core spend in May? {thanks}")) == 1


@given(st.lists(st.sampled_from(ASKED), min_size=1, max_size=5), st.sampled_from([" ", "\n", "\n\n", "\r\n", "\n- "]))
@few
def test_questions_joined_are_the_same_questions_in_order(asked: list[str], between: str) -> None:
    assert segments(between.join(asked)) == asked


@given(st.text(alphabet="abc WhatHow?;.,-\n13", max_size=80))
@few
def test_no_letter_or_digit_is_lost_or_moved(text: str) -> None:
    def said(told: str) -> str:
        return re.sub(r"[^A-Za-z0-9]", "", told)

    pieces = segments(text)
    assert pieces
    assert said("".join(pieces)) == said(without_asides(re.sub(r"[^\S\n]+", " ", text.strip())))
