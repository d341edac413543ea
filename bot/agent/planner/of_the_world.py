"""Whether a question that is worded like one on own spend or prices may as well be about the world."""

from __future__ import annotations

import re

from bot.agent.planner.intents import build, hardware, plans, prices, spend, unit_cost
from bot.agent.planner.intents.own_spend import is_workload
from bot.agent.planner.plan import Intent
from bot.agent.planner.reading import Reading

OWN = (*spend.INTENTS, *plans.INTENTS, *unit_cost.INTENTS)
A_YEAR = 365
MOVED = re.compile(
    r"\b(?:cut|fell|fallen|falling|rose|risen|rising|dropp?(?:ed|ing)|climb\w+|surg\w+|moved|increased|decreased|raised"
    r"|(?:go|goes|going|gone|went) (?:up|down))\b",
    re.IGNORECASE,
)
DONE = re.compile(r"\b(?:was|were|did|has|have)\b.*\btrain", re.IGNORECASE)


def of_the_world(r: Reading, intent: Intent) -> bool:
    """For own spend: nothing in it is of the asker's company (no "we", no team, no grouping, no other name of the
    ledger than a provider's) and no time is named but whole years. For a model's price: no price is spoken of. For
    rents: how they change, of which no tool tells. For training: one that was done, without its size."""
    if intent in OWN:
        return _nothing_of_ours(r)
    if r.has("ours"):
        return False
    if intent in prices.INTENTS:
        return not (r.has("price", "cost") or r.amounts)
    if intent in hardware.INTENTS:
        return MOVED.search(r.text) is not None and not r.amounts
    return intent in build.INTENTS and not is_workload(r) and DONE.search(r.text) is not None


def _nothing_of_ours(r: Reading) -> bool:
    named = [value for value in r.values if value.dimension not in {"provider", "service_category"}]
    short = [one for one in r.periods if (one.period.end - one.period.start).days < A_YEAR]
    terse = len(r.text.split()) <= 4  # "2025 spend": who asks of the world says of what
    somebody = any(unread.team for unread in r.unread)
    return not (r.has("ours") or named or short or r.groupings or r.top or terse or somebody)
