"""Questions on tokens a second: what a volume needs, what memory bandwidth allows, what energy they take."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.agent.planner.intents.building.build import is_size
from bot.agent.planner.intents.building.model_named import bits_named, model_named
from bot.agent.planner.intents.building.own_throughput import SECONDS, throughput_of
from bot.agent.planner.intents.chips.chips_named import hardware, hourly_price
from bot.agent.planner.intents.chips.counted import count_asked
from bot.agent.planner.intents.chips.energy import conditions
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from tools.money import plain

A_SECOND_OF = r"tok(?:en)?s?\s*(?:per|a|/)\s*s(?:ec(?:ond)?)?\b"
RATE_WANTED = re.compile(
    r"\b(?:what|which|how\s+much|how\s+high)\s+(?:\w+\s+){0,2}?(?:throughput|speed)\b"
    r"|\bthroughput\b.*\b(?:need|required?|sustain|handle)"
    rf"|\bhow\s+many\s+(?:output\s+)?{A_SECOND_OF}|\b{A_SECOND_OF}.*\b(?:need|sustain|mean|is that|average)"
    rf"|\b(?:in|as)\s+{A_SECOND_OF}",
    re.IGNORECASE,
)
VOLUME_SPANS = ("minute", "hour", "day", "week", "month", "year")
PEAK = re.compile(r"\bpeak\w*\b", re.IGNORECASE)
MONEY_WANTED = re.compile(r"\b(?:costs?|price[sd]?|pay|bill|expensive|cheap\w*)\b|[$€£]", re.IGNORECASE)
DECODE = re.compile(
    r"\b(?:decod\w+|generat(?:e|ion|ing)|tok(?:en)?s?\s*(?:per|a|/)\s*s(?:ec(?:ond)?)?|how\s+fast|throughput|speed)\b",
    re.IGNORECASE,
)
SINGLE = re.compile(
    r"\bbatch[\s-]?(?:size\s*)?(?:of\s*)?=?\s*(?:1|one)\b|\bsingle[\s-](?:stream|request|user|sequence|batch)\b"
    r"|\bone\s+(?:request|user|sequence|stream)\b|\bper\s+(?:user|request|stream|sequence)\b"
    r"|\b(?:memory|bandwidth)[\s-](?:bandwidth[\s-])?(?:bound|limit(?:ed)?)\b|\bbound(?:ed)?\s+by\b|\bmemory\s+bandwidth\b"
    r"|\b(?:ceiling|upper\s+(?:bound|limit)|theoretical|at\s+(?:the\s+)?(?:most|best)|max(?:imum)?)\b",
    re.IGNORECASE,
)
A_SECOND = re.compile(r"\s*/\s?s(?:ec(?:ond)?)?\b|\s*(?:per|a)\s+second\b|ps\b", re.IGNORECASE)
PER_TOKENS = re.compile(
    r"(?:[km]?wh|kilowatt[\s-]?hours?|energy|electricity|power|joules?|co2\w*|emissions?)\b.*?\b(?:per|a|each|for\s+(?:a|one|1|every)|of\s+(?:a|one|1))\s+(?:1\s?)?"
    r"(?:million|1?m|thousand|1?k)?\s*(?:output\s+)?tok(?:en)?s?"
    r"|\b(?:energy|electricity|power|kwh)\b.*?\b(?:1|one|a)\s?(?:m|million)\s+tok(?:en)?s?\s+(?:take|need|cost|use|require|consume)",
    re.IGNORECASE,
)


def _volume(r: Reading) -> Amount | None:
    """Tokens in each span longer than a second."""
    told = (a for a in r.amounts if a.unit == "token" and a.kind == "number" and a.per in VOLUME_SPANS)
    return max(told, key=lambda a: VOLUME_SPANS.index(str(a.per)), default=None)


def _speed(r: Reading, volume: Amount) -> Amount | None:
    """Tokens a second, minute or hour that one accelerator gives, beside the volume."""
    told = [a for a in r.amounts if a.unit == "token" and a.kind == "number" and a is not volume]
    return next((a for a in told if (a.per or "").split(" ")[0] in SECONDS), None)


def _weigh_needed(r: Reading) -> float | None:
    volume = _volume(r)
    if volume is None or r.models or r.has("train", "finetune") or r.money or MONEY_WANTED.search(r.text):
        return None
    if any(is_size(a) for a in r.amounts if a.unit != "token") or model_named(r):
        return None
    if _speed(r, volume) is not None and count_asked(r) is not None:
        return 2.0
    return 2.0 if _speed(r, volume) is None and RATE_WANTED.search(r.text) else None


def _needed(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    volume = _volume(r)
    assert volume is not None
    args: Args = {"tokens": plain(volume.value), "every": str(volume.per)}
    if (speed := _speed(r, volume)) is not None:
        args["tokens_per_second_each"] = plain(speed.value / SECONDS[str(speed.per).split(" ")[0]])
    if used := r.amount("utilisation", kind="percent"):
        args["utilisation"] = plain(used.value)
    hours = next((a for a in r.amounts if a.unit == "hour" and a.kind == "number" and a.per in {None, "day"}), None)
    if hours is not None:
        args["hours_a_day"] = plain(hours.value)
    if (times := next((a for a in r.amounts if a.kind == "factor"), None)) and PEAK.search(r.text):
        args["peak"] = plain(times.value)
    if r.accelerators:
        args["accelerator"] = r.accelerators[0].accelerator.shown
    return (Planned("needed_throughput", args),)


def _bandwidth(r: Reading) -> Amount | None:
    """A memory bandwidth that is told: `4.8 TB/s`."""
    return next((a for a in r.amounts if a.unit in {"GB", "TB"} and _a_second(r, a)), None)


def _a_second(r: Reading, amount: Amount) -> bool:
    unit = re.match(r"\s?-?(?:[gt]i?b|gigabytes?|terabytes?)", r.text[amount.end :], re.IGNORECASE)
    return bool(unit and A_SECOND.match(r.text, amount.end + unit.end()))


def _weigh_decode(r: Reading) -> float | None:
    sized = any(a.kind == "number" and is_size(a) for a in r.amounts) or model_named(r) is not None
    if not sized or r.money or r.has("train", "finetune") or throughput_of(r) is not None or hourly_price(r):
        return None
    if not DECODE.search(r.text) or MONEY_WANTED.search(r.text) or count_asked(r):
        return None
    bandwidth = _bandwidth(r)
    if bandwidth is None and not (r.accelerators and SINGLE.search(r.text)):
        return None
    return 2.2


def _decode(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    chips = hardware(r, {})
    args: Args = {key: chips[key] for key in ("accelerator", "count") if key in chips}
    sizes = [a for a in r.amounts if a.kind == "number" and is_size(a)]
    named = model_named(r)
    size = next((a for a in sizes if a.role == "active"), sizes[0] if sizes else None)
    if named is not None:
        args["model"] = named
    elif size is not None:
        args["parameters"] = plain(size.value)
    if bits := bits_named(r):
        args["bits"] = bits
    if (bandwidth := _bandwidth(r)) is not None:
        args["bandwidth_gb_s"] = plain(bandwidth.value * (1000 if bandwidth.unit == "TB" else 1))
    return (Planned("decode_speed", args),)


def _weigh_energy(r: Reading) -> float | None:
    speed = throughput_of(r)
    if speed is None or not PER_TOKENS.search(r.text) or not (r.unit("W", "kW") or r.accelerators):
        return None
    return None if r.has("train", "finetune") else 2.2


def _energy(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    speed = throughput_of(r)
    assert speed is not None
    chips = hardware(r, {})
    count = Decimal(chips.get("count", "1"))
    each = re.search(r"\beach\b|\bper (?:gpu|chip|card)\b", r.text[speed.end : speed.phrase_end + 20], re.IGNORECASE)
    rate = speed.value / SECONDS[str(speed.per).split(" ")[0]]
    args: Args = {"tokens_per_second": plain(rate)}
    if power := r.unit("W", "kW"):
        watts = power.value * (1000 if power.unit == "kW" else 1)
        args["power_w"] = plain(watts * count if power.unit == "W" else watts)
    else:
        args |= {key: chips[key] for key in ("accelerator", "count") if key in chips}
    if each and count > 1:
        args["tokens_per_second"] = plain(rate * count)
    args |= conditions(r)
    return (Planned("token_energy", args),)


INTENTS = (
    Intent("needed_throughput", _weigh_needed, _needed),
    Intent("decode_speed", _weigh_decode, _decode),
    Intent("token_energy", _weigh_energy, _energy),
)
