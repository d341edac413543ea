"""Questions about training and fine-tuning a model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.chips.chips_named import A_TIME, ADVERBS, HOURS, hardware, hourly_price
from bot.agent.planner.intents.chips.counted import a_node, count_asked
from bot.agent.planner.intents.chips.energy import of_energy
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
            r"\btraining time\b|\btime (?:to|for) (?:pre-?)?train|\bhow long\b|\bhow many (?:days|weeks"
            r"|months)\b|\bin days\b|\b(?:time|duration)\s*\?*$|\bwhat time\b",
            re.IGNORECASE,
        ),
    ),
    ("flop", re.compile(r"\bflops?\b(?!\s+utili)|\bhow much compute\b", re.IGNORECASE)),
)
CHIP_HOURS = re.compile(
    r"\b(?:gpu|chip|accelerator|card|tpu|[abhl]\d{1,3}s?|mi\d{3}x?)[\s-]*(?:hours|hrs)\b", re.IGNORECASE
)
AIM_WORDS = re.compile(
    r"\bhow long\b|\bhow many (?:days|weeks|(?:[\w-]+[\s-])?hours)\b|\bflops?\b|\bmfu\b|\bgpu[\s-]hours\b|\bcompute\b",
    re.IGNORECASE,
)
OURS_TO_TRAIN = re.compile(r"\b(?:would|will|we|our|us|i)\b", re.IGNORECASE)
FULL = re.compile(r"\bfull(?:y)?\b|\ball (?:the )?(?:weights|parameters)\b", re.IGNORECASE)
PRECISION = re.compile(r"\b(?:fp[\s-]?(?:8|16|32)|bf[\s-]?16|tf[\s-]?32)\b", re.IGNORECASE)
LORA = re.compile(r"\bq?lora\b", re.IGNORECASE)
HFU_WORD = re.compile(r"\bhfu\b|\bhardware flops? utili", re.IGNORECASE)
MFU_WORD = re.compile(r"\bmfu\b|flops? utili", re.IGNORECASE)


def is_size(a: Amount) -> bool:
    """A count of parameters, or a number too large to be anything else beside training tokens."""
    return a.unit == "parameter" or (a.unit in {None, "model"} and a.role != "cached" and a.scaled and a.value >= 10**8)


def sized(r: Reading, base: Mapping[str, Any]) -> Args:
    """Parameters, training tokens, accelerator, price and MFU, as far as they are named."""
    args = hardware(r, base)
    parameters = [a for a in r.amounts if a.kind == "number" and is_size(a)]
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
    sizes, corpus = any(is_size(a) for a in numbers), any(a.unit == "token" and not a.per for a in numbers)
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
    if due := _deadline(r):
        args |= due
        args.pop("count", None)
    elif aims:
        together = aims[0] == "hours" and "count" in args and CHIP_HOURS.search(r.text) is None
        args["aim"] = "duration" if together else aims[0]
    elif base.get("aim") and (r.has("cost") or r.money):
        args.pop("aim")
    args.pop("epochs", None)
    if precision := PRECISION.search(r.text):
        args["precision"] = re.sub(r"\W", "", precision[0].lower())
    if powered := of_energy(r):
        return (
            Planned("training_cost", {**args, "aim": "hours"}, quiet=True),
            *(Planned("energy", {**_on_chips(args), **one}, amount_from="hours") for one in powered),
        )
    return (Planned("training_cost", args),)


def _deadline(r: Reading) -> Args:
    """The days in which a run must be done, where the question asks how many accelerators or nodes that takes."""
    wanted = count_asked(r)
    length = r.unit("hour", "day", "week", "month", "year")
    if wanted is None:
        return {}
    if length is not None:
        days = length.value * HOURS[str(length.unit)] / 24
    elif spoken := A_TIME.search(r.text):
        days = HOURS[(spoken["unit"] or ADVERBS[spoken["adverb"].lower()]).lower()] / 24
    else:
        return {}
    args: Args = {"deadline_days": plain(days)}
    if (each := a_node(r)) is not None:
        args["chips_per_node"] = plain(each)
    return {**args, "nodes": True} if wanted == "nodes" else args


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


INTENTS = (
    Intent("training_cost", _weigh_training, _training),
    Intent("fine_tuning", _weigh_tuning, _tuning),
)
