"""Questions about the list prices of a model: now, on a day, one part against another, and how they have moved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.agent.planner.intents.models.apart import difference, with_difference
from bot.agent.planner.intents.models.price_parts import component, components, like_a_model, side_by_side
from bot.agent.planner.intents.models.token_counts import RATE, volumes
from bot.agent.planner.intents.own.own_spend import own
from bot.agent.planner.names.catalogue_models import BATCH
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.toolbox.arguments import as_text
from tools.money import plain

BARE_IT = re.compile(r"\b(?:it|that|this)\b", re.IGNORECASE)
WINDOW = re.compile(
    r"\bcontext(?:\s+(?:window|length|size|limit))?\b|\b(?:max(?:imum)?|longest)\s+(?:input|prompt)\s+(?:length|size)\b",
    re.I,
)
SPENT = re.compile(r"\b(?:spend\w*|spent|bills?|billed|paid|invoice\w*)\b", re.IGNORECASE)
ABOVE = re.compile(
    r"(?:\b(?:over|above|beyond|past|exceed\w*|more than|longer than|larger than|bigger than|greater than)|>)"
    r"\s*(?:the\s+)?$",
    re.IGNORECASE,
)
LEAST_LONG = 32_000
LONG_PROMPTS = re.compile(
    r"\b(?:long|large|big)[\s-]+(?:contexts?|prompts?|inputs?)\b.{0,20}\b(?:surcharges?|pric\w+|rates?|premium|tiers?|cost\w*|extra|more)\b"
    r"|\b(?:surcharges?|premium|extra|more|dearer|tiers?)\b.{0,30}\b(?:long|large|longer|larger)[\s-]+(?:contexts?|prompts?|inputs?)\b"
    r"|\b(?:context|prompt)[\s-](?:length\s+)?(?:tiers?|surcharges?)\b|\btiered\s+pric\w+",
    re.IGNORECASE,
)
LARGER = re.compile(
    r"\b(?:(?P<less>smaller|smallest|shorter|shortest|less|least)|bigger|biggest|larger|largest|longer|longest|more|most"
    r"|greater|greatest|wider|widest|higher|highest)\b",
    re.IGNORECASE,
)
MOVED = r"(?:chang|fall|fell|drop|ris|rose|risen|gone|go|com|decreas|increas|mov|cut|lower|rais|hik|reduc|slash)\w*"
PAST = re.compile(
    r"\b(?:since|history|historical\w*|launch\w*|used to|over time"
    rf"|(?:have|has|had|did|was|were|been)\b.{{0,40}}\b{MOVED}"
    r"|(?:get|got|gotten|become|became)\s+(?:any\s+|so\s+|much\s+)?(?:cheaper|dearer|more expensive|pricier)"
    r"|(?:last|latest|most recent|first)\s+(?:price\s+)?(?:cut|change|drop|hike|increase|reduction|move)s?"
    r"|(?:was|were|been|is)\b.{0,60}\b(?:cheaper|dearer|pricier|expensive|costlier)\s+before"
    r"|price\s+(?:cut|change|drop|hike|increase|reduction)s?)\b",
    re.IGNORECASE,
)
BEFORE = re.compile(
    r"\bbefore\s+(?:it|they|that|the|its|their|this|being|prices?|\w+\s+(?:cut|lowered|raised|dropped|changed))\b"
    r"|\bused to\b|\boriginal(?:ly)?\b|\bat launch\b|\bprevious(?:ly)?\b|\bold price",
    re.IGNORECASE,
)
PRICE_WORD = re.compile(r"\b(?:list\s+)?(?:prices?|pricing|priced|rates?)\b", re.IGNORECASE)
AGAINST = re.compile(
    r"\b(?:vs\.?|versus|against|compared (?:to|with)|than|difference|between|and|from)\b", re.IGNORECASE
)
NOW = re.compile(r"\b(?:now|today|currently|current)\b", re.IGNORECASE)
PER_THOUSAND = re.compile(
    r"(?:\bper|/)\s*(?:(?P<thousand>1?k|1,?000|thousand)|1?m|million)\b(?!\s*(?:calls?|requests?|quer))", re.I
)
OF_A_MODEL = re.compile(
    r"\b(?:prices?|pricing|priced|expensive|cheaper|dearer|pricier|costlier|cheap)\b", re.IGNORECASE
)
LISTED = re.compile(
    r"\bper (?:(?:input|output|cached|prompt|completion)\s+)?(?:million|1?m|1?k|thousand|m?tok\w*)\b|\blist prices?\b"
    r"|/\s?m?tok|\b(?:input|output|cached|cache read|cache write)(?:\s+tokens?)?\s+(?:list\s+)?(?:price|rate)s?\b",
    re.IGNORECASE,
)
MEMORY = re.compile(r"\bkv[\s-]?cache\b|\bvram\b|\bgpu memory\b", re.IGNORECASE)
FAMILY = re.compile(r"\b(?:claude|gemini|gpt|llama|deepseek|grok|qwen)\b", re.IGNORECASE)


def dated(r: Reading) -> Args:
    """The day whose prices are asked for, where one past period is named."""
    past = [p for p in r.periods if not p.is_future]
    return {"on": as_text(past[0].period)} if len(past) == 1 and len(r.periods) == 1 else {}


def ahead(r: Reading) -> Args:
    """The first day of a period to come whose list prices are asked for."""
    future = [p for p in r.periods if p.is_future]
    return {"on": as_text(future[0].period)} if len(future) == 1 == len(r.periods) else {}


def ours(r: Reading) -> float:
    """Evidence of one's own spend where something personal, a time or a breakdown is named; a list price has none."""
    personal = r.has("ours") or r.of("team")
    if LISTED.search(r.text) and not personal:
        return 0.0
    if r.models and OF_A_MODEL.search(r.text) and not personal and not SPENT.search(r.text) and not r.groupings:
        return 0.0
    return own(r) if r.has("ours") or r.of("team") or r.periods or r.groupings else 0.0


