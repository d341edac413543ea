"""Training, hardware and decisions whose every input stands in the question; the formulas are written out."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal

from tests.evaluation.calculator_questions import A100, BILLION, H100, gpu_hours, present_value
from tests.evaluation.line import figure, near, usd
from tests.evaluation.line import percent as points
from tests.rewording.intent import Asked, Intent
from tests.rewording.values import count, money, percent

CHIPS = {"H100": H100, "A100": A100}


def calculator_intents() -> Iterator[Intent]:
    yield from _training()
    yield from _hardware()
    yield from _decisions()


def _training() -> Iterator[Intent]:
    def run(chance: random.Random) -> tuple[dict[str, str], Decimal, Decimal]:
        size, read = chance.choice((1, 3, 7, 8, 13, 34, 70)), chance.choice((200, 500, 1_000, 2_000, 15_000))
        chip, mfu = chance.choice(list(CHIPS)), chance.choice((35, 40, 45, 50))
        price = chance.choice(("1.5", "2", "2.25", "3"))
        hours = gpu_hours(size * BILLION, read * BILLION, f"0.{mfu}", CHIPS[chip])
        slots = {
            "size": chance.choice((f"{size}B", f"{size}B", f"{size} billion parameter", f"{size}b")),
            "tokens": count(read * 10**9, chance),
            "chip": chip,
            "mfu": percent(mfu, chance),
            "price": chance.choice((f"${price}", f"${price}", f"{price} dollars", f"{price} USD")),
        }
        return slots, hours, Decimal(price)

    def cost(chance: random.Random) -> Asked:
        slots, hours, price = run(chance)
        return Asked(slots, (near(hours * price, "USD"),))

    yield Intent(
        "training cost",
        (
            "Cost to train a {size} model on {tokens} tokens with {chip}s at {mfu} MFU and {price} per GPU hour?",
            "Training a {size} model, {tokens} tokens, {chip}s, {mfu} MFU, {price} per GPU hour: cost?",
            "At {price} per GPU hour and {mfu} MFU, what does a {size} model on {tokens} tokens cost with {chip}s?",
            "cost to train {size} on {tokens} tokens <{chip};{mfu} mfu;{price} per gpu hour>",
        ),
        cost,
    )

    def hours(chance: random.Random) -> Asked:
        slots, found, _ = run(chance)
        return Asked(slots, (near(found, "GPU hours"),))

    yield Intent(
        "training hours",
        (
            "How many GPU hours does it take to train a {size} model on {tokens} tokens with {chip}s at {mfu} MFU?",
            "GPU hours to train a {size} model on {tokens} tokens, {chip}, {mfu} MFU",
            "With {chip}s at {mfu} MFU, how many GPU hours does training a {size} model on {tokens} tokens need?",
        ),
        hours,
    )


def _hardware() -> Iterator[Intent]:
    def rent(chance: random.Random) -> Asked:
        chips, price, days = (
            chance.choice((8, 16, 64, 128)),
            chance.choice(("1.50", "2.20", "2.99")),
            chance.choice((7, 30, 90)),
        )
        slots = {"n": f"{chips}", "chip": chance.choice(("H100", "A100")), "price": price, "days": f"{days}"}
        return Asked(slots, (usd(chips * Decimal(price) * 24 * days),))

    yield Intent(
        "rent of GPUs",
        (
            "What do {n} {chip}s at ${price} per GPU hour cost for {days} days around the clock?",
            "{n} {chip}s for {days} days at ${price} an hour each, total cost?",
            "For {days} days 24/7, cost of {n} {chip} GPUs at ${price} per GPU hour?",
            "Renting {n} {chip}s at {price} dollars per GPU-hour for {days} days: how much?",
        ),
        rent,
    )

    def energy(chance: random.Random) -> Asked:
        chips, watts, days, pue = (
            chance.choice((8, 16, 64)),
            chance.choice((400, 700, 1000)),
            chance.choice((10, 30)),
            "1.25",
        )
        slots = {"n": f"{chips}", "watts": f"{watts}", "days": f"{days}", "hours": f"{24 * days}", "pue": pue}
        return Asked(slots, (figure(chips * Decimal(watts) / 1000 * Decimal(pue) * 24 * days, "kWh", "0.5"),))

    yield Intent(
        "energy of GPUs",
        (
            "How many kWh do {n} GPUs of {watts} W use in {hours} hours at a PUE of {pue}?",
            "Energy in kWh of {n} {watts} W GPUs for {hours} hours with PUE {pue}",
            "With PUE {pue}, energy use of {n} GPUs at {watts} W each over {hours} hours?",
        ),
        energy,
    )

    def memory(chance: random.Random) -> Asked:
        size, bits = chance.choice((7, 8, 13, 70, 405)), chance.choice((4, 8, 16))
        return Asked({"size": f"{size}B", "bits": f"{bits}"}, (figure(Decimal(size * bits) / 8, "GB", "0.5"),))

    yield Intent(
        "memory of weights",
        (
            "How many GB do the weights of a {size} model take at {bits} bits?",
            "memory for the weights of a {size} model in {bits} bit",
            "At {bits} bits, how much memory do a {size} model's weights need?",
        ),
        memory,
    )


def _decisions() -> Iterator[Intent]:
    def value(chance: random.Random) -> Asked:
        rate, spent, back = chance.choice((5, 8, 10, 12)), chance.choice((50, 100, 250)), chance.choice((20, 40, 90))
        years = chance.choice((2, 3, 4, 5))
        slots = {
            "rate": percent(rate, chance),
            "spent": money(spent * 1_000, chance),
            "back": money(back * 1_000, chance),
            "years": chance.choice((f"{years}", ("two", "three", "four", "five")[years - 2])),
        }
        total = present_value(f"0.{rate:02}", [-spent * 1_000, *[back * 1_000] * years])
        return Asked(slots, (usd(total),))

    yield Intent(
        "net present value",
        (
            "What is the NPV at {rate} of paying {spent} now and getting {back} a year for {years} years?",
            "NPV: invest {spent} today, get {back} a year for {years} years, discount rate {rate}",
            "At a discount rate of {rate}, NPV of {spent} invested now for {back} a year over {years} years?",
        ),
        value,
    )

    def roi(chance: random.Random) -> Asked:
        cost, gain = chance.choice((20, 40, 80)), chance.choice((50, 100, 140))
        slots = {"cost": money(cost * 1_000, chance), "gain": money(gain * 1_000, chance)}
        return Asked(slots, (points(Decimal(gain - cost) / cost * 100),))

    yield Intent(
        "return on investment",
        (
            "What is the ROI of a project that costs {cost} and returns {gain}?",
            "ROI: cost {cost}, benefit {gain}",
            "We spend {cost} on a project that returns {gain}. ROI?",
            "return on investment with a cost of {cost} and a benefit of {gain}",
        ),
        roi,
    )

    def payback(chance: random.Random) -> Asked:
        spent, months = chance.choice((60_000, 90_000, 120_000)), chance.choice((6, 12, 15, 20))
        slots = {"spent": money(spent, chance), "saved": money(spent // months, chance)}
        return Asked(slots, (figure(months, "months", "0.01"),))

    yield Intent(
        "payback",
        (
            "What is the payback of investing {spent} and saving {saved} a month?",
            "Payback period: {spent} upfront, {saved} saved per month",
            "If I invest {spent} and save {saved} a month, how long is the payback?",
        ),
        payback,
    )

    def commitment(chance: random.Random) -> Asked:
        discount = chance.choice((20, 30, 35, 42, 60))
        return Asked({"discount": percent(discount, chance)}, (points(100 - discount),))

    yield Intent(
        "break-even utilisation",
        (
            "What is the break-even utilisation of a {discount} commitment discount?",
            "At what utilisation does a savings plan with a {discount} discount break even?",
            "break-even utilization for a {discount} discount commitment",
            "With {discount} off for a commitment, which utilisation do we need to break even?",
        ),
        commitment,
    )
