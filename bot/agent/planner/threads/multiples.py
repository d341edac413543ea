"""The volume of the answer before times something: `double the traffic`, `10x that`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.agent.planner.plan import Planned
from bot.agent.planner.threads.bare_amounts import is_number
from bot.agent.planner.threads.changes import SUMMED, again
from bot.agent.planner.threads.history import Earlier
from tools.money import plain

FACTOR = re.compile(
    r"\b(?:(?P<word>doubl\w*|twice|tripl\w*|thrice|quadrupl\w*|half|halv\w*)|(?P<times>\d+(?:\.\d+)?)\s*(?:x|×"
    r"|times))(?![\w-])",
    re.IGNORECASE,
)
MULTIPLIES = re.compile(
    r"\W*(?:(?:and|but|now|so|then|what|if|how|about|we|i|it|its|it['’]s|that|this|them|make|take|use|used|were"
    r"|was|is|be|had|have|say|with"
    r"|at|for|on|of|the|our|as|many|much|to|by|would|instead|please|only|just|double[ds]?|doubling|twice"
    r"|triple[ds]?|tripling|thrice|quadrupled?"
    r"|half|halve[ds]?|halving|\d+(?:\.\d+)?\s*(?:x|×|times)|times|x|input|output|prompts?|completions?|tokens?"
    r"|volumes?|usage|traffic"
    r"|requests?|calls?|data|size|parameters?|params?|model|gpus?|chips?|cards?|accelerators?|amount|load"
    r"|workload|number|training)\b\W*)+",
    re.IGNORECASE,
)
TIMES = {"dou": "2", "twi": "2", "tri": "3", "thr": "3", "qua": "4", "hal": "0.5"}
OF_PRICES = re.compile(r"\b(?:prices?|rates?|cost per|discounts?|savings?)\b", re.IGNORECASE)
INPUT, OUTPUT = re.compile(r"\b(?:input|prompts?)\b", re.I), re.compile(r"\b(?:output|completions?|answers?)\b", re.I)
SIZE = re.compile(r"\b(?:size|parameters?|params?|model)\b", re.IGNORECASE)
CHIPS = re.compile(r"\b(?:gpus?|chips?|accelerators?|cards?|many)\b", re.IGNORECASE)
TOKENS = (
    "input_tokens",
    "output_tokens",
    "cached_input_tokens",
    "uncached_input_tokens",
    "cache_write_tokens",
    "tokens",
)
AMOUNTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "price_usage": (("requests",), TOKENS),
    "compare_models": (("requests",), TOKENS),
    "cheapest_models": (("requests",), TOKENS),
    "training_cost": (("tokens",),),
    "fine_tuning_cost": (("tokens",),),
    "serving_cost": (("requests",), ("tokens_a_day",)),
    "tokens_for_budget": (("budget",),),
    "rent_or_buy": (("count",),),
}


def multiplied(text: str, calls: Sequence[Earlier]) -> list[Planned]:
    """`Double the volume`: the counts of the call before times that; of spend, what the bill becomes."""
    found = FACTOR.search(text)
    if found is None or not MULTIPLIES.fullmatch(text) or OF_PRICES.search(text) or len(calls) != 1:
        return []
    call = calls[0]
    factor = Decimal(found["times"] or TIMES[found["word"].lower()[:3]])
    if call.tool in SUMMED:
        change = {"volume_change": plain((factor - 1) * 100)}
        return [*again([call]), Planned("bill_after_change", change, amount_from="amount")]
    keys = _counted(text, call)
    if not keys:
        return []
    args = {key: plain(Decimal(str(call.args[key])) * factor) for key in keys}
    return [replace(again([call])[0], args={**call.args, **args})]


def _counted(text: str, call: Earlier) -> tuple[str, ...]:
    if call.tool == "training_cost" and SIZE.search(text) and "parameters" in call.args:
        return ("parameters",)
    if "count" in call.args and CHIPS.search(text):
        return ("count",)
    for keys in AMOUNTS.get(call.tool, ()):
        held = tuple(key for key in keys if is_number(call.args.get(key)))
        if held and keys is TOKENS and bool(INPUT.search(text)) != bool(OUTPUT.search(text)):
            side = "input" if INPUT.search(text) else "output"
            return tuple(key for key in held if side in key)
        if held:
            return held
    return ()
