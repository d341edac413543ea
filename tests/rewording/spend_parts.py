"""Parts of what was spent: untagged, shares, the largest, without a provider, billed and at list prices."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.evaluation.ledger_arithmetic import (
    billed,
    by,
    effective,
    listed,
    of_provider,
    of_team,
)
from tests.evaluation.line import percent, usd
from tests.rewording.drawn import Drawn
from tests.rewording.intent import Asked, Intent


def spend_parts(drawn: Drawn) -> Iterator[Intent]:
    def untagged(chance: random.Random) -> Asked:
        rows, spoken = drawn.month(chance)
        return Asked({"month": spoken}, (usd(effective(of_team(rows, ""))),))

    yield Intent(
        "untagged",
        (
            "How much of our spend in {month} was untagged?",
            "untagged spend [in|for] {month}",
            "What did we spend without a team tag in {month}?",
            "In {month}, how much was not tagged with a team?",
        ),
        untagged,
    )

    def share(chance: random.Random) -> Asked:
        (rows, spoken), (name, called) = drawn.month(chance), drawn.team(chance)
        return Asked(
            {"month": spoken, "team": called}, (percent(effective(of_team(rows, name)) / effective(rows) * 100),)
        )

    yield Intent(
        "share of a team",
        (
            "What share of our spend in {month} was {team}'s?",
            "{team}'s share of [our |the |]total spend in {month}, in percent",
            "What percentage of total spend did {team} have in {month}?",
            "In {month}, which percentage of our total spend was {team}?",
        ),
        share,
    )

    def largest(chance: random.Random) -> Asked:
        rows, spoken = drawn.month(chance)
        of_teams = [value for name, value in by(rows, lambda c: c.team).items() if name]
        return Asked({"month": spoken}, (usd(of_teams[0]),))

    yield Intent(
        "team that spent most",
        (
            "Which team spent the most in {month}?",
            "biggest [spender|team by spend] in {month}",
            "In {month}, which team had the highest [spend|costs]?",
            "who spent most in {month}",
            "top team by spend, {month}",
        ),
        largest,
    )

    def seller(chance: random.Random) -> Asked:
        rows, spoken = drawn.month(chance)
        return Asked({"month": spoken}, (usd(next(iter(by(rows, lambda c: c.provider).values()))),))

    yield Intent(
        "provider that cost most",
        (
            "Which provider cost us the most in {month}?",
            "largest provider by spend in {month}",
            "top provider [in|for] {month}",
            "In {month}, what provider did we spend most on?",
        ),
        seller,
    )

    def without(chance: random.Random) -> Asked:
        (rows, spoken), (name, called) = drawn.month(chance), drawn.provider(chance)
        left = effective(rows) - effective(of_provider(rows, name))
        return Asked({"month": spoken, "provider": called}, (usd(left),))

    yield Intent(
        "all but a provider",
        (
            "What did we spend in {month} without {provider}?",
            "total spend in {month} excluding {provider}",
            "Leaving out {provider}, what did we spend in {month}?",
            "{month} spend except {provider}",
            "everything but {provider} in {month}: how much did we spend?",
        ),
        without,
    )

    def cost(chance: random.Random) -> Asked:
        rows, spoken = drawn.month(chance)
        return Asked({"month": spoken}, (usd(billed(rows)),))

    yield Intent(
        "billed", ("What were we billed in {month}?", "billed cost [in|for] {month}", "total billed, {month}"), cost
    )

    def at_list(chance: random.Random) -> Asked:
        rows, spoken = drawn.month(chance)
        return Asked({"month": spoken}, (usd(listed(rows)),))

    yield Intent(
        "list cost",
        (
            "What would {month} have cost at list price?",
            "list cost [of|for|in] {month}",
            "our spend in {month} at list prices, before discounts",
        ),
        at_list,
    )
