"""Is a project worth its money: ROI, NPV, IRR and payback of a row of yearly (or monthly) cash flows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tools.calculators.inputs import between, positive
from tools.calculators.wording import cell, cents, money, number, percent
from tools.errors import BadInput, NeedsChoice
from tools.money import Money
from tools.results import Chart, Figure, Result, Series, Table

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


def project_value(
    flows: Sequence[Money], discount_rate: Decimal | None = None, *, period: str = "year", name: str = "The project"
) -> Result:
    """ROI, NPV, IRR and payback of `flows`, the first one now, one each `period` after.

    `discount_rate` is a share a period (0.10 is 10%). Headline: NPV. NeedsChoice when the rate is missing: a company's
    cost of capital is its own. BadInput on mixed currencies, fewer than two flows, or a rate below -99%.
    """
    if len(flows) < 2:
        raise BadInput(f"{name} needs an outlay and at least one later amount.")
    if len({flow.currency for flow in flows}) > 1:
        raise BadInput(f"{name} mixes currencies; give every amount in one of them.")
    if discount_rate is None:
        raise NeedsChoice(f"Which discount rate a {period} should {name.lower()} be held to?", ("8%", "10%", "12%"))
    between("the discount rate", discount_rate, LOWEST_RATE, HIGHEST_RATE)
    currency, amounts = flows[0].currency, [flow.amount for flow in flows]
    value = npv(discount_rate, amounts)
    outlay = -sum((flow for flow in amounts if flow < 0), Decimal(0))
    income = sum((flow for flow in amounts if flow > 0), Decimal(0))
    rates, back = irrs(amounts), payback(amounts, discount_rate)
    worth = "creates" if value > 0 else "loses" if value < 0 else "neither creates nor loses:"
    figures = [Figure("Net present value", value, currency)]
    if outlay > 0:
        figures.append(Figure("Return on investment", (income - outlay) / outlay * 100, "%"))
    if len(rates) == 1:
        figures.append(Figure("Internal rate of return", rates[0] * 100, "%"))
    if back.simple is not None:
        figures.append(Figure("Payback", back.simple, f"{period}s"))
    if back.discounted is not None:
        figures.append(Figure("Discounted payback", back.discounted, f"{period}s"))
    figures += [
        Figure("Total paid in", outlay, currency),
        Figure("Total returned", income, currency),
        Figure("Discount rate", discount_rate * 100, "%"),
    ]
    sentences = [
        f"{name} {worth} {money(Money(abs(value), currency))} in present value at {percent(discount_rate)} a {period}."
    ]
    if len(rates) == 1:
        sentences.append(f"Its internal rate of return is {percent(rates[0], 2)}.")
    if back.simple is not None:
        sentences.append(f"It pays back in {number(back.simple)} {period}s.")
    else:
        sentences.append("It never pays back.")
    running = _running(amounts)
    discounted = [npv(discount_rate, (Decimal(0),) * t + (flow,)) for t, flow in enumerate(amounts)]
    return Result(
        summary=" ".join(sentences),
        figures=tuple(figures),
        table=Table(
            f"{name}: cash flows",
            (period.capitalize(), f"Flow ({currency})", f"Present value ({currency})", f"Running sum ({currency})"),
            tuple(
                (t, cents(flows[t]), cents(Money(discounted[t], currency)), cents(Money(running[t], currency)))
                for t in range(len(flows))
            ),
        ),
        chart=Chart(
            "bar",
            f"{name}: running sum of cash",
            currency,
            tuple(f"{period} {t}" for t in range(len(flows))),
            (Series("Running sum", tuple(cell(value) for value in running)),),
        ),
        assumptions=(
            f"The first amount falls now, each later one a {period} after the one before",
            f"Discount rate: {percent(discount_rate, 2)} a {period}, as given",
            "ROI is (returned - paid in) / paid in, not discounted",
        ),
        warnings=_warnings(rates, amounts),
    )


def roi(cost: Money, benefit: Money) -> Result:
    """Return on investment, (benefit - cost) / cost in percent, not discounted."""
    positive("the cost", cost.amount)
    gain = benefit - cost
    share = gain.ratio(cost)
    return Result(
        summary=f"The return on investment is {percent(share)}: {money(gain)} on {money(cost)} spent.",
        figures=(
            Figure("Return on investment", share * 100, "%"),
            Figure.of("Gain", gain),
            Figure.of("Cost", cost),
            Figure.of("Benefit", benefit),
        ),
        table=Table(
            "Return on investment",
            ("Item", f"Amount ({cost.currency})"),
            (("Benefit", cents(benefit)), ("Cost", cents(cost)), ("Gain", cents(gain))),
        ),
        assumptions=("ROI is (benefit - cost) / cost; when the money falls due is not counted",),
    )


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


def _running(amounts: Sequence[Decimal]) -> list[Decimal]:
    sums, total = [], Decimal(0)
    for amount in amounts:
        total += amount
        sums.append(total)
    return sums


def _periods(amounts: Sequence[Decimal]) -> Decimal | None:
    """When the running sum last turns from below zero to zero or above, for good; 0 when it is never below."""
    sums = _running(amounts)
    if sums[-1] < 0:
        return None
    below = [t for t, total in enumerate(sums) if total < 0]
    if not below:
        return Decimal(0)
    last = below[-1]
    return last + -sums[last] / amounts[last + 1]


def _warnings(rates: Sequence[Decimal], amounts: Sequence[Decimal]) -> tuple[str, ...]:
    if not rates:
        why = (
            "the amounts never change sign" if min(amounts) >= 0 or max(amounts) <= 0 else "its NPV never crosses zero"
        )
        return (f"There is no internal rate of return: {why}.",)
    if len(rates) > 1:
        said = ", ".join(percent(rate, 2) for rate in rates)
        return (
            f"There are {len(rates)} internal rates of return ({said}), so none of them is meaningful; use the NPV.",
        )
    return ()
