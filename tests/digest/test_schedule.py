"""When a digest is due, through restarts, time zones and clock changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.schedule import LATEST, Subscription, due

BERLIN = Subscription("C1", weekday=0, hour=9, timezone="Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "week"),
    [
        ("2026-11-23T07:59", None),
        ("2026-11-23T08:00", "2026-W48"),
        ("2026-11-23T09:00", "2026-W48"),
        ("2026-11-23T20:00", "2026-W48"),
        ("2026-11-23T20:01", None),
        ("2026-11-24T08:00", None),
        ("2026-11-30T08:00", "2026-W49"),
    ],
)
def test_monday_nine_in_berlin_is_eight_utc_in_winter_and_twelve_hours_late_is_too_late(
    now: str, week: str | None
) -> None:
    assert due(BERLIN, at(now), None) == week


def test_summer_time_moves_the_moment_in_utc() -> None:
    assert due(BERLIN, at("2026-07-06T06:59"), None) is None
    assert due(BERLIN, at("2026-07-06T07:00"), None) == "2026-W28"


def test_a_week_that_is_posted_is_not_due_again() -> None:
    assert due(BERLIN, at("2026-11-23T08:30"), "2026-W48") is None
    assert due(BERLIN, at("2026-11-23T08:30"), "2026-W47") == "2026-W48"


def test_an_hour_that_the_clock_change_skips_or_repeats_is_one_moment() -> None:
    """On 29 March 2026 Berlin has no 2 o'clock (2:00 CET is 3:00 CEST, 01:00 UTC); on 25 October it has two: the
    first, in summer time, is 00:00 UTC."""
    sunday = Subscription("C1", weekday=6, hour=2, timezone="Europe/Berlin")
    assert due(sunday, at("2026-03-29T00:59"), None) is None
    assert due(sunday, at("2026-03-29T01:00"), None) == "2026-W13"
    assert due(sunday, at("2026-10-24T23:59"), None) is None
    assert due(sunday, at("2026-10-25T00:00"), None) == "2026-W43"
    assert due(sunday, at("2026-10-25T01:00"), "2026-W43") is None


def test_a_late_sunday_digest_still_belongs_to_its_own_week_on_monday() -> None:
    sunday = Subscription("C1", weekday=6, hour=23, timezone="UTC")
    assert due(sunday, at("2026-11-23T03:00"), None) == "2026-W47"


def test_the_last_days_of_a_year_count_to_the_iso_week() -> None:
    assert due(Subscription("C1"), at("2026-12-28T09:00"), "2026-W52") == "2026-W53"
    assert due(Subscription("C1"), at("2027-01-04T09:00"), "2026-W53") == "2027-W01"


@pytest.mark.parametrize(("weekday", "hour"), [(7, 9), (0, 24), (-1, 0)])
def test_a_weekday_or_hour_that_does_not_exist_is_refused(weekday: int, hour: int) -> None:
    with pytest.raises(ValueError, match="are not 0 to 6"):
        Subscription("C1", weekday, hour)


zones = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Australia/Sydney"]
)


@given(
    zones,
    st.integers(0, 6),
    st.integers(0, 23),
    st.integers(0, 3 * 365 * 24 * 60).map(
        lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    ),
    st.integers(1, 11),
)
def test_whoever_looks_every_few_hours_finds_every_week_exactly_once(
    zone: str, weekday: int, hour: int, begin: datetime, step: int
) -> None:
    subscription, last, weeks = Subscription("C1", weekday, hour, zone), None, []
    for number in range(6 * 7 * 24 // step):
        if week := due(subscription, begin + timedelta(hours=number * step), last):
            last = week
            weeks.append(week)
    assert len(weeks) == len(set(weeks))
    assert 5 <= len(weeks) <= 7
    assert timedelta(hours=step) <= LATEST