def _weigh_price(r: Reading) -> float | None:
    if len(r.models) == 1 and not volumes(r) and _days_apart(r):
        return 1.1
    if r.models and ahead(r) and not volumes(r) and not r.has("ours", "spend", "budget") and not r.of("team"):
        return 1.1 if r.has("price") or components(r.text) else None
    named = r.models or FAMILY.search(r.text) or (like_a_model(r) if r.has("price", "cost") else None)
    if not named or volumes(r) or ours(r) >= 0.35 or r.has("train", "finetune"):
        return None
    if MEMORY.search(r.text):
        return None
    if r.has("headline") or r.groupings or (not r.models and not r.has("cost", "price")):
        return None
    if r.models and _long_prompts(r) is not None and not r.money:
        return 0.8
    if r.models and WINDOW.search(r.text):
        return 0.5
    if len(r.models) == 1 and side_by_side(r) and not ours(r):
        return 0.6
    one = 0.3 if r.models and _part(r) and not ours(r) else 0.0
    return one + 0.25 * r.has("price") + 0.15 * r.has("cost") - 0.2 * r.has("cheapest", "whatif") - 0.2 * r.has("news")


def _price(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = {**_part(r), **(dated(r) or ahead(r)), **({"batch": True} if BATCH.search(r.text) else {})}
    if (long := _long_prompts(r)) is not None:
        args["above"] = plain(long)
        if args.get("component") == "context":
            del args["component"]
    if rate := next((a for a in r.amounts if a.kind == "number" and RATE.search(r.text[: a.start])), None):
        args["per_tokens"] = plain(rate.value)
    elif each := PER_THOUSAND.search(r.text):
        args["per_tokens"] = "1000" if each["thousand"] else "1000000"
    names = r.model_names() or tuple(m[0] for m in FAMILY.finditer(r.text))
    if not names and (unknown := like_a_model(r)):
        names = (unknown,)
    if len(names) == 1 and (days := _days_apart(r)):
        at = [Planned("model_price", {"model": names[0], **args, **day}) for day in days]
        return (*at, difference(r))
    if len(names) == 1 and (parts := side_by_side(r)):
        args = {key: value for key, value in args.items() if key not in {"component", "batch"}}
        calls = [Planned("model_price", {"model": names[0], **args, **part}) for part in parts]
        return (*calls, difference(r))
    if not names and "model" in base:
        return (Planned("model_price", {**base, **args}),)
    if not r.has("price") and not WINDOW.search(r.text) and BARE_IT.search(r.text):
        return tuple(Planned("price_usage", {"model": name}) for name in names)
    priced = tuple(Planned("model_price", {"model": name, **args}) for name in names)
    if len(priced) > 1 and args.get("component") == "context" and (size := LARGER.search(r.text)):
        return (*priced, Planned("combined_amounts", {"how": "least" if size["less"] else "most"}, after=True))
    return with_difference(r, priced)


def _long_prompts(r: Reading) -> Decimal | None:
    """Above how many tokens a prompt is whose price is asked for: `above 200k tokens of context`."""
    for amount in r.amounts:
        long = amount.kind == "number" and amount.unit in {"token", None} and amount.value >= LEAST_LONG
        if long and ABOVE.search(r.text[: amount.start]):
            return amount.value
    return Decimal(1) if LONG_PROMPTS.search(r.text) and not r.amounts else None


def _days_apart(r: Reading) -> tuple[Args, Args] | None:
    """Two days whose list prices are set against each other: `in June 2026 vs today`; None where no two are, or where
    our own spend may be meant."""
    if not PRICE_WORD.search(r.text) or not AGAINST.search(r.text) or r.has("ours", "spend") or r.values:
        return None
    past = [p for p in r.periods if not p.is_future and not p.period.contains(r.today)]
    current = [p for p in r.periods if p.period.contains(r.today)] or NOW.search(r.text)
    if len(past) == 2 and not current:
        return {"on": as_text(past[0].period)}, {"on": as_text(past[1].period)}
    return ({"on": as_text(past[0].period)}, {}) if len(past) == 1 and current else None


def _part(r: Reading) -> Args:
    """The one price that is asked for, or the context window where no price is."""
    window = WINDOW.search(r.text) is not None and not r.has("price", "cost")
    one = "context" if window and not components(r.text) else component(r.text)
    return {"component": one} if one and (one == "context" or not window) else {}


def _weigh_history(r: Reading) -> float | None:
    moved = r.models and (PAST.search(r.text) or BEFORE.search(r.text)) and r.has("price", "cost", "cheapest", "change")
    counted = [a for a in r.amounts if a.role != "period"]
    if not moved or volumes(r) or counted or ours(r) >= 0.35 or r.has("ours"):
        return None
    return 0.6 + 0.35 * (BEFORE.search(r.text) is not None)


def _history(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    part: Args = {"component": one} if (one := component(r.text)) in {"input", "cached", "output"} else {}
    if BEFORE.search(r.text):
        part["asked"] = "before"
    return tuple(Planned("price_history", {"model": name, **part}) for name in r.model_names())


INTENTS = (
    Intent("model_price", _weigh_price, _price),
    Intent("price_history", _weigh_history, _history),
)
