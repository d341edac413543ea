"""A daily series carried on, and what is billed by month expected again; arithmetic only, no ledger.

A day ahead is level times weekday factor. Factors are medians of each weekday over the median of the seven days around
it, the level is the median of the last two weeks without their factors, and the trend a day is the median of the slopes
between weekly medians over at most eight weeks (Theil 1950, Sen 1968), so that one odd day moves none of them. Where
two levels fit the weeks at least twice as well as that line, a machine was switched on or off: only the weeks since are
carried on. Under four weeks there is no trend, under two weeks, or where most days have no charge, a plain mean of the
last four weeks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from statistics import median

from tools.ledger.spend import EXACT
from tools.period import Period, months_after

DAY = timedelta(1)
HISTORY = 56
TRENDED = 28
SEASONAL = 14
RECENT = 14
LEVEL = 2
"""How many weeks make a level."""
STEP = 0.1
EARLIER = 6
"""How many earlier periods say what to expect of charges by month."""


@dataclass(frozen=True, slots=True)
class Stream:
    """One seller's charges: `daily` usage by its day, and `lumps`, all else (credits, fees, tax, monthly rows), by the
    day it is dated. `first` and `last` are the first day charged and the last complete day;
    nothing more is expected where it `stopped`."""

    name: str
    daily: Mapping[date, Decimal]
    lumps: Mapping[date, Decimal]
    first: date
    last: date
    stopped: bool = False

    def between(self, start: date, end: date) -> Decimal:
        """The exact sum of all charges of the days from `start` up to but without `end`."""
        total = Decimal(0)
        for amounts in (self.daily, self.lumps):
            for day, amount in amounts.items():
                if start <= day < end:
                    total = EXACT.add(total, amount)
        return total


def rest(stream: Stream, cut: date, period: Period, known_lumps: bool = False) -> dict[date, float]:
    """What each day of the period after `cut` may cost, from what was known at the end of that day. Charges by month
    are expected on the period's last day, unless `known_lumps` says that the ones dated after the cut are there."""
    days = [cut + DAY * n for n in range(1, (period.last_day - cut).days + 1)]
    start = max(stream.first, cut - DAY * (HISTORY - 1))
    past = [float(stream.daily.get(start + DAY * n, 0)) for n in range((cut - start).days + 1)]
    if stream.stopped:
        return {day: 0.0 for day in days if period.contains(day)}
    told = ahead(past, start.weekday(), len(days)) if any(past) else [0.0] * len(days)
    expected = {day: value for day, value in zip(days, told, strict=True) if period.contains(day)}
    if expected:
        expected[period.last_day] += 0.0 if known_lumps else _lumps(stream, cut, period)
    return expected


def ahead(past: Sequence[float], weekday: int, days: int) -> list[float]:
    """The next `days` values of a series whose first value fell on `weekday` (0 is Monday)."""
    recent = past[-TRENDED:]
    if len(past) < SEASONAL or 2 * sum(value != 0 for value in recent) < len(recent) or sum(recent) <= 0:
        return [sum(recent) / len(recent)] * days
    length = len(past) // 7 * 7
    kept, weekday = past[-length:], (weekday + len(past) - length) % 7
    factors = _factors(kept, weekday)
    flat = [v / f if (f := factors[(weekday + n) % 7]) > 0.05 else None for n, v in enumerate(kept)]
    weeks = [median(seen) for n in range(0, length, 7) if (seen := [v for v in flat[n : n + 7] if v is not None])]
    weeks = weeks[_step(weeks) :]
    slope = _slope(weeks) if len(weeks) >= TRENDED // 7 else 0.0
    recent_flat = [v for v in flat[-RECENT:] if v is not None]
    level = median(recent_flat)
    middle = (RECENT - 1) / 2
    told = []
    for n in range(days):
        base = min(max(level + slope * (n + 1 + middle), level / 4), level * 4)
        told.append(base * factors[(weekday + length + n) % 7])
    return told


def shifted(period: Period, months: int) -> Period:
    return Period(months_after(period.start, -months), months_after(period.end, -months))


