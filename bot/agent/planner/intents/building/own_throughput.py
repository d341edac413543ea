"""Questions of tokens served by chips whose throughput, or the API price to beat, is told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.chips.chips_named import hardware, hourly_price, price_covers
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from tools.money import plain

SPEED = frozenset({"second", "second GPU", "GPU second", "minute", "hour"})
EACH_CHIP = re.compile(r"\b(?:each|apiece|per (?:gpu|chip|card|accelerator))\b", re.IGNORECASE)
A_PRICE = re.compile(
    r"\$\s?/\s?(?:m|1m)|/\s?(?:m|1m)\s?tok|\bbreak[\s-]?even\b|\bcheaper\b"
    r"|\bper (?:million|1m|m|1,000,000|1k|thousand)\b|\bcosts?\b|\bprice\b",
    re.IGNORECASE,
)
PER_MILLION = re.compile(
    r"\b(?:per|a|each|one)\s+(?:1\s?)?(?:m|million|mtok)\b|/\s?(?:1\s?)?m(?:tok)?\b", re.IGNORECASE
)
EVEN = re.compile(
    r"\bbreak[\s-]?even\b"
    r"|\b(?:how many|from what|at what|what|which)\b.*\btokens?\b|\bcheaper\b|\bbeats?\b|\bpays? off\b|\bworth\b",
    re.I,
)
A_MILLION = re.compile(r"\s*(?:per|/|a|for a)\s*(?:1\s?)?(?:m|million|mtok)\b", re.IGNORECASE)
SECONDS = {"second": 1, "minute": 60, "hour": 3600}


def throughput_of(r: Reading) -> Amount | None:
    """Tokens a second, minute or hour that are told."""
    return next(
        (a for a in r.amounts if a.unit == "token" and a.kind == "number" and (a.per or "").split(" ")[0] in SECONDS),
        None,
    )


def api_price(r: Reading) -> Amount | None:
    """A price of tokens that is told."""
    millions = (a for a in r.money if a.per is None and A_MILLION.match(r.text, a.end))
    return next((a for a in r.money if a.per == "token"), None) or next(millions, None)


def _weigh(r: Reading) -> float | None:
    price = hourly_price(r)
    if r.has("train", "finetune") or not (price or r.accelerators):
        return None
    if throughput_of(r) is not None and A_PRICE.search(r.text):
        return 1.3
    per_day = any(a.unit == "token" and a.per in {"day", "week", "month", "year"} for a in r.amounts)
    if price is not None and per_day and PER_MILLION.search(r.text) and not r.models and api_price(r) is None:
        return 1.3
    return 1.3 if price is not None and api_price(r) is not None and EVEN.search(r.text) else None


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = hardware(r, base)
    if price := hourly_price(r):
        args["price_per_hour"] = plain(price.value)
        if covers := price_covers(r, price, args.get("count")):
            args["price_covers"] = covers
    if (speed := throughput_of(r)) is not None:
        each = EACH_CHIP.search(r.text, speed.end) and EACH_CHIP.search(r.text[speed.end : speed.end + 40])
        name = "tokens_per_second_each" if each or "GPU" in (speed.per or "") else "tokens_per_second"
        args[name] = plain(speed.value / SECONDS[str(speed.per).split(" ")[0]])
    daily = next((a for a in r.amounts if a.unit == "token" and a.kind == "number" and a is not speed and a.per), None)
    if daily is not None and (days := {"day": 1, "week": 7, "month": 30, "year": 365}.get(str(daily.per))):
        args["tokens_a_day"] = plain(daily.value / days)
    if used := r.amount("utilisation", kind="percent"):
        args["utilisation"] = plain(used.value)
    if (price := api_price(r)) is not None:
        args["api_price_per_million"] = plain(price.value / price.per_count * 10**6 if price.per else price.value)
    return (Planned("cost_at_throughput", args),)


INTENTS = (Intent("cost_at_throughput", _weigh, _fill),)
