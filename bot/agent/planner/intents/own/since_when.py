"""Since when, and until when, something is in our bill; and when one thing took another's place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.own.newcomers import NOT_OURS
from bot.agent.planner.intents.own.spend_scope import filters
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.machines import INSTANCE

WHEN = r"(?:when|(?:on\s+|from\s+|since\s+|until\s+|through\s+)?(?:what|which)\s+(?:date|day|month))"
STARTS = (
    r"(?:first|start\w*|begin\w*|began|begun|appear\w*|show\w*\s+up|earliest|adopt\w*|onboard\w*|introduc\w*"
    r"|got\s+going)"
)
ENDS = (
    r"(?:last(?!\s+(?:month|week|year|quarter))|latest|final|most\s+recent(?:ly)?|stop\w*|ceas\w*|end(?:ed)?|cancel\w*|quit"
    r"|discontinu\w*|retir\w*|drop(?:ped)?|phas\w+\s+out|switch\w*\s+off)"
)
ASKS = r"(?:did|do|was|were|is|has|have|had)"
SPAN = r"(?:\d|(?:day|week|month|quarter|year|full|complete|few|two|three)s?\b)"
SINCE_WHEN = re.compile(
    rf"\bsince\s+when\b|\bhow\s+long\s+(?:have|has)\b.*\b(?:been|used|using|paid|paying|spent)\b"
    rf"|\b{WHEN}\s+{ASKS}\b[^?]*\b(?:{STARTS}|{ENDS})\b"
    r"|\bfirst\s+(?:ever\s+)?(?:charge|use|usage|spend|bill|invoice|day\s+of\s+use|appear\w*)\b"
    rf"|\b(?:first|last|latest|earliest|final|most\s+recent)\s+(?:ever\s+)?(?!{SPAN})(?:[\w.-]+\s+)?(?:charge|call|request|day\s+of\s+use)\b",
    re.IGNORECASE,
)
UNTIL_WHEN = re.compile(
    rf"\b{ENDS}\b(?!\s+(?:\d+|two|three|few|\w+\s+days|charge\s+of\s+the))|\bnot\s+(?:been\s+)?(?:used|charged|billed|paid)\b"
    r"|\b(?:until|till)\s+when\b",
    re.IGNORECASE,
)
BY_WHOM = re.compile(r"\b(?:by\s+who(?:m)?|who(?:se)?|which\s+teams?|what\s+team)\b", re.IGNORECASE)
USED = re.compile(
    r"\b(?:we|our|us|used?|using|usage|charged?|billed|paid|pay(?:ing)?|spent|spend|calls?|called|invoiced)\b", re.I
)
TO = r"(?:to|onto|over\s+to|with|by|for)"
MOVED = (
    r"(?:switch\w*|mov\w+|migrat\w+|chang\w+|shift\w*|go|went|gone|swap\w*|replac\w+|upgrad\w+|cut\s+over"
    r"|transition\w*)"
)
SWITCHED = re.compile(
    rf"\b{WHEN}\s+{ASKS}\b[^?]*\b{MOVED}\b[^?]*?\b(?:from\b|{TO}\b)|\b{WHEN}\s+did\b[^?]*\breplac", re.I
)


def _nobody_else(r: Reading) -> bool:
    return not (NOT_OURS.search(r.text) or r.amounts or r.has("company", "others", "headline", "forecast", "budget"))


def _weigh(r: Reading) -> float | None:
    named = r.values or r.models or r.accelerators or INSTANCE.search(r.text)
    if not SINCE_WHEN.search(r.text) or not named or not _nobody_else(r) or len(r.models) > 1 or r.groupings:
        return None
    return 2.2 if r.values or r.has("ours", "spend") or USED.search(r.text) else None


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = {key: value for key, value in filters(r, base).items() if key != "period"}
    if UNTIL_WHEN.search(r.text):
        args["latest"] = True
    if BY_WHOM.search(r.text) and "team" not in args:
        args["who"] = True
    return (Planned("spend_first_charge", args),)


def _weigh_switch(r: Reading) -> float | None:
    """`When did core move from gpt-4o to gpt-5`, `when did search change to haiku`."""
    if not SWITCHED.search(r.text) or not _nobody_else(r) or not 1 <= len(_sides(r)) <= 2:
        return None
    return 2.4


def _sides(r: Reading) -> list[tuple[str, str]]:
    """What was left, then what took its place, each with its dimension; only the latter where one is named."""
    named = [(m.start, "model", m.text) for m in r.models]
    named += [(v.start, v.dimension, v.value) for v in r.values if v.dimension in {"model", "provider"}]
    kept: list[tuple[int, str, str]] = []
    for start, dimension, name in sorted(named):
        if not any(start == other for other, _, _ in kept):
            kept.append((start, dimension, name))
    kinds = {dimension for _, dimension, _ in kept}
    if kinds == {"model", "provider"}:
        kept = [one for one in kept if one[1] == "model"]
    found = [(dimension, name) for _, dimension, name in kept]
    turned = re.search(r"\b(?:with|by)\b", r.text, re.I) is None and re.search(r"\bto\b.*\bfrom\b", r.text, re.I)
    return found[::-1] if len(found) == 2 and turned else found


def _switch(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = {key: value for key, value in filters(r, base).items() if key not in {"period", "model", "ai_only"}}
    sides = _sides(r)
    args = {key: value for key, value in args.items() if key not in {dimension for dimension, _ in sides}}
    old = sides[0] if len(sides) == 2 else None
    calls = [Planned("spend_first_charge", {**args, sides[-1][0]: (sides[-1][1],)})]
    if old is not None:
        calls.append(Planned("spend_first_charge", {**args, old[0]: (old[1],), "latest": True}))
    return tuple(calls)


INTENTS = (Intent("first_charge", _weigh, _fill), Intent("switched", _weigh_switch, _switch))
