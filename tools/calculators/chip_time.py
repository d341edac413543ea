"""What renting chips for a known time costs, at a known price."""

from __future__ import annotations

from decimal import Decimal

from tools.calculators.inputs import Price, positive, share
from tools.calculators.wording import money, number, percent
from tools.results import Figure, Result, Table


def chip_time_cost(
    price_per_chip_hour: Price,
    hours: Decimal,
    *,
    chips: Decimal = Decimal(1),
    discount: Decimal = Decimal(0),
    name: str = "GPU",
) -> Result:
    """`hours` of `chips` at a price an hour each, less `discount` (a share, 0.60 is 60% off). Headline: the cost.

    With `chips` 1, `hours` are chip hours in all.
    """
    positive("hours", hours)
    positive("the number of chips", chips)
    share("the discount", discount)
    total_hours = hours * chips
    full = price_per_chip_hour.money * total_hours
    cost = full * (1 - discount)
    as_of = price_per_chip_hour.as_of
    less = f", {percent(discount)} off {money(full)}" if discount else ""
    each = f"{number(chips)} {name}s for {number(hours)} hours each" if chips != 1 else f"{number(hours)} {name} hours"
    return Result(
        summary=f"{money(cost)}{less}: {each} at {price_per_chip_hour.money.shown()} an hour.",
        figures=(
            Figure.of("Cost", cost, as_of),
            Figure("Chip hours", total_hours, f"{name} hours"),
            Figure("Price", price_per_chip_hour.money.amount, f"{cost.currency} per {name} hour", as_of),
            *((Figure.of("Cost before the discount", full, as_of),) if discount else ()),
        ),
        table=Table(
            "Chip hours and their cost",
            (f"{name} hours", f"Price ({cost.currency} an hour)", "Discount (%)", f"Cost ({cost.currency})"),
            ((total_hours, price_per_chip_hour.money.amount, discount * 100, cost.amount),),
        ),
        assumptions=(
            price_per_chip_hour.stated(f"Price of one {name} hour"),
            "Every hour is billed, used or not",
        ),
    )
