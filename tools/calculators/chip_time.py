"""What renting chips for a known time costs, at a known price."""

from __future__ import annotations

from decimal import Decimal

from tools.calculators.inputs import HOURS_A_MONTH, Price, positive, share
from tools.calculators.wording import cents, money, number, percent
from tools.results import Figure, Result, Table


def chip_time_cost(
    price_per_chip_hour: Price,
    hours: Decimal,
    *,
    chips: Decimal = Decimal(1),
    discount: Decimal = Decimal(0),
    name: str = "GPU",
    utilisation: Decimal | None = None,
) -> Result:
    """`hours` of `chips` at a price an hour each, less `discount` (a share, 0.60 is 60% off). Headline: the cost. Every
    hour is paid; with `utilisation`, the share of them that is used, also what a used hour costs.

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
    used = None if utilisation is None else share("utilisation", utilisation, zero=False)
    a_used = None if used is None else price_per_chip_hour.money * (1 - discount) / used
    used_said = (
        "" if a_used is None or used is None else f" At {percent(used)} used, a used hour costs {a_used.shown()}."
    )
    each = f"{number(chips)} {name}s for {number(hours)} hours each" if chips != 1 else f"{number(hours)} {name} hours"
    return Result(
        summary=f"{money(cost)}{less}: {each} at {price_per_chip_hour.money.shown()} an hour.{used_said}",
        figures=(
            Figure.of("Cost", cost, as_of),
            Figure("Chip hours", total_hours, f"{name} hours"),
            Figure("Price", price_per_chip_hour.money.amount, f"{cost.currency} per {name} hour", as_of),
            *((Figure.of("Cost before the discount", full, as_of),) if discount else ()),
            *(
                (
                    Figure("Cost per used hour", a_used.amount, f"{cost.currency} per used {name} hour", as_of),
                    Figure("Used hours", total_hours * used, f"{name} hours"),
                    Figure("Utilisation", used * 100, "%"),
                )
                if a_used is not None and used is not None
                else ()
            ),
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


def used_hour_cost(
    price_per_chip_hour: Price, utilisation: Decimal, *, chips: Decimal = Decimal(1), name: str = "GPU"
) -> Result:
    """What a used hour costs where every hour is paid and a share `utilisation` of them is used: price / utilisation.
    Beside it a month of `chips`, used or not, and what of it was idle."""
    used = share("utilisation", utilisation, zero=False)
    positive("the number of chips", chips)
    price, as_of = price_per_chip_hour.money, price_per_chip_hour.as_of
    each = price / used
    month = price * (chips * HOURS_A_MONTH)
    idle = month * (1 - used)
    unit = f"{price.currency} per used {name} hour"
    return Result(
        summary=(
            f"{each.shown()} per used {name} hour: {price.shown()} an hour at {percent(used)} utilisation. A month of "
            f"{number(chips)} costs {money(month)}, of which {money(idle)} is for idle hours."
        ),
        figures=(
            Figure("Cost per used hour", each.amount, unit, as_of),
            Figure("Price", price.amount, f"{price.currency} per {name} hour", as_of),
            Figure("Cost a month", month.amount, f"{price.currency} a month", as_of),
            Figure("Idle part of a month", idle.amount, f"{price.currency} a month", as_of),
            Figure("Utilisation", used * 100, "%"),
        ),
        table=Table(
            "Cost of a used hour",
            ("Utilisation (%)", f"Price ({price.currency} an hour)", f"Per used hour ({price.currency})"),
            ((used * 100, price.amount, cents(each)),),
        ),
        assumptions=(
            price_per_chip_hour.stated(f"Price of one {name} hour"),
            "Every hour is billed, used or not",
            f"A month is {HOURS_A_MONTH} hours",
        ),
    )
