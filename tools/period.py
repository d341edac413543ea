"""A span of calendar days, start inclusive and end exclusive."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = tuple(calendar.month_name)[1:]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `start` up to but without `end`. Refuses an empty or reversed span. Today is always an argument."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"A period must end after it starts, not run from {self.start} to {self.end}.")

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        return cls(date(year, month, 1), months_after(date(year, month, 1), 1))

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        start = date(year, 3 * quarter - 2, 1)
        return cls(start, months_after(start, 3))

    @classmethod
    def year(cls, year: int) -> Period:
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @classmethod
    def last_month(cls, today: date) -> Period:
        """The last complete calendar month before today."""
        return cls.month(today.year, today.month).previous()

    @classmethod
    def last_days(cls, days: int, today: date) -> Period:
        """The last `days` complete days: they end yesterday."""
        return cls(today - timedelta(days), today)

    @classmethod
    def month_to_date(cls, today: date) -> Period:
        """The first of this month through today (today included: its data may be partial)."""
        return cls(today.replace(day=1), today + timedelta(1))

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    @property
    def last_day(self) -> date:
        return self.end - timedelta(1)

    @property
    def whole_months(self) -> int:
        """How many calendar months this is exactly; 0 where it does not start and end on a first."""
        if self.start.day != 1 or self.end.day != 1:
            return 0
        return 12 * (self.end.year - self.start.year) + self.end.month - self.start.month

    def previous(self) -> Period:
        """The equal span just before: as many whole months, or as many days."""
        if months := self.whole_months:
            return Period(months_after(self.start, -months), self.start)
        return Period(self.start - timedelta(self.days), self.start)

    def year_before(self) -> Period:
        """The same days a year earlier; 29 February becomes the 28th, and a whole month stays whole."""
        start = months_after(self.start, -12)
        if self.whole_months:
            return Period(start, months_after(self.end, -12))
        return Period(start, months_after(self.last_day, -12) + timedelta(1))

    def contains(self, day: date) -> bool:
        return self.start <= day < self.end

    def overlap(self, other: Period) -> Period | None:
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start < end else None

    def months(self) -> list[Period]:
        """The calendar months it touches, each cut to this period, in order."""
        spans, start = [], self.start
        while start < self.end:
            end = min(months_after(start.replace(day=1), 1), self.end)
            spans.append(Period(start, end))
            start = end
        return spans

    def shown(self) -> str:
        """`October 2026`, `Q3 2026`, `2026`, `August to October 2026`, `1 to 21 November 2026`."""
        first, last = self.start, self.last_day
        months = self.whole_months
        if months == 12 and first.month == 1:
            return str(first.year)
        if months == 3 and first.month % 3 == 1:
            return f"Q{first.month // 3 + 1} {first.year}"
        if months == 1:
            return f"{MONTHS[first.month - 1]} {first.year}"
        if months:
            start = MONTHS[first.month - 1] + ("" if first.year == last.year else f" {first.year}")
            return f"{start} to {MONTHS[last.month - 1]} {last.year}"
        if self.days == 1:
            return day_shown(first)
        if first.year != last.year:
            return f"{day_shown(first)} to {day_shown(last)}"
        start = str(first.day) if first.month == last.month else f"{first.day} {MONTHS[first.month - 1]}"
        return f"{start} to {day_shown(last)}"

    def __str__(self) -> str:
        return self.shown()


def months_after(day: date, months: int) -> date:
    """The same day `months` later (earlier when negative), or that month's last day where it is shorter."""
    index = 12 * day.year + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def day_shown(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
