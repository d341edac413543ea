"""Growth and decline at a steady rate: what an amount becomes, at which rate it got there, and when it doubles."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from tools.calculators.inputs import between, positive
from tools.calculators.wording import cell, number, percent
from tools.errors import BadInput, NeedsChoice
from tools.money import SYMBOLS, Money
from tools.results import Chart, Figure, Result, Series, Table

Span = Literal["year", "quarter", "month"]
MONTHS: dict[str, int] = {"year": 12, "quarter": 3, "month": 1}
LONGEST_MONTHS = Decimal(600)
FORMULA = "Amount after n periods = amount x (1 + rate)^n"


def compound(
    start: Decimal,
    rate: Decimal | None = None,
    length: Decimal | None = None,
    *,
    end: Decimal | None = None,
    every: Span = "year",
    over: Span = "year",
    unit: str = "USD",
    what: str = "The amount",
) -> Result:
    """`start` at `rate` (a share of each `every`; negative is a decline) over `length` of `over`.

    Of rate, length and end one may be left out and is worked out: the end (headline: the amount then), the rate
    (headline: the compound rate a year or month), or the time (headline: until `end` is reached). NeedsChoice when two
    are missing; BadInput when the end can't be reached.
    """
    positive("the amount at the start", start)
    if rate is not None:
        between("the rate", rate, Decimal("-0.999"), Decimal(100))
    if length is not None:
        between("the time", length * MONTHS[over], Decimal("0.01"), LONGEST_MONTHS)
    if end is not None:
        positive("the amount at the end", end)
    steps = None if length is None else length * MONTHS[over] / MONTHS[every]
    if rate is not None and steps is not None:
        final = start * (1 + rate) ** steps
        said = f"{what} of {_shown(start, unit)} becomes {_shown(final, unit)} after {number(_len(length))} {over}s"
        headline = Figure(f"After {number(_len(length))} {over}s", final, unit)
    elif end is not None and steps is not None:
        rate, final = (end / start) ** (1 / steps) - 1, end
        said = (
            f"From {_shown(start, unit)} to {_shown(end, unit)} in {number(_len(length))} {over}s is {percent(rate, 2)}"
        )
        said += f" a {every}, compounded"
        headline = Figure(f"Compound rate a {every}", rate * 100, "%")
    elif rate is not None and end is not None:
        steps, final = _steps(start, end, rate), end
        said = f"{what} of {_shown(start, unit)} reaches {_shown(end, unit)} after {number(steps)} {every}s"
        if unit == "x":
            said = f"It takes {number(steps)} {every}s to get to {number(end / start)} times as much"
        headline = Figure("Time until then", steps, f"{every}s")
    else:
        raise NeedsChoice("At which rate, and over how long?", ("5% a month for a year", "-20% a year for 3 years"))
    turn = "doubles" if rate > 0 else "halves"
    figures = [
        headline,
        Figure("At the start", start, unit),
        Figure("At the end", final, unit),
        Figure("Change in all", (final / start - 1) * 100, "%"),
        Figure(f"Rate a {every}", rate * 100, "%"),
    ]
    pace = ""
    if rate:
        time = Decimal(2).ln() / abs((1 + rate).ln())
        figures.append(Figure(f"It {turn} in", time, f"{every}s"))
        pace = f" At that rate it {turn} every {number(time)} {every}s."
    points = _points(start, rate, steps)
    return Result(
        summary=f"{said}, at {percent(rate, 2)} a {every}.{pace}" if headline.unit != "%" else f"{said}.{pace}",
        figures=tuple(dict.fromkeys(figures)),
        table=Table(
            f"{what} over time",
            (every.capitalize(), f"Amount ({unit})" if unit else "Amount"),
            tuple((cell(at), cell(value, 12)) for at, value in points),
        ),
        chart=Chart(
            "line",
            f"{what} at {percent(rate, 2)} a {every}",
            unit,
            tuple(f"{every} {number(at)}" if at else "now" for at, _ in points),
            (Series("Amount", tuple(cell(value, 12) for _, value in points)),),
        ),
        assumptions=(FORMULA, "The rate is the same in every period"),
    )


def _steps(start: Decimal, end: Decimal, rate: Decimal) -> Decimal:
    if rate == 0 or ((end > start) != (rate > 0) and end != start):
        raise BadInput("At that rate the amount never gets there.")
    return (end / start).ln() / (1 + rate).ln()


def _points(start: Decimal, rate: Decimal, steps: Decimal) -> list[tuple[Decimal, Decimal]]:
    """The amount now, after each whole period (at most 60 of them shown), and at the end."""
    whole = int(steps)
    stride = max(1, -(-whole // 60))
    at = [Decimal(n) for n in range(0, whole + 1, stride)]
    if at[-1] != steps:
        at.append(steps)
    return [(n, start * (1 + rate) ** n) for n in at]


def _len(length: Decimal | None) -> Decimal:
    assert length is not None
    return length


def _shown(value: Decimal, unit: str) -> str:
    currency, per, rate = unit.partition(" per ")
    if currency in SYMBOLS or (len(currency) == 3 and currency.isupper()):
        return f"{Money(value, currency).shown()}{per}{rate}"
    return f"{number(value)} {unit}".strip()
