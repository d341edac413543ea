"""Questions about what models cost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.agent.planner.intents.own_spend import own
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from tools.money import plain

ROLES = {
    "input": "input_tokens",
    "output": "output_tokens",
    "cached": "cached_input_tokens",
    "cache_write": "cache_write_tokens",
    "audio_input": "input_audio_tokens",
    "audio_output": "output_audio_tokens",
}
EVERY = frozenset({"day", "week", "month", "year"})
UNITS_OF_WORK = frozenset({"request", "conversation", "ticket", "document"})
BATCH = re.compile(r"\bbatch(?:ed|ing)?\b|\bbatch api\b", re.IGNORECASE)
MODEL_WORD = re.compile(r"\b(?:models?|llms?|apis?)\b", re.IGNORECASE)
SPAN = re.compile(
    r"\b(?:per|a|each|every|in a|over a)\s+(?P<span>day|week|month|year)\b|\b(?P<adverb>daily|weekly|monthly|yearly|annual(?:ly)?)\b",
    re.IGNORECASE,
)
ADVERBS = {"daily": 1, "weekly": 7, "monthly": 30, "yearly": 365, "annual": 365, "annually": 365}
LENGTHS = {"day": 1, "week": 7, "month": 30, "year": 365}


def tokens(r: Reading) -> list[Amount]:
    return [
        a for a in r.amounts if a.kind == "number" and (a.unit == "token" or a.role in ROLES) and a.role != "context"
    ]


def _volumes(r: Reading) -> list[Amount]:
    return [a for a in tokens(r) if a.role in ROLES or a.role is None]


def workload(r: Reading, base: Mapping[str, Any]) -> Args:
    """Arguments of a workload: amounts by their role, the cached share, batch, how often, over how long."""
    keep = {*ROLES.values(), "cached_share", "per_request", "requests", "every", "days", "batch"}
    args: Args = {key: value for key, value in base.items() if key in keep}
    for amount in _volumes(r):
        if amount.role is not None:
            args[ROLES[amount.role]] = plain(amount.value)
        rate = amount.per or ""
        if rate.split(" ")[0] in UNITS_OF_WORK:
            args["per_request"] = True
        if (every := rate.split(" ")[-1]) in EVERY:
            args["every"] = every
    if share := r.amount("cached", kind="percent"):
        args["cached_share"] = plain(share.value)
    work = next((a for a in r.amounts if a.unit in UNITS_OF_WORK and a.kind == "number"), None)
    if work is not None:
        args["requests"] = plain(work.value)
        args["per_request"] = True
        if work.per in EVERY:
            args["every"] = work.per
    if BATCH.search(r.text):
        args["batch"] = True
    if "every" in args and (days := _days(r, args["every"])) is not None:
        args["days"] = plain(days)
    return args


def _days(r: Reading, every: str) -> Decimal | None:
    """Over how many days a recurring volume is added up, where the question says so beside the rate itself."""
    for amount in r.amounts:
        if amount.unit in LENGTHS and amount.kind == "number":
            return amount.value * LENGTHS[amount.unit]
    asked = [LENGTHS[m["span"].lower()] if m["span"] else ADVERBS[m["adverb"].lower()] for m in SPAN.finditer(r.text)]
    longer = [days for days in asked if days > LENGTHS[every]]
    return Decimal(max(longer)) if longer else None


def _weigh_usage(r: Reading) -> float | None:
    if not r.models or not (_volumes(r) or r.unit(*UNITS_OF_WORK)):
        return None
    return 0.35 - 0.25 * (len(r.models) > 1) - 0.2 * r.has("serve", "train", "finetune")


def _usage(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    model = next(iter(r.model_names()), base.get("model"))
    return (Planned("price_usage", {**workload(r, base), "model": model}),)


def _weigh_price(r: Reading) -> float | None:
    if not r.models or _volumes(r) or own(r) >= 0.35 or r.has("train", "finetune"):
        return None
    return 0.25 * r.has("price") + 0.15 * r.has("cost") - 0.2 * r.has("cheapest", "whatif") - 0.2 * r.has("news")


def _price(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    return tuple(Planned("model_price", {"model": name}) for name in r.model_names())


def _weigh_compare(r: Reading) -> float | None:
    if len(r.models) < 2 or not _volumes(r) or own(r) >= 0.45:
        return None
    return 0.45


def _compare(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    names = r.model_names() or tuple(base.get("models") or ())
    return (Planned("compare_models", {**workload(r, base), "models": names}),)


def _weigh_cheapest(r: Reading) -> float | None:
    if not r.has("cheapest") or r.accelerators or len(r.models) > 1:
        return None
    if not (_volumes(r) or MODEL_WORD.search(r.text)):
        return None
    return 0.3 + 0.1 * bool(_volumes(r)) - 0.2 * bool(r.models)


def _cheapest(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = workload(r, base)
    if context := r.amount("context"):
        args["min_context"] = plain(context.value)
    if providers := r.of("provider"):
        args["providers"] = providers
    if r.top and r.top > 1:
        args["top"] = r.top
    return (Planned("cheapest_models", args),)


INTENTS = (
    Intent("price_usage", _weigh_usage, _usage),
    Intent("model_price", _weigh_price, _price),
    Intent("compare_models", _weigh_compare, _compare),
    Intent("cheapest_model", _weigh_cheapest, _cheapest),
)
