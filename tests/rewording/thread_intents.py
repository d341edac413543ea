"""A first question, and a reworded follow-up that changes one or two of its slots."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.evaluation.calculator_questions import present_value
from tests.evaluation.ledger_arithmetic import effective, of_provider, of_team
from tests.evaluation.line import usd
from tests.evaluation.rates import bill
from tests.rewording.drawn import CALLED, TEAMS, Drawn
from tests.rewording.intent import Asked, Intent
from tests.rewording.values import MONTHS, count, percent

M = 1_000_000
MODELS = ("gpt-4o", "gpt-4.1", "gpt-5-mini", "claude-haiku-4-5")


def thread_intents(drawn: Drawn) -> Iterator[Intent]:
    yield from _of_spend(drawn)
    yield from _of_prices()


def _of_spend(drawn: Drawn) -> Iterator[Intent]:
    def month(chance: random.Random) -> Asked:
        name, (first, other) = chance.choice(TEAMS), chance.sample(range(1, 11), 2)
        before = f"What did the {name} team spend in {MONTHS[first - 1]} 2026?"
        rows = of_team(drawn.of_month[2026, other], name)
        return Asked({"month": MONTHS[other - 1]}, (usd(effective(rows)),), before=before)

    yield Intent(
        "then another month",
        ("And in {month}?", "what about {month}?", "same for {month}", "{month}?", "and {month} please"),
        month,
    )

    def team(chance: random.Random) -> Asked:
        (one, other), number = chance.sample(("atlas", "orion", "research", "support"), 2), chance.randrange(1, 11)
        before = f"What did {one} spend in {MONTHS[number - 1]} 2026?"
        return Asked({"team": other}, (usd(effective(of_team(drawn.of_month[2026, number], other))),), before=before)

    yield Intent(
        "then another team",
        ("And {team}?", "what about {team}?", "same for {team}", "and the {team} team?", "{team} instead"),
        team,
    )

    def narrower(chance: random.Random) -> Asked:
        number, name = chance.randrange(1, 11), chance.choice(list(CALLED))
        before = f"What did we spend in {MONTHS[number - 1]} 2026?"
        rows = of_provider(drawn.of_month[2026, number], name)
        return Asked({"provider": chance.choice(CALLED[name])}, (usd(effective(rows)),), before=before)

    yield Intent(
        "then one provider alone",
        ("Only {provider}", "and just {provider}?", "How much of that was {provider}, in dollars?", "{provider} only"),
        narrower,
    )

    def both(chance: random.Random) -> Asked:
        (one, other), numbers = (
            chance.sample(("atlas", "orion", "research", "support"), 2),
            chance.sample(range(1, 11), 2),
        )
        before = f"What did {one} spend in {MONTHS[numbers[0] - 1]} 2026?"
        rows = of_team(drawn.of_month[2026, numbers[1]], other)
        return Asked({"team": other, "month": MONTHS[numbers[1] - 1]}, (usd(effective(rows)),), before=before)

    yield Intent(
        "then another team in another month",
        ("And {team} in {month}?", "what about {team} in {month}?", "{month} for {team}?"),
        both,
    )


def _of_prices() -> Iterator[Intent]:
    def usage(chance: random.Random) -> tuple[str, int, int]:
        return chance.choice(MODELS), chance.choice((2, 6, 20)) * M, chance.choice((500_000, M, 2 * M))

    def asks(model: str, read: int, written: int, chance: random.Random) -> str:
        return f"What do {count(read, chance)} input and {count(written, chance)} output tokens cost on {model}?"

    def model(chance: random.Random) -> Asked:
        first, read, written = usage(chance)
        other = chance.choice([name for name in MODELS if name != first])
        return Asked({"model": other}, (usd(bill(other, read, written)),), before=asks(first, read, written, chance))

    yield Intent("then another model", ("And on {model}?", "what about {model}?", "same on {model}", "{model}?"), model)

    def cached(chance: random.Random) -> Asked:
        (name, read, written), share = usage(chance), chance.choice((20, 50, 60))
        cost = bill(name, read, written, cached=read * share // 100)
        return Asked({"share": percent(share, chance)}, (usd(cost),), before=asks(name, read, written, chance))

    yield Intent(
        "then with a cache",
        (
            "And with {share} of the input cached?",
            "what if {share} of the input is cached",
            "with {share} cached input",
        ),
        cached,
    )

    def batch(chance: random.Random) -> Asked:
        name, read, written = usage(chance)
        cost = bill(name, read, written, batch=True)
        return Asked({}, (usd(cost),), before=asks(name, read, written, chance))

    yield Intent("then on batch", ("And on batch?", "what about the batch API?", "batched instead?"), batch)

    def tokens(chance: random.Random) -> Asked:
        (name, read, written), other = usage(chance), chance.choice((3, 9, 30)) * M
        slots = {"read": count(other, chance)}
        return Asked(slots, (usd(bill(name, other, written)),), before=asks(name, read, written, chance))

    yield Intent("then other tokens", ("Make that {read} input.", "and with {read} input tokens?"), tokens)

    def rate(chance: random.Random) -> Asked:
        spent, back, years, percentage = 100_000, chance.choice((40_000, 60_000)), chance.choice((3, 4)), 5
        before = f"What's the NPV at 10% of paying ${spent} now and getting ${back} a year for {years} years?"
        worth = present_value(f"0.{percentage:02}", [-spent, *[back] * years])
        return Asked({"rate": percent(percentage, chance)}, (usd(worth),), before=before)

    yield Intent("then another rate", ("And at {rate}?", "what if the rate were {rate}?", "make that {rate}"), rate)
