"""The same charges at two costs, told side by side: list against effective, billed against effective."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.models.apart import with_difference
from bot.agent.planner.intents.own.own_spend import about_spend
from bot.agent.planner.intents.own.spend_scope import COST_KINDS, filters, spans
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading

SET_AGAINST = r"(?:v(?:s\.?)?|versus|against|compared (?:to|with)|and|or|to|minus|next to)"
BARE_LIST = re.compile(
    rf"\blist\b(?=\s+{SET_AGAINST}\s)|\b{SET_AGAINST}\s+(?:the\s+|our\s+|at\s+)*list\b", re.IGNORECASE
)
PAID = re.compile(rf"\b{SET_AGAINST}\s+what\s+(?:we|they|it|\w+)\s+(?:\w+\s+)?(?:paid|pay|pays|cost)\b", re.IGNORECASE)
SAVED = re.compile(
    r"\b(?:sav\w+|gap|differ\w+|discounts?|delta|share|percent\w*|lower|cheaper|less|below|off)\b|%", re.I
)


def costs_named(r: Reading) -> tuple[str, ...]:
    """The kinds of cost that the question sets against each other, each once; none where it names one alone."""
    found = {kind: match.start() for kind, pattern in COST_KINDS if (match := pattern.search(r.text))}
    if bare := BARE_LIST.search(r.text):
        found.setdefault("list", bare.start())
    if paid := PAID.search(r.text):
        found.setdefault("effective", paid.start())
    return tuple(sorted(found, key=lambda kind: found[kind])) if len(found) > 1 else ()


def _weigh(r: Reading) -> float | None:
    score = about_spend(r)
    named = costs_named(r)
    if score is None or not named or r.groupings or ("list" in named and SAVED.search(r.text)):
        return None
    return score + 1.3


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = filters(r, base)
    periods = spans(r, base)
    totals = tuple(
        Planned("spend_total", {**args, "cost": kind, **({"period": period} if period else {})})
        for period in periods
        for kind in costs_named(r)
    )
    return with_difference(r, totals) if len(periods) == 1 else totals


INTENTS = (Intent("costs_compared", _weigh, _fill),)
