"""What one project is worth, from what is told of it: the arguments of its calculator."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from bot.agent.planner.cashflows.asked import IN_UNITS, MONTHLY, OFF, RATE_AFTER, RATE_BEFORE, RATE_ENDS, WORTH, Measure
from bot.agent.planner.cashflows.flows import Length, Told
from bot.agent.planner.cashflows.sides import Sides, of_a_project, summed
from bot.agent.planner.cashflows.words import A_YEAR
from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from tools.money import plain

EITHER = "Is the {gain} all that comes in, or what is left of it once the cost is taken off?"


def discount_rate(percents: Sequence[Amount], text: str, free: str) -> tuple[Amount | None, bool]:
    """The discount rate, and whether the percents are understood: one at most, and no discount."""
    if not percents:
        return None, True
    values = {p.value for p in percents}
    if len(values) > 1 or any(OFF.match(text, p.end) or p.value < 0 for p in percents) or not percents[0].value:
        return None, False
    if not all(_is_rate(text, p) for p in percents):
        return None, False
    return percents[0], True


def _is_rate(text: str, p: Amount) -> bool:
    if RATE_AFTER.match(text, p.end):
        return True
    return RATE_BEFORE.search(text[: p.start]) is not None and RATE_ENDS.match(text, p.end) is not None


def project(
    r: Reading, found: Told, length: Length | None, free: str, asked: tuple[Measure, ...], code: str
) -> Planned | None:
    sides = of_a_project(found.flows)
    rate, read = discount_rate(found.percents, r.text, free)
    if sides is None or not read:
        return None
    if not asked and WORTH.search(free):
        asked = ("npv",) if rate is not None else ("roi", "payback", "net benefit") if length else ("payback",)
    if not asked:
        return None
    if not (sides.received or sides.running or length) and _either(sides):
        return Planned("ask_back", {"question": EITHER.format(gain=sides.once_in[0].amount.text)})
    filled = project_args(sides, length, asked, free)
    if filled is None:
        return None
    args: dict[str, Any] = {"measure": asked[0], **filled, "currency": code}
    if asked[1:]:
        args["also"] = asked[1:]
    if rate is not None:
        args["discount_rate"] = plain(rate.value)
        args["rate_per"] = "period" if MONTHLY.match(r.text, rate.end) and args["period"] == "month" else "year"
        if MONTHLY.match(r.text, rate.end) and args["period"] != "month":
            return None
    return Planned("project_value", args)


def project_args(
    sides: Sides, length: Length | None, asked: tuple[Measure, ...], free: str = ""
) -> dict[str, Any] | None:
    """The arguments of a project's value; None where a side that is needed is missing or told twice."""
    spans = {str(f.every) for f in sides.received}
    if sides.once_in and not (sides.received or sides.running or length):
        return _at_once(sides, asked)
    if not sides.received or sides.once_in or len(spans) != 1:
        return None
    span = spans.pop()
    unit = IN_UNITS.search(free)
    wanted = (unit["in"] or unit["many"]).lower() if unit else span
    if not sides.paid:
        return _prepaid(sides, span, asked, length)
    if set(asked) <= {"payback", "roi", "net benefit"} and A_YEAR[wanted] > A_YEAR[span]:
        span = wanted
    count = None if length is None else length.count * A_YEAR[span] / A_YEAR[length.span]
    if count is not None and count != count.to_integral_value():
        if not set(asked) <= {"payback", "roi", "net benefit"}:
            return None
        span, count = "month", length.months() if length else None
        if count is None or count != count.to_integral_value():
            return None
    args = {"investment": plain(summed(sides.paid)), "benefit": plain(summed(sides.received, span)), "period": span}
    if sides.running:
        args["running_cost"] = plain(summed(sides.running, span))
    if sides.left:
        if count is None:
            return None
        args["residual"] = plain(summed(sides.left))
    if count is not None:
        args["periods"] = plain(count)
    elif {"irr", "npv", "net benefit"} & set(asked) or ("roi" in asked and span != "year"):
        return None
    return args


def _at_once(sides: Sides, asked: tuple[Measure, ...]) -> dict[str, Any] | None:
    """What is paid and what it brings, no time of either told. A net gain or profit is what it brings beyond that; what
    is gained comes in where it is more than what is paid. Less is a gain beyond it where it is called one, and may be
    either where it is said to be gained: nothing is answered."""
    if not sides.paid or sides.left or not set(asked) <= {"roi", "net benefit"}:
        return None
    paid = summed(sides.paid)
    gains = {f.gain for f in sides.once_in}
    if len(gains) > 1:
        return None
    gain, back = gains.pop(), summed(sides.once_in)
    if _either(sides):
        return None
    if gain == "net" or (gain == "word" and back < paid):
        back += paid
    return {"investment": plain(paid), "benefit": plain(back), "period": "year", "periods": "1"}


def _either(sides: Sides) -> bool:
    """Whether what is said to be gained is less than what is paid: a loss, or a gain beyond it."""
    return any(f.gain == "verb" for f in sides.once_in) and summed(sides.once_in) < summed(sides.paid)


def _prepaid(sides: Sides, span: str, asked: tuple[Measure, ...], length: Length | None) -> dict[str, Any] | None:
    """What costs so much a year and brings so much a month: each year's cost is earned back in so many months."""
    costs = {str(f.every) for f in sides.running}
    if len(costs) != 1 or sides.left or not set(asked) <= {"payback", "roi"}:
        return None
    cost = costs.pop()
    if asked == ("roi",) and (length is None or length.months() == Decimal(12) / A_YEAR[cost]):
        long = min((cost, span), key=lambda one: A_YEAR[one])
        return {
            "investment": plain(summed(sides.running, long)),
            "benefit": plain(summed(sides.received, long)),
            "period": long,
        }
    if asked == ("payback",) and A_YEAR[cost] < A_YEAR[span] and length is None:
        note = f"The cost of one {cost} is paid at its start"
        return {
            "investment": plain(summed(sides.running)),
            "benefit": plain(summed(sides.received, span)),
            "period": span,
            "notes": (note,),
        }
    return None
