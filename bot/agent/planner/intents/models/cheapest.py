"""Which model costs least for a use: of all, of some providers or families, or of all but some."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.models.list_prices import FAMILY
from bot.agent.planner.intents.models.token_counts import volumes
from bot.agent.planner.intents.models.workload import at_list, workload
from bot.agent.planner.names.ledger_names import CHAIN, EXCLUDING
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.lexing import touches
from tools.money import plain
from tools.prices.vocabulary import provider_id, provider_pattern

MODEL_WORD = re.compile(r"\b(?:models?|llms?|apis?|options?|ones?)\b", re.IGNORECASE)
PROVIDER = re.compile(rf"(?<![\w-])(?:{provider_pattern()})(?:['’]s)?(?![\w-])", re.IGNORECASE)
KEPT = ("min_context", "providers", "without_providers", "families", "top")


def _weigh(r: Reading) -> float | None:
    if not r.has("cheapest") or r.accelerators or len([m for m in r.models if m.ref]) > 1:
        return None
    if not (volumes(r) or MODEL_WORD.search(r.text) or sellers(r)[1]):
        return None
    return 0.3 + 0.1 * bool(volumes(r)) - 0.2 * bool(r.models) + 0.2 * bool(sellers(r)[1])


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = {key: base[key] for key in KEPT if key in base} | at_list(workload(r, base))
    return (Planned("cheapest_models", args | candidates(r)),)


def candidates(r: Reading) -> Args:
    """Which models are looked at, and how many are told: by context, provider and family, as the tools take them."""
    args: Args = {}
    if context := r.amount("context"):
        args["min_context"] = plain(context.value)
    wanted, unwanted = sellers(r)
    if wanted:
        args["providers"] = wanted
    if unwanted:
        args["without_providers"] = unwanted
    if families := tuple(dict.fromkeys(m[0].lower() for m in FAMILY.finditer(r.text))):
        args["families"] = families
    if r.top and r.top > 1:
        args["top"] = r.top
    return args


def sellers(r: Reading) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The providers that the model is to be of, and those that it is not to be of, as written."""
    meant, unwanted = list[str](), list[str]()
    out_until: int | None = None
    models = [(m.start, m.end) for m in r.models if m.ref]
    for found in PROVIDER.finditer(r.text):
        name = re.sub(r"['’]s$", "", found[0])
        if provider_id(name) is None or touches(*found.span(), models) or FAMILY.fullmatch(name):
            continue
        chained = out_until is not None and CHAIN.fullmatch(r.text[out_until : found.start()]) is not None
        out = chained or EXCLUDING.search(r.text[: found.start()]) is not None
        out_until = found.end() if out else None
        (unwanted if out else meant).append(name)
    return tuple(dict.fromkeys(meant)), tuple(dict.fromkeys(unwanted))


INTENTS = (Intent("cheapest_model", _weigh, _fill),)
