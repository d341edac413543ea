"""What an amount owes to the one beside it."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.agent.slots.amount import Amount

_SLASHED = re.compile(r"\s*(?:tokens?\s*)?(?:in(?:put)?|prompt)\s?/\s?(?:out(?:put)?|completion)\b", re.IGNORECASE)
_TOKENS_NEXT = re.compile(r"\s+(?:model\s+)?(?:on|over|with|for|x|\*)\s+(?:about\s+)?", re.IGNORECASE)
_OUT_OF = re.compile(
    r"\s*(?:active\s+)?(?:params?|parameters)?\s*(?:out\s+of|of|/)\s*(?:a\s+total\s+of\s+)?", re.IGNORECASE
)


def shared_units(found: list[Amount]) -> list[Amount]:
    """A low end takes its unit, role and rate from the high end: "5 to 10 GPUs" are both GPUs."""
    for i, amount in enumerate(found[1:], 1):
        low = found[i - 1]
        if amount.bound == "high" and low.bound == "low":
            found[i - 1] = replace(
                low,
                unit=low.unit or amount.unit,
                role=low.role or amount.role,
                per=low.per or amount.per,
                per_count=amount.per_count if low.per is None else low.per_count,
            )
            found[i] = replace(amount, role=amount.role or low.role)
    return found


def slashed(flat: str, found: list[Amount]) -> list[Amount]:
    """ "3M/500k tokens in/out": the first of the pair is input, the second output."""
    for i, second in enumerate(found[1:], 1):
        first = found[i - 1]
        if flat[first.end : second.start].strip() == "/" and _SLASHED.match(flat, second.end):
            found[i - 1] = replace(first, unit="token", role="input")
            found[i] = replace(second, unit="token", role="output")
    return found


def by_neighbour(flat: str, found: list[Amount]) -> list[Amount]:
    """ "13B on 260B tokens", "37B active parameters out of 671B": a size beside tokens or parameters is parameters."""
    for i, amount in enumerate(found):
        if amount.unit is not None or not amount.scaled or amount.value < 10**6:
            continue
        after = found[i + 1] if i + 1 < len(found) else None
        before = found[i - 1] if i else None
        trains = after and after.unit == "token" and _TOKENS_NEXT.fullmatch(flat, amount.end, after.start)
        rests = before and before.unit == "parameter" and _OUT_OF.fullmatch(flat, before.end, amount.start)
        if trains or rests:
            found[i] = replace(amount, unit="parameter", role=None if trains else amount.role)
    return found
