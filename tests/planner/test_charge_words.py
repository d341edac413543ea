"""Kinds of charges are asked for, left out, or only said to be counted."""

from __future__ import annotations

import pytest

from bot.agent.planner.words.charge_words import charge_words


@pytest.mark.parametrize(
    ("text", "meant", "left_out"),
    [
        ("refunds in May", ["refunds"], []),
        ("how much VAT did we pay", ["taxes"], []),
        ("May spend excluding tax and credits", [], ["taxes", "credits"]),
        ("May spend before tax", [], ["taxes"]),
        ("spend net of tax", [], ["taxes"]),
        ("May total, tax left out", [], ["taxes"]),
        ("credits aside, what did May cost", [], ["credits"]),
        ("spend net of credits", [], []),
        ("May total after credits and refunds", [], []),
        ("May, credits and tax included", [], []),
        ("January gross of credits", [], ["credits"]),
        ("non-AI spend in May", [], ["yes"]),
        ("weekend spend in May", ["weekend"], []),
        ("what do we spend on Sundays", ["Sunday"], []),
        ("credit card spend", [], []),
    ],
)
def test_what_is_asked_for_and_what_is_left_out(text: str, meant: list[str], left_out: list[str]) -> None:
    values = charge_words(text).values
    assert [v.value for v in values if not v.excluded] == meant
    assert [v.value for v in values if v.excluded] == left_out


def test_what_is_only_counted_is_marked_as_read() -> None:
    text = "spend net of credits"
    ((start, end),) = charge_words(text).counted
    assert text[start:end] == "net of credits"
