"""Which dates a reply may name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.agent.slots.calendar_parts import Part, Today, calendar_parts
from bot.agent.slots.lexing import flatten
from bot.agent.slots.periods import joined, named_parts
from tools.period import Period

_GOES_ON = re.compile(r"[-_](?=[^\W\d_])")
_WENT_BEFORE = re.compile(r"(?<![a-z])(?!mid|early|late|pre|post|end)[a-z]+[-_]$", re.IGNORECASE)
_MAYBE = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|week|month|quarter|year|day|since|until|today|yesterday|fiscal|FY)"
    r"|(?:19|20)\d\d|\bQ[1-4]|\bH[12]\b|\dQ|\d[/.]\d",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days and periods with an origin. `today` resolves a name without a year."""

    today: date
    days: frozenset[date]
    periods: frozenset[Period]
    months: frozenset[tuple[int, int]]

    @classmethod
    def of(cls, texts: Iterable[str], today: date, days: Iterable[date], periods: Iterable[Period]) -> Calendar:
        """`days` and `periods` as they are, and every date named in `texts`."""
        known_days, spans = set(days), set(periods)
        for text in texts:
            if not _MAYBE.search(text):
                continue
            for item in joined(flatten(text), Today(today)):
                spans.add(item.part.period)
                spans.update(part.period for part in item.ends or ())
                spans.update(item.part.others)
        for span in spans:
            known_days.update((span.start, span.last_day))
        months = {(day.year, day.month) for day in known_days}
        for span in spans:
            if span.days <= 1200:
                months.update((month.start.year, month.start.month) for month in span.months())
        return cls(today, frozenset(known_days), frozenset(spans), frozenset(months))

    def named(self, flat: str) -> list[Part]:
        """Every date and period that flattened text names; a range as its two ends."""
        return named_parts(flat, Today(self.today)) if _MAYBE.search(flat) else []

    def standing_alone(self, flat: str) -> list[Part]:
        """Those named, but for what is part of a name: `q3-launch`."""
        found = self.named(flat)
        starts = {part.start for part in found}
        return [
            part
            for part in found
            if part.end + 1 in starts or not (_GOES_ON.match(flat, part.end) or _WENT_BEFORE.search(flat[: part.start]))
        ]

    def in_cell(self, flat: str) -> list[Part]:
        """The dates of one table cell."""
        return list(calendar_parts(flat, Today(self.today))) if _MAYBE.search(flat) else []

    def holds(self, part: Part) -> bool:
        """Whether a date or period named has an origin: a day itself, a month, quarter or year that holds a known day
        or lies in a known period, a span whose two ends are known. Without a year it may be of any known year."""
        if part.period in self.periods or any(other in self.periods for other in part.others):
            return True
        if part.grain == "day":
            day = part.period.start
            others = {other.start for other in part.others}
            same = any((d.month, d.day) == (day.month, day.day) for d in self.days) if part.in_year else False
            return day in self.days or same or bool(others & self.days)
        if part.grain == "span":
            return self._ends(part.period)
        if part.grain == "week":
            return any(part.period.contains(day) for day in self.days)
        if part.grain == "month" and part.in_year:
            return any(month == part.period.start.month for _, month in self.months)
        return any(part.period.contains(date(year, month, 1)) for year, month in self.months) or any(
            part.period.contains(day) for day in self.days
        )

    def _ends(self, period: Period) -> bool:
        first, last = period.start, period.last_day
        by_month = period.whole_months and {(first.year, first.month), (last.year, last.month)} <= self.months
        return bool(by_month) or {first, last} <= self.days
