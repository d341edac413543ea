"""Questions of what a gigabyte or a TFLOP/s of accelerators costs, and of how their rent has changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.agent.planner.intents.chips.chips_named import hourly_price
from bot.agent.planner.intents.chips.rented_at import placed_at, pricing_kinds
from bot.agent.planner.intents.chips.specifications import QUANTITIES
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.toolbox.arguments import as_text
from tools.money import plain

SIZE = r"(?:gb(?:/s)?|gigabytes?|v?ram|memory|bandwidth|hbm|(?:[\w-]+\s)?(?:[tp]|tera|peta)?flops?(?:/s)?|compute)"
PER_SIZE = re.compile(
    rf"(?:\bper\s+|/\s?|\ban?\s+|\beach\s+|\bfor\s+(?:a|one)\s+)(?:\w+\s+)?{SIZE}(?![\w-])"
    rf"|\b{SIZE}(?:\s+\w+)?\s*(?:per|/|for\s+(?:each|a|every))\s*(?:dollar|usd|\$|buck)"
    r"|\b(?:price|cost)[\s-](?:to[\s-])?performance\b|\bbang for (?:the|your|our) buck\b|\bvalue for money\b",
    re.IGNORECASE,
)
MONEY = re.compile(
    r"\b(?:cost|pric|cheap|rent|dollar|usd|buck|money|expens|pay|best value|value)\w*|[$€£]", re.IGNORECASE
)
OVER_TIME = re.compile(
    r"\b(?:chang\w+|fell|fallen|falling|rose|risen|rising|drop\w*|com(?:e|ing) down|came down"
    r"|gone (?:up|down)|went (?:up|down)"
    r"|mov(?:ed|ing)|declin\w+|increas\w+|decreas\w+|histor\w+|trend\w*|over time|evol\w+|used to|develop\w*)\b"
    r"|\b(?:now|today|currently)\s+(?:and|vs\.?|versus|against|compared)\b"
    r"|\b(?:vs\.?|versus|against|compared (?:to|with)|than in)\s+(?:now|today|[a-z]{3,9}\s+20\d\d|20\d\d)\b",
    re.IGNORECASE,
)
UNTIL_NOW = re.compile(r"\b(?:now|today|currently|current)\b", re.IGNORECASE)
RECORDED = re.compile(r"\b(?:record\w*|our (?:table|catalogue|data)|price table|history)\b", re.IGNORECASE)


def _weigh_value(r: Reading) -> float | None:
    if not r.accelerators or not PER_SIZE.search(r.text) or not MONEY.search(r.text):
        return None
    if r.has("train", "finetune", "serve", "energy") or r.models or any(a.unit == "token" for a in r.amounts):
        return None
    return 1.2


def _value(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = {key: value for key, value in base.items() if key in {"accelerators", "quantity", "provider"}}
    if r.accelerators:
        args["accelerators"] = tuple(dict.fromkeys(m.accelerator.shown for m in r.accelerators))
    said = PER_SIZE.search(r.text)
    args["quantity"] = next((name for name, words in QUANTITIES if words.search(r.text) and name != "power"), "bf16")
    if said and re.search(r"gb(?!/s)|gigabyte|ram|memory|hbm", said[0], re.I) and "bandwidth" not in said[0].lower():
        args["quantity"] = "memory"
    if price := hourly_price(r):
        args["price_per_hour"] = plain(price.value)
    args |= {key: value for key, value in placed_at(r).items() if key == "provider"}
    if kinds := pricing_kinds(r):
        args["pricing_model"] = kinds[0]
    return (Planned("accelerator_value", args),)


def _weigh_history(r: Reading) -> float | None:
    """How a rent changed, at a provider that is named or in what is recorded; the market at large is for the news."""
    if len(r.accelerators) != 1 or not OVER_TIME.search(r.text) or r.amounts or r.has("train", "serve", "finetune"):
        return None
    if not (placed_at(r).get("provider") or RECORDED.search(r.text)):
        return None
    return 1.0 if r.has("rent", "price", "cost") else None


def _history(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = {key: value for key, value in base.items() if key in {"accelerator", "provider", "pricing_model"}}
    if r.accelerators:
        args["accelerator"] = r.accelerators[0].accelerator.shown
    args |= {key: value for key, value in placed_at(r).items() if key == "provider"}
    if kinds := pricing_kinds(r):
        args["pricing_model"] = kinds[0]
    if r.periods:
        first, last = min(p.period.start for p in r.periods), max(p.period.end for p in r.periods)
        if UNTIL_NOW.search(r.text):
            last = max(last, r.today + timedelta(1))
        args["period"] = as_text(type(r.periods[0].period)(first, last))
    return (Planned("rent_history", args),)


INTENTS = (
    Intent("accelerator_value", _weigh_value, _value),
    Intent("rent_history", _weigh_history, _history),
)
