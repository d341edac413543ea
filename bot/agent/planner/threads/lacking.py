"""A question that lacks what its kind needs, right after an answer of that kind that was told it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.agent.planner.intents.decisions.decide import measure_of
from bot.agent.planner.kinds import BY_NAME, BY_TOOL
from bot.agent.planner.plan import Intent
from bot.agent.planner.reading import Reading
from bot.agent.planner.threads.history import Earlier

LONGEST = 10
# What a call of each kind can't be made without; of several, any one will do.
NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "project_value": (("investment", "flows"), ("benefit", "flows")),
    "training_cost": (("parameters", "gpu_hours"), ("tokens", "gpu_hours")),
    "fine_tuning_cost": (("parameters",), ("tokens",)),
    "serving_cost": (("model", "parameters"), ("tokens_a_day", "requests")),
    "rent_or_buy": (("accelerator",),),
    "rent_price": (("accelerator",),),
    "purchase_price": (("accelerator",),),
    "energy": (("accelerator", "power_kw", "power_w_each"),),
    "commitment_worth": (("discount", "reserved_per_hour"),),
    "depreciation": (("cost",), ("years", "after_years")),
    "blended_rate": (("discount",), ("coverage",)),
    "compound_growth": (("start",),),
    "model_memory": (("model", "parameters"),),
    "price_usage": (("input_tokens", "output_tokens", "tokens", "cached_input_tokens"), ("model",)),
}
OTHER_PROJECT = re.compile(r"\b(?:another|a\s+new|a\s+different|second)\s+(?:project|investment|one)\b", re.IGNORECASE)


def lacks_what_was_told(r: Reading, best: tuple[float, Intent] | None, calls: Sequence[Earlier]) -> bool:
    """`And the payback?`, `npv at 10%` after a project: a short message of the kind of the call before that leaves out
    what such a question must say, and which that call has."""
    call = calls[-1]
    if len(r.text.split()) > LONGEST or call.tool not in NEEDED or OTHER_PROJECT.search(r.text):
        return False
    measured = call.tool == "project_value" and measure_of(r) is not None
    same = best is not None and best[1].name == BY_TOOL[call.tool]
    if not (measured or same):
        return False
    fresh = {key for planned in BY_NAME[BY_TOOL[call.tool]].fill(r, {}) for key in planned.args}
    return any(not fresh & set(keys) and set(keys) & set(call.args) for keys in NEEDED[call.tool])
