"""Questions about building: training, fine-tuning and serving a model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.energy import of_energy
from bot.agent.planner.intents.hardware import hardware, hourly_price
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from tools.money import plain

MANY_HOURS = 10_000
COSTLY = re.compile(r"\b(?:costs?|prices?|pay|bill|expensive|cheap\w*)\b|[$€£]", re.IGNORECASE)
SIZE = re.compile(r"(?<![\w.])(?P<size>\d+(?:\.\d+)?)\s?(?P<scale>[bB]|[tT])\b(?!\s*(?:tokens|tok))")
AIMS = (
    ("mfu", re.compile(r"\b(?:what|which|how much|how high)\b[^?]*\b(?:mfu|flops? utili)", re.IGNORECASE)),
    (
        "hours",
        re.compile(
            r"\bhow many (?:[\w.]+[\s-]){0,3}(?:hours|hrs)\b|\b(?:gpu|chip|accelerator)[\s-]hours (?:needed|required)"
            r"|^\W*(?:\w+\s+)?gpu[\s-]hours\b",
            re.IGNORECASE,
        ),
    ),
    (
        "days",
        re.compile(
            r"\bhow long\b|\bhow many (?:days|weeks|months)\b|\bin days\b|\b(?:time|duration)\s*\?*$|\bwhat time\b",
            re.IGNORECASE,
        ),
    ),
    ("flop", re.compile(r"\bflops?\b(?!\s+utili)|\bhow much compute\b", re.IGNORECASE)),
)
AIM_WORDS = re.compile(
    r"\bhow long\b|\bhow many (?:days|weeks|(?:[\w-]+[\s-])?hours)\b|\bflops?\b|\bmfu\b|\bgpu[\s-]hours\b|\bcompute\b",
    re.IGNORECASE,
)
OURS_TO_TRAIN = re.compile(r"\b(?:would|will|we|our|us|i)\b", re.IGNORECASE)
FULL = re.compile(r"\bfull(?:y)?\b|\ball (?:the )?(?:weights|parameters)\b", re.IGNORECASE)
MEMORY = re.compile(
    r"\b(?:memory|vram|gigabytes?|gb|kv[\s-]?cache|how (?:big|large)|weights? (?:take|need))\b", re.IGNORECASE
)
BITS = re.compile(r"\b(?P<bits>4|8|16|32)[\s-]?bits?\b|\b(?:int|fp|bf|float)(?P<typed>4|8|16|32)\b", re.IGNORECASE)
SERVING_AIMS = (
    ("chips", re.compile(r"\bhow many\b(?! (?:tokens|dollars|usd|euros))", re.IGNORECASE)),
    ("month", re.compile(r"\b(?:a|per|each|every) month\b(?!ly)|\bmonthly\b|/\s?mo(?:nth)?\b", re.IGNORECASE)),
)
KV = re.compile(r"\bkv\b|\bcache\b", re.IGNORECASE)
SEQUENCES = re.compile(r"\bbatch(?:\s+size)?(?:\s+of)?\s*=?\s*$|\bconcurren\w+\s*$", re.IGNORECASE)
SEQUENCES_AFTER = re.compile(
    r"\s*(?:concurrent|parallel|simultaneous|sequences?|users?|requests?|streams?)\b", re.IGNORECASE
)
PRECISION = re.compile(r"\b(?:fp[\s-]?(?:8|16|32)|bf[\s-]?16|tf[\s-]?32)\b", re.IGNORECASE)
LORA = re.compile(r"\bq?lora\b", re.IGNORECASE)
HFU_WORD = re.compile(r"\bhfu\b|\bhardware flops? utili", re.IGNORECASE)
MFU_WORD = re.compile(r"\bmfu\b|flops? utili", re.IGNORECASE)


def _is_size(a: Amount) -> bool:
    """A count of parameters, or a number too large to be anything else beside training tokens."""
    return a.unit == "parameter" or (a.unit in {None, "model"} and a.role != "cached" and a.scaled and a.value >= 10**8)


def sized(r: Reading, base: Mapping[str, Any]) -> Args:
    """Parameters, training tokens, accelerator, price and MFU, as far as they are named."""
    args = hardware(r, base)
    parameters = [a for a in r.amounts if a.kind == "number" and _is_size(a)]
    dense = [a for a in parameters if a.role != "active"]
    if dense:
        args["parameters"] = plain(dense[0].value)
    elif size := next((m for model in r.models if (m := SIZE.search(model.text))), None):
        args["parameters"] = size[0].strip()
    if active := next((a for a in parameters if a.role == "active"), None):
        args["active_parameters"] = plain(active.value)
    if tokens := next((a for a in r.amounts if a.unit == "token" and a.kind == "number" and not a.per), None):
        args["tokens"] = plain(tokens.value)
    shares = [a for a in r.percents if a.role in {"mfu", "utilisation"}]
    if shares:
        args["hfu" if HFU_WORD.search(r.text) else "mfu"] = plain(shares[0].value)
    alone = r.money[0] if "price_per_hour" in base and len(r.money) == 1 else None
    if price := hourly_price(r) or alone:
        args["price_per_hour"] = plain(price.value)
    if hours := r.unit("GPU hour") or next((a for a in r.amounts if a.unit == "hour" and a.value >= MANY_HOURS), None):
        args["gpu_hours"] = plain(hours.value)
    if epochs := r.unit("epoch"):
        args["epochs"] = plain(epochs.value)
    return args


def _weigh_training(r: Reading) -> float | None:
    if r.has("finetune") or (r.has("serve") and not r.has("train")):
        return None
    numbers = [a for a in r.amounts if a.kind == "number"]
    sizes, corpus = any(_is_size(a) for a in numbers), any(a.unit == "token" and not a.per for a in numbers)
    if not r.has("train"):
        if sizes and corpus and r.amount("mfu", kind="percent"):
            return 0.9  # a model's name beside them only says whose run it is
        return 0.5 if sizes and corpus and (r.has("cost") or AIM_WORDS.search(r.text)) and not r.models else None
    if not (sizes or corpus or any(a.unit == "GPU hour" for a in numbers)):
        return 0.0 if OURS_TO_TRAIN.search(r.text) and not r.has("headline", "others") else None
    return 0.4


def _training(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = sized(r, base)
    aims = [name for name, pattern in AIMS if pattern.search(r.text) and not (name == "mfu" and r.amount("mfu"))]
    if aims:
        args["aim"] = aims[0]
    args.pop("epochs", None)
    if precision := PRECISION.search(r.text):
        args["precision"] = re.sub(r"\W", "", precision[0].lower())
    if powered := of_energy(r):
        return (
            Planned("training_cost", {**args, "aim": "hours"}, quiet=True),
            *(Planned("energy", {**_on_chips(args), **one}, amount_from="hours") for one in powered),
        )
    return (Planned("training_cost", args),)


def _on_chips(args: Args) -> Args:
    """Hours of one accelerator after another: how many work at once changes no energy."""
    return {"accelerator": args["accelerator"]} if "accelerator" in args else {}


def _weigh_tuning(r: Reading) -> float | None:
    if not r.has("finetune"):
        return None
    named = r.models or any(a.unit in {"parameter", "token"} for a in r.amounts if a.kind == "number")
    return 0.4 if named else None


def _tuning(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = sized(r, base)
    if lora := LORA.search(r.text):
        args["method"] = lora[0].lower()
    elif FULL.search(r.text):
        args["method"] = "full"
    return (Planned("fine_tuning_cost", args),)


def _weigh_serving(r: Reading) -> float | None:
    if not r.has("serve") or r.has("train", "finetune"):
        return None
    named = r.models or any(a.unit == "parameter" for a in r.amounts if a.kind == "number")
    return 0.55 if named else None


def _serving(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = hardware(r, base)
    parameters = next((a for a in r.amounts if a.unit == "parameter" and a.kind == "number"), None)
    hosted = [m for m in r.models if SIZE.search(m.text)]
    rivals = [m for m in r.models if m not in hosted]
    if hosted:
        args["model"] = hosted[0].text
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
    if used := r.amount("utilisation", kind="percent"):
        args["utilisation"] = plain(used.value)
    if bits := BITS.search(r.text):
        args["bits"] = bits["bits"] or bits["typed"]
    if aim := next((name for name, words in SERVING_AIMS if words.search(r.text)), None):
        args["aim"] = aim
    return (Planned("serving_cost", args),)


def _weigh_memory(r: Reading) -> float | None:
    sized = any(a.kind == "number" and _is_size(a) for a in r.amounts) or any(SIZE.search(m.text) for m in r.models)
    if re.search(r"\bkv[\s-]?cache", r.text, re.IGNORECASE) and (sized or r.models) and not COSTLY.search(r.text):
        return 1.0
    return 0.5 if sized and MEMORY.search(r.text) and not COSTLY.search(r.text) else None


def _memory(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = dict(base)
    sizes = [a for a in r.amounts if a.kind == "number" and _is_size(a)]
    if sizes:
        args["parameters"] = plain(sizes[0].value)
    elif r.models:
        args["model"] = r.models[0].text
    if bits := BITS.search(r.text):
        args["bits"] = bits["bits"] or bits["typed"]
    if context := next((a for a in r.amounts if a.unit == "token" or a.role == "context"), None):
        args["context_tokens"] = plain(context.value)
    for amount in r.amounts:
        counted = SEQUENCES.search(r.text[: amount.start]) or SEQUENCES_AFTER.match(r.text, amount.end)
        if counted and amount not in (context, *sizes) and amount.unit in {None, "request", "user", "conversation"}:
            args["sequences"] = plain(amount.value)
    if KV.search(r.text):
        args["aim"] = "cache"
    return (Planned("model_memory", args),)


INTENTS = (
    Intent("model_memory", _weigh_memory, _memory),
    Intent("training_cost", _weigh_training, _training),
    Intent("fine_tuning", _weigh_tuning, _tuning),
    Intent("serving", _weigh_serving, _serving),
)
