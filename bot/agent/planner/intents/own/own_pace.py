"""At what pace own spend runs, and what a coming time costs at the pace of one gone by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.own.own_spend import own
from bot.agent.planner.intents.own.spend_scope import filters, spans
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.toolbox.arguments import as_text
from tools.period import Period

RATE = re.compile(
    r"\brun[\s-]?rates?\b|\bburn[\s-]?rates?\b|\bcurrent (?:daily|monthly|yearly|annual) (?:pace|rate"
    r"|burn)\b"
    r"|\bif\s+(?:we|it|things|everything|spend\w*|costs?)\s+(?:just\s+)?(?:go(?:es)?\s+on|continu\w*|keep\w*(?:\s+(?:up|going|on|spending))?"
    r"|stay\w*|carr(?:y|ies)\s+on|remain\w*)\s+(?:like|as|at)\b|\bat\s+(?:the\s+)?(?:pace|rate|level)\s+of\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|month|quarter|week|year"
    r"|q[1-4])['’]s\s+(?:pace|rate|levels?)\b",
    re.IGNORECASE,
)
PERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("year", re.compile(r"\b(?:annual\w*|yearly|(?:an?|per|whole|full) year|year of|arr)\b", re.IGNORECASE)),
    ("quarter", re.compile(r"\b(?:quarterly|(?:a|per) quarter)\b", re.IGNORECASE)),
    ("week", re.compile(r"\b(?:weekly|(?:a|per) week)\b", re.IGNORECASE)),
    ("day", re.compile(r"\b(?:daily|(?:a|per) day)\b", re.IGNORECASE)),
    ("month", re.compile(r"\b(?:monthly|(?:a|per) month)\b", re.IGNORECASE)),
)
LENGTHS = {1: "month", 3: "quarter", 12: "year"}


def _carried_on(r: Reading) -> tuple[Period, str] | None:
    """The time whose pace is kept, and the length of the coming one asked about: `what will 2027 cost if we go on like
    December`; None where that one has begun, or no such two are named."""
    gone = [p.period for p in r.periods if p.period.end <= r.today]
    ahead = [p.period for p in r.periods if p.period.end > r.today and gone and p.period.start >= gone[0].end]
    if len(r.periods) != 2 or len(ahead) != 1 or len(gone) != 1:
        return None
    length = LENGTHS.get(ahead[0].whole_months or 0)
    return (gone[0], length) if length else None


def _weigh_rate(r: Reading) -> float | None:
    asked = RATE.search(r.text)
    if not asked or r.money or r.percents or (r.accelerators and not own(r)):
        return None
    if len(r.periods) > 1 and _carried_on(r) is None:
        return None
    return 1.8


def _rate(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = filters(r, base)
    if carried := _carried_on(r):
        return (Planned("spend_run_rate", {**args, "period": as_text(carried[0]), "per": carried[1]}),)
    if spoken := spans(r, base)[0]:
        args["period"] = spoken
    args["per"] = next((name for name, words in PERS if words.search(r.text)), base.get("per", "year"))
    return (Planned("spend_run_rate", args),)


INTENTS = (Intent("run_rate", _weigh_rate, _rate),)
