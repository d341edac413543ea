"""Parts of one number, each with a price of its own: `70% of 10M requests at $0.0008, the rest at $0.006`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.agent.planner.quantities.dimensions import Quantity
from bot.agent.planner.quantities.solve import Solved, solve
from tools.calculators.arithmetic import calculate

REST = re.compile(r"\b(?:the\s+)?(?:rest|remainder|remaining|others?|other\s+(?:half|part))\b", re.IGNORECASE)
WHOLE = Decimal(100)


def parted(text: str, quantities: Sequence[Quantity], target: dict[str, int]) -> Solved | None:
    """The sum over all parts; None where the parts are not all told or do not make up the whole."""
    prices = [q for q in quantities if q.kind == "money"]
    shares = [q for q in quantities if q.kind == "share"]
    others = [q for q in quantities if q.kind == "count"]
    if len(prices) < 2 or not others or any("(" in q.written or q.dims for q in shares):
        return None
    if len(shares) == len(prices) - 1 and REST.search(text, shares[-1].end if shares else 0):
        left = WHOLE - sum((q.value for q in shares), Decimal(0))
        shares = (
            [*shares, replace(shares[-1], value=left, written=f"{left.normalize():f}%", start=len(text))]
            if shares
            else []
        )
    if len(shares) != len(prices) or sum((q.value for q in shares), Decimal(0)) != WHOLE:
        return None
    if len({frozenset(_rates(q)) for q in prices}) > 1:
        return None
    prices = [replace(price, dims=prices[0].dims) for price in prices]
    lone = {unit for unit in prices[0].of_one() if not any(unit in q.dims for q in others)}
    prices = [replace(price, dims={u: p for u, p in price.dims.items() if u not in lone}) for price in prices]
    parts = [solve([*others, share, price], target) for share, price in zip(shares, prices, strict=True)]
    solved = [part for part in parts if part is not None]
    if len(solved) != len(parts):
        return None
    expression = " + ".join(part.expression for part in solved)
    return Solved(expression, calculate(expression).figures[0].value, solved[0].notes, solved[0].span)


def _rates(quantity: Quantity) -> set[str]:
    """What a price is for, but for a thing named once: `a small model at $0.0008 each`."""
    return set() if quantity.each else {unit for unit, power in quantity.dims.items() if power < 0}
