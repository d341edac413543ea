"""How many tokens we used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.own_spend import filters, own, spans
from bot.agent.planner.intents.token_kinds import token_side
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading


def _weigh_tokens(r: Reading) -> float | None:
    asked = TOKENS.search(r.text) or (r.periods and ALONE.search(r.text))
    if not asked or r.money or any(a.unit == "token" for a in r.amounts) or COST_OF_TOKENS.search(r.text):
        return None
    return 0.3 + max(own(r), 0.35) if own(r) >= 0.2 or r.periods else None


def _tokens(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = filters(r, base)
    if side := token_side(r.text) or base.get("side"):
        args["side"] = side
    if spoken := spans(r, base)[0]:
        args["period"] = spoken
    return (Planned("token_usage", args),)


ALONE = re.compile(r"\btokens\b", re.IGNORECASE)
KIND = r"(?:(?:un-?cached|cached|cache[\s-](?:reads?|writes?)|input|output|prompt|completion)\s+){0,2}"
TOKENS = re.compile(
    rf"\bhow many (?:\w+\s+)?{KIND}tokens\b"
    r"|\btokens?\s+(?:usage|volume|consumption|counts?|used|consumed|burn\w*|processed)\b"
    rf"|\b(?:number|count|volume|total) of (?:\w+\s+)?tokens\b|^\W*(?:total\s+)?{KIND}tokens\b"
    rf"|\b(?:used?|burn\w*|consum\w+|process\w*|generat\w+)\s+(?:(?:the\s+)?most\s+)?{KIND}tokens\b",
    re.IGNORECASE,
)
COST_OF_TOKENS = re.compile(
    r"\b(?:spen[dt]|spending|costs?|price[ds]?|pay|paid|bill(?:ed)?|per)\b|[$€£]", re.IGNORECASE
)
INTENTS = (Intent("token_usage", _weigh_tokens, _tokens),)