def same_point(cut: date, period: Period, earlier: Period) -> date:
    """The day of `earlier` as far into it as `cut` is into `period`."""
    return min(earlier.start + (cut - period.start), earlier.last_day)


@dataclass(frozen=True, slots=True)
class Trial:
    """What the method would have said at the same point of an earlier period, and what came."""

    period: Period
    said: float
    came: float
    projected: float


def trials(streams: Sequence[tuple[Stream, date]], period: Period, most: int = 12) -> list[Trial]:
    """The method tried on earlier periods, the newest first; each stream is cut at the same point as now. Periods with
    under four weeks of data before the cut, or not wholly in the data, are not tried."""
    found = []
    for back in range(1, most + 1):
        then = shifted(period, back)
        cuts = [(replace(stream, stopped=False), same_point(cut, period, then)) for stream, cut in streams]
        first = min(stream.first for stream, _ in cuts)
        if any(stream.last < then.last_day for stream, _ in cuts) or any((cut - first).days < 27 for _, cut in cuts):
            continue
        there = [(stream, cut) for stream, cut in cuts if stream.first <= cut]
        known = sum(float(stream.between(then.start, cut + DAY)) for stream, cut in there)
        projected = sum(sum(rest(stream, cut, then).values()) for stream, cut in there)
        came = sum(float(stream.between(then.start, then.end)) for stream, _ in cuts)
        found.append(Trial(then, known + projected, came, projected))
    return found


def margin(tried: Sequence[Trial]) -> tuple[float, bool]:
    """The part of the projected amount that 80% of the errors stay within, and whether there were trials enough to say:
    the ceil(0.8 (n + 1))-th smallest of n errors (split conformal prediction, Vovk 2005), which needs four."""
    errors = sorted(abs(t.came - t.said) / abs(t.projected) for t in tried if t.projected)
    place = ceil(0.8 * (len(errors) + 1))
    if place <= len(errors):
        return errors[place - 1], True
    return max(1.5 * errors[-1] if errors else 0.0, 0.25), False


def _lumps(stream: Stream, cut: date, period: Period) -> float:
    """The median of what came by month after the same point of earlier periods."""
    seen = []
    for back in range(1, EARLIER + 1):
        then = shifted(period, back)
        if then.start < stream.first.replace(day=1) or then.end > cut + DAY:
            continue
        after = same_point(cut, period, then)
        seen.append(sum(float(amount) for day, amount in stream.lumps.items() if after < day < then.end))
    return median(seen) if seen else 0.0


def _factors(values: Sequence[float], weekday: int) -> list[float]:
    ratios: list[list[float]] = [[] for _ in range(7)]
    for n, value in enumerate(values):
        start = min(max(n - 3, 0), len(values) - 7)
        around = median(values[start : start + 7])
        if around > 0:
            ratios[(weekday + n) % 7].append(value / around)
    return [median(found) if found else 1.0 for found in ratios]


def _step(weeks: Sequence[float]) -> int:
    """The week from which on a new level holds, 0 where there is no such step: two levels, each of two weeks at least
    and a tenth apart, whose absolute deviations are under half of those from the line of the median slope."""
    best, at = 0.5 * _off_line(weeks), 0
    for week in range(LEVEL, len(weeks) - LEVEL + 1):
        before, after = weeks[:week], weeks[week:]
        levels = median(before), median(after)
        off = sum(abs(v - levels[0]) for v in before) + sum(abs(v - levels[1]) for v in after)
        if off < best and abs(levels[1] - levels[0]) > STEP * max(levels):
            best, at = off, week
    return at


def _off_line(weeks: Sequence[float]) -> float:
    slope = 7 * _slope(weeks)
    base = median([v - slope * n for n, v in enumerate(weeks)]) if weeks else 0.0
    return sum(abs(v - base - slope * n) for n, v in enumerate(weeks))


def _slope(weeks: Sequence[float]) -> float:
    if len(weeks) < 2:
        return 0.0
    return median((weeks[b] - weeks[a]) / (7 * (b - a)) for b in range(len(weeks)) for a in range(b))
