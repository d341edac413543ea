"""When what is paid once is recouped by what is paid less from then on: build or buy, buy or rent."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.agent.planner.quantities.dimensions import IN_ONE, TIMES, Quantity
from bot.agent.planner.quantities.solve import Solved
from tools.calculators.arithmetic import calculate

WHEN = re.compile(
    r"\bbreak[\s-]?even\b|\bpays?\s+(?:off|back|for\s+itself)\b|\bpayback\b|\bpaid\s+back\b|\bcheaper\b|\brecoup\w*"
    r"|\bcatch(?:es)?\s+up\b|\beven\s+out\b|\bmake\s+sense\b|\bworth\s+it\b",
    re.IGNORECASE,
)
ASKED = re.compile(
    r"\b(?:when|how\s+(?:many|long|soon)|after\s+(?:how|what)|what\s+month|break[\s-]?even|payback)\b", re.I
)
SPAN = re.compile(
    r"\b(?:how\s+many|in|after\s+how\s+many|which|what)\s+(?P<span>year|quarter|month|week|day)s?\b", re.IGNORECASE
)
OTHER = re.compile(
    r"\b(?:discount\w*|npv|irr|roi|utili[sz]\w+|residual|resale|tokens?|requests?|units?|tickets?)\b", re.IGNORECASE
)


def recouped(text: str, quantities: Sequence[Quantity]) -> Solved | None:
    """What is paid once over the difference of two running costs, in their span of time or the one asked; None where
    it is not told of which of the two ways that sum is."""
    if not (WHEN.search(text) and ASKED.search(text)) or OTHER.search(text):
        return None
    money = [q for q in quantities if q.kind == "money"]
    things = [q for q in quantities if q.kind != "money"]
    if any(set(thing.dims) & set(q.of_one()) for thing in things for q in money):
        return None
    once = [q for q in money if q.span is None]
    running = [q for q in money if q.span is not None]
    if len(once) != 1 or len(running) != 2 or len(money) != 3 or len({q.currency for q in money}) > 1:
        return None
    if any(set(q.dims) - {"GPU", "node"} or q.each for q in things) or any(q.each for q in money):
        return None
    low, high = sorted(running, key=lambda q: q.value)
    if running[0].span != running[1].span or low.value == high.value or _far(once[0], high) <= _far(once[0], low):
        return None
    span = str(low.span)
    asked = SPAN.search(text, max(q.end for q in money) if ASKED.search(text, max(q.end for q in money)) else 0)
    unit = asked["span"].lower() if asked else span
    expression = f"{once[0].written} / ({high.written} - {low.written})"
    if unit != span:
        many = IN_ONE.get((span, unit)) or IN_ONE.get((unit, span))
        if many is None or unit not in TIMES:
            return None
        expression += f" / ({many})" if (span, unit) in IN_ONE else f" * {many}"
    return Solved(expression, calculate(expression).figures[0].value, (), unit)


def _far(one: Quantity, other: Quantity) -> int:
    return max(other.start - one.end, one.start - other.end)
