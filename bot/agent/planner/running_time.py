"""How long something runs that does not run around the clock: eight hours a day, five days a week, for four weeks."""

from __future__ import annotations

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
    if len(lengths) != 1:
        return None
    each, span = (use.value * often.value, str(often.per)) if often is not None else (use.value, str(use.per))
    times = IN.get((span, str(lengths[0].unit)))
    if times is None:
        return None
    return each * times * lengths[0].value, tuple(a for a in (use, often, lengths[0]) if a is not None)
