"""What is ahead of our own spend and behind it: forecasts, budgets, anomalies, what drove a change."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta

from bot.evaluation.example_company import ANOMALY, ANOMALY_DAYS_BACK, LAST_DAY
from tests.evaluation.ledger_arithmetic import between, by, effective, of_provider, of_team
from tests.evaluation.line import percent, usd
from tests.evaluation.plan_questions import NOVEMBER, heading_for
from tests.rewording.drawn import Drawn
from tests.rewording.intent import Asked, Intent
from tests.rewording.values import MONTHS

NEAR = 2
"""Percent: Outlay forecasts in another way than by the mean of each weekday, so only about the same is asked for."""
BUDGET_OF_SEARCH, BUDGET_OF_OPENAI = 40_000, 300_000


def plan_intents(drawn: Drawn) -> Iterator[Intent]:
    yield from _ahead(drawn)
    yield from _budgets(drawn)
    yield from _behind(drawn)


def _ahead(drawn: Drawn) -> Iterator[Intent]:
    def forecast(chance: random.Random) -> Asked:
        """Not of what had an anomaly, which the two ways weigh otherwise."""
        team, called = drawn.team(chance)
        provider, spoken = drawn.provider(chance)
        if team == ANOMALY[0] or provider == ANOMALY[1]:
            return forecast(chance)
        rows, name = chance.choice(
            ((of_team(drawn.charges, team), called), (of_provider(drawn.charges, provider), spoken))
        )
        ends = heading_for(rows)
        return Asked({"name": name}, (usd(ends, f"{ends * NEAR / 100:.2f}"),))

    yield Intent(
        "forecast of a month",
        (
            "Where will {name}'s spend end up this month?",
            "{name} forecast for November",
            "What will {name} have cost us by the end of November?",
            "Projected {name} spend at month end?",
            "At the current pace, where does {name} land at the end of this month?",
        ),
        forecast,
    )


def _budgets(drawn: Drawn) -> Iterator[Intent]:
    november = between(drawn.charges, *NOVEMBER)
    so_far = between(drawn.charges, "2026-10-01", "2026-11-22")

    def left(chance: random.Random) -> Asked:
        spent = effective(of_team(november, "search"))
        return Asked({"team": chance.choice(("search", "Search"))}, (usd(BUDGET_OF_SEARCH - spent),))

    yield Intent(
        "left of a budget",
        (
            "How much of {team}'s budget is left?",
            "What remains of the {team} budget this month?",
            "{team} budget: how much is left for November?",
            "How much budget does {team} have left?",
        ),
        left,
    )

    def used(chance: random.Random) -> Asked:
        spent = effective(of_provider(so_far, "OpenAI"))
        return Asked({"provider": chance.choice(("OpenAI", "openai"))}, (percent(spent / BUDGET_OF_OPENAI * 100),))

    yield Intent(
        "used of a budget",
        (
            "What share of the {provider} budget have we used up this quarter?",
            "What percentage of the {provider} budget is used?",
            "{provider} budget, percent used this quarter?",
        ),
        used,
    )


def _behind(drawn: Drawn) -> Iterator[Intent]:
    team, provider, model = ANOMALY
    day = LAST_DAY - timedelta(ANOMALY_DAYS_BACK)
    spike = effective(c for c in drawn.charges if (c.day, c.team, c.provider, c.model) == (day, team, provider, model))

    def anomaly(chance: random.Random) -> Asked:
        since = chance.choice(("the last two weeks", "the last 14 days", "November", "the past 10 days"))
        return Asked({"since": since}, (usd(spike),), headline=False)

    yield Intent(
        "anomalies",
        (
            "Any anomalies in {since}?",
            "Were there cost spikes in {since}?",
            "Did anything odd happen with our spend in {since}?",
            "unusual spend in {since}?",
        ),
        anomaly,
    )

    def driver(chance: random.Random) -> Asked:
        number = chance.choice((3, 5, 7, 8, 9, 10))
        name, called = drawn.team(chance)
        now, then = (by(of_team(drawn.of_month[2026, n], name), lambda c: c.provider) for n in (number, number - 1))
        changes = sorted((now.get(one, 0) - then.get(one, 0) for one in {*now, *then}), key=abs)
        slots = {"team": called, "now": MONTHS[number - 1], "then": MONTHS[number - 2]}
        return Asked(slots, (usd(changes[-1]),), headline=False)

    yield Intent(
        "what drove a change",
        (
            "Which provider drove the change in {team}'s spend from {then} to {now}?",
            "What drove the change of {team}'s spend from {then} to {now}, by provider?",
            "{team}: {now} vs {then}, which provider explains the difference?",
        ),
        driver,
    )
