"""Charges that come once a month, about the same day and amount: a support fee is no anomaly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from statistics import median

from tools.ledger.over_time.detect import Outlier
from tools.period import months_after

MONTHS = (-2, -1, 1, 2)
DAYS_OFF = 3
NEAR = 0.30
"""The jump of another month is the same charge where it differs by at most this part."""
LONGEST = 2
WEEK = 7


def recurs(amounts: Mapping[date, float], run: Sequence[Outlier]) -> bool:
    """Whether the rise of a run of one or two days comes in a month before or after, too, up to three days off. A day
    without an amount is zero."""
    rise = sum(one.excess for one in run)
    if rise <= 0 or len(run) > LONGEST:
        return False
    return any(
        abs(sum(_jump(amounts, months_after(one.day, shift) + timedelta(off)) for one in run) - rise) <= NEAR * rise
        for shift in MONTHS
        for off in range(-DAYS_OFF, DAYS_OFF + 1)
    )


def _jump(amounts: Mapping[date, float], day: date) -> float:
    """How far a day lies above the median of the week before and the week after it."""
    if day not in amounts:
        return 0.0
    around = [amounts.get(day + timedelta(n), 0.0) for n in range(-WEEK, WEEK + 1) if n]
    return amounts[day] - median(around)
