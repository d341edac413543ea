"""What hardware is worth in the books: a charge each year, in equal steps or as a share of what is left."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Literal

from tools.calculators.defaults import USEFUL_MONTHS
from tools.calculators.inputs import GIVEN, between, chosen, positive, share, whole
from tools.calculators.wording import cents, money, number, percent
from tools.errors import BadInput
from tools.money import Money, plain
from tools.results import Chart, Figure, Result, Series, Table

Method = Literal["straight line", "declining balance"]
LONGEST_YEARS = 50
DOUBLE = Decimal(2)
SOURCES = {
    "straight line": "Charge a year = (cost - residual value) / useful life (IAS 16, paragraph 62)",
    "declining balance": (
        "Charge a year = book value x factor / useful life, never below the residual value and never less than what is "
        "left in equal steps (IAS 16, paragraph 62: diminishing balance, with the usual change to straight line)"
    ),
}


def depreciation(
    cost: Money,
    life_years: Decimal | None = None,
    *,
    method: Method = "straight line",
    residual: Money | None = None,
    residual_share: Decimal | None = None,
    factor: Decimal = DOUBLE,
    after_years: int | None = None,
    in_year: int | None = None,
) -> Result:
    """The charge and the book value at the end of each year of `life_years`, which may end within a year.

    `residual` or `residual_share` of the cost is left at the end; `factor` is that of the declining balance (2 is
    double). Headline: the first year's charge, or the charge `in_year`, or the book value at the end of `after_years`.
    BadInput on a number out of range.
    """
    positive("the cost", cost.amount)
    if method not in SOURCES:
        raise BadInput(f"Depreciation is by straight line or declining balance, not {method!r}.")
    life = chosen(None if life_years is None else life_years * 12, USEFUL_MONTHS)
    years = between("the useful life in years", life.value / 12, Decimal("0.25"), Decimal(LONGEST_YEARS))
    between("the declining balance's factor", factor, Decimal(1), Decimal(4))
    if residual is not None and residual_share is not None:
        raise BadInput("Give the residual value as an amount or as a share, not both.")
    left = cost * share("the residual value", residual_share or Decimal(0)) if residual is None else residual
    if left.currency != cost.currency:
        raise BadInput("The cost and the residual value must be in one currency.")
    if not 0 <= left.amount < cost.amount:
        raise BadInput("The residual value must be below the cost.")
    values = _book_values(cost, left, years, method, factor)
    charges = [before - after for before, after in pairwise(values)]
    currency = cost.currency
    figures = [
        Figure.of("Charge in year 1", charges[0]),
        Figure.of("Cost", cost),
        Figure.of("Residual value", left),
        Figure("Useful life", years, "years"),
    ]
    if len(charges) > 1 and method == "straight line":
        figures[0] = Figure.of("Charge a year", charges[0])
        figures.insert(1, Figure.of("Charge a month", charges[0] / 12))
    shown = f"{money(cost)} over {number(years)} years by {method}"
    said = f"{shown}: {money(charges[0])} in year 1, {money(left)} left at the end."
    if figures[0].label == "Charge a year":
        said = f"{shown}: {money(charges[0])} a year, {money(charges[0] / 12)} a month, {money(left)} left at the end."
    if after_years is not None:
        at = min(whole("the number of years", after_years), len(values) - 1)
        figures[:0] = [
            Figure.of(f"Book value after {after_years} years", values[at]),
            Figure.of(f"Written off after {after_years} years", cost - values[at]),
        ]
        said = (
            f"The book value after {after_years} years is {money(values[at])}; {money(cost - values[at])} is written "
            f"off by then. {said}"
        )
    if in_year is not None:
        if whole("the year", in_year) > len(charges):
            raise BadInput(f"The schedule has {len(charges)} years, and no year {in_year}.")
        figures.insert(0, Figure.of(f"Charge of year {in_year}", charges[in_year - 1]))
        said = f"The charge of year {in_year} is {money(charges[in_year - 1])}. {said}"
    figures += [Figure.of(f"Book value, end of year {year}", value) for year, value in enumerate(values) if year]
    life_said = f"Useful life: {number(years)} years, {GIVEN}" if life.given else life.sentence
    rate = (f"Factor of the declining balance: {plain(factor)}",) if method == "declining balance" else ()
    given_share = f", {percent(residual_share)} of the cost" if residual_share else ""
    return Result(
        summary=said,
        figures=tuple(figures),
        table=Table(
            f"Depreciation by {method}",
            ("Year", f"Charge ({currency})", f"Written off so far ({currency})", f"Book value ({currency})"),
            tuple(
                (year, cents(charge), cents(cost - value), cents(value))
                for year, (charge, value) in enumerate(zip(charges, values[1:], strict=True), start=1)
            ),
        ),
        chart=Chart(
            "line",
            "Book value at each year's end",
            currency,
            tuple("now" if year == 0 else f"year {year}" for year in range(len(values))),
            (Series("Book value", tuple(cents(value) for value in values)),),
        ),
        assumptions=(
            SOURCES[method],
            life_said,
            *rate,
            f"Residual value: {left.shown()}{given_share}" + ("" if left.amount else ", since none was given"),
            "Full years from the day of purchase; tax rules may prescribe other lives and methods",
        ),
    )


def _book_values(cost: Money, left: Money, years: Decimal, method: Method, factor: Decimal) -> list[Money]:
    """The book value now and at each year's end; the last year may be a part of one."""
    values, even = [cost], (cost - left) / years
    done = Decimal(0)
    while done < years:
        step = min(Decimal(1), years - done)
        charge = even * step
        if method == "declining balance":
            falling = values[-1] * (factor / years * step)
            rest = (values[-1] - left) / (years - done) * step
            charge = max(falling, rest, key=lambda amount: amount.amount)
        done += step
        values.append(left if done >= years else max(values[-1] - charge, left, key=lambda amount: amount.amount))
    return values
