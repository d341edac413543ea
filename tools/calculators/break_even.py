"""After how many hours of use an own accelerator has cost what renting it would."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

from tools.calculators.inputs import HOURS_A_MONTH, not_negative, positive
from tools.calculators.rent_or_buy import break_even_hours
from tools.calculators.wording import cell, cents, money, number
from tools.money import Money
from tools.results import Chart, Figure, Result, Series, Table

FORMULA = "Break-even hours = purchase price / (rent an hour - running cost an hour); resale value is not counted"
PARTS = tuple(Decimal(part) / 4 for part in range(9))


def break_even(
    purchase: Money,
    rent_per_hour: Money,
    running_per_hour: Money,
    chips: Decimal = Decimal(1),
    name: str = "GPU",
    hours_a_month: Decimal | None = None,
    term_months: Decimal | None = None,
    residual_share: Decimal | None = None,
) -> Result:
    """Break-even in hours of use of each chip, headline first, and in chip hours of all `chips` where there are more;
    prices are of one chip. With the `hours_a_month` that each is used also in months. Where running one's own costs as
    much as renting, there is none. With `term_months` also what renting and owning all of them cost over the term, less
    the `residual_share` of the price that is left.
    """
    positive("the purchase price", purchase.amount)
    positive("the rent", rent_per_hour.amount)
    positive("the number of chips", chips)
    not_negative("the running cost", running_per_hour.amount)
    hours = break_even_hours(purchase, rent_per_hour, running_per_hour)
    each = f" for each {name}" if chips != 1 else ""
    given = (
        Figure.of(f"Purchase price{each}", purchase),
        Figure("Rent", rent_per_hour.amount, f"{rent_per_hour.currency} per {name} hour"),
        Figure("Running cost", running_per_hour.amount, f"{running_per_hour.currency} per {name} hour"),
        *((Figure.of("Purchase price of all", purchase * chips), Figure("Chips", chips, name)) if chips != 1 else ()),
    )
    if hours is None:
        said = f"Buying never pays: running one costs {running_per_hour.shown()} an hour, as much as renting or more."
        return Result(summary=said, figures=given, assumptions=(FORMULA,))
    saved = rent_per_hour - running_per_hour
    use = "of use"
    together: tuple[Figure, ...] = ()
    months: tuple[Figure, ...] = ()
    calendar = ""
    if hours_a_month is not None:
        positive("the hours of use in a month", hours_a_month)
        length = hours / hours_a_month
        ahead = length.to_integral_value(ROUND_FLOOR) + 1
        months = (
            Figure("Break-even in months", length, "months"),
            Figure("Break-even in years", length / 12, "years"),
            Figure("Month in which buying is ahead", ahead, "months"),
            Figure("Hours of use a month", hours_a_month, "hours a month"),
        )
        calendar = f" At {number(hours_a_month)} hours a month that is {number(length)} months, so in month {ahead}."
    if term_months is not None and hours_a_month is not None:
        hours_each = hours_a_month * term_months
        rented = rent_per_hour * (hours_each * chips)
        owned = purchase * chips * (1 - (residual_share or Decimal(0))) + running_per_hour * (hours_each * chips)
        saving = abs((rented - owned).amount)
        cheaper, dearer = ("buying", "renting") if owned.amount <= rented.amount else ("renting", "buying")
        least = hours / (HOURS_A_MONTH * term_months) * 100
        months = (
            Figure("Saving over the term", saving, purchase.currency),
            Figure("Break-even utilisation", least, "%"),
            Figure.of("Cost to rent", rented),
            Figure.of("Cost to buy", owned),
            Figure("Term", term_months, "months"),
            *months,
        )
        calendar += (
            f" Over {number(term_months)} months renting costs {money(rented)} and buying {money(owned)}: {cheaper} is "
            f"{money(Money(saving, purchase.currency))} cheaper than {dearer}."
        )
    if chips != 1:
        use = f"of use of each {name}, {number(hours * chips)} {name} hours over all {number(chips)}"
        together = (Figure(f"Break-even of all {number(chips)}", hours * chips, f"{name} hours"),)
    return Result(
        summary=(
            f"Buying wins after {number(hours)} hours {use}: {money(purchase)}{each} against {saved.shown()} saved "
            f"each {name} hour.{calendar}"
        ),
        figures=(
            Figure("Break-even", hours, "hours"),
            *months,
            *together,
            Figure("Saved an hour", saved.amount, f"{purchase.currency} per {name} hour"),
            *given,
        ),
        table=Table(
            f"Cost so far of one {name}",
            (f"Hours of use of one {name}", f"Rented ({purchase.currency})", f"Bought ({purchase.currency})"),
            tuple(
                (cell(at), cents(rented), cents(owned))
                for at, rented, owned in _paths(hours, purchase, rent_per_hour, running_per_hour)
            ),
        ),
        chart=_chart(hours, purchase, rent_per_hour, running_per_hour, name),
        assumptions=(FORMULA,),
    )


def _paths(hours: Decimal, purchase: Money, rent: Money, running: Money) -> list[tuple[Decimal, Money, Money]]:
    """Hours up to twice the break-even, and what renting and owning have cost by then."""
    return [(hours * part, rent * (hours * part), purchase + running * (hours * part)) for part in PARTS]


def _chart(hours: Decimal, purchase: Money, rent: Money, running: Money, name: str) -> Chart:
    paths = _paths(hours, purchase, rent, running)
    return Chart(
        "line",
        f"Cost of one {name} by hours of use, break-even at {number(hours)}",
        purchase.currency,
        tuple(f"{number(at)} h" for at, _, _ in paths),
        (
            Series("Rented", tuple(cents(rented) for _, rented, _ in paths)),
            Series("Bought", tuple(cents(owned) for _, _, owned in paths)),
        ),
    )
