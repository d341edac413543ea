"""Questions that look ahead: forecast, what if, which projects fit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.agent.planner.intents.own_spend import QUANTITY, filters, own, spans
from bot.agent.planner.intents.token_kinds import token_side
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from tools.money import plain

WHERE_ENDS = re.compile(
    r"\b(?:where|how|what) (?:will|does|is|are)\b.*\b(?:end(?: up)?|land|finish|come in|close)\b", re.I
)
BUDGET_AFTER = re.compile(r"\s*(?:of\s+)?(?:budget|to spend|available|in total|cap)\b", re.IGNORECASE)
BUDGET = re.compile(r"\b(?:budget|within|under|up to|have|only|at most|limit)\s+(?:\w+\s+){0,3}?$", re.IGNORECASE)
FITS = re.compile(r"\b(?:fits?|within|under|afford|best)\b", re.IGNORECASE)
BEST = re.compile(r"\b(?:best|which|pick|choose|choice|fund|optimal|mix)\b", re.IGNORECASE)
NAMED = re.compile(
    r"(?P<name>[A-Za-z][\w-]*(?:\s+[A-Z]\w*)?)\s*(?:\(|:|,|costs?|costing|at|for|needs?|is|with)?\s*"
    r"(?:costs?|costing)?\s*$"
)


def _weigh_forecast(r: Reading) -> float | None:
    ahead = WHERE_ENDS.search(r.text) or (r.has("forecast") and not r.models)
    if not ahead or r.money or (r.unread and not r.has("ours", "spend")):
        return None
    return 0.4 + own(r)


def _forecast(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = filters(r, base)
    if spoken := spans(r, base)[0]:
        args["period"] = spoken
    return (Planned("forecast", args),)


def _weigh_choose(r: Reading) -> float | None:
    plural = re.search(r"\b(?:projects|initiatives|investments|options)\b", r.text, re.IGNORECASE)
    fits = plural and (FITS.search(r.text) or r.has("budget"))
    paired = len(_sums(r)) >= 5 and len(_sums(r)) % 2 and BEST.search(r.text) and r.has("budget", "choose")
    if not (r.has("choose") or fits or paired) or (len(r.money) < 3 and len(_sums(r)) < 5 and not plural):
        return None
    return 0.45 if len(r.money) >= 5 or (plural and len(_sums(r)) >= 5) or paired else 0.15


def _sums(r: Reading) -> list[Amount]:
    return [a for a in r.amounts if a.kind == "money" or (a.kind == "number" and a.unit is None)]


def _choose(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = dict(base)
    sums = _sums(r)
    budget = next(
        (a for a in sums if BUDGET_AFTER.match(r.text[a.end :]) or BUDGET.search(r.text[: a.start])),
        next((a for a in sums if a.role == "budget"), None),
    )
    if budget is not None:
        args["budget"] = plain(budget.value)
    rest = [a for a in sums if a is not budget]
    if rest and len(rest) % 2 == 0:
        args["projects"] = tuple(_option(r, rest, i) for i in range(0, len(rest), 2))
    return (Planned("choose_projects", args),)


def _option(r: Reading, rest: list[Amount], at: int) -> dict[str, str]:
    """The project whose cost and value are two amounts in a row, named by the word before its cost."""
    begin = rest[at - 1].end if at else 0
    found = NAMED.search(r.text[begin : rest[at].start])
    name = found["name"] if found else f"Project {at // 2 + 1}"
    return {"name": name, "cost": plain(rest[at].value), "value": plain(rest[at + 1].value)}


def _weigh_budget(r: Reading) -> float | None:
    asked = r.has("budget") and not r.money and not r.models and not QUANTITY.search(r.text)
    return 0.5 if asked and r.has("ours", "spend", "budget") else None


LEFT = re.compile(r"left|remaining|over|used|spent", re.IGNORECASE)


def _budget(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = filters(replace(r, unread=tuple(one for one in r.unread if not LEFT.fullmatch(one.name))), base)
    if spoken := spans(r, base)[0]:
        args["period"] = spoken
    return (Planned("budget_status", args),)


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
INTENTS = (
    Intent("budget", _weigh_budget, _budget),
    Intent("token_usage", _weigh_tokens, _tokens),
    Intent("forecast", _weigh_forecast, _forecast),
    Intent("choose_projects", _weigh_choose, _choose),
)
