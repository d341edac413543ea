"""The calls of the turn before, made again: as they were, or with what a follow-up names put in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.agent.planner.accounted import PERCENTS, asks_back, settled
from bot.agent.planner.history import SMALL_TALK, Earlier
from bot.agent.planner.intents import spend, split
from bot.agent.planner.kinds import BY_NAME, BY_TOOL
from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading
from tools.money import plain

SUMMED = frozenset({"spend_total", "forecast"})
# What is said of an answer is not said again of itself.
OF_AN_ANSWER = frozenset(
    {"ask_back", "say_unknown", "forget_conversation", "show_working", "show_again", "own_model_cost", *SMALL_TALK}
)
WORKED_OUT = frozenset({"restated_amount", "bill_after_change"})
CHANGE_WORDS = re.compile(
    r"\bwhy\b|\bdrove\b|\bchange|\b(?:go|goes|going|gone|went|trending)\s+(?:up|down)\b|\bup\s+or\s+down\b"
    r"|\b(?:growing|rising|falling|shrinking|increasing|decreasing|declining|higher|lower)\b",
    re.IGNORECASE,
)
# A bare percent in a follow-up has no word beside it that says of what.
BARE_PERCENT = re.compile(
    r"\W*(?:(?:and|or|but|no|ok|what|how|about|if|make|it|that|is|was|were|with|at|use|try|say|take|assume|set"
    r"|to|now|then"
    r"|instead|rather|only|just|please|we|had|have|it's|its)\W+)*~?\d+(?:\.\d+)?\s*(?:%|percent|per cent"
    r"|pct)\W*(?:then|instead|please|now)?\W*",
    re.IGNORECASE,
)
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


def again(calls: Sequence[Earlier], *, quiet: bool = False) -> list[Planned]:
    """The calls as they were made. An amount that one took from the call before it is taken anew."""
    found: list[Planned] = []
    before: Earlier | None = None
    for call in calls:
        if call.tool in OF_AN_ANSWER:
            continue
        if call.tool == "combined_amounts":
            found.append(Planned(call.tool, call.args, after=True, quiet=quiet))
        elif before is not None and is_taken(call, before):
            kept = {key: value for key, value in call.args.items() if key not in {"amount", "currency"}}
            found.append(Planned(call.tool, kept, amount_from="amount", quiet=quiet))
        else:
            found.append(Planned(call.tool, call.args, quiet=quiet))
        before = call
    return found


def is_taken(call: Earlier, before: Earlier) -> bool:
    """Whether the amount of a call is the headline of the call before it."""
    return call.tool in WORKED_OUT and bool(before.value) and str(call.args.get("amount")) == before.value


def changed(r: Reading, calls: Sequence[Earlier]) -> list[Planned]:
    """The calls before with what `r` names put in; a grouping or a change asked for turns a total into that."""
    if percent := bare_percent(r, calls):
        return percent
    found: list[Planned] = []
    for at, call in enumerate(calls):
        if call.tool not in BY_TOOL:
            continue
        if at and is_taken(call, calls[at - 1]):
            found = _chained(r, found, calls[at - 1], call)
            continue
        found += [planned for planned in settled(r, _filled(r, call)) if planned not in found]
    return found


def _filled(r: Reading, call: Earlier) -> tuple[Planned, ...]:
    name = BY_TOOL[call.tool]
    if name.startswith("spend") or name in {"untagged", "anomalies"}:
        name = spend_kind(r, name)
    return BY_NAME[name].fill(r, call.args)


def _chained(r: Reading, found: list[Planned], before: Earlier, call: Earlier) -> list[Planned]:
    """A change of what an amount becomes, or of the amount: what the follow-up names says which."""
    kept = {key: value for key, value in call.args.items() if key not in {"amount", "currency"}}
    if not asks_back(found):
        return [*found, Planned(call.tool, kept, amount_from="amount")]
    filled = BY_NAME[BY_TOOL[call.tool]].fill(r, call.args)
    if asks_back(settled(r, filled)):
        return found
    args = {key: value for key, value in filled[-1].args.items() if key not in {"amount", "currency"}}
    return [*again([before]), Planned(call.tool, args, amount_from="amount")]


def spend_kind(r: Reading, name: str) -> str:
    if r.compared or CHANGE_WORDS.search(r.text) or spend.moved_most(r):
        return "spend_change"
    if split.grain(r):
        return "spend_series"
    if any(g.dimension not in split.TIME for g in r.groupings):
        return "spend_series" if name == "spend_series" else "spend_by"
    return name


def bare_percent(r: Reading, calls: Sequence[Earlier]) -> list[Planned]:
    """`Make it 40%` takes the place of the one percentage of the call before; where it had several, a question back."""
    if len(calls) != 1 or len(r.percents) != 1 or not BARE_PERCENT.fullmatch(r.text) or calls[0].tool not in BY_TOOL:
        return []
    call = calls[0]
    held = [key for key in call.args if key in PERCENTS and _is_number(call.args[key])]
    value = plain(r.percents[0].value)
    if not held:
        return []
    if len(held) > 1:
        options = tuple(f"{value}% {key.replace('_', ' ')}" for key in held)
        return [Planned("ask_back", {"question": f"What should be {value}%?", "options": options})]
    if _is_number(call.args[held[0]]) and Decimal(str(call.args[held[0]])) < 0:
        value = plain(-abs(r.percents[0].value))
    return [Planned(call.tool, {**call.args, held[0]: value})]


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
        held = tuple(key for key in keys if _is_number(call.args.get(key)))
        if held and keys is TOKENS and bool(INPUT.search(text)) != bool(OUTPUT.search(text)):
            side = "input" if INPUT.search(text) else "output"
            return tuple(key for key in held if side in key)
        if held:
            return held
    return ()


def _is_number(value: Any) -> bool:
    try:
        return value is not None and not isinstance(value, bool) and Decimal(str(value)).is_finite()
    except InvalidOperation:
        return False
