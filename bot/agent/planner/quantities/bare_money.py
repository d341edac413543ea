"""Numbers without a currency that are money: `a server costs 1,800 a month`, `we charge 0.02 per answer`."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.agent.planner.quantities.nouns import counted
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount

LEAST_SUM = 1000
COSTS = re.compile(r"\b(?:costs?|pay|paid|spend|budget|tco|price|invoice|bill|rent|salar\w+|capex|opex)\b", re.I)
# Right after one of these words stands what is paid, however little it is.
GOVERNED = re.compile(
    r"\b(?:costs?|costing|charg(?:e|es|ing)|pay(?:s|ing)?|paid|price[ds]?|fees?|bill(?:s|ed)?|sells?|selling|sold|earn(?:s|ing|ed)?|spend(?:s|ing)?|spent)"
    r"(?:\s+(?:is|are|of|at|us|about|only|around|roughly|it|them|for|our|clients?|customers?|users?|each|one))*\s*[:=]?\s*$",
    re.IGNORECASE,
)
# `3 euros by hand, 0.40 by bot`: a price beside one that has its currency.
BESIDE = re.compile(r"(?:,|;|\band|\bor|\bvs\.?|\bversus|\bagainst|\bto|\bbut)\s*(?:only\s+|just\s+)?$", re.IGNORECASE)
BESIDE_AFTER = re.compile(r"\s*(?:[,;.?)](?!\d)|(?:by|for|with|if|when|through|via|on|a|per|each)\b|$)", re.IGNORECASE)
A_PRICE = re.compile(r"(?:\bat|@)\s*(?:about\s+|around\s+|only\s+)?$", re.IGNORECASE)


def with_bare_money(r: Reading) -> Reading:
    """The reading with such numbers as money, of the one currency told or USD; as it is where several are told."""
    codes = {a.unit for a in r.money}
    if len(codes) > 1 or r.models:
        return r
    code = next(iter(codes), None) or "USD"
    if "token" not in r.text.lower():
        r = replace(r, amounts=tuple(replace(a, unit=None) if a.unit == "token" else a for a in r.amounts))
    amounts = tuple(replace(a, kind="money", unit=code) if _is_money(r, a) else a for a in r.amounts)
    return r if amounts == r.amounts else replace(r, amounts=amounts)


def _is_money(r: Reading, a: Amount) -> bool:
    if a.kind != "number" or a.unit is not None or a.bound or counted(r.text, a.end) is not None:
        return False
    before = r.text[: a.start]
    if GOVERNED.search(before):
        return True
    if r.money and a.per is None and a.value % 1 and BESIDE.search(before) and BESIDE_AFTER.match(r.text, a.end):
        return True
    if A_PRICE.search(before) and a.per and a.value % 1:
        return True
    return (a.scaled or a.value >= LEAST_SUM) and COSTS.search(r.text) is not None
