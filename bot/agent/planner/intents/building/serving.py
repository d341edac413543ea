"""Questions about serving a model on one's own or rented accelerators."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.building.build import is_size
from bot.agent.planner.intents.building.model_named import SIZE, bits_named, model_named
from bot.agent.planner.intents.chips.chips_named import hardware, hourly_price
from bot.agent.planner.intents.models.ratios import input_of_all
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from tools.money import plain

SERVING_AIMS = (
    ("chips", re.compile(r"\bhow many\b(?! (?:tokens|dollars|usd|euros))", re.IGNORECASE)),
    ("month", re.compile(r"\b(?:a|per|each|every) month\b(?!ly)|\bmonthly\b|/\s?mo(?:nth)?\b", re.IGNORECASE)),
)
FASTEST = re.compile(
    r"\b(?:max(?:imum)?|most|fastest|upper (?:bound|limit)|ceiling|theoretical|peak|how many)\b.{0,30}"
    r"\b(?:tokens?|tok)\s?(?:per|a|/)\s?s"
    r"|\b(?:decode|decoding|generation|tokens?[\s/-](?:per\s)?s(?:ec(?:ond)?)?)\s+"
    r"(?:speed|ceiling|limit|rate|bound)",
    re.IGNORECASE,
)
SINGLE = re.compile(
    r"\bbatch[\s-]?(?:size\s*)?(?:of\s*)?=?\s*(?:1|one)\b"
    r"|\bsingle[\s-](?:stream|request|user|sequence|batch)\b"
    r"|\bone (?:request|user|sequence|stream)\b"
    r"|\bmax(?:imum)?\b|\bceiling\b|\btheoretical\b|\bupper (?:bound|limit)\b|\bbandwidth[\s-]bound\b",
    re.IGNORECASE,
)


def _weigh_serving(r: Reading) -> float | None:
    named = r.models or model_named(r) or any(a.kind == "number" and is_size(a) for a in r.amounts)
    if not named or r.has("train", "finetune"):
        return None
    if FASTEST.search(r.text) and r.accelerators:
        return 1.1
    return 0.55 if r.has("serve") else None


def _serving(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = hardware(r, base)
    parameters = next((a for a in r.amounts if a.kind == "number" and is_size(a)), None)
    named = model_named(r)
    hosted = [
        m for m in r.models if SIZE.search(m.text) or (named is not None and m.text.casefold() in named.casefold())
    ]
    rivals = [m for m in r.models if m not in hosted]
    if named is not None:
        args["model"] = named
    elif parameters is not None:
        args["parameters"] = plain(parameters.value)
    elif rivals:
        args["model"] = rivals.pop(0).text
    if rivals:
        args["api_model"] = rivals[0].text
    work = next((a for a in r.amounts if a.unit in {"request", "conversation"} and a.kind == "number"), None)
    volume = next((a for a in r.amounts if a.unit == "token" and a.kind == "number"), None)
    if work is not None:
        args["requests"] = plain(work.value)
        args["every"] = work.per if work.per in {"second", "minute", "hour", "month"} else "day"
        sides = {"input": "input_tokens", "output": "output_tokens"}
        for amount in (a for a in r.amounts if a.unit == "token" and a.kind == "number"):
            args[sides.get(amount.role or "", "request_tokens")] = plain(amount.value)
    elif volume is not None:
        days = {"day": 1, "week": 7, "month": 30, "year": 365}.get((volume.per or "day").split(" ")[-1], 1)
        args["tokens_a_day"] = plain(volume.value / days)
    if price := hourly_price(r):
        args["price_per_hour"] = plain(price.value)
    if price := next((a for a in r.money if a.per == "token"), None):
        args["api_price_per_million"] = plain(price.value / price.per_count * 10**6)
    if work is None and (whole := input_of_all(r)) is not None:
        args["input_share"] = plain(whole)
    if used := r.amount("utilisation", kind="percent"):
        args["utilisation"] = plain(used.value)
    if bits := bits_named(r):
        args["bits"] = bits
    if FASTEST.search(r.text) and r.accelerators and SINGLE.search(r.text):
        args["aim"] = "ceiling"
    elif aim := next((name for name, words in SERVING_AIMS if words.search(r.text)), None):
        args["aim"] = aim
    return (Planned("serving_cost", args),)


INTENTS = (Intent("serving", _weigh_serving, _serving),)
