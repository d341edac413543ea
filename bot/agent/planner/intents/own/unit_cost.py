"""What one request, one active user or one of any imported business metric costs us."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.own.own_spend import own
from bot.agent.planner.intents.own.spend_scope import filters, spans
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from tools.money import plain

METRIC = (
    r"(?P<metric>(?:(?:daily|weekly|monthly|active|paying|api|support|resolved|customer|chat|new)\s+){0,2}"
    r"(?:requests?|users?|customers?|seats?|conversations?|chats?|sessions?|tickets?|documents?|calls?|orders?|employees?"
    r"|messages?|queries|query|images?|subscribers?|transactions?|emails?))\b"
)
COUNT = r"(?P<count>[\d,.]+\s?(?:k|m|thousand|million)?|thousand|million|hundred)?\s*"
ONE = r"\b(?:what|how much)\s+(?:did|does|do|has|is)\s+(?:one|an?|every)(?=\s+(?:\w+\s+){1,3}costs?\b)"
EACH = r"\bper|\beach|\bfor (?:each|every|one)|\ba single|\bunit cost (?:of|for)(?: an?)?|/"
PER = re.compile(rf"(?:{ONE}|{EACH})\s*{COUNT}{METRIC}", re.IGNORECASE)
WORDS = {"thousand": "1000", "million": "1000000", "hundred": "100"}


def _weigh(r: Reading) -> float | None:
    """Our spend for each of a metric; not a usage that is priced, nor a price for each token."""
    if not PER.search(r.text) or r.money or any(a.unit == "token" for a in r.amounts) or r.accelerators:
        return None
    if r.models and r.has("price"):
        return None
    found = PER.search(r.text)
    if found and any(found.start() < g.end and g.start < found.end() for g in r.groupings):
        return None  # a dimension of the ledger: spend by customer, where customer is a tag
    return 0.6 + own(r) if own(r) >= 0.25 else None


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = filters(r, base)
    if spoken := spans(r, base)[0]:
        args["period"] = spoken
    found = PER.search(r.text)
    if found is not None:
        named = [u.name for u in r.unread if found.start() <= u.start < found.end()]  # a metric's words are no team's
        for dimension in ("team", "provider"):
            if kept := tuple(name for name in args.pop(dimension, ()) if name not in named):
                args[dimension] = kept
        args["metric"] = re.sub(r"\s+", " ", found["metric"].lower())
        counted = next((a for a in r.amounts if found.start("metric") > a.start >= found.start()), None)
        if counted is not None:
            args["per"] = plain(counted.value)
        elif re.search(r"\bone\s*$", r.text[: found.start("metric")], re.IGNORECASE):
            args["per"] = "1"
        elif word := WORDS.get((found["count"] or "").strip().lower()):
            args["per"] = word
    return (Planned("unit_cost", args),)


INTENTS = (Intent("unit_cost", _weigh, _fill),)
