"""Numbers that a chat model hands to a calculation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.agent.grounding.evidence import Evidence
from bot.agent.grounding.operands import unfounded
from tools.results import Figure, Result

TODAY = date(2026, 11, 23)


def evidence(question: str, *figures: str) -> Evidence:
    results = [Result(summary="", figures=tuple(Figure("spend", Decimal(value), "USD") for value in figures))]
    return Evidence.of(results, question=question, today=TODAY)


@pytest.mark.parametrize(
    ("question", "args"),
    [
        ("Cost to train 70B on 15T tokens?", {"parameters": "70B", "tokens": "15T"}),
        ("Rent or buy 64 H100 for 3 years?", {"count": 64, "months": 36}),
        ("Serve for two weeks", {"days": "14"}),
        ("with 60% of the input cached", {"cached_share": "0.6"}),
        ("with 60% of the input cached", {"uncached_share": "40"}),
        ("if prices go up 1.5x", {"price_change": "50"}),
        ("What did gpt-4o cost in March 2025?", {"on": "2025-03-01"}),
        ("What did gpt-4o cost in March 2025?", {"period": "March 2025"}),
        ("an H100 by the month", {"hours": 730, "top": 5}),
        ("a third of it", {"share": "33.33"}),
    ],
)
def test_a_number_of_the_question_in_another_unit_has_an_origin(question: str, args: dict[str, object]) -> None:
    assert unfounded(args, evidence(question)) is None


@pytest.mark.parametrize(
    ("question", "args", "first"),
    [
        ("Rent or buy 64 H100?", {"count": 64, "utilisation": 55}, "55"),
        ("Cost to train 70B on 15T tokens?", {"parameters": "70B", "tokens": "15T", "mfu": "45"}, "45"),
        ("Is the commitment worth it?", {"discount": "0.35"}, "0.35"),
        ("What did orion spend?", {"expression": "5 * 1000"}, "5"),
    ],
)
def test_a_made_up_number_of_two_digits_has_none(question: str, args: dict[str, object], first: str) -> None:
    assert unfounded(args, evidence(question)) == first


def test_a_calculation_of_constants_alone_has_no_origin_but_may_follow_a_figure() -> None:
    bare = evidence("What did orion spend?")
    found = evidence("What did orion spend?", "41231.74")
    assert unfounded({"expression": "12 * 1000"}, bare, constants=False) == "12"
    assert unfounded({"expression": "12 * 41231.74"}, found, constants=False) is None
    assert unfounded({"expression": "12 * 41231.74 / 7.5"}, found, constants=False) == "7.5"
