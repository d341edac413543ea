from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.agent.slots.periods import PeriodMention, periods
from tools.period import Period

TODAY = date(2026, 11, 23)  # a Monday
DAYS = st.dates(date(2001, 1, 1), date(2039, 12, 31))


def only(text: str, **settings: object) -> PeriodMention:
    (found,) = periods(text, TODAY, **settings)  # type: ignore[arg-type]
    return found


def span(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last) + timedelta(1))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("last month", "2026-10-01", "2026-10-31"),
        ("this month", "2026-11-01", "2026-11-30"),
        ("month to date", "2026-11-01", "2026-11-23"),
        ("MTD", "2026-11-01", "2026-11-23"),
        ("November to date", "2026-11-01", "2026-11-23"),
        ("October", "2026-10-01", "2026-10-31"),
        ("November", "2026-11-01", "2026-11-30"),
        ("December", "2025-12-01", "2025-12-31"),
        ("october last year", "2025-10-01", "2025-10-31"),
        ("Oct '25", "2025-10-01", "2025-10-31"),
        ("2026-10", "2026-10-01", "2026-10-31"),
        ("Q3", "2026-07-01", "2026-09-30"),
        ("third quarter of 2025", "2025-07-01", "2025-09-30"),
        ("3Q26", "2026-07-01", "2026-09-30"),
        ("last quarter", "2026-07-01", "2026-09-30"),
        ("this quarter", "2026-10-01", "2026-12-31"),
        ("H1 2026", "2026-01-01", "2026-06-30"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("year to date", "2026-01-01", "2026-11-23"),
        ("in 2025", "2025-01-01", "2025-12-31"),
        ("our 2025 spend", "2025-01-01", "2025-12-31"),
        ("Quillon's 2025 AI bill", "2025-01-01", "2025-12-31"),
        ("yesterday", "2026-11-22", "2026-11-22"),
        ("last week", "2026-11-16", "2026-11-22"),
        ("this week", "2026-11-23", "2026-11-29"),
        ("week of 3 November", "2026-11-02", "2026-11-08"),
        ("2026-W45", "2026-11-02", "2026-11-08"),
        ("last 30 days", "2026-10-24", "2026-11-22"),
        ("past 90 days", "2026-08-25", "2026-11-22"),
        ("last 3 months", "2026-08-01", "2026-10-31"),
        ("the last two weeks", "2026-11-09", "2026-11-22"),
        ("over the past year", "2025-11-01", "2026-10-31"),
        ("10 to 20 March", "2026-03-10", "2026-03-20"),
        ("March 10-20", "2026-03-10", "2026-03-20"),
        ("from 10 March to 20 March", "2026-03-10", "2026-03-20"),
        ("between 1 and 15 October", "2026-10-01", "2026-10-15"),
        ("between Aug and Oct", "2026-08-01", "2026-10-31"),
        ("Aug-Oct 2026", "2026-08-01", "2026-10-31"),
        ("from Nov to Jan", "2025-11-01", "2026-01-31"),
        ("since July", "2026-07-01", "2026-11-23"),
        ("since 1 October", "2026-10-01", "2026-11-23"),
        ("on 21 November", "2026-11-21", "2026-11-21"),
        ("11/21/2026", "2026-11-21", "2026-11-21"),
        ("21.11.2026", "2026-11-21", "2026-11-21"),
        ("3 Dec", "2025-12-03", "2025-12-03"),
        ("the month before last", "2026-09-01", "2026-09-30"),
        ("two months ago", "2026-09-01", "2026-09-30"),
        ("same month last year", "2025-11-01", "2025-11-30"),
        ("next month", "2026-12-01", "2026-12-31"),
        ("29 February", "2024-02-29", "2024-02-29"),
        ("2026-11-01 to 2026-11-15", "2026-11-01", "2026-11-15"),
    ],
)
def test_a_period_is_the_days_that_people_mean(text: str, first: str, last: str) -> None:
    assert only(f"our spend {text} by team").period == span(first, last)


@pytest.mark.parametrize(
    "text",
    [
        "may I ask",
        "it may cost more",
        "we march on",
        "Mar says hello",
        "the sun is out",
        "31 November",
        "gpt-4o-2024-08-06",
        "2025 tokens",
        "$2025",
        "the top 10 may be enough",
        "May I see our models?",
        "decide, janitor, octopus, sept, marching",
    ],
)
def test_words_that_only_look_like_dates_name_no_period(text: str) -> None:
    assert [m.text for m in periods(text, TODAY) if m.text != "sept"] == []


@pytest.mark.parametrize("text", ["in May", "in may", "May 2026", "what was May spend?", "may vs april"])
def test_may_as_a_month_is_read(text: str) -> None:
    assert periods(text, TODAY)[0].period == Period.month(2026, 5)


def test_months_of_data_end_where_the_data_ends() -> None:
    text = "the last 3 months of data"
    assert only(text, data_through=date(2026, 9, 30)).period == span("2026-07-01", "2026-09-30")
    assert only(text, data_through=date(2026, 11, 21)).period == span("2026-08-22", "2026-11-21")


