"""Questions of how far a training compute goes: tokens, model size, the compute-optimal pair, days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.agent.planner.intents.building.build import is_size, sized
from bot.agent.planner.intents.chips.chips_named import chip_hours, span_hours
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from tools.money import plain

OPTIMAL = re.compile(
    r"\bchinchilla\b|\bcompute[\s-]?optimal\w*|\boptimal(?:ly)?\b.*\b(?:tokens?|parameters?|params|model\s+size|size|train\w*)\b"
    r"|\b(?:tokens?|parameters?|params|model\s+size)\b.*\boptimal\b|\bscaling\s+laws?\b",
    re.IGNORECASE | re.DOTALL,
)
HOW_MANY_TOKENS = re.compile(
    r"\b(?:how\s+(?:large|big)(?:\s+of)?|what)\s+(?:an?\s+)?(?:token\s+budget|corpus|data\s?set)\b|\bhow\s+(?:many|much)\s+(?:training\s+)?(?:tokens|data)\b|\bhow\s+many\s+\w+\s+tokens\b",
    re.I,
)
HOW_LARGE = re.compile(
    r"\bhow\s+(?:large|big|many\s+param\w+)\b|\b(?:what|which)\s+(?:model\s+)?size\b|\blargest\s+model\b", re.I
)
HOW_LONG = re.compile(r"\bhow\s+long\b|\bhow\s+many\s+(?:days|weeks|hours)\b|\bin\s+days\b|\bduration\b", re.IGNORECASE)
TRAINS = re.compile(r"\btrain\w*|\bpre-?train\w*|\brun\b|\bneeds?\b|\bcompute\b|\bspend\b", re.IGNORECASE)
FLOP = re.compile(
    r"(?<![\w.])(?P<n>\d+(?:\.\d+)?)\s?"
    r"(?:e\s?\+?(?P<e>\d{1,2})|(?:x|×|\*)\s?10\s?(?:\^|\*\*)?\s?(?P<p>\d{1,2})|(?P<s>[ezyt]|exa|zetta|yotta))"
    r"[\s-]?flops?\b(?!\s*/|\s+per)",
    re.IGNORECASE,
)
SCALES = {"t": 12, "e": 18, "exa": 18, "z": 21, "zetta": 21, "y": 24, "yotta": 24}


def flop_told(r: Reading) -> str | None:
    """A training compute told in FLOP, as a whole number: `1e23 FLOPs`, `2 x 10^24 FLOP`, `5 ZFLOP`."""
    found = FLOP.search(r.text)
    if found is None:
        return None
    power = int(found["e"] or found["p"] or SCALES[(found["s"] or "").lower()])
    return plain(Decimal(found["n"]).scaleb(power))


def _weigh(r: Reading) -> float | None:
    told = flop_told(r)
    sizes = [a for a in r.amounts if is_size(a)]
    tokens = [a for a in r.amounts if a.unit == "token" and a.kind == "number" and a not in sizes]
    hours = chip_hours(r) is not None or (r.accelerators and span_hours(r) is not None)
    if told and HOW_LONG.search(r.text) and (r.accelerators or r.unit("GPU")):
        return 1.7
    if OPTIMAL.search(r.text) and not r.money and (told or hours or len(sizes) + len(tokens) == 1):
        return 1.7
    if not (told or hours or (r.money and r.accelerators)) or not TRAINS.search(r.text):
        return None
    if HOW_MANY_TOKENS.search(r.text) and sizes and not tokens:
        return 1.7
    return 1.7 if HOW_LARGE.search(r.text) and tokens and not sizes else None


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = sized(r, base)
    if told := flop_told(r):
        args["flop"] = told
        if HOW_LONG.search(r.text):
            args["aim"] = "days"
    elif (total := chip_hours(r)) is not None:
        args["gpu_hours"] = plain(total)
        args.pop("count", None)
    elif "gpu_hours" not in args and (hours := span_hours(r)) is not None and "count" in args:
        args["hours"] = plain(hours)
    elif "gpu_hours" not in args and "price_per_hour" in args:
        budget = next((a for a in r.money if plain(a.value) != args["price_per_hour"]), None)
        if budget is not None:
            args["budget"] = plain(budget.value)
    return (Planned("compute_budget", args),)


INTENTS = (Intent("compute_budget", _weigh, _fill),)
