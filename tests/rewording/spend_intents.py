"""Questions on our own spend, with sums over the example company's bills by csv and Decimal."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from tests.evaluation.ledger_arithmetic import (
    Charges,
    between,
    billed,
    by,
    effective,
    is_ai,
    listed,
    of_model,
    of_provider,
    of_team,
    tokens,
)
from tests.evaluation.line import figure, percent, usd
from tests.evaluation.rates import MILLION, rate
from tests.rewording.intent import Asked, Intent
from tests.rewording.values import MONTHS, month, quarter

TEAMS = ("atlas", "orion", "search", "support", "growth", "research")
CALLED = {
    "OpenAI": ("OpenAI", "openai", "Open AI"),
    "Anthropic": ("Anthropic", "anthropic"),
    "AWS": ("AWS", "aws", "Amazon Web Services"),
    "Google Cloud": ("Google Cloud", "GCP", "google cloud"),
    "Microsoft": ("Microsoft", "Azure", "microsoft"),
}
MODELS = {
    "gpt-4o": ("gpt-4o", "GPT-4o", "gpt4o"),
    "gpt-4o-mini": ("gpt-4o-mini", "gpt 4o mini", "GPT-4o mini"),
    "gpt-5": ("gpt-5", "GPT-5", "gpt 5"),
    "claude-sonnet-4-5": ("claude-sonnet-4-5", "Claude Sonnet 4.5", "sonnet 4.5"),
    "claude-haiku-4-5": ("claude-haiku-4-5", "Claude Haiku 4.5", "haiku 4.5"),
    "gemini-2.5-flash": ("gemini-2.5-flash", "Gemini 2.5 Flash"),
    "gemini-2.5-pro": ("gemini-2.5-pro", "Gemini 2.5 Pro"),
}
SPENT = "[What did|How much did] {team} [spend|pay] [in|for|during] {month}?"


def spend_intents(charges: Charges) -> tuple[Intent, ...]:
    return tuple(_intents(Drawn(charges)))


class Drawn:
    """The bills, and one month of 2026 drawn from them."""

    def __init__(self, charges: Charges) -> None:
        self.charges = charges
        self.of_month = {
            (year, number): between(charges, f"{year}-{number:02}-01", f"{year + number // 12}-{number % 12 + 1:02}-01")
            for year, number in [(2025, 11), (2025, 12), *((2026, n) for n in range(1, 11))]
        }

    def month(self, chance: random.Random) -> tuple[Charges, str]:
        at = chance.choice([*self.of_month, *[(2026, 8), (2026, 9), (2026, 10), (2026, 10)]])
        return self.of_month[at], month(*at, chance)

    def team(self, chance: random.Random) -> tuple[str, str]:
        """As a team of such a name is called: `spend growth` alone would ask how spend grew."""
        name = chance.choice(TEAMS)
        called = "growth team" if name == "growth" else name
        return name, chance.choice((called, called, called.capitalize()))

    def provider(self, chance: random.Random) -> tuple[str, str]:
        name = chance.choice(list(CALLED))
        return name, chance.choice(CALLED[name])


def _intents(drawn: Drawn) -> Iterator[Intent]:
    yield from _totals(drawn)
    yield from _periods(drawn)
    yield from _parts(drawn)
    yield from _compared(drawn)
    yield from _repriced(drawn)


def _totals(drawn: Drawn) -> Iterator[Intent]:
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
            "{team}'s [spend|bill|costs|AI bill|total] [in|for] {month}",
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


def _periods(drawn: Drawn) -> Iterator[Intent]:
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


def _parts(drawn: Drawn) -> Iterator[Intent]:
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


def _compared(drawn: Drawn) -> Iterator[Intent]:
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


def _repriced(drawn: Drawn) -> Iterator[Intent]:
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