def test_a_fiscal_year_is_named_by_the_year_in_which_it_ends() -> None:
    assert only("FY2026").period == Period.year(2026)
    assert only("FY2026", fiscal_start_month=7).period == span("2025-07-01", "2026-06-30")
    assert only("Q3 FY2026", fiscal_start_month=7).period == span("2026-01-01", "2026-03-31")
    assert only("Q3 2026", fiscal_start_month=7).period == Period.quarter(2026, 3)


def test_a_date_with_two_readings_keeps_both() -> None:
    found = only("11/12/2026")
    assert found.period == span("2026-11-12", "2026-11-12")
    assert found.others == (span("2026-12-11", "2026-12-11"),)
    assert not only("11/21/2026").ambiguous


def test_what_holds_today_is_partial_and_an_open_start_is_said() -> None:
    assert only("this month").partial
    assert not only("last month").partial
    assert only("next month").is_future
    assert only("until 10 November").open_start
    assert only("last 30 days").is_rolling


def test_the_month_before_refers_to_the_month_named() -> None:
    named, before = periods("compare August with the month before", TODAY)
    assert (named.period, before.period) == (Period.month(2026, 8), Period.month(2026, 7))


def test_what_the_caller_has_read_is_left_out() -> None:
    assert periods("March 2026", TODAY, masked=[(0, 5)]) != periods("March 2026", TODAY)
    assert periods("March 2026", TODAY, masked=[(0, 10)]) == []


@given(DAYS, DAYS, st.sampled_from(("", "spend in", "what did search cost in", "for", "(")))
def test_a_period_as_shown_is_read_back(one: date, other: date, before: str) -> None:
    first, last = min(one, other), max(one, other)
    cases = [
        Period.month(one.year, one.month),
        Period.quarter(one.year, (one.month + 2) // 3),
        Period.year(one.year),
        Period(one, one + timedelta(1)),
        Period(first, last + timedelta(1)),
        Period(first.replace(day=1), Period.month(last.year, last.month).end),
    ]
    for period in cases:
        text = f"{before} {period.shown()}"
        (found,) = periods(text, TODAY)
        assert found.period == period
        assert found.text == text[found.start : found.end]


@given(st.dates(date(2002, 1, 1), date(2038, 12, 31)), st.integers(1, 400))
def test_the_last_days_are_complete_and_end_yesterday(today: date, days: int) -> None:
    (found,) = periods(f"cost over the last {days} days", today)
    assert (found.period.end, found.period.days) == (today, days)


@given(
    st.dates(date(2002, 1, 1), date(2038, 12, 31)),
    st.sampled_from(("January", "April", "October", "Dec", "Q2", "3 Nov")),
)
def test_a_name_without_a_year_has_begun_and_would_not_have_a_year_later(today: date, name: str) -> None:
    (found,) = periods(f"in {name}", today)
    assert found.period.start <= today < found.period.year_before().start.replace(year=found.period.start.year + 1)


@given(st.text(max_size=200), DAYS)
def test_any_text_is_read_without_an_error_in_order_and_without_overlap(text: str, today: date) -> None:
    found = periods(text, today)
    assert all(text[m.start : m.end] == m.text and m.text for m in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


WORDS = (
    *(
        "last",
        "next",
        "month",
        "9999",
        "years",
        "October",
        "to",
        "from",
        "since",
        "until",
        "between",
        "and",
        "Q3",
        "31",
    ),
    *(
        "February",
        "2026",
        "week",
        "of",
        "99",
        "1/1/0001",
        "ago",
        "before",
        "12",
        "-",
        "the",
        "data",
        "0",
        "FY99",
        "may",
        "'26",
    ),
)


@given(st.lists(st.sampled_from(WORDS), max_size=12), DAYS)
def test_any_heap_of_date_words_is_read_without_an_error(words: list[str], today: date) -> None:
    found = periods(" ".join(words), today)
    assert all(m.period.start < m.period.end for m in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("blew through last quarter", date(2026, 7, 1), date(2026, 9, 30)),
        ("spend through August", date(2026, 1, 1), date(2026, 8, 31)),
        ("Nov MTD by provider", date(2026, 11, 1), date(2026, 11, 23)),
        ("on the 5th", date(2026, 11, 5), date(2026, 11, 5)),
        ("15 june - 21 june", date(2026, 6, 15), date(2026, 6, 21)),
        ("Jun-21 spend", date(2021, 6, 1), date(2021, 6, 30)),
        ("on the 30th", date(2026, 10, 30), date(2026, 10, 30)),
        ("the 31st of last month", date(2026, 10, 31), date(2026, 10, 31)),
    ],
)
def test_days_by_number_and_words_beside_a_time(text: str, first: date, last: date) -> None:
    found = periods(text, date(2026, 11, 23))
    assert [(one.period.start, one.period.last_day) for one in found] == [(first, last)]


def test_a_past_year_to_date_may_be_the_year_alone() -> None:
    found = periods("2025 to date", date(2026, 11, 23))
    assert [one.others for one in found] == [(Period.year(2025),)]
    assert periods("2026 to date", date(2026, 11, 23))[0].others == ()
