"""Months and teams set against each other, and usage priced on another model."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal

from tests.evaluation.ledger_arithmetic import (
    effective,
    of_model,
    of_provider,
    of_team,
    tokens,
)
from tests.evaluation.line import figure, percent, usd
from tests.evaluation.rates import MILLION, rate
from tests.rewording.drawn import TEAMS, Drawn
from tests.rewording.intent import Asked, Intent
from tests.rewording.values import month


def spend_compared(drawn: Drawn) -> Iterator[Intent]:
    def moved(chance: random.Random) -> tuple[dict[str, str], Decimal, Decimal]:
        number = chance.choice((7, 8, 9, 10))
        name, called = drawn.team(chance)
        now, then = (effective(of_team(drawn.of_month[2026, n], name)) for n in (number, number - 1))
        slots = {"team": called, "now": month(2026, number, chance, alone=False)}
        slots["then"] = month(2026, number - 1, chance, alone=False)
        return slots, now, then

    def change(chance: random.Random) -> Asked:
        slots, now, then = moved(chance)
        return Asked(slots, (usd(now - then),))

    yield Intent(
        "change of a team",
        (
            "How did {team}'s spend change from {then} to {now}?",
            "{team}: {now} against {then}, what is the difference?",
            "{team} spend {now} vs {then}",
            "By how much did {team}'s spend move between {then} and {now}?",
        ),
        change,
    )

    def both_months(chance: random.Random) -> Asked:
        slots, now, then = moved(chance)
        return Asked(slots, (usd(now), usd(then)))

    yield Intent(
        "two months of a team",
        ("Compare {team}'s spend in {now} with {then}", "What did {team} spend in {now} and in {then}?"),
        both_months,
    )

    def in_percent(chance: random.Random) -> Asked:
        slots, now, then = moved(chance)
        return Asked(slots, (percent((now - then) / then * 100),))

    yield Intent(
        "change of a team in percent",
        (
            "By how many percent did {team}'s spend change from {then} to {now}?",
            "{team} spend, {now} vs {then}, in percent",
            "percentage change of {team}'s spend between {then} and {now}",
        ),
        in_percent,
    )

    def two(chance: random.Random) -> Asked:
        rows, spoken = drawn.month(chance)
        one, other = chance.sample(TEAMS, 2)
        figures = tuple(usd(effective(of_team(rows, name))) for name in (one, other))
        return Asked({"one": one, "other": other, "month": spoken}, figures)

    yield Intent(
        "two teams",
        (
            "What did {one} and {other} each spend in {month}?",
            "Compare {one} and {other} in {month}",
            "{one} vs {other} spend, {month}",
            "In {month}, what did {one} spend compared with {other}?",
        ),
        two,
    )


def spend_repriced(drawn: Drawn) -> Iterator[Intent]:
    def other_model(chance: random.Random) -> Asked:
        team, model = chance.choice((("support", "gpt-4o"), ("orion", "gpt-4o-mini"), ("growth", "gpt-5")))
        target = chance.choice(("claude-haiku-4-5", "gpt-5-mini", "gpt-4.1-mini"))
        rows, spoken = drawn.month(chance)
        used = of_model(of_team(rows, team), model)
        if model == "gpt-4o-mini":
            used = of_provider(used, "OpenAI")
        cost = sum(
            (
                tokens(used, meter) * rate(target, column)
                for meter, column in (("input", "input"), ("cached input", "cache_read"), ("output", "output"))
            ),
            Decimal(0),
        )
        slots = {"team": team, "model": model, "target": target, "month": spoken}
        return Asked(slots, (usd(cost / MILLION),))

    yield Intent(
        "what if on another model",
        (
            "If {team}'s {model} traffic of {month} had run on {target}, what would it have cost?",
            "What would {team}'s {model} usage in {month} have cost on {target}?",
            "Had {team} used {target} instead of {model} in {month}, what would that have cost?",
            "reprice {team}'s {model} traffic from {month} on {target}",
        ),
        other_model,
    )

    def use(chance: random.Random) -> Asked:
        team, model = chance.choice((("support", "gpt-4o"), ("growth", "gpt-5"), ("search", "claude-sonnet-4-5")))
        rows, spoken = drawn.month(chance)
        count = tokens(of_model(of_team(rows, team), model))
        return Asked({"team": team, "model": model, "month": spoken}, (figure(count, "tokens", "1"),))

    yield Intent(
        "tokens used",
        (
            "How many tokens did {team} use on {model} in {month}?",
            "{team}'s {model} token usage in {month}",
            "In {month}, how many {model} tokens did {team} use?",
        ),
        use,
    )
