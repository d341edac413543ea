"""The largest few, several months together, a model of a team, usage on batch, and the day that cost most."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal

from tests.evaluation.ledger_arithmetic import Charges, between, by, effective, of_model, of_provider, of_team, tokens
from tests.evaluation.line import usd
from tests.evaluation.rates import MILLION, rate
from tests.rewording.drawn import MODELS, Drawn
from tests.rewording.intent import Asked, Intent
from tests.rewording.values import MONTHS

FEW = (("2", "two"), ("3", "three"))
USED = (("support", "gpt-4o"), ("growth", "gpt-5"))


def more_spend(drawn: Drawn) -> Iterator[Intent]:
    yield from _several(drawn)
    yield from _models(drawn)


def _several(drawn: Drawn) -> Iterator[Intent]:
    def top(chance: random.Random) -> Asked:
        (rows, spoken), few = drawn.month(chance), chance.choice(FEW)
        largest = list(by(rows, lambda c: c.provider).values())[: int(few[0])]
        return Asked({"n": chance.choice(few), "month": spoken}, tuple(usd(value) for value in largest))

    yield Intent(
        "largest few providers",
        (
            "What were our top {n} providers by spend in {month}?",
            "top {n} providers [in|for] {month}",
            "In {month}, our {n} biggest providers by [spend|cost]?",
            "[list|show me] the {n} largest providers of {month}",
        ),
        top,
    )

    def months(chance: random.Random) -> Asked:
        first = chance.randrange(1, 8)
        last = first + chance.choice((1, 2, 3))
        name, called = drawn.team(chance)
        rows = of_team(between(drawn.charges, f"2026-{first:02}-01", f"2026-{last + 1:02}-01"), name)
        slots = {"team": called, "first": MONTHS[first - 1], "last": MONTHS[last - 1]}
        return Asked(slots, (usd(effective(rows)),))

    yield Intent(
        "team over several months",
        (
            "What did {team} spend from {first} to {last} 2026?",
            "{team} total [spend|cost] from {first} through {last} this year",
            "From the start of {first} to the end of {last} 2026, how much did {team} spend?",
            "{team}'s bill for {first} to {last} 2026 in total",
        ),
        months,
    )

    def day(chance: random.Random) -> Asked:
        rows, spoken = drawn.month(chance)
        return Asked({"month": spoken}, (usd(next(iter(by(rows, lambda c: c.day.isoformat()).values()))),))

    yield Intent(
        "day that cost most",
        (
            "Which day in {month} cost us the most?",
            "most expensive day in {month}",
            "On which day of {month} did we spend most?",
            "In {month}, what was our highest daily spend?",
        ),
        day,
    )


def _models(drawn: Drawn) -> Iterator[Intent]:
    def of_a_team(chance: random.Random) -> Asked:
        (rows, spoken), (team, model) = drawn.month(chance), chance.choice(USED)
        slots = {"team": team, "model": chance.choice(MODELS[model]), "month": spoken}
        return Asked(slots, (usd(effective(of_model(of_team(rows, team), model))),))

    yield Intent(
        "model of a team",
        (
            "What did {team} spend on {model} in {month}?",
            "{team}'s {model} [spend|bill|costs] [in|for] {month}",
            "How much did {model} cost {team} in {month}?",
            "<{team};{model};{month};spend>",
        ),
        of_a_team,
    )

    def on_batch(chance: random.Random) -> Asked:
        rows, spoken = drawn.month(chance)
        used: Charges = of_provider(of_model(of_team(rows, "support"), "gpt-4o"), "OpenAI")
        read = tokens(used, "input") + tokens(used, "cached input")
        plain = [
            tokens(used, "input") * rate("gpt-4o", "batch_input"),
            tokens(used, "cached input") * rate("gpt-4o", "cache_read"),
            tokens(used, "output") * rate("gpt-4o", "batch_output"),
        ]
        assert read > 0
        return Asked({"month": spoken}, (usd(sum(plain, Decimal(0)) / MILLION),))

    yield Intent(
        "what if on batch",
        (
            "What would support's gpt-4o usage in {month} have cost on batch?",
            "If support's gpt-4o traffic of {month} had gone through the batch API, what would it have cost?",
            "Had support used batch for gpt-4o in {month}, what would that have cost?",
        ),
        on_batch,
    )
