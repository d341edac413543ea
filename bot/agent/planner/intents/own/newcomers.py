"""What is new in our bill, and since when something is in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.own.spend_scope import filters, spans
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading

TIMES = frozenset({"day", "week", "month", "quarter", "year"})
KINDS = {
    "model": "model", "team": "team", "provider": "provider", "vendor": "provider", "supplier": "provider", "service"
    "": "service",
    "sku": "sku", "project": "project", "account": "account", "region": "region", "user": "user", "api key": "api_key",
    "workspace": "workspace", "resource": "resource", "tool": "service", "product": "service",
}  # fmt: skip
KIND = (
    r"(?P<kind>models?|teams?|providers?|vendors?|suppliers?|services?|skus?|projects?|accounts?|regions?|users?"
    r"|api keys?|workspaces?|resources?)"
)
NEW = re.compile(
    r"\b(?:any|which|what|were there|are there|is there|did|how many|list|show(?: me)?|anything|the|all)?\s*\b"
    rf"(?:brand[\s-])?new(?:ly(?:\s+\w+)?)?\s+(?:ai\s+|llm\s+)?{KIND}\b"
    rf"|\b(?:which|what|any|how many)\s+(?:ai\s+|llm\s+)?{KIND.replace('kind', 'kind2')}\s+(?:(?:are|is|were|was"
    r"|have|has|did|do)\s+)?(?:we\s+)?(?:new(?:ly)?|(?:first\s+)?(?:appear\w*|show\w*\s+up|start\w*|c(?:a|o"
    r")me\s+in|join\w*|(?:got\s+)?added|begin|began|popped\s+up))\b",
    re.IGNORECASE,
)
ALSO = re.compile(rf"\b(?:or|and|,)\s+(?:new\s+)?{KIND}\b", re.IGNORECASE)
ANYTHING = re.compile(
    r"\b(?:what(?:['’]?s|\s+is|\s+was)?|anything|something)\s+new\s+(?:in|on)\s+(?:the|our)\s+(?:bill|invoice|spend"
    r"|ledger|charges)\b"
    r"|\bnew\s+(?:line\s+items?|charges?|entries)\b",
    re.IGNORECASE,
)
NOT_OURS = re.compile(r"\b(?:news|released?|launch\w*|announc\w*|cheapest|price|training|market)\b", re.IGNORECASE)


ADOPTED = re.compile(
    rf"\b(?:which|what)\s+(?:ai\s+|llm\s+)?{KIND}\s+(?:did|has|have)\s+[^?,]{{1,40}}?\s"
    r"(?:adopt(?:ed)?|introduced?|start(?:ed)?(?:\s+(?:using|with|on))?|onboard(?:ed)?|t(?:ake|ook)\s+up|beg[au]n\s+(?:using|with))\b",
    re.IGNORECASE,
)
BEFORE_NEW = re.compile(r"\bnew(?:ly)?\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
AFTER_NEW = re.compile(
    r"\s+(?:(?:are|is|were|was|have|has|been|did|we|got)\s+){0,3}(?:new(?:ly)?|first|appear\w*|show\w*\s+up"
    r"|start\w*|join\w*|beg[aiu]n|popped\s+up|came\s+in|added)\b",
    re.IGNORECASE,
)


def _asked(r: Reading) -> tuple[str, ...]:
    grouped = [g for g in r.groupings if BEFORE_NEW.search(r.text[: g.start]) or AFTER_NEW.match(r.text[g.end :])]
    if grouped and not any(g.dimension in TIMES for g in grouped):
        return tuple(dict.fromkeys(g.dimension for g in grouped))
    if adopted := ADOPTED.search(r.text):
        name = adopted["kind"].lower()
        return (KINDS.get(name) or KINDS[name.removesuffix("s")],)
    found = NEW.search(r.text)
    if found is not None:
        named = [found["kind"] or found["kind2"], *(m["kind"] for m in ALSO.finditer(r.text, found.end()))]
        kinds = [KINDS.get(name.lower()) or KINDS[name.lower().removesuffix("s")] for name in named]
        return tuple(dict.fromkeys(kinds))
    return ("provider", "service", "model", "team") if ANYTHING.search(r.text) else ()


def _weigh_new(r: Reading) -> float | None:
    if not _asked(r) or NOT_OURS.search(r.text) or r.amounts or r.has("company", "others"):
        return None
    return 1.6 if r.periods or r.has("ours", "spend") or r.values else 0.7


def _new(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = {key: value for key, value in filters(r, base).items() if key not in {"period", "cost"}}
    if spoken := spans(r, base)[0]:
        args["period"] = spoken
    return (Planned("spend_newcomers", {**args, "by": _asked(r) or ("model",)}),)


INTENTS = (Intent("newcomers", _weigh_new, _new),)
