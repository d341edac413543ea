"""How many hours of a machine we used, and what an hour of it cost us, from the bills."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.own_spend import own
from bot.agent.planner.intents.spend_scope import INSTANCE, filters, spans
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading

HOURS = re.compile(
    r"\b(?:how many|number of|total|count of)\s+(?:[\w.-]+\s+){0,4}?(?:hours|hrs)\b"
    r"|\b(?:gpu|instance|machine|node|[\w-]*\d[\w-]*(?:\.\w+)?)[\s-](?:hours|hrs)\b"
    r"|\bhours\s+(?:of|on|did|were|used|consumed|billed)\b",
    re.IGNORECASE,
)
AN_HOUR = re.compile(r"\b(?:per|an|each)\s+(?:\w+\s+)?(?:hour|hr)\b|\bhourly\b|/\s?h(?:ou)?rs?\b", re.IGNORECASE)
OF_A_CHIP = re.compile(r"\b(?:per|each|a)\s+(?:gpu|chip|card|accelerator)\b|\bgpu[\s-]?hours?\b", re.IGNORECASE)
GPU_HOURS = re.compile(r"\b(?:gpu|accelerator|chip)[\s-]?(?:hours|hrs)\b", re.IGNORECASE)
MEANT = 0.3
PAID = re.compile(
    r"\b(?:effective(?:ly)?|actual(?:ly)?|really|we|us|our|paid|pay(?:ing)?|charged|billed|cost us)\b", re.IGNORECASE
)


def _weigh(r: Reading) -> float | None:
    """Hours of the past, of an instance that the bills name; the price of an hour of one chip in it is not what is
    billed."""
    machine = r.accelerators or INSTANCE.search(r.text) or r.of("service")
    named = machine or (GPU_HOURS.search(r.text) and own(r) > MEANT)
    if not named or not r.periods or any(p.is_future for p in r.periods) or r.amounts:
        return None
    if AN_HOUR.search(r.text):
        return 1.6 if PAID.search(r.text) and not OF_A_CHIP.search(r.text) else None
    return 1.3 + own(r) if HOURS.search(r.text) and not r.has("price", "train") else None


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = {key: value for key, value in filters(r, base).items() if key != "ai_only"}
    if GPU_HOURS.search(r.text) and "accelerator" not in args:
        args["accelerator"] = ("gpu",)
    if AN_HOUR.search(r.text):
        args["price"] = True
    return tuple(Planned("machine_hours", {**args, "period": period} if period else args) for period in spans(r, base))


INTENTS = (Intent("hours_used", _weigh, _fill),)
