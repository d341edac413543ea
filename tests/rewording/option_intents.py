"""Usage priced on several other models or with a cache, two questions in one message, and a price before it was cut."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal

from tests.evaluation.ledger_arithmetic import Charges, effective, of_model, of_team, tokens
from tests.evaluation.line import usd
from tests.evaluation.rates import MILLION, bill, rate
from tests.rewording.drawn import Drawn
from tests.rewording.intent import Asked, Intent
from tests.rewording.values import count, percent

TARGETS = ("claude-haiku-4-5", "gpt-5-mini", "gpt-4.1-mini", "gpt-4.1")
USED = (("support", "gpt-4o"), ("growth", "gpt-5"), ("atlas", "gpt-4o"))


def option_intents(drawn: Drawn) -> Iterator[Intent]:
    def options(chance: random.Random) -> Asked:
        rows, spoken, team, model = _used(drawn, chance)
        one, other = chance.sample(TARGETS, 2)
        slots = {"team": team, "model": model, "month": spoken, "one": one, "other": other}
        return Asked(slots, tuple(usd(_priced(rows, name)) for name in (one, other)))

    yield Intent(
        "what if on one or another model",
        (
            "What would {team}'s {model} usage in {month} have cost on {one} or {other}?",
            "If {team}'s {model} traffic of {month} had run on {one} or on {other}, what would it have cost?",
            "{team}'s {model} usage of {month} on {one} vs {other}: what would it have cost?",
        ),
        options,
    )

    def cached(chance: random.Random) -> Asked:
        rows, spoken, team, model = _used(drawn, chance)
        target, share = chance.choice(TARGETS), chance.choice((20, 40, 60, 75))
        read = tokens(rows, "input") + tokens(rows, "cached input")
        cost = read * (100 - share) / 100 * rate(target, "input") + read * share / 100 * rate(target, "cache_read")
        cost += tokens(rows, "output") * rate(target, "output")
        slots = {"team": team, "model": model, "month": spoken, "one": target, "share": percent(share, chance)}
        return Asked(slots, (usd(cost / MILLION),))

    yield Intent(
        "what if on another model with a cache",
        (
            "What would {team}'s {model} usage in {month} have cost on {one} with {share} of the input cached?",
            "Had {team}'s {model} traffic of {month} run on {one} with {share} cached input, what would it have cost?",
            "With {share} of the input cached, what would {team}'s {model} traffic of {month} have cost on {one}?",
        ),
        cached,
    )

    def both(chance: random.Random) -> Asked:
        (rows, spoken), (name, called) = drawn.month(chance), drawn.team(chance)
        read, model = chance.choice((2, 5, 12)) * 10**6, chance.choice(("gpt-4o", "gpt-4.1", "claude-haiku-4-5"))
        slots = {"team": called, "month": spoken, "read": count(read, chance), "model": model}
        return Asked(slots, (usd(effective(of_team(rows, name))), usd(bill(model, read))))

    yield Intent(
        "two questions in one",
        (
            "What did {team} spend in {month}? And what do {read} input tokens cost on {model}?",
            "What did {team} spend in {month}, and what do {read} input tokens cost on {model}?",
            "How much do {read} input tokens cost on {model}? Also, what did {team} spend in {month}?",
            "1) {team}'s spend in {month} 2) cost of {read} input tokens on {model}",
        ),
        both,
    )


def _used(drawn: Drawn, chance: random.Random) -> tuple[Charges, str, str, str]:
    team, model = chance.choice(USED)
    rows, spoken = drawn.month(chance)
    return of_model(of_team(rows, team), model), spoken, team, model


def _priced(rows: Charges, target: str) -> Decimal:
    columns = (("input", "input"), ("cached input", "cache_read"), ("output", "output"))
    cost = sum((tokens(rows, meter) * rate(target, column) for meter, column in columns), Decimal(0))
    return cost / MILLION
