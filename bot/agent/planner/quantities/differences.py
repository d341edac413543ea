"""What two prices of one thing are apart, over all that is counted: `a bot takes $0.85 a ticket, a human $7.20`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.agent.planner.quantities.dimensions import IN_ONE, TIMES, Quantity

APART = re.compile(
    r"\bsav(?:e|es|ed|ing|ings)\b|\bdifference\b|\bcheaper\b|\bdearer\b|\bhow\s+much\s+(?:more|less)\b|\bgap\b|\bextra\b|\bdelta\b"
    r"|\bmore\s+expensive\b|\bmargin\b|\bcost\s+(?:more|less)\b|\bnet\b",
    re.IGNORECASE,
)


def apart(text: str, quantities: Sequence[Quantity]) -> list[Quantity] | None:
    """The amounts with the difference of their two prices in place of them; None where there are not two of one kind.
    A price without a unit takes that of the other."""
    prices = [q for q in quantities if q.kind == "money"]
    if len(prices) != 2 or APART.search(text) is None:
        return None
    first, second = prices
    if first.currency != second.currency:
        return None
    if first.dims != second.dims:
        first, second = prices = _of_the_counted(prices, quantities)
        poorer, richer = sorted(prices, key=lambda q: len(q.dims))
        if not (set(poorer.dims) <= set(richer.dims) or _other_time(first, second)):
            return None
        if set(poorer.dims) < set(richer.dims):
            rates = {unit for q in quantities if q.kind == "count" for unit in q.of_one()}
            if rates & (set(richer.dims) - set(poorer.dims)):
                return None
            first, second = (replace(q, dims=richer.dims) for q in (first, second))
        else:
            first, second = _same_time(first, second)
    high, low = sorted((first, second), key=lambda q: -q.value)
    if high.value == low.value:
        return None
    merged = Quantity(
        high.value - low.value, f"({high.written} - {low.written})", "money", high.dims, first.start, first.end,
        first.each or second.each,
    )  # fmt: skip
    return [merged, *(q for q in quantities if q.kind != "money")]


def _of_the_counted(prices: list[Quantity], quantities: Sequence[Quantity]) -> list[Quantity]:
    """The prices of one of two things, both as of the one that is counted: a chat and a phone call, of 12,000 calls."""
    each = [q.of_one() for q in prices]
    counted = {unit for q in quantities if q.kind == "count" for unit, power in q.dims.items() if power > 0}
    if any(len(units) != 1 for units in each) or each[0] == each[1] or sum(units[0] in counted for units in each) != 1:
        return prices
    unit = next(units[0] for units in each if units[0] in counted)
    return [
        replace(q, dims={unit if name == own[0] else name: p for name, p in q.dims.items()})
        for q, own in zip(prices, each, strict=True)
    ]


def _other_time(first: Quantity, second: Quantity) -> bool:
    """Whether two prices differ in nothing but the time they are for: $25 a month and $240 a year."""
    rest = [{unit: p for unit, p in q.dims.items() if unit not in TIMES} for q in (first, second)]
    return rest[0] == rest[1] and (first.span, second.span) != (None, None) and None not in (first.span, second.span)


def _same_time(first: Quantity, second: Quantity) -> tuple[Quantity, Quantity]:
    """Both prices for the longer of their times."""
    for small, large in ((first, second), (second, first)):
        many = IN_ONE.get((str(small.span), str(large.span)))
        if many is not None:
            from tools.calculators.arithmetic import calculate

            raised = replace(
                small,
                value=calculate(f"{small.written} * {many}").figures[0].value,
                written=f"{small.written} * {many}",
                dims=large.dims,
            )
            return (raised, second) if small is first else (first, raised)
    return first, second
