"""Questions on the tokens of our own bills: how many, whose are most, and what each kind of them cost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.models.token_kinds import SIDES, token_side
from bot.agent.planner.intents.own.own_spend import own
from bot.agent.planner.intents.own.spend_scope import filters, spans
from bot.agent.planner.intents.own.split import TIME, least, with_period
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading

ALONE = re.compile(r"\btokens\b", re.IGNORECASE)
KIND = r"(?:(?:un-?cached|cached|cache[\s-](?:reads?|writes?)|input|output|prompt|completion)\s+){0,2}"
TOKENS = re.compile(
    rf"\bhow many (?:\w+\s+)?{KIND}tokens\b"
    r"|\btokens?\s+(?:usage|volume|consumption|counts?|used|consumed|burn\w*|processed)\b"
    rf"|\b(?:number|count|volume|total|share|most|fewest) of (?:\w+\s+)?tokens\b|^\W*(?:total\s+)?{KIND}tokens\b"
    rf"|\b(?:us(?:es?|ed|ing)|burn\w*|consum\w+|process\w*|generat\w+|sen[dt]\w*|ate|eats?)\s+"
    rf"(?:(?:up\s+)?(?:the\s+)?(?:most|fewest|least)\s+)?{KIND}tokens\b"
    rf"|\b(?:most|fewest|least)\s+{KIND}tokens\b",
    re.IGNORECASE,
)
RANKED = re.compile(rf"\b(?:by|in|on|for)\s+(?:total\s+|number\s+of\s+|volume\s+of\s+)?{KIND}tokens?\b", re.IGNORECASE)
COST_OF_TOKENS = re.compile(
    r"\b(?:spen[dt]|spending|costs?|price[ds]?|pay|paid|bill(?:ed)?|per)\b|[$€£]", re.IGNORECASE
)
PER_TOKENS = re.compile(
    r"\b(?:per|each|every|a)\s+(?:(?:1\s?)?(?:m|mm|k)\b|million|thousand|billion|(?:[\w.-]+\s+){0,3}tokens?\b)|/\s*(?:1?m\b|mtok)",
    re.IGNORECASE,
)
ONE_OF = re.compile(
    r"\b(?:who|which|what)\b.*\b(?:most|fewest|least)\b|\bthe\s+(?:most|fewest|least)\s+\w*\s*tokens", re.I
)
KINDS_OF = re.compile(
    r"\b(?:by|per|into|across|between)\s+(?:the\s+)?(?:token\s+(?:types?|kinds?)|(?:types?|kinds?)\s+of\s+tokens?)\b"
    r"|\b(?:in|out)put(?:\s+tokens?)?\s*(?:and|vs\.?|versus|against|compared\s+(?:to|with)|or|to|from|,|/|&)\s*(?:the\s+)?"
    r"(?:in|out)put\b|\bprompts?\s*(?:and|vs\.?|versus|against|or|/|&)\s*(?:the\s+)?completions?\b",
    re.I,
)


def _weigh_usage(r: Reading) -> float | None:
    ranked = RANKED.search(r.text) is not None and bool(_split(r))
    told = r.periods or (_split(r) and (r.models or r.values))
    asked = TOKENS.search(r.text) or (told and ALONE.search(r.text)) or ranked
    if (
        len(r.models) > 1
        and r.has("cheapest")
        and not (r.has("ours") or r.periods or r.of("team") or TOKENS.search(r.text))
    ):
        return None  # `how much cheaper is A than B for output tokens`: at list prices
    if not asked or r.money or any(a.unit == "token" for a in r.amounts):
        return None
    if COST_OF_TOKENS.search(r.text) and not ranked and not _split(r):
        return None
    if PER_TOKENS.search(r.text) or (COST_OF_TOKENS.search(r.text) and not (ranked or TOKENS.search(r.text))):
        return None
    if ranked:
        return 0.9 + own(r)
    return 0.3 + 0.4 * bool(_split(r)) + max(own(r), 0.35) if own(r) >= 0.2 or told else None


def _split(r: Reading) -> str | None:
    """What the tokens are split by: a dimension, or a span of time where none is named."""
    named = [g.dimension for g in r.groupings]
    found = [d for d in named if d not in TIME] or named
    if not found and re.search(r"\bwho\b", r.text, re.IGNORECASE):
        found = ["team"]
    several = [d for d in ("team", "provider", "service", "region", "sub_account") if len(r.of(d)) > 1]
    several += ["model"] * (len(r.models) > 1)
    return next(iter([*found, *several]), None)


def _usage(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = {key: value for key, value in filters(r, base).items() if key != "ai_only"}
    if side := token_side(r.text) or base.get("side"):
        args["side"] = side
    if by := _split(r) or base.get("by"):
        args["by"] = by if isinstance(by, str) else by[0]
        if least(r):
            args["smallest"] = True
        if top := r.top or (1 if ONE_OF.search(r.text) else None):
            args["top"] = top
    return tuple(Planned("token_usage", with_period(args, period)) for period in spans(r, base))


def _weigh_costs(r: Reading) -> float | None:
    """What was paid for a kind of tokens, or how the cost is split by kinds; a described usage is priced, not this."""
    kinds = KINDS_OF.search(r.text) is not None or sum(bool(words.search(r.text)) for _, words in SIDES) > 1
    if not (token_side(r.text) or kinds) or r.money or PER_TOKENS.search(r.text):
        return None
    if any(a.unit == "token" for a in r.amounts) or not COST_OF_TOKENS.search(r.text) or r.has("whatif", "scenario"):
        return None
    if not (r.periods or r.has("ours") or r.of("team")) or r.groupings or (r.compared and r.compared[1]):
        return None
    return 1.0 + own(r)


def _costs(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = {key: value for key, value in filters(r, base).items() if key != "ai_only"}
    if side := token_side(r.text):
        args["side"] = side
    return tuple(Planned("token_costs", with_period(args, period)) for period in spans(r, base))


INTENTS = (Intent("token_usage", _weigh_usage, _usage), Intent("token_costs", _weigh_costs, _costs))
