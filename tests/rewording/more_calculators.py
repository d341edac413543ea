"""Depreciation, internal rates, electricity, growing bills and commitments: every input stands in the question."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal

from tests.evaluation.line import percent as points
from tests.evaluation.line import usd
from tests.rewording.intent import Asked, Intent
from tests.rewording.values import money, percent


def more_calculators() -> Iterator[Intent]:
    yield from _projects()
    yield from _bills()


def _projects() -> Iterator[Intent]:
    def depreciation(chance: random.Random) -> Asked:
        cost, years = chance.choice((60_000, 120_000, 240_000)), chance.choice((3, 4, 5))
        return Asked({"cost": money(cost, chance), "years": f"{years}"}, (usd(Decimal(cost) / years),))

    yield Intent(
        "depreciation",
        (
            "What is the straight-line depreciation of {cost} over {years} years, per year?",
            "{cost} depreciated straight line over {years} years: how much a year?",
            "Straight-line over {years} years, yearly depreciation of servers that cost {cost}?",
        ),
        depreciation,
    )

    def irr(chance: random.Random) -> Asked:
        spent, back, years = chance.choice((100, 200)), chance.choice((60, 70, 90)), chance.choice((4, 5))
        slots = {"spent": money(spent * 1_000, chance), "back": money(back * 1_000, chance), "years": f"{years}"}
        return Asked(slots, (points(_internal_rate(spent, back, years)),))

    yield Intent(
        "internal rate of return",
        (
            "What is the IRR of paying {spent} now and getting {back} a year for {years} years?",
            "IRR: invest {spent} today, get {back} a year for {years} years",
            "internal rate of return of {spent} invested now for {back} a year over {years} years",
        ),
        irr,
    )


def _internal_rate(spent: int, back: int, years: int) -> Decimal:
    """Percent at which `back` a year is worth `spent` today, by halving an interval."""
    low, high = Decimal("-0.9"), Decimal(10)
    for _ in range(60):
        middle = (low + high) / 2
        worth = sum((back / (1 + middle) ** n for n in range(1, years + 1)), Decimal(0))
        low, high = (middle, high) if worth > spent else (low, middle)
    return low * 100


def _bills() -> Iterator[Intent]:
    def electricity(chance: random.Random) -> Asked:
        chips, watts, hours = chance.choice((8, 16, 64)), chance.choice((400, 700)), chance.choice((240, 720))
        cents, pue = chance.choice(("0.10", "0.12", "0.25")), "1.25"
        slots = {"n": f"{chips}", "watts": f"{watts}", "hours": f"{hours}", "price": cents, "pue": pue}
        return Asked(slots, (usd(chips * Decimal(watts) / 1000 * hours * Decimal(pue) * Decimal(cents)),))

    yield Intent(
        "electricity of GPUs",
        (
            "What does power for {n} GPUs of {watts} W cost over {hours} hours at PUE {pue} and ${price} per kWh?",
            "Electricity cost: {n} GPUs at {watts} W each, {hours} hours, PUE {pue}, ${price} per kWh",
            "At ${price} per kWh and PUE {pue}, what do {n} GPUs of {watts} W cost in electricity for {hours} hours?",
        ),
        electricity,
    )

    def raised(chance: random.Random) -> Asked:
        bill, rise = chance.choice((20_000, 50_000, 80_000)), chance.choice((5, 10, 20))
        return Asked({"bill": money(bill, chance), "rise": percent(rise, chance)}, (usd(bill + bill * rise // 100),))

    yield Intent(
        "bill after a rise",
        (
            "If prices rise by {rise}, what does a bill of {bill} become?",
            "A bill of {bill} after a price increase of {rise}?",
            "Prices go up {rise}: what becomes of our bill of {bill}?",
        ),
        raised,
    )

    def grows(chance: random.Random) -> Asked:
        bill, rise, months = chance.choice((10_000, 50_000)), chance.choice((3, 5, 10)), chance.choice((6, 12))
        total = bill * (1 + Decimal(rise) / 100) ** months
        slots = {"bill": money(bill, chance), "rise": percent(rise, chance), "months": f"{months}"}
        return Asked(slots, (usd(total),))

    yield Intent(
        "bill that grows",
        (
            "Our bill of {bill} grows {rise} a month: what is it after {months} months?",
            "A bill of {bill} growing by {rise} per month, after {months} months?",
            "What is a bill of {bill} in {months} months if it grows {rise} each month?",
        ),
        grows,
    )

    def worth(chance: random.Random) -> Asked:
        discount, used = chance.choice((20, 30, 40)), chance.choice((85, 90, 95))
        saved = 100 - Decimal(100 - discount) / used * 100
        return Asked({"discount": percent(discount, chance), "used": percent(used, chance)}, (points(saved),))

    yield Intent(
        "commitment at a utilisation",
        (
            "Is a commitment with a discount of {discount} worth it at {used} utilisation?",
            "commitment: {discount} discount, {used} utilisation, is it worth it?",
            "At {used} utilisation, does a commitment at {discount} off pay off?",
        ),
        worth,
    )
