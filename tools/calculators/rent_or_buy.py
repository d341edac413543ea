"""Rent, reserve or buy accelerators: what each costs over the term, and the hours from which buying pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tools.calculators.defaults import (
    ELECTRICITY_PRICE,
    NETWORK_SHARE,
    OWN_UTILISATION,
    PUE,
    SERVER_POWER,
    USEFUL_MONTHS,
)
from tools.calculators.inputs import HOURS_A_MONTH, ChipSpec, Price, between, chosen, not_negative, share, whole
from tools.calculators.wording import cents, money, number, percent
from tools.errors import BadInput
from tools.money import Money, plain
from tools.results import Chart, Figure, Result, Series, Table

LEVELS = (Decimal("0.2"), Decimal("0.4"), Decimal("0.6"), Decimal("0.8"), Decimal("1"))


@dataclass(frozen=True, slots=True)
class Option:
    """One way to have the chips: what is paid now, each month, and got back at the end of the term."""

    name: str
    now: Money
    monthly: Money
    at_end: Money

    def total(self, months: int, rate: Decimal) -> Money:
        """The cost over `months`, in today's money at the yearly `rate` (a share), paid at each month's end."""
        step = (1 + rate) ** (Decimal(1) / 12)
        if step == 1:
            return self.now + self.monthly * months - self.at_end
        factor = (1 - step**-months) / (step - 1)
        return self.now + self.monthly * factor - self.at_end * step**-months


def break_even_hours(capex: Money, rent_per_hour: Money, running_per_hour: Money) -> Decimal | None:
    """Hours of use after which buying has cost what renting would: capex / (rent - running cost an hour); None where
    running one's own costs as much an hour as renting, so that buying never pays."""
    gain = rent_per_hour - running_per_hour
    return capex.ratio(gain) if gain.amount > 0 else None


