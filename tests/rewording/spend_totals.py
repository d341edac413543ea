"""What was spent: in all, by a team, with a provider, on a model, in a month, a quarter or from a day to a day."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from tests.evaluation.ledger_arithmetic import (
    between,
    effective,
    is_ai,
    of_model,
    of_provider,
    of_team,
)
from tests.evaluation.line import usd
from tests.rewording.drawn import CALLED, MODELS, Drawn
from tests.rewording.intent import Asked, Intent
from tests.rewording.values import MONTHS, month, quarter

SPENT = "[What did|How much did] {team} [spend|pay] [in|for|during] {month}?"


def spend_totals(drawn: Drawn) -> Iterator[Intent]:
    def team(chance: random.Random) -> Asked:
        (rows, spoken), (name, called) = drawn.month(chance), drawn.team(chance)
        return Asked({"team": called, "month": spoken}, (usd(effective(of_team(rows, name))),))

    yield Intent(
        "team in a month",
        (
            SPENT,
            "In {month}, [what did|how much did] {team} spend?",
            "{team} spend [in |for |]{month}",
            "<{team};{month};[total |]spend>",
            "{team}'s [spend|bill|costs|total] [in|for] {month}",
            "[What was|How high was|How big was] {team}'s [spend|bill] [in|for] {month}?",
            "How much money [went to|was spent by] [the |]{team} in {month}?",
            "what has {team} cost us in {month}",
            "{month} [spend|cost|costs] of [the |]{team}",
        ),
        team,
    )

    def provider(chance: random.Random) -> Asked:
        (rows, spoken), (name, called) = drawn.month(chance), drawn.provider(chance)
        return Asked({"provider": called, "month": spoken}, (usd(effective(of_provider(rows, name))),))

    yield Intent(
        "provider in a month",
        (
            "What did we spend [on|with] {provider} in {month}?",
            "How much did {provider} cost us in {month}?",
            "our {provider} [bill|spend|costs] [for|in] {month}",
            "{month}: [spend|total] with {provider}?",
            "<{provider};{month};[our |]spend>",
            "How large was [the|our] {provider} bill in {month}?",
        ),
        provider,
    )

    def model(chance: random.Random) -> Asked:
        rows, spoken = drawn.month(chance)
        name = chance.choice(list(MODELS))
        slots = {"model": chance.choice(MODELS[name]), "month": spoken}
        return Asked(slots, (usd(effective(of_model(rows, name))),))

    yield Intent(
        "model in a month",
        (
            "What did we spend on {model} in {month}?",
            "[our |]{model} [spend|costs] [in|for] {month}",
            "How much [went on|did we pay for] {model} in {month}?",
            "In {month}, what did {model} cost us?",
            "<{model};{month};our spend>",
        ),
        model,
    )

    def both(chance: random.Random) -> Asked:
        (rows, spoken), (name, called) = drawn.month(chance), drawn.team(chance)
        seller = chance.choice([one for one in CALLED if of_provider(of_team(rows, name), one)])
        slots = {"team": called, "month": spoken, "provider": chance.choice(CALLED[seller])}
        return Asked(slots, (usd(effective(of_provider(of_team(rows, name), seller))),))

    yield Intent(
        "team and provider in a month",
        (
            "What did {team} spend on {provider} in {month}?",
            "How much did {team} pay {provider} in {month}?",
            "{team}'s {provider} [bill|spend] [in|for] {month}",
            "<{team};{provider};{month};spend>",
            "In {month}, how much of our money did {team} spend with {provider}?",
            "[what was|show me] the {provider} spend of {team} in {month}",
        ),
        both,
    )

    def total(chance: random.Random) -> Asked:
        rows, spoken = drawn.month(chance)
        return Asked({"month": spoken}, (usd(effective(rows)),))

    yield Intent(
        "total of a month",
        (
            "What did we spend in [total in |]{month}?",
            "[total spend|our total spend|all our spend] [in|for] {month}",
            "How much did we spend altogether in {month}?",
            "{month} total [spend|cost]",
            "In {month}, what was our [total |overall |]spend?",
        ),
        total,
    )

    def ai(chance: random.Random) -> Asked:
        rows, spoken = drawn.month(chance)
        return Asked({"month": spoken}, (usd(effective(c for c in rows if is_ai(c))),))

    yield Intent(
        "AI spend of a month",
        (
            "What was our AI spend in {month}?",
            "[total |]AI spend[ in| for|] {month}",
            "How much did we spend on AI in {month}?",
        ),
        ai,
    )


def spend_periods(drawn: Drawn) -> Iterator[Intent]:
    def of_quarter(chance: random.Random) -> Asked:
        number = chance.choice((1, 2, 3))
        name, called = drawn.team(chance)
        rows = between(drawn.charges, f"2026-{3 * number - 2:02}-01", f"2026-{3 * number + 1:02}-01")
        slots = {"team": called, "quarter": quarter(2026, number, chance)}
        return Asked(slots, (usd(effective(of_team(rows, name))),))

    yield Intent(
        "team in a quarter",
        (
            "What did {team} spend in {quarter}?",
            "{team}'s [spend|bill|total] [in|for] {quarter}",
            "In {quarter}, how much did {team} spend?",
            "<{team};{quarter};spend>",
        ),
        of_quarter,
    )

    def of_day(chance: random.Random) -> Asked:
        day = date(2026, 9, 1) + timedelta(chance.randrange(60))
        name = MONTHS[day.month - 1]
        spoken = chance.choice(
            (
                f"{day.day} {name} 2026",
                f"{name} {day.day}, 2026",
                f"{day}",
                f"{day.day} {name[:3]}",
                f"{name} {day.day}",
            )
        )
        rows = between(drawn.charges, f"{day}", f"{day + timedelta(1)}")
        return Asked({"day": spoken}, (usd(effective(rows)),))

    yield Intent(
        "total of a day",
        ("What did we spend on {day}?", "[total |our |]spend on {day}", "How much did we spend in total on {day}?"),
        of_day,
    )

    def of_range(chance: random.Random) -> Asked:
        first = date(2026, 6, 1) + timedelta(chance.randrange(80))
        last = first + timedelta(chance.randrange(3, 60))
        name, called = drawn.team(chance)
        styles = (
            lambda d: f"{d.day} {MONTHS[d.month - 1]} 2026",
            lambda d: f"{MONTHS[d.month - 1]} {d.day}",
            lambda d: f"{d}",
        )
        shown = chance.choice(styles)
        rows = of_team(between(drawn.charges, f"{first}", f"{last + timedelta(1)}"), name)
        return Asked({"first": shown(first), "last": shown(last), "team": called}, (usd(effective(rows)),))

    yield Intent(
        "team from a day to a day",
        (
            "What did {team} spend from {first} to {last}?",
            "{team} spend between {first} and {last}",
            "From {first} to {last}, how much did {team} spend?",
            "{team}'s costs from {first} until {last}",
        ),
        of_range,
    )

    def average(chance: random.Random) -> Asked:
        number = chance.choice((1, 3, 4, 6, 8, 9))
        rows = drawn.of_month[2026, number]
        days = (date(2026, number + 1, 1) - date(2026, number, 1)).days
        return Asked({"month": month(2026, number, chance)}, (usd(effective(rows) / days),))

    yield Intent(
        "average a day",
        (
            "What was our average daily spend in {month}?",
            "average spend per day in {month}",
            "In {month}, how much did we spend per day on average?",
        ),
        average,
    )
