"""Questions about what models cost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.agent.planner.intents.own_spend import own
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import BATCH, Reading
from bot.agent.slots.amounts import Amount
from bot.agent.toolbox.arguments import as_text
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
ONE_REQUEST = re.compile(
    r"\b(?:a|one|single|per|each|every)\s+(?:single\s+)?(?:\S+\s+){0,2}?(?:request|call|query|prompt)\b", re.I
)
HOW_MANY = re.compile(
    r"\bhow (?:many|much).{0,30}\b(?:tokens?|usage|requests?)\b|\btokens?\b.{0,20}\b(?:buy|get|afford)", re.I
)
BARE_IT = re.compile(r"\b(?:it|that|this)\b", re.IGNORECASE)
COMPONENTS = (
    ("cached", re.compile(r"\bcach\w*", re.IGNORECASE)),
    ("output", re.compile(r"\b(?:output|completion|generated)\b", re.IGNORECASE)),
    ("input", re.compile(r"\b(?:input|prompt)\b", re.IGNORECASE)),
)
EACH = re.compile(r"\b(?:each|every|per|apiece)\b", re.IGNORECASE)
GIVEN_BACK = re.compile(
    r"\b(?:gets?|getting|returns?|returning|receives?|writes? back|answers? with|produc\w+|generat\w+)"
    r"\s+(?:us\s+|back\s+|about\s+)*$",
    re.I,
)
BACK_AFTER = re.compile(
    r"\s*(?:tokens?\s+)?(?:back|returned)\b|\s+(?:token\s+)?(?:answers?|repl(?:y|ies)|responses?)\b", re.I
)
SENT = re.compile(
    r"\b(?:sends?|sending|reads?|reading|feeds?|feeding|puts?|passes|passing|pastes?)\s+(?:in\s+|it\s+|about\s+)*$",
    re.I,
)
FAMILY = re.compile(r"\b(?:claude|gemini|gpt|llama|deepseek|grok|qwen)\b", re.IGNORECASE)
MODEL_WORD = re.compile(r"\b(?:models?|llms?|apis?)\b", re.IGNORECASE)
SPAN = re.compile(
    r"\b(?:per|a|each|every|in a|over a)\s+(?P<span>day|week|month|year)\b"
    r"|\b(?P<adverb>daily|weekly|monthly|yearly|annual(?:ly)?)\b",
    re.IGNORECASE,
)
ADVERBS = {"daily": 1, "weekly": 7, "monthly": 30, "yearly": 365, "annual": 365, "annually": 365}
LENGTHS = {"day": 1, "week": 7, "month": 30, "year": 365}


def tokens(r: Reading) -> list[Amount]:
    return [
        a for a in r.amounts if a.kind == "number" and (a.unit == "token" or a.role in ROLES) and a.role != "context"
    ]


def _volumes(r: Reading) -> list[Amount]:
    """Token counts to be priced; a context length is one only where no least window is asked for."""
    wanted = r.has("cheapest") and re.search(
        r"\b(?:over|above|least|more than|minimum|support\w*|with)\b", r.text, re.I
    )
    return [a for a in r.amounts if a.kind == "number" and (a in tokens(r) or (a.role == "context" and not wanted))]


def _asked_requests(r: Reading) -> Amount | None:
    """How many requests: `2,000 requests`, or `a thousand gpt-4o calls` with the model between."""
    found = next((a for a in r.amounts if a.unit in UNITS_OF_WORK and a.kind == "number"), None)
    if found is not None:
        return found
    for amount in r.amounts:
        model = next((m for m in r.models if 0 <= m.start - amount.end <= 2), None)
        if (
            model
            and amount.unit is None
            and re.match(r"\s+(?:requests?|calls?|queries|prompts)\b", r.text[model.end :])
        ):
            return amount
    return None


def workload(r: Reading, base: Mapping[str, Any]) -> Args:
    """Arguments of a workload: amounts by their role, the cached share, batch, how often, over how long."""
    keep = {*ROLES.values(), "cached_share", "per_request", "requests", "every", "days", "batch"}
    args: Args = {key: value for key, value in base.items() if key in keep}
    for amount in _volumes(r):
        role = "input" if amount.role == "context" else amount.role
        if role is not None:
            args[ROLES[role]] = plain(amount.value)
        rate = amount.per or ""
        if rate.split(" ")[0] in UNITS_OF_WORK:
            args["per_request"] = True
        if (every := rate.split(" ")[-1]) in EVERY:
            args["every"] = every
    args |= _by_verb(r, args)
    if share := r.amount("cached", kind="percent"):
        args["cached_share"] = plain(share.value)
    work = _asked_requests(r)
    if work is not None:
        args["requests"] = plain(work.value)
        args["per_request"] = True
        if work.per in EVERY:
            args["every"] = work.per
        people = r.unit("user", "seat")
        if people is not None and EACH.search(r.text):
            args["users"] = plain(people.value)
    elif ONE_REQUEST.search(r.text):
        args |= {"requests": "1", "per_request": True}
    if BATCH.search(r.text):
        args["batch"] = True
    spoken = sorted(_lengths(r))
    if spoken and "every" not in args and not args.get("requests"):
        args["every"] = next(name for name, days in LENGTHS.items() if days == spoken[0])
    if "every" in args and (days := _days(r, args["every"])) is not None:
        args["days"] = plain(days)
    return args


def _by_verb(r: Reading, args: Args) -> Args:
    """The side of a token count that no noun names: what is sent or read is input, what comes back is output; one left
    over beside a known output is the input."""
    bare = [a for a in _volumes(r) if a.role is None]
    found: Args = {}
    for amount in list(bare):
        before, after = r.text[max(0, amount.start - 40) : amount.start], r.text[amount.end :]
        if GIVEN_BACK.search(before) or BACK_AFTER.match(after):
            found["output_tokens"] = plain(amount.value)
            bare.remove(amount)
        elif SENT.search(before):
            found["input_tokens"] = plain(amount.value)
            bare.remove(amount)
    if (len(bare) == 1 and any("embed" in m.text.casefold() for m in r.models)) or (
        len(bare) == 1 and "output_tokens" in {**args, **found} and "input_tokens" not in {**args, **found}
    ):
        found["input_tokens"] = plain(bare[0].value)
    return found


def _lengths(r: Reading) -> list[int]:
    """The spans that the question counts by, in days: `a day`, `monthly`."""
    return [LENGTHS[m["span"].lower()] if m["span"] else ADVERBS[m["adverb"].lower()] for m in SPAN.finditer(r.text)]


def _days(r: Reading, every: str) -> Decimal | None:
    """Over how many days a recurring volume is added up, where the question says so beside the rate itself."""
    for amount in r.amounts:
        if amount.unit in LENGTHS and amount.kind == "number":
            return amount.value * LENGTHS[amount.unit]
    longer = [days for days in _lengths(r) if days > LENGTHS[every]]
    return Decimal(max(longer)) if longer else None


def _weigh_usage(r: Reading) -> float | None:
    counted = _volumes(r) or r.unit(*UNITS_OF_WORK)
    if r.has("train", "finetune"):
        return None
    if not r.models and not (any(a.unit == "token" for a in _volumes(r)) and r.has("cost", "price")):
        return None
    if not counted or (not r.models and (own(r) >= 0.3 or r.has("cheapest", "headline", "others", "train", "serve"))):
        return None
    return 0.35 - 0.25 * (len(r.models) > 1) - 0.2 * r.has("serve", "train", "finetune")


def _dated(r: Reading) -> Args:
    """The day whose prices are asked for, where one past period is named."""
    past = [p for p in r.periods if not p.is_future]
    return {"on": as_text(past[0].period)} if len(past) == 1 and len(r.periods) == 1 else {}


def _usage(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    families = [m[0] for m in FAMILY.finditer(r.text)]
    model = next(iter(r.model_names()), base.get("model") or (families[0] if families else None))
    args = {**workload(r, base), **({"model": model} if model else {}), **_dated(r)}
    if r.has("saving") and (args.get("cached_share") or args.get("cached_input_tokens") or args.get("batch")):
        args["saving"] = True
    return (Planned("price_usage", args),)


def _weigh_price(r: Reading) -> float | None:
    if not (r.models or FAMILY.search(r.text)) or _volumes(r) or own(r) >= 0.35 or r.has("train", "finetune"):
        return None
    if r.has("headline") or r.groupings or (not r.models and not r.has("cost", "price")):
        return None
    return 0.25 * r.has("price") + 0.15 * r.has("cost") - 0.2 * r.has("cheapest", "whatif") - 0.2 * r.has("news")


def _price(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    asked = [name for name, pattern in COMPONENTS if pattern.search(r.text)]
    component = {"component": asked[0]} if len(asked) == 1 else {}
    names = r.model_names() or tuple(m[0] for m in FAMILY.finditer(r.text))
    if not r.has("price") and BARE_IT.search(r.text):
        return tuple(Planned("price_usage", {"model": name}) for name in names)
    return tuple(Planned("model_price", {"model": name, **component, **_dated(r)}) for name in names)


def _weigh_budget(r: Reading) -> float | None:
    return 0.45 if r.models and r.money and HOW_MANY.search(r.text) else None


def _budget(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    asked = [name for name, pattern in COMPONENTS if pattern.search(r.text)]
    args: Args = {**base, "model": next(iter(r.model_names()), base.get("model")), "budget": plain(r.money[0].value)}
    if asked:
        args["component"] = asked[0]
    return (Planned("tokens_for_budget", args),)


def _weigh_compare(r: Reading) -> float | None:
    if len(r.models) < 2 or not _volumes(r) or own(r) >= 0.45:
        return None
    return 0.45


def _compare(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    names = r.model_names() or tuple(base.get("models") or ())
    return (Planned("compare_models", {**workload(r, base), "models": names, **_dated(r)}),)


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
    Intent("tokens_for_budget", _weigh_budget, _budget),
    Intent("cheapest_model", _weigh_cheapest, _cheapest),
)
