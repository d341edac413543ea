"""How many hours of a machine we used, and what an hour of it cost us, from the bills."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.own.own_spend import own
from bot.agent.planner.intents.own.spend_scope import filters, spans
from bot.agent.planner.intents.own.split import step
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.machines import INSTANCE

HOURS = re.compile(
    r"\b(?:how many|number of|total|count of)\s+(?:[\w.-]+\s+){0,4}?(?:hours|hrs)\b"
    r"|\b(?:gpu|instance|machine|node|[\w-]*\d[\w-]*(?:\.\w+)?)[\s-](?:hours|hrs)\b"
    r"|\bhours\s+(?:of|on|did|were|used|consumed|billed|and)\b",
    re.IGNORECASE,
)
AN_HOUR = re.compile(
    r"\b(?<!in )(?<!within )(?:per|an?|each|every|one|single)\s+(?:[\w.-]+\s+){0,2}(?:hour|hr)\b"
    r"|\bhourly\b|/\s?h(?:ou)?rs?\b",
    re.IGNORECASE,
)
OF_A_CHIP = re.compile(r"\b(?:per|each|a)\s+(?:gpu|chip|card|accelerator)\b|\bgpu[\s-]?hours?\b", re.IGNORECASE)
GPU_HOURS = re.compile(r"\b(?:gpu|accelerator|chip)[\s-]?(?:hours|hrs)\b", re.IGNORECASE)
USED = re.compile(r"\b(?:we|our|us|did|ran|used|consumed|billed|run\s+so\s+far)\b", re.IGNORECASE)
MEANT = 0.3
OF_A_MARKET = re.compile(
    r"\b(?:list|market|on[\s-]demand|spot|rent\w*|cheapest|lowest|average|charges?|offers?|quotes?|sell\w*|lambda|coreweave)\b",
    re.IGNORECASE,
)
PAID = re.compile(
    r"\b(?:effective(?:ly)?|actual(?:ly)?|really|we|us|our|paid|pay(?:ing)?|charged|billed|cost us)\b", re.IGNORECASE
)


def _weigh(r: Reading) -> float | None:
    """Hours of the past, of an instance that the bills name; the price of an hour of one chip in it is not what is
    billed."""
    machine = r.accelerators or INSTANCE.search(r.text) or r.of("service")
    named = machine or (GPU_HOURS.search(r.text) and own(r) > MEANT)
    if not named or any(p.is_future for p in r.periods) or _counts(r):
        return None
    if not r.periods:
        used = HOURS.search(r.text) and INSTANCE.search(r.text) and (USED.search(r.text) or r.of("team"))
        return 1.3 if (AN_HOUR.search(r.text) and _in_our_bill(r)) or (used and not r.has("train", "serve")) else None
    if AN_HOUR.search(r.text):
        billed = INSTANCE.search(r.text) and not OF_A_MARKET.search(r.text)
        return 1.6 if (PAID.search(r.text) or billed) and not OF_A_CHIP.search(r.text) else None
    return 1.3 + own(r) if HOURS.search(r.text) and not r.has("price", "train") else None


def _counts(r: Reading) -> bool:
    """Whether an amount is told, other than the one hour whose price is asked for."""
    return any(not (a.value == 1 and (a.unit in {"hour", "GPU hour", None}) and a.kind == "number") for a in r.amounts)


def _in_our_bill(r: Reading) -> bool:
    """Whether an hour's price of a machine is asked for as we pay it, with no time named."""
    told = PAID.search(r.text) and (r.has("ours") or re.search(r"\beffective|\bactual|\bpaid|\bbilled", r.text, re.I))
    return bool(told and INSTANCE.search(r.text)) and not (OF_A_MARKET.search(r.text) or OF_A_CHIP.search(r.text))


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = {key: value for key, value in filters(r, base).items() if key != "ai_only"}
    if GPU_HOURS.search(r.text) and "accelerator" not in args:
        args["accelerator"] = ("gpu",)
    hours, price = HOURS.search(r.text), AN_HOUR.search(r.text)
    if price and not (hours and hours.start() < price.start()):
        args["price"] = True
    if span := step(r):
        args["grain"] = span
    return tuple(Planned("machine_hours", {**args, "period": period} if period else args) for period in spans(r, base))


INTENTS = (Intent("hours_used", _weigh, _fill),)
