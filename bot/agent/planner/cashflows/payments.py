"""Even payments and plain totals of told flows: what must come in, a loan's instalment, a value for ever, a cost."""

from __future__ import annotations

import re

from bot.agent.planner.cashflows.asked import FOREVER, LOAN, NEED, NEED_EVERY, NEEDED, TOTAL, WORTH, Measure
from bot.agent.planner.cashflows.flows import Length, Told
from bot.agent.planner.cashflows.one_project import discount_rate
from bot.agent.planner.cashflows.sides import of_a_project, of_costs, summed, total
from bot.agent.planner.cashflows.words import A_YEAR
from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading
from tools.money import plain

SPANS = {"monthly": "month", "quarterly": "quarter", "weekly": "week"}


def _asked_span(free: str) -> str | None:
    """The period that is asked for: `annual saving`, `cost a month`."""
    each = NEED_EVERY.search(free)
    return None if each is None else (each["span"] or SPANS.get(each["adverb"].lower(), "year")).lower()


def needed(
    r: Reading, found: Told, length: Length | None, free: str, asked: tuple[Measure, ...], code: str
) -> Planned | None:
    """What must come in each period for an outlay to be paid back in a time, at a rate where one is told."""
    rate, read = discount_rate(found.percents, r.text, free)
    if len(found.flows) != 1 or found.flows[0].every or length is None or not read:
        return None
    if not (NEED.search(free) and NEEDED.search(free)) and not re.search(
        r"\bwhat\s+must\b|\bhow\s+much\s+must\b|\bhow\s+much\s+(?:does|would)\b.*\b(?:have|need)\b", free, re.I
    ):
        return None
    span = _asked_span(free) or length.span
    count = length.count * A_YEAR[span] / A_YEAR[length.span]
    if rate is not None and count != count.to_integral_value():
        return None
    if rate is None and {"npv", "irr"} & set(asked):
        return None
    args = {"amount": plain(found.flows[0].value), "periods": plain(count), "period": span, "currency": code}
    return Planned("even_payment", args | ({"rate": plain(rate.value)} if rate is not None else {}))


def loan(found: Told, length: Length | None, free: str, code: str) -> Planned | None:
    """The instalment of a loan: its amount, a rate a year and a time are told."""
    if not LOAN.search(free) or len(found.flows) != 1 or found.flows[0].every or len(found.percents) != 1:
        return None
    if length is None:
        return None
    span = _asked_span(free) or "month"
    if span == "year" and re.search(r"\bmonth", free, re.IGNORECASE):
        span = "month"  # `9% a year, what a month?`
    count = length.count * A_YEAR[span] / A_YEAR[length.span]
    if count != count.to_integral_value() or found.percents[0].value < 0:
        return None
    args = {"amount": plain(found.flows[0].value), "rate": plain(found.percents[0].value), "periods": plain(count)}
    return Planned("even_payment", {**args, "period": span, "of": "loan", "currency": code})


def for_ever(found: Told, free: str, code: str) -> Planned | None:
    """The value of what comes in for ever: one period's amount over the rate, less what is paid now."""
    sides = of_a_project(found.flows)
    if not FOREVER.search(free) or sides is None or len(sides.received) != 1 or len(found.percents) != 1:
        return None
    if sides.received[0].every != "year" or sides.once_in or sides.left or found.lengths or len(found.percents) != 1:
        return None
    running = "".join(f" - {plain(summed([f], 'year'))}" for f in sides.running)
    coming = plain(sides.received[0].value)
    inner = f"({coming}{running})" if running else coming
    paid = "".join(f" - {plain(f.value)}" for f in sides.paid)
    args = {"expression": f"{inner} / {plain(found.percents[0].value)}%{paid}", "unit": code}
    label = f"{'Net present' if paid else 'Present'} value at {plain(found.percents[0].value)}% a year, for ever"
    return Planned("calculate", {**args, "label": label, "notes": ("The first amount comes in after one year",)})


def total_cost(found: Told, length: Length | None, free: str, asked: tuple[Measure, ...], code: str) -> Planned | None:
    sides = of_costs(found.flows)
    if sides is None or found.percents or asked or not TOTAL.search(free) or WORTH.search(free):
        return None
    span = length
    if len(found.flows) < 2 or (sides.left and span is None) or not (sides.paid or sides.left):
        return None
    expression = total(sides, span)
    if expression is None:
        return None
    over = f" over {plain(span.count)} {span.span}{'s' if span.count != 1 else ''}" if span else ""
    label = f"Total cost{over}" + (", less what is got back" if sides.left else "")
    return Planned("calculate", {"expression": expression, "label": label, "unit": code})
