"""Every number and name of a question must be used by the calls made for it; what is not is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from tools.results import listed

LABEL = re.compile(r"\b(?:years?|quarters?|months?|option|project|step)\s+(?:\d+\s*(?:to|-|and|,)\s*)*$", re.IGNORECASE)
# An amount may reach a call in another unit of time, of power, or per million.
SCALES = tuple(
    Decimal(n)
    for n in (1, 3, 4, 7, 12, 24, 30, 52, 90, 91, 168, 365, 730, 1000, 8760, 10**6)
)  # fmt: skip
FREE = frozenset({"search_knowledge", "ask_back", "say_unknown", "about_outlay", "data_freshness"})
COUNTED = frozenset({"team", "model", "user", "document", "page", "image"})


def settled(r: Reading, calls: Sequence[Planned]) -> list[Planned]:
    """The calls as they are, or one question back that names what they leave out."""
    if not calls or any(call.tool in FREE for call in calls):
        return list(calls)
    if any(mention.problem for mention in r.models):
        return list(calls)  # the call says itself that the model is unknown or which one may be meant
    missed = [a.text for a in r.amounts if not _is_used(a, r, calls)]
    missed += _periods(r, calls) + _teams(r, calls)
    if not missed:
        return list(calls)
    parts = listed([f"“{part}”" for part in dict.fromkeys(missed)])
    asked = f"I could not place {parts} in this question. Could you say it in other words?"
    return [Planned("ask_back", {"question": asked})]


def asks_back(calls: Sequence[Planned]) -> bool:
    return any(call.tool == "ask_back" for call in calls)


def _is_used(amount: Amount, r: Reading, calls: Iterable[Planned]) -> bool:
    if amount.unit in {"quarter", "year"} and any(call.tool == "company_figures" for call in calls):
        return True
    if amount.role in {"top", "period"} or (amount.worded and abs(amount.value) <= 3 and amount.unit is None):
        return True
    if LABEL.search(r.text[: amount.start]):
        return True
    if r.top is not None and amount.value == r.top and amount.unit in {None, *COUNTED}:
        return True
    size = abs(amount.value)
    for leaf in (abs(number) for call in calls for number in _numbers(call.args)):
        if leaf == size or (size and leaf and any(leaf == size * s or leaf * s == size for s in SCALES)):
            return True
    # "8xH100", "64 H100s": the count is part of the accelerator's name.
    named = any(amount.text in str(call.args.get("accelerator", "")) for call in calls) and amount.unit == "GB"
    return named or any(m.start <= amount.start < m.end for m in r.accelerators)


def _numbers(value: Any) -> Iterator[Decimal]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _numbers(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _numbers(item)
    elif isinstance(value, str | int | Decimal) and not isinstance(value, bool):
        try:
            number = Decimal(value)
        except InvalidOperation:
            return
        if number.is_finite():
            yield number


def _periods(r: Reading, calls: Iterable[Planned]) -> list[str]:
    if any("period" in call.args or call.tool == "company_figures" for call in calls):
        return []
    return [p.text for p in r.periods if not p.period.contains(r.today) or p.period.days > 31]


def _teams(r: Reading, calls: Iterable[Planned]) -> list[str]:
    if not r.has("ours", "spend") or not any(call.tool.startswith(("spend", "price", "compare")) for call in calls):
        return []
    told = {str(name) for call in calls for name in call.args.get("team") or ()}
    by_team = any("team" in (call.args.get("by") or ()) for call in calls)
    return [] if by_team else [team for team in r.of("team") if team not in told]
