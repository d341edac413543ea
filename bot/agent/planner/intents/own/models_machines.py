"""Own spend on models against that on machines: `how much of it was GPUs and how much models`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.own.models_named import FAMILY
from bot.agent.planner.intents.own.own_spend import own
from bot.agent.planner.intents.own.spend_scope import filters, spans
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.machines import INSTANCE

MODELS = r"(?:(?:ai|language|hosted|api)\s+)?(?:models?|tokens?|apis?|llms?|model\s+(?:usage|apis?|calls))"
MACHINES = r"(?:gpu\s+)?(?:machines?|gpus?|accelerators?|compute|instances?|hardware|servers?|vms?|infrastructure)"
JOINT = (
    r"\s*(?:,|/|\band\b|\bvs\.?|\bversus\b|\bor\b|\bagainst\b|\brather\s+than\b|\bcompared\s+(?:to|with)\b|\bnot\b)\s*"
    r"(?:(?:how\s+much|what|is|was|were|are|went|goes|to|on|for|the|our|into|by|of|it|that|from)\s+)*"
)
EACH = re.compile(
    rf"\b(?:{MODELS}{JOINT}{MACHINES}|{MACHINES}{JOINT}{MODELS})\b(?!\s+(?:hours?|prices?|per))", re.IGNORECASE
)
LEAST = 0.2


def _weigh(r: Reading) -> float | None:
    if not EACH.search(r.text) or r.amounts or r.models or FAMILY.search(r.text) or INSTANCE.search(r.text):
        return None
    if r.has("price", "company", "others", "train", "serve", "rentbuy", "whatif", "scenario", "forecast", "budget"):
        return None
    return own(r) + 1.7 if own(r) >= LEAST or (r.periods and r.values) else None


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = {key: value for key, value in filters(r, base).items() if key not in {"accelerator", "charged_for"}}
    if args.get("service_category") == ("Compute",):
        args.pop("service_category")
    return tuple(Planned("spend_models_machines", {**args, "period": one} if one else args) for one in spans(r, base))


INTENTS = (Intent("models_machines", _weigh, _fill),)
