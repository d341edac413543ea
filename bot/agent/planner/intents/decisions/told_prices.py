"""Prices told in a question: from how many on they cover a fixed cost, and what a mix of them comes to."""

from __future__ import annotations

import re

from bot.agent.planner.reading import Reading
from tools.money import plain

FIXED = re.compile(
    r"\bfixed\b|\boverhead\b|\bplatform\b|\bbase\s+(?:cost|fee)\b|\bset-?up\b|\bupfront\b", re.IGNORECASE
)
EVEN = re.compile(r"\bbreak[\s-]?even\b|\bcover\b.*\bcosts?\b|\brecoup\b", re.IGNORECASE)
CHARGED = re.compile(r"\b(?:charg\w+|sell\w*|price[ds]?|revenue|earn\w*|pay\w*|bill\w*)\b", re.IGNORECASE)
SPENT = re.compile(r"\b(?:costs?|costing|variable|spend\w*)\b", re.IGNORECASE)
MIXED = re.compile(r"\bblend\w*|\bweighted\b|\baverage\b|\bmix\w*|\beffective\b|\boverall\b", re.IGNORECASE)


def even(r: Reading) -> tuple[str, str, str] | None:
    """How many units cover a fixed cost: fixed / (price - cost of one)."""
    told = [a for a in r.amounts if not (a.worded and a.value <= 1)]
    if len(told) != 3 or any(a.kind not in {"money", "number"} for a in told) or len({a.unit for a in r.money}) > 1:
        return None
    fixed = max(told, key=lambda a: a.value)
    if not (FIXED.search(r.text) and EVEN.search(r.text)):
        return None
    cost, price = sorted((a for a in told if a is not fixed), key=lambda a: a.value)
    if not price.value > cost.value > 0 or not (CHARGED.search(r.text) or SPENT.search(r.text)):
        return None
    unit = price.per or cost.per
    expression = f"{plain(fixed.value)} / ({plain(price.value)} - {plain(cost.value)})"
    return expression, "Break-even", f"{unit}s" if unit and " " not in unit else "units"


def mixed(r: Reading) -> tuple[str, str, str] | None:
    """The mean of prices weighted by shares that add up to 100%."""
    shares = [a for a in r.amounts if a.kind == "percent"]
    prices = [a for a in r.amounts if a.kind == "money" or (a.kind == "number" and a.unit is None and r.money)]
    if len(shares) < 2 or len(shares) != len(prices) or sum(a.value for a in shares) != 100:
        return None
    others = [
        a for a in r.amounts if a not in shares and a not in prices and not (a.unit == "token" and a.value == 10**6)
    ]
    if others or not MIXED.search(r.text) or len({a.unit for a in r.money}) != 1:
        return None
    per = next((f" per {'million tokens' if a.per == 'token' else a.per}" for a in prices if a.per), "")
    if not per and re.search(r"\bper\s+(?:1?m\b|million)", r.text, re.IGNORECASE):
        per = " per million tokens"
    expression = " + ".join(f"{plain(s.value)}% * {plain(p.value)}" for s, p in zip(shares, prices, strict=True))
    return expression, "Blended price", f"{r.money[0].unit}{per}"
