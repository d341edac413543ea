"""What a budget buys on a model: tokens of one kind, tokens of a mix, or requests of a size."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.models.price_parts import components
from bot.agent.planner.intents.models.token_counts import volumes
from bot.agent.planner.intents.models.workload import workload
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from tools.money import plain

THINGS = (
    r"(?:tokens?|usage|requests?|calls?|prompts?|quer(?:y|ies)|messages?|conversations?|chats?|documents?|docs?|pdfs?"
    r"|tickets?|summar(?:y|ies)|emails?|pages?|images?)"
)
HOW_MANY = re.compile(
    rf"\bhow (?:many|much).{{0,30}}\b{THINGS}|\b{THINGS}\b.{{0,20}}\b(?:buy|get|afford)"
    r"|\b(?:tokens?|requests?|calls?)\s+for\s+[$€£\d]|\bhow far (?:does|will|would|do|can)\b"
    r"|\b(?:buys?|gets?|affords?)\s+(?:me|us)\b|\bwhat (?:does|do|will|would|can)\b.{0,30}\bbuy\b"
    r"|\bwhat\s+(?:can|could|do|would|will)\s+(?:i|we|you)\s+get\s+for\b"
    r"|\bhow much\s+(?:can|could|do)\s+(?:i|we)\s+(?:get|buy)\b",
    re.IGNORECASE,
)
A_DOLLAR = re.compile(
    r"\btokens?\b.{0,20}\b(?:per|for (?:a|each|one|every)|a)\s+(?:(?:us\s+)?dollar|buck|\$)"
    r"|\btokens?\s?/\s?(?:\$|dollar)",
    re.IGNORECASE,
)
CALLED = re.compile(rf"\bhow many\s+(?:[\w.,-]+\s+){{0,3}}?(?P<what>{THINGS})\b", re.IGNORECASE)
OF_ONE = (
    *("input_tokens", "output_tokens", "cached_input_tokens", "uncached_input_tokens", "reasoning_tokens"),
    *("cached_share", "output_share", "batch"),
)


def _weigh(r: Reading) -> float | None:
    if r.models and not r.money and A_DOLLAR.search(r.text):
        return 0.8
    built = r.accelerators or r.has("finetune", "train")
    if not r.models or len(r.money) != 1 or not HOW_MANY.search(r.text) or built:
        return None
    return 0.45 + 0.35 * bool(volumes(r))


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = {**base, "model": next(iter(r.model_names()), base.get("model"))}
    if not r.money and A_DOLLAR.search(r.text):
        args["budget"] = "1"
    if r.money:
        args["budget"] = plain(r.money[0].value)
    one = {key: value for key, value in workload(r, {}).items() if key in OF_ONE}
    if volumes(r):
        called = CALLED.search(r.text)
        what = called["what"].lower() if called else "requests"
        return (Planned("requests_for_budget", {**args, **one, "what": "requests" if "token" in what else what}),)
    args |= {key: one[key] for key in ("output_share", "cached_share", "batch") if key in one}
    if (named := components(r.text)) and "output_share" not in args:
        args["component"] = named[0]
    return (Planned("tokens_for_budget", args),)


INTENTS = (Intent("tokens_for_budget", _weigh, _fill),)
