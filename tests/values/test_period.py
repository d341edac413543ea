"""A period starts inclusive and ends exclusive; the calendar's laws hold for every span."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.period import Period, day_shown, months_after

DAYS = st.dates(date(1999, 1, 1), date(2060, 12, 31))
PERIODS = st.builds(lambda start, days: Period(start, start + timedelta(days)), DAYS, st.integers(1, 900))
MONTHLY = st.builds(
    lambda year, month, count: Period(date(year, month, 1), months_after(date(year, month, 1), count)),
    st.integers(1999, 2060),
    st.integers(1, 12),
    st.integers(1, 30),
)
ANY = PERIODS | MONTHLY
few = settings(max_examples=80, deadline=None)


def test_a_month_a_quarter_and_a_year_end_where_the_next_begins() -> None:
    assert Period.month(2026, 10) == Period(date(2026, 10, 1), date(2026, 11, 1))
    assert Period.month(2026, 12) == Period(date(2026, 12, 1), date(2027, 1, 1))
    assert Period.quarter(2026, 4) == Period(date(2026, 10, 1), date(2027, 1, 1))
    assert Period.quarter(2026, 1) == Period(date(2026, 1, 1), date(2026, 4, 1))
    assert Period.year(2026) == Period(date(2026, 1, 1), date(2027, 1, 1))


@pytest.mark.parametrize(("year", "days"), [(2023, 28), (2024, 29), (1900, 28), (2000, 29)])
def test_february_has_the_days_of_its_year(year: int, days: int) -> None:
    assert Period.month(year, 2).days == days


@pytest.mark.parametrize(("start", "end"), [("2026-01-01", "2026-01-01"), ("2026-01-02", "2026-01-01")])
def test_an_empty_or_reversed_span_is_refused(start: str, end: str) -> None:
    with pytest.raises(ValueError, match="must end after it starts"):
        Period(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(("year", "month"), [(2026, 0), (2026, 13)])
def test_a_month_that_does_not_exist_is_refused(year: int, month: int) -> None:
    with pytest.raises(ValueError, match="month"):
        Period.month(year, month)


def test_last_month_is_the_month_before_today_even_on_the_first_and_in_january() -> None:
    assert Period.last_month(date(2026, 11, 1)) == Period.month(2026, 10)
    assert Period.last_month(date(2026, 11, 30)) == Period.month(2026, 10)
    assert Period.last_month(date(2026, 1, 31)) == Period.month(2025, 12)


def test_the_last_days_are_complete_ones_that_end_yesterday() -> None:
    week = Period.last_days(7, date(2026, 11, 23))
    assert (week.start, week.last_day, week.days) == (date(2026, 11, 16), date(2026, 11, 22), 7)
    assert not week.contains(date(2026, 11, 23))


def test_month_to_date_holds_today() -> None:
    assert Period.month_to_date(date(2026, 11, 23)) == Period(date(2026, 11, 1), date(2026, 11, 24))
    assert Period.month_to_date(date(2026, 12, 31)) == Period.month(2026, 12)


@given(ANY)
@few
def test_the_previous_span_is_adjacent_and_equally_long(period: Period) -> None:
    before = period.previous()
    assert before.end == period.start
    if period.whole_months:
        assert before.whole_months == period.whole_months
    else:
        assert before.days == period.days


@given(MONTHLY)
@few
def test_a_year_before_whole_months_is_as_many_months_twelve_earlier(period: Period) -> None:
    before = period.year_before()
    assert before.whole_months == period.whole_months
    assert (before.start.year, before.start.month) == (period.start.year - 1, period.start.month)


def test_a_year_before_a_span_of_days_is_the_same_days_of_the_year_before() -> None:
    assert Period(date(2026, 11, 1), date(2026, 11, 22)).year_before() == Period(date(2025, 11, 1), date(2025, 11, 22))
    assert Period.month(2024, 2).year_before() == Period.month(2023, 2)


@pytest.mark.parametrize("first", [1, 28])
def test_a_year_before_a_span_through_the_28th_of_a_leap_february_ends_on_the_28th(first: int) -> None:
    """1 to 28 February 2024 a year before is 1 to 28 February 2023; it gives 1 to 27, and 28 February alone raises."""
    assert Period(date(2024, 2, first), date(2024, 2, 29)).year_before().last_day == date(2023, 2, 28)


@given(ANY)
@few
def test_its_months_partition_a_period(period: Period) -> None:
    months = period.months()
    assert months[0].start == period.start
    assert months[-1].end == period.end
    assert all(one.end == after.start for one, after in pairwise(months))
    assert sum(month.days for month in months) == period.days
    assert all((m.start.year, m.start.month) == (m.last_day.year, m.last_day.month) for m in months)


@given(MONTHLY)
@few
def test_whole_months_are_as_many_whole_months(period: Period) -> None:
    assert len(period.months()) == period.whole_months
    assert all(month.whole_months == 1 for month in period.months())


@given(ANY, ANY)
@few
def test_an_overlap_is_what_both_contain(one: Period, other: Period) -> None:
    shared = one.overlap(other)
    assert shared == other.overlap(one)
    apart = one.end <= other.start or other.end <= one.start
    assert (shared is None) == apart
    if shared is not None:
        assert one.contains(shared.start)
        assert other.contains(shared.start)
        assert one.contains(shared.last_day)
        assert other.contains(shared.last_day)
        assert shared.overlap(one) == shared


@given(ANY)
@few
def test_a_period_overlaps_itself_wholly_and_what_is_before_it_not_at_all(period: Period) -> None:
    assert period.overlap(period) == period
    assert period.overlap(period.previous()) is None


@given(ANY, DAYS)
@few
def test_a_day_is_contained_from_the_start_up_to_without_the_end(period: Period, day: date) -> None:
    assert period.contains(period.start)
    assert period.contains(period.last_day)
    assert not period.contains(period.end)
    assert period.contains(day) == (0 <= (day - period.start).days < period.days)


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2026-10-01", "2026-11-01", "October 2026"),
        ("2026-07-01", "2026-10-01", "Q3 2026"),
        ("2026-10-01", "2027-01-01", "Q4 2026"),
        ("2026-01-01", "2027-01-01", "2026"),
        ("2026-08-01", "2026-11-01", "August to October 2026"),
        ("2025-12-01", "2026-02-01", "December 2025 to January 2026"),
        ("2025-04-01", "2026-04-01", "April 2025 to March 2026"),
        ("2026-11-01", "2026-11-22", "1 to 21 November 2026"),
        ("2026-10-25", "2026-11-02", "25 October to 1 November 2026"),
        ("2025-12-30", "2026-01-03", "30 December 2025 to 2 January 2026"),
        ("2026-11-21", "2026-11-22", "21 November 2026"),
    ],
)
def test_a_period_is_shown_by_its_first_and_last_day(start: str, end: str, shown: str) -> None:
    assert Period(date.fromisoformat(start), date.fromisoformat(end)).shown() == shown


@given(ANY, st.integers(-40, 40), st.integers(-40, 40))
@few
def test_two_periods_that_are_shown_alike_are_the_same(period: Period, earlier: int, later: int) -> None:
    start, end = period.start - timedelta(earlier), period.end + timedelta(later)
    if start < end:
        other = Period(start, end)
        assert (other.shown() == period.shown()) == (other == period)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-01-15", -13, "2024-12-15"),
        ("2026-05-31", 0, "2026-05-31"),
    ],
)
def test_months_after_a_day_end_on_a_shorter_months_last(day: str, months: int, then: str) -> None:
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(then)


def test_a_day_is_shown_without_a_leading_zero() -> None:
    assert day_shown(date(2026, 11, 1)) == "1 November 2026"
