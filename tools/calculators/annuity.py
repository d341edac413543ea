"""Even payments: a loan's instalment, and what a project must bring each period to pay for itself."""

from __future__ import annotations

from decimal import Decimal

from tools.calculators.discounting import MOST_PERIODS, TIMES_A_YEAR, a_period
from tools.calculators.inputs import not_negative, positive
from tools.calculators.wording import money, number, percent
from tools.errors import BadInput
from tools.money import Money
from tools.results import Figure, Result


def even_payment(amount: Decimal, rate: Decimal, periods: Decimal) -> Decimal:
    """What is paid at the end of each of `periods` to be worth `amount` now: amount x r / (1 - (1 + r)^-n), the share
    `rate` a period; the n-th part at a rate of nothing."""
    if rate == 0:
        return amount / periods
    return amount * rate / (1 - (1 + rate) ** -periods)


def instalment(loan: Money, rate: Decimal, periods: Decimal, *, period: str = "month") -> Result:
    """What a loan costs each `period` when every instalment is the same, paid at its end; `rate` is the nominal share a
    year, of which each period bears its part, as lenders quote it. Headline: the instalment."""
    _checked(loan, rate, periods)
    paid = Money(even_payment(loan.amount, rate / TIMES_A_YEAR[period], periods), loan.currency)
    total = paid * periods
    return Result(
        summary=(
            f"{money(paid)} a {period} for {number(periods)} {period}s: {money(total)} in all, of which"
            f" {money(total - loan)} is interest on {money(loan)} at {percent(rate, 2)} a year."
        ),
        figures=(
            Figure("Instalment", paid.amount, f"{loan.currency} per {period}"),
            Figure.of("Paid in all", total),
            Figure.of("Interest", total - loan),
            Figure.of("Loan", loan),
            Figure("Interest rate a year", rate * 100, "%"),
            Figure("Instalments", periods, f"{period}s"),
        ),
        assumptions=(
            f"Even instalments at the end of each {period}",
            f"{percent(rate, 2)} a year, {percent(rate / TIMES_A_YEAR[period], 4)} a {period}: the rate divided evenly",
        ),
    )


def needed_each_period(outlay: Money, rate: Decimal, periods: Decimal, *, period: str = "year") -> Result:
    """What must come in at the end of each `period` so that `outlay` is worth it at `rate`, the share a year that it
    is held to; at a rate of nothing so that it is just paid back. Headline: that amount."""
    _checked(outlay, rate, periods)
    each, said = a_period(rate * 100, period)
    due = Money(even_payment(outlay.amount, each / 100, periods), outlay.currency)
    held = f" at {percent(rate, 2)} a year" if rate else ""
    return Result(
        summary=f"{money(due)} a {period} over {number(periods)} {period}s pays for {money(outlay)}{held}.",
        figures=(
            Figure("Needed", due.amount, f"{outlay.currency} per {period}"),
            Figure.of("Needed in all", due * periods),
            Figure.of("Outlay", outlay),
            *((Figure("Discount rate a year", rate * 100, "%"),) if rate else ()),
            Figure("Periods", periods, f"{period}s"),
        ),
        assumptions=(f"The outlay is paid now, the amounts come in at the end of each {period}", *said),
    )


def _checked(amount: Money, rate: Decimal, periods: Decimal) -> None:
    positive("the amount", amount.amount)
    not_negative("the rate", rate)
    positive("the number of payments", periods)
    if periods > MOST_PERIODS:
        raise BadInput(f"At most {MOST_PERIODS} payments can be worked out, not {periods:f}.")