def rent_or_buy(
    chip: ChipSpec,
    chips: int,
    term_months: int,
    rent: Price,
    purchase: Price,
    *,
    reserved: Price | None = None,
    utilisation: Decimal | None = None,
    pue: Decimal | None = None,
    electricity: Price | None = None,
    network_share: Decimal | None = None,
    residual_share: Decimal | None = None,
    staff_per_year: Money | None = None,
    discount_rate: Decimal = Decimal(0),
) -> Result:
    """`chips` for `term_months`: rented by the used hour, reserved by the hour used or not, or bought.

    `rent` and `reserved` are prices of one chip's hour, `purchase` of one chip. Shares are 0 to 1; `residual_share` is
    what is left of the purchase price at the end. Headline: what the cheapest saves over the next. BadInput on mixed
    currencies, on a chip without power, or on a number out of range.
    """
    whole("chips", chips)
    whole("the term in months", term_months)
    if chip.power_w is None:
        raise BadInput(f"The power of {chip.name} is not known, so owning it cannot be priced.")
    currency = rent.money.currency
    staff = staff_per_year or Money(Decimal(0), currency)
    kwh = electricity or Price(Money(ELECTRICITY_PRICE.value), ELECTRICITY_PRICE.source)
    if {purchase.money.currency, kwh.money.currency, staff.currency} | (
        {reserved.money.currency} if reserved else set()
    ) != {currency}:
        raise BadInput("Rent, purchase, electricity and staff must be in one currency.")
    use, facility = chosen(utilisation, OWN_UTILISATION), chosen(pue, PUE)
    network, server = chosen(network_share, NETWORK_SHARE), chosen(None, SERVER_POWER)
    share("utilisation", use.value, zero=False)
    not_negative("the network's share", network.value)
    between("the discount rate", discount_rate, Decimal(0), Decimal(10))
    between("the PUE", facility.value, Decimal(1), Decimal(10))
    life = chosen(None, USEFUL_MONTHS)
    left = max(1 - term_months / life.value, Decimal(0)) if residual_share is None else residual_share
    share("the residual value", left)

    hours = HOURS_A_MONTH * chips
    capex = purchase.money * chips * (1 + network.value)
    power = kwh.money * (chip.power_w * server.value / 1000 * facility.value)
    running = power + staff / (12 * hours)
    options = [
        Option("rent", Money(Decimal(0), currency), rent.money * (hours * use.value), Money(Decimal(0), currency)),
        *(
            [Option("reserve", Money(Decimal(0), currency), reserved.money * hours, Money(Decimal(0), currency))]
            if reserved
            else []
        ),
        Option("buy", capex, power * (hours * use.value) + staff / 12, purchase.money * chips * left),
    ]
    costs = sorted(
        ((option, option.total(term_months, discount_rate)) for option in options), key=lambda x: x[1].amount
    )
    (best, least), (second, next_least) = costs[0], costs[1]
    saving = next_least - least
    even = break_even_hours(capex / chips, rent.money, running)
    as_of = min((p.as_of for p in (rent, purchase, reserved) if p and p.as_of), default=None)
    figures = [
        Figure.of("Saving over the term", saving, as_of),
        *(Figure.of(f"Cost to {option.name}", cost, as_of) for option, cost in costs),
        Figure.of("Purchase with network", capex, as_of),
        Figure.of("Residual value", options[-1].at_end, as_of),
        Figure("Running cost per chip hour", running.amount, currency),
        Figure("Utilisation", use.value * 100, "%"),
    ]
    sentence = "Buying never pays back, since running the chips costs as much an hour as renting them."
    if even is not None:
        idle = Option("buy", capex, staff / 12, options[-1].at_end).total(term_months, discount_rate)
        hour_gain = Option(
            "hour", Money(Decimal(0), currency), (rent.money - power) * hours, Money(Decimal(0), currency)
        )
        least_use = idle.ratio(hour_gain.total(term_months, discount_rate))
        figures += [
            Figure("Break-even utilisation", least_use * 100, "%", as_of),
            Figure("Break-even hours per chip, without resale", even, "hours", as_of),
        ]
        above = f"Buying beats renting above {percent(least_use)} utilisation"
        sentence = (
            f"{above if least_use <= 1 else 'Over this term buying never beats renting'}; without resale it takes "
        )
        sentence += f"{number(even)} hours of use of each chip."
    dated = f" at prices of {as_of.isoformat()}" if as_of else ""
    return Result(
        summary=(
            f"To {best.name} {chips} {chip.name} for {term_months} months is cheapest{dated}: {money(least)}, "
            f"{money(saving)} less than to {second.name} ({money(next_least)}), at {percent(use.value)} utilisation. "
            f"{sentence}"
        ),
        figures=tuple(figures),
        table=Table(
            f"{chips} {chip.name} for {term_months} months",
            (
                "Option",
                f"Now ({currency})",
                f"A month ({currency})",
                f"Back at the end ({currency})",
                f"Cost ({currency})",
            ),
            tuple((o.name, cents(o.now), cents(o.monthly), cents(o.at_end), cents(cost)) for o, cost in costs),
        ),
        chart=_by_utilisation(options, use.value, term_months, discount_rate, staff, currency),
        assumptions=(
            "Rented hours are paid when used, reserved and bought ones whether used or not; power is paid when used",
            "Break-even hours = purchase with network / (rent an hour - running cost an hour)",
            use.sentence,
            rent.stated(f"Rent of one {chip.name} hour"),
            *((reserved.stated(f"Reserved price of one {chip.name} hour"),) if reserved else ()),
            purchase.stated(f"Purchase price of one {chip.name}, its share of the server included"),
            network.sentence,
            f"{chip.name}: {plain(chip.power_w)} W ({chip.source})",
            server.sentence,
            facility.sentence,
            kwh.stated("Price of a kWh") if electricity else ELECTRICITY_PRICE.stated(),
            f"Residual value: {percent(left)} of the purchase price after {term_months} months"
            + ("" if residual_share is not None else f", since {life.sentence[0].lower()}{life.sentence[1:]}"),
            f"Staff: {staff.shown()} a year" + ("" if staff_per_year else ", since none was given"),
            f"Discount rate: {percent(discount_rate)} a year" + ("" if discount_rate else ", so nothing is discounted"),
            f"A month is {HOURS_A_MONTH} hours",
        ),
        warnings=() if staff_per_year else ("Staff and space are not in the cost of buying, which flatters it.",),
    )


def _by_utilisation(
    options: Sequence[Option], use: Decimal, months: int, rate: Decimal, staff: Money, currency: str
) -> Chart:
    def at(option: Option, level: Decimal) -> Decimal:
        if option.name == "reserve":
            return cents(option.total(months, rate))
        steady = staff / 12 if option.name == "buy" else Money(Decimal(0), currency)
        monthly = steady + (option.monthly - steady) * (level / use)
        return cents(Option(option.name, option.now, monthly, option.at_end).total(months, rate))

    return Chart(
        "line",
        "Cost over the term by utilisation",
        currency,
        tuple(percent(level) for level in LEVELS),
        tuple(Series(option.name, tuple(at(option, level) for level in LEVELS)) for option in options),
    )
