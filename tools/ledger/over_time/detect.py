"""Which days of a daily series stand out, robust to weekday and trend; arithmetic only, no ledger.

For a day, the eight weeks before it give a factor for each weekday (median of each day over the median of the seven
days around it) and a straight trend (Theil 1950, Sen 1968: the median of the slopes between weekly medians). The day
stands out when it differs from trend times factor by more than seven robust standard deviations of those weeks' own
relative deviations (1.4826 x median absolute deviation, Hampel 1974), by at least 30%, and by a least amount given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

HISTORY = 56
LEAST_HISTORY = 28
LEAST_ACTIVE = 0.8
DEVIATIONS = 7.0
LEAST_RELATIVE = 0.30
LEAST_SCALE = 0.02
TO_SIGMA = 1.4826


@dataclass(frozen=True, slots=True)
class Outlier:
    """A day, what was spent and what its history led to expect, as floats: shown amounts are rounded from these."""

    day: date
    actual: float
    expected: float
    is_new: bool = False

    @property
    def excess(self) -> float:
        return self.actual - self.expected


def outliers(amounts: Mapping[date, float], days: Sequence[date], first: date, least: float) -> list[Outlier]:
    """Those of `days` that stand out in a series whose data starts on `first`; a day without an amount is zero. `least`
    is the smallest difference that matters. A day with under four weeks of data before it is not judged."""
    found = []
    for day in days:
        if (day - first).days < LEAST_HISTORY:
            continue
        outlier = _judged(amounts, day, first, least)
        if outlier:
            found.append(outlier)
    return found


def expected_on(amounts: Mapping[date, float], day: date, first: date) -> tuple[float, float] | None:
    """What the weeks before `day` lead to expect, and their robust relative scatter; None where the series is too
    sparse or too short to say."""
    length = min(HISTORY, (day - first).days) // 7 * 7
    past = [day - timedelta(n) for n in range(length, 0, -1)]
    values = [amounts.get(one, 0.0) for one in past]
    if length < LEAST_HISTORY or sum(value > 0 for value in values) < LEAST_ACTIVE * length:
        return None
    factors = _weekday_factors(past, values)
    if factors is None:
        return None
    flat = [value / factors[one.weekday()] for one, value in zip(past, values, strict=True)]
    slope, level = _trend(flat)
    fitted = [level + slope * n for n in range(length)]
    if any(value <= 0 for value in fitted):
        return None
    scatter = TO_SIGMA * median(abs(seen / value - 1) for seen, value in zip(flat, fitted, strict=True))
    ahead = max(level + slope * length, 0.25 * fitted[-1])
    return ahead * factors[day.weekday()], max(scatter, LEAST_SCALE)


def _judged(amounts: Mapping[date, float], day: date, first: date, least: float) -> Outlier | None:
    actual = amounts.get(day, 0.0)
    past = [amounts.get(day - timedelta(n), 0.0) for n in range(1, min(HISTORY, (day - first).days) + 1)]
    if not any(past):
        return Outlier(day, actual, 0.0, True) if actual >= 5 * least else None
    told = expected_on(amounts, day, first)
    if told is None:
        return None
    expected, scatter = told
    difference = abs(actual - expected)
    if difference < least or difference < max(DEVIATIONS * scatter, LEAST_RELATIVE) * expected:
        return None
    return Outlier(day, actual, expected)


def _weekday_factors(days: Sequence[date], values: Sequence[float]) -> list[float] | None:
    """For each weekday, its median share of the level around it; None where a weekday is mostly zero."""
    ratios: list[list[float]] = [[] for _ in range(7)]
    for place, (day, value) in enumerate(zip(days, values, strict=True)):
        start = min(max(place - 3, 0), len(values) - 7)
        around = median(values[start : start + 7])
        if around > 0:
            ratios[day.weekday()].append(value / around)
    factors = [median(found) if found else 0.0 for found in ratios]
    return factors if min(factors) > 0.01 else None


def _trend(flat: Sequence[float]) -> tuple[float, float]:
    """Slope a day and level at the first day, from weekly medians."""
    weeks = [median(flat[n : n + 7]) for n in range(0, len(flat), 7)]
    slopes = [(weeks[b] - weeks[a]) / (7 * (b - a)) for a in range(len(weeks)) for b in range(a + 1, len(weeks))]
    slope = median(slopes)
    return slope, median(week - slope * (7 * n + 3) for n, week in enumerate(weeks))
