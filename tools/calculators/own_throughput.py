"""What a token costs on chips whose throughput is known, and the tokens from which they beat an API's price."""

from __future__ import annotations

from decimal import Decimal

from tools.calculators.inputs import GIVEN, HOURS_A_MONTH, SECONDS_AN_HOUR, Price, positive, share
from tools.calculators.wording import cell, money, number, percent
from tools.errors import BadInput, NeedsChoice
from tools.money import Money, plain
from tools.results import Figure, Result, Table

MILLION = Decimal(10) ** 6


def cost_at_throughput(
    price_per_chip_hour: Price,
    chips: Decimal = Decimal(1),
    *,
    tokens_a_second: Decimal | None = None,
    utilisation: Decimal | None = None,
    tokens_a_day: Decimal | None = None,
    api_price_per_million: Money | None = None,
    name: str = "GPU",
) -> Result:
    """The cost of a million tokens on `chips` rented around the clock: of `tokens_a_second` of all of them together at
    `utilisation` (a share, 1 where none is said), or of `tokens_a_day`. With an API's price of a million tokens, first
    the tokens a day from which the chips are cheaper: their cost a day / the API's price a token.

    NeedsChoice without any of throughput, tokens a day and API price; BadInput on several currencies."""
    positive("the number of chips", chips)
    hourly = price_per_chip_hour.money * chips
    a_day = hourly * 24
    as_of, currency = price_per_chip_hour.as_of, hourly.currency
    if tokens_a_second is None and tokens_a_day is None and api_price_per_million is None:
        raise NeedsChoice("How many tokens a second do they give, all together?", ("500", "2,000", "10,000"))
    used = Decimal(1) if utilisation is None else share("utilisation", utilisation, zero=False)
    figures: list[Figure] = []
    said: list[str] = []
    each: Money | None = None
    usable: Decimal | None = None
    fleet = f"{number(chips)} {name} at {price_per_chip_hour.money.shown()} an hour"
    if tokens_a_second is not None:
        usable = positive("tokens a second", tokens_a_second) * used * SECONDS_AN_HOUR * 24
    served = usable if tokens_a_day is None else positive("tokens a day", tokens_a_day)
    if usable is not None and served is not None and served > usable:
        raise BadInput(
            f"{number(served)} tokens a day are more than these chips give: {number(usable)} a day at "
            f"{number(tokens_a_second or 0)} tokens a second and {percent(used)} utilisation."
        )
    if served is not None:
        each = a_day / (served / MILLION)
        figures.append(Figure("Cost per million tokens", each.amount, f"{currency} per million tokens", as_of))
        figures.append(Figure("Tokens a day", served, "tokens a day"))
        said.append(f"{money(each)} per million tokens: {fleet} for {number(served)} tokens a day.")
    if api_price_per_million is not None:
        if api_price_per_million.currency != currency:
            raise BadInput("Chips and API must be priced in one currency.")
        positive("the API's price", api_price_per_million.amount)
        even = a_day.ratio(api_price_per_million) * MILLION
        figures.insert(0, Figure("Break-even", even, "tokens a day", as_of))
        figures.append(Figure("Break-even a month", even * HOURS_A_MONTH / 24, "tokens a month", as_of))
        figures.append(Figure("API price", api_price_per_million.amount, f"{currency} per million tokens"))
        out_of_reach = usable is not None and even > usable
        said.insert(
            0,
            f"The chips are cheaper than the API from {number(even)} tokens a day: {money(a_day)} a day against "
            f"{api_price_per_million.shown()} per million tokens."
            + (" They cannot give as many." if out_of_reach else ""),
        )
    figures += [
        Figure("Cost an hour", hourly.amount, f"{currency} per hour", as_of),
        Figure("Cost a day", a_day.amount, f"{currency} a day", as_of),
        Figure("Cost a month", (hourly * HOURS_A_MONTH).amount, f"{currency} a month", as_of),
    ]
    return Result(
        summary=" ".join(said),
        figures=tuple(figures),
        table=Table(
            "Tokens on own chips",
            ("Quantity", "Value", "Unit"),
            tuple((figure.label, cell(figure.value), figure.unit) for figure in figures),
        ),
        assumptions=(
            "Cost a token = chips x price an hour / tokens an hour; the chips are paid around the clock",
            price_per_chip_hour.stated(f"Price of one {name} hour"),
            *(
                (f"Throughput: {plain(tokens_a_second)} tokens a second of all chips together, {GIVEN}",)
                if tokens_a_second is not None
                else ()
            ),
            *(
                (f"Utilisation: {percent(used)}, {GIVEN if utilisation is not None else 'since none was given'}",)
                if tokens_a_second is not None
                else ()
            ),
            "A token is an input or an output token; staff, storage and network are not in the cost",
        ),
    )
