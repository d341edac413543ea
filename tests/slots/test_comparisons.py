from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.agent.slots.comparisons import comparison
from bot.agent.slots.periods import periods
from tools.period import Period

TODAY = date(2026, 11, 23)
OCT, SEP, NOV = (Period.month(2026, month) for month in (10, 9, 11))


@pytest.mark.parametrize(
    "text",
    [
        "search spend in October against September",
        "Oct vs Sep",
        "what changed from September to October?",
        "did we spend more in October than in September",
        "compare October to September",
        "compare September and October",
        "October compared with the month before",
        "October against the previous month",
        "how did it change month over month",
        "difference between Sep and Oct",
        "what drove the change between September and October",
    ],
)
def test_october_is_set_against_september_however_it_is_said(text: str) -> None:
    found = comparison(text, TODAY)
    assert found is not None
    assert found[1] is not None
    assert (found[0].period, found[1].period) == (OCT, SEP)


@pytest.mark.parametrize(
    ("text", "current", "baseline"),
    [
        ("how are we doing vs last month", NOV, OCT),
        ("yoy for October", OCT, Period.month(2025, 10)),
        ("this month vs same month last year", NOV, Period.month(2025, 11)),
        (
            "week over week",
            Period(date(2026, 11, 16), date(2026, 11, 23)),
            Period(date(2026, 11, 9), date(2026, 11, 16)),
        ),
        ("how does Q3 compare with Q2", Period.quarter(2026, 3), Period.quarter(2026, 2)),
        (
            "the last 30 days vs the 30 days before",
            Period(date(2026, 10, 24), date(2026, 11, 23)),
            Period(date(2026, 9, 24), date(2026, 10, 24)),
        ),
    ],
)
def test_a_baseline_that_is_not_named_in_full_follows_from_the_period(
    text: str, current: Period, baseline: Period
) -> None:
    found = comparison(text, TODAY)
    assert found is not None
    assert found[1] is not None
    assert (found[0].period, found[1].period) == (current, baseline)


def test_from_september_to_october_is_a_range_and_told_of_a_change_also_a_comparison() -> None:
    (whole,) = periods("what changed from September to October?", TODAY)
    assert whole.period == Period(date(2026, 9, 1), date(2026, 11, 1))
    assert comparison("spend from September to October", TODAY) is None


def test_a_change_with_one_period_has_no_baseline() -> None:
    found = comparison("what changed last week", TODAY)
    assert found is not None
    assert found[0].text == "last week"
    assert found[1] is None


def test_a_side_that_is_not_named_has_no_text() -> None:
    found = comparison("up from last month", TODAY)
    assert found is not None
    assert found[0].text == ""


@pytest.mark.parametrize("text", ["spend last month", "by team", "", "what is OpenAI's price"])
def test_a_question_that_compares_nothing_has_no_comparison(text: str) -> None:
    assert comparison(text, TODAY) is None


@given(st.text(max_size=150))
def test_any_text_is_read_without_an_error(text: str) -> None:
    comparison("compare October to " + text, TODAY)
