"""How long something runs that does not run around the clock: eight hours a day, five days a week, for four weeks."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.agent.planner.reading import Reading
from bot.agent.slots.amount import Amount

# How many of the first make one of the second; a month is a twelfth of a year of 365 days, as 730 hours are.
IN: dict[tuple[str, str], Decimal | int] = {
    ("day", "day"): 1,
    ("day", "week"): 7,
    ("day", "year"): 365,
    ("week", "week"): 1,
    ("week", "year"): 52,
    ("day", "month"): Decimal(365) / 12,
    ("week", "month"): Decimal(365) / 84,
    ("month", "month"): 1,
    ("month", "year"): 12,
    ("year", "year"): 1,
}


SPOKEN = {
    "week": re.compile(r"\b(?:per|a|an|each|every|one) week\b|\bweekly\b", re.IGNORECASE),
    "month": re.compile(r"\b(?:per|a|an|each|every|one) month\b|\bmonthly\b", re.IGNORECASE),
    "year": re.compile(r"\b(?:per|a|an|each|every|one) year\b|\byearly\b|\bannual(?:ly)?\b", re.IGNORECASE),
}


def hours_a_span(r: Reading) -> Amount | None:
    """Hours of use in each day, week, month or year; None where none are told."""
    rates = {"day", "week", "month", "year"}
    return next((a for a in r.amounts if a.kind == "number" and a.unit == "hour" and a.per in rates), None)


def running_time(r: Reading) -> tuple[Decimal, tuple[Amount, ...]] | None:
    """Hours of use in all, and the amounts that they are worked out from; None where no hours in each day or week are
    told, or nothing exact says for how long."""
    use = hours_a_span(r)
    if use is None:
        return None
    rest = [a for a in r.amounts if a is not use and a.kind == "number" and a.unit in {"day", "week", "month", "year"}]
    often = next((a for a in rest if a.unit == "day" and a.per in {"week", "month"} and use.per == "day"), None)
    lengths = [a for a in rest if a is not often and a.per is None]
    each, span = (use.value * often.value, str(often.per)) if often is not None else (use.value, str(use.per))
    counted, longest = (lengths[0].value, str(lengths[0].unit)) if len(lengths) == 1 else (Decimal(1), _spoken(r, use))
    times = IN.get((span, longest))
    if times is None or len(lengths) > 1:
        return None
    return each * times * counted, tuple(a for a in (use, often, *lengths) if a is not None)


def _spoken(r: Reading, use: Amount) -> str:
    """The one span asked for in words, beside the one that the use is told in: `10 hours a day, monthly bill`."""
    found = {unit for unit, words in SPOKEN.items() if unit != use.per and words.search(r.text)}
    return found.pop() if len(found) == 1 else ""
