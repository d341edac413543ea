"""Parts of a month, expected by the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.agent.slots.periods import periods

TODAY = date(2026, 6, 20)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("spend in the first half of May", "2026-05-01", "2026-05-15"),
        ("the second half of February 2026", "2026-02-15", "2026-02-28"),
        ("second half of last month", "2026-05-16", "2026-05-31"),
        ("the last 10 days of April", "2026-04-21", "2026-04-30"),
        ("first week of May", "2026-05-01", "2026-05-07"),
        ("second week of last month", "2026-05-08", "2026-05-14"),
        ("last month of Q1", "2026-03-01", "2026-03-31"),
        ("the 3 months to April", "2026-02-01", "2026-04-30"),
        ("since the launch on 3 December", "2025-12-03", "2026-06-20"),
        ("from Dec->Feb", "2025-12-01", "2026-02-28"),
    ],
)
def test_a_part_of_a_stretch_is_read_as_its_days(text: str, first: str, last: str) -> None:
    (found,) = periods(text, TODAY)
    assert (str(found.period.start), str(found.period.end - timedelta(1))) == (first, last)


@pytest.mark.parametrize("text", ["first half of Q2", "second 10 days of May", "first 40 days of May"])
def test_parts_that_have_no_days_of_their_own_leave_the_words_unread(text: str) -> None:
    assert all("first" not in found.text and "second" not in found.text for found in periods(text, TODAY))


def test_a_week_of_a_month_is_no_calendar_week() -> None:
    assert all(found.grain != "week" for found in periods("the week of May", TODAY))
