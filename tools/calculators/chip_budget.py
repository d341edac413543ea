"""What a sum of money rents: how many chips for a time, how long for some chips, or how many chip hours."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

from tools.calculators.inputs import HOURS_A_MONTH, Price, positive, share
from tools.calculators.wording import cell, money, number, percent
from tools.errors import BadInput
from tools.money import Money
from tools.results import Figure, Result, Table


def rent_for_budget(
    budget: Money,
    price_per_chip_hour: Price,
    *,
    chips: Decimal | None = None,
    hours: Decimal | None = None,
    chips_an_instance: int = 1,
    discount: Decimal = Decimal(0),
    name: str = "GPU",
) -> Result:
    """Chip hours that `budget` buys; with `chips` how many hours each of them runs, with `hours` how many chips run
    that long, whole instances of `chips_an_instance`. With both, whether the sum suffices and what is left of it.
    `discount` is a share off the price. BadInput on mixed currencies or a number out of range."""
    positive("the budget", budget.amount)
    positive("the price", price_per_chip_hour.money.amount)
    share("the discount", discount)
    if budget.currency != price_per_chip_hour.money.currency:
        raise BadInput("The budget and the price must be in one currency.")
    price = price_per_chip_hour.money * (1 - discount)
    positive("the price", price.amount)
    total = budget.ratio(price)
    as_of = price_per_chip_hour.as_of
    figures = [Figure("Chip hours", total, f"{name} hours")]
    at = f"{money(budget)} at {price.shown()} an hour"
    said = f"{number(total)} {name} hours for {at}."
    if chips is not None and hours is not None:
        cost = price * (positive("the number of chips", chips) * positive("hours", hours))
        left = budget - cost
        enough = left.amount >= 0
        figures = [
            Figure.of("Left of the budget" if enough else "Missing from the budget", left if enough else -left),
            Figure.of("Cost", cost, as_of),
            *figures,
        ]
        gap = money(left if enough else -left)
        said = (
            f"{money(budget)} is {'enough' if enough else 'not enough'}: {number(chips)} {name}s for {number(hours)} "
            f"hours cost {money(cost)} at {price.shown()} an hour, {gap} {'less' if enough else 'more'}."
        )
    elif chips is not None:
        each = total / positive("the number of chips", chips)
        figures = [
            Figure("Hours", each, "hours"),
            Figure("Days", each / 24, "days"),
            Figure("Months of 730 hours", each / HOURS_A_MONTH, "months"),
            *figures,
        ]
        said = f"{number(chips)} {name}s run for {number(each)} hours, {number(each / 24)} days, for {at}."
    elif hours is not None:
        fit = (total / positive("hours", hours) / chips_an_instance).to_integral_value(ROUND_FLOOR) * chips_an_instance
        cost = price * (fit * hours)
        figures = [
            Figure("Chips", fit, name),
            Figure.of("Cost of these", cost, as_of),
            Figure.of("Left of the budget", budget - cost),
            *figures,
        ]
        said = f"{number(fit)} {name}s run for {number(hours)} hours for {at}: they cost {money(cost)}."
    return Result(
        summary=said,
        figures=(
            *figures,
            Figure("Price", price.amount, f"{price.currency} per {name} hour", as_of),
            Figure.of("Budget", budget),
        ),
        table=Table(
            "What the budget rents",
            ("Quantity", "Value", "Unit"),
            tuple((figure.label, cell(figure.value), figure.unit) for figure in figures),
        ),
        assumptions=(
            price_per_chip_hour.stated(f"Price of one {name} hour"),
            *((f"Discount: {percent(discount)}, as given",) if discount else ()),
            *(
                (f"Rented by the instance of {chips_an_instance}",)
                if chips_an_instance > 1 and chips is None and hours is not None
                else ()
            ),
            "Every chip runs around the clock for its hours; storage, traffic and tax are not counted",
        ),
    )
