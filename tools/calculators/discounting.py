"""Rows of cash flows discounted: net present value, internal rates of return, when they are paid back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tools.calculators.wording import number
from tools.errors import BadInput

LOWEST_RATE, HIGHEST_RATE = Decimal("-0.99"), Decimal(1000)
STEPS = 1000
TOLERANCE = Decimal("1e-20")


@dataclass(frozen=True, slots=True)
class Payback:
    """Periods until the running sum reaches zero, linear within the period; None when it never does."""

    simple: Decimal | None
    discounted: Decimal | None


def npv(rate: Decimal, flows: Sequence[Decimal]) -> Decimal:
    """Sum of flow t over (1 + rate)^t, the first flow now (t = 0)."""
    growth, factor, total = 1 + rate, Decimal(1), Decimal(0)
    for flow in flows:
        total += flow / factor
        factor *= growth
    return total


def irrs(flows: Sequence[Decimal]) -> list[Decimal]:
    """Every rate between -99% and 100,000% at which the NPV crosses zero, ascending; empty when there is none.

    Crossings are looked for on a grid of about 1% steps of 1 + rate; two within one step are not told apart.
    """
    if all(flow >= 0 for flow in flows) or all(flow <= 0 for flow in flows):
        return []
    span = (1 + HIGHEST_RATE).ln() - (1 + LOWEST_RATE).ln()
    start = (1 + LOWEST_RATE).ln()
    grid = [(start + span * step / STEPS).exp() - 1 for step in range(STEPS + 1)]
    values = [npv(rate, flows) for rate in grid]
    found: list[Decimal] = []
    for low, high, at_low, at_high in zip(grid, grid[1:], values, values[1:], strict=False):
        if at_low == 0:
            found.append(low)
        elif (at_low < 0) != (at_high < 0) and at_high != 0:
            found.append(_bisect(flows, low, high, at_low < 0))
    return found


def payback(flows: Sequence[Decimal], rate: Decimal) -> Payback:
    return Payback(_periods(flows), _periods([npv(rate, (Decimal(0),) * t + (f,)) for t, f in enumerate(flows)]))


MOST_PERIODS = 600
TIMES_A_YEAR = {"year": 1, "quarter": 4, "month": 12, "week": 52}


def a_period(rate: Decimal, period: str) -> tuple[Decimal, tuple[str, ...]]:
    """A rate a year, in percent, as the one a period that compounds to it, (1 + r) ^ (1 / n) - 1 for n periods in a
    year, and the sentence that says so; a year's as it is."""
    times = TIMES_A_YEAR[period]
    if times == 1:
        return rate, ()
    each = ((1 + rate / 100) ** (Decimal(1) / times) - 1) * 100
    return each, (f"{number(rate)}% a year is {each:.4f}% a {period}, compounded {times} times a year",)


def periods_until_paid(investment: Decimal, net: Decimal, rate: Decimal) -> Decimal:
    """How many whole periods it takes until `net` of each, discounted at `rate`, has paid the investment back."""
    left, worth = investment, net
    for count in range(1, MOST_PERIODS + 1):
        worth /= 1 + rate
        left -= worth
        if left <= 0:
            return Decimal(count)
    raise BadInput(f"At that discount rate it does not pay back within {MOST_PERIODS} periods.")


def _bisect(flows: Sequence[Decimal], low: Decimal, high: Decimal, rising: bool) -> Decimal:
    while high - low > TOLERANCE * max(Decimal(1), abs(low)):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if (npv(middle, flows) < 0) == rising:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def running(amounts: Sequence[Decimal]) -> list[Decimal]:
    sums, total = [], Decimal(0)
    for amount in amounts:
        total += amount
        sums.append(total)
    return sums


def _periods(amounts: Sequence[Decimal]) -> Decimal | None:
    """When the running sum last turns from below zero to zero or above, for good; 0 when it is never below."""
    sums = running(amounts)
    if sums[-1] < 0:
        return None
    below = [t for t, total in enumerate(sums) if total < 0]
    if not below:
        return Decimal(0)
    last = below[-1]
    return last + -sums[last] / amounts[last + 1]
