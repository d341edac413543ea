"""Questions on what accelerators can do, and how well a training job used them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.building.build import sized
from bot.agent.planner.intents.chips.chips_named import chip_hours, count_before, hardware
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from tools.money import plain

QUANTITIES = (
    ("bandwidth", re.compile(r"\bbandwidth\b|\b[gt]b/s\b", re.IGNORECASE)),
    ("power", re.compile(r"\btdp\b|\bpower\b|\bwatts?\b|\bwattage\b", re.IGNORECASE)),
    ("fp8", re.compile(r"\bfp[\s-]?8\b", re.IGNORECASE)),
    ("fp4", re.compile(r"\b(?:nv|mx)?fp[\s-]?4\b", re.IGNORECASE)),
    ("int8", re.compile(r"\bint[\s-]?8\b|\btops\b", re.IGNORECASE)),
    ("fp16", re.compile(r"\bfp[\s-]?16\b|\bhalf[\s-]precision\b", re.IGNORECASE)),
    ("tf32", re.compile(r"\btf[\s-]?32\b", re.IGNORECASE)),
    ("fp32", re.compile(r"\bfp[\s-]?32\b|\bsingle[\s-]precision\b", re.IGNORECASE)),
    ("bf16", re.compile(r"\bbf[\s-]?16\b|\b(?:[tp]|peta|tera)?flops?(?:/s)?\b|\bpeak\b", re.IGNORECASE)),
    ("memory", re.compile(r"\bmemory\b|\bv?ram\b|\bhbm\w*\b|\bgigabytes?\b|\bgb\b", re.IGNORECASE)),
)
SPECS = re.compile(r"\bspec(?:s|ifications?)?\b|\bdata\s?sheets?\b", re.IGNORECASE)
WHICH = re.compile(
    r"\b(?:which|what|who)\b.*\b(?:(?P<least>less|least|fewer|fewest|lower|lowest|smaller|smallest)|more|most|higher|highest|bigger"
    r"|biggest|larger|largest|faster|fastest)\b",
    re.IGNORECASE,
)
RUNS = re.compile(
    r"\b(?:run|runs|running|month|year|day|hours?|kwh|electricity|energy|co2|emissions?)\b", re.IGNORECASE
)
PAID = re.compile(
    r"\b(?:cost|pric|rent|buy|bought|purchas|pa(?:y|id)|spen[dt]|cheap|bill|charge|afford|budget)\w*", re.I
)
MFU = re.compile(
    r"\bmfu\b|\b(?:model )?flops? utili[sz]ation\b|\bhow well (?:did|do|were|are)\b.*\bused\b", re.IGNORECASE
)


def _weigh_specification(r: Reading) -> float | None:
    """An accelerator and one of its figures, and neither a price nor a job nor a model."""
    named = SPECS.search(r.text) or any(pattern.search(r.text) for _, pattern in QUANTITIES)
    if not r.accelerators or not named or r.money or r.models or r.percents:
        return None
    if r.has("train", "finetune", "serve") or PAID.search(r.text) or RUNS.search(r.text):
        return None
    counted = [m for m in r.accelerators if m.count and m.count > 1]
    if any(a.unit in {"parameter", "token"} for a in r.amounts) or (counted and len(r.accelerators) > 1):
        return None
    return 1.0


def _specification(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = {key: value for key, value in base.items() if key in {"accelerators", "quantity"}}
    if r.accelerators:
        args["accelerators"] = tuple(dict.fromkeys(m.accelerator.shown for m in r.accelerators))
    if "accelerators" in args:
        counts = (m.count or count_before(r, m.start) for m in r.accelerators)
        if count := next((count for count in counts if count), None):
            args["count"] = str(count)
    if len(args.get("accelerators", ())) > 1 and (which := WHICH.search(r.text)):
        args["best"] = "least" if which["least"] else "most"
    if quantity := next((name for name, pattern in QUANTITIES if pattern.search(r.text)), None):
        args["quantity"] = quantity
    return (Planned("accelerator_specification", args),)


def _weigh_utilisation(r: Reading) -> float | None:
    """An MFU asked for, not given, of a job whose hours are told."""
    if not MFU.search(r.text) or r.amount("mfu", kind="percent") or not r.accelerators:
        return None
    return (
        1.0
        if r.unit("GPU hour") or chip_hours(r) is not None or (r.unit("hour", "day", "week") and _chips(r))
        else None
    )


def _utilisation(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    found = sized(r, base)
    names = ("accelerator", "count", "parameters", "tokens", "gpu_hours", "price_per_hour")
    args: Args = {key: found[key] for key in names if key in found}
    if active := found.get("active_parameters"):
        args["parameters"] = active
    if "gpu_hours" not in args and (total := chip_hours(r)) is not None:
        args["gpu_hours"] = plain(total)
        args.pop("count", None)
    if "gpu_hours" not in args and (time := r.unit("hour", "day", "week")):
        args["hours"] = plain(time.value * {"hour": 1, "day": 24, "week": 168}[str(time.unit)])
    return (Planned("training_utilisation", args),)


def _chips(r: Reading) -> bool:
    return "count" in hardware(r, {})


INTENTS = (
    Intent("accelerator_specification", _weigh_specification, _specification),
    Intent("training_utilisation", _weigh_utilisation, _utilisation),
)
