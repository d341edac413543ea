"""Questions of what a sum of money rents or buys: how many accelerators, for how long, or how many hours of one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.chips.buying import EVEN
from bot.agent.planner.intents.chips.chips_named import (
    BUY,
    HOURS,
    RENT,
    hardware,
    hourly_price,
    price_covers,
    span_hours,
)
from bot.agent.planner.intents.chips.counted import count_asked
from bot.agent.planner.intents.chips.rented_at import placed_at, pricing_kinds
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from tools.money import plain

LONG = re.compile(
    r"\bhow (?:long|much time)\b|\bhow many (?:[\w.-]+[\s-]){0,3}?(?:hours?|hrs?|days|weeks|months)\b"
    r"|\b(?:gpu|chip)[\s-]hours\b|\blasts?\b",
    re.IGNORECASE,
)
SUFFICES = re.compile(
    r"\b(?:enough|suffic\w+|afford|cover|fit(?:s)?\s+(?:in|into|within)|within budget|stay under)\b", re.IGNORECASE
)
LEAST_BUDGET = 100
LEAST_BARE = 1000
SPANS = frozenset({None, "day", "week", "month", "quarter", "year"})
TO_OWN = re.compile(r"\b(?:to own|outright|purchas\w+|capex|upfront)\b", re.IGNORECASE)
RENTED = re.compile(
    r"\b(?:rent\w*|leas\w+|run|running|on demand|spot|reserved|cloud|hour\w*|hrs?|hire)\b", re.IGNORECASE
)


def budget_of(r: Reading) -> Amount | None:
    """The sum that a question wants to spend: the one amount of money that is no price of an hour or of a token."""
    price = _price(r)
    sums = [a for a in r.money if a.value >= LEAST_BUDGET and a.per in SPANS and a is not price]
    if not sums and price is not None:
        sums = [a for a in r.amounts if a.kind == "number" and a.unit is None and a.value >= LEAST_BARE and not a.per]
    return sums[0] if len(sums) == 1 else None


def _price(r: Reading) -> Amount | None:
    """The price an hour; beside a budget also a small one that is not said to be an hour's: `at $2.50 each`."""
    small = [a for a in r.money if a.value < LEAST_BUDGET and a.per in {None, "GPU"}]
    return hourly_price(r) or (small[0] if len(small) == 1 and len(r.money) == 2 else None)


def _weigh(r: Reading) -> float | None:
    if r.has("train", "finetune", "serve", "energy") or budget_of(r) is None:
        return None
    if not (r.accelerators or r.unit("GPU") or re.search(r"\bgpus?\b", r.text, re.IGNORECASE)):
        return None
    if len(r.money) > 2 or (BUY.search(r.text) and (RENT.search(r.text) or EVEN.search(r.text))):
        return None
    asked = count_asked(r) or LONG.search(r.text) or SUFFICES.search(r.text)
    if not asked or (r.percents and not r.amount("discount", kind="percent")):
        return None
    return 0.9


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    budget = budget_of(r)
    args = hardware(r, base)
    if budget is not None:
        args["budget"] = plain(budget.value)
    bought = BUY.search(r.text) and not RENTED.search(r.text) and not LONG.search(r.text) and hourly_price(r) is None
    if "hours" not in args and (bought or TO_OWN.search(r.text)):
        return (Planned("purchase_price", {key: args[key] for key in ("accelerator", "budget") if key in args}),)
    if price := _price(r):
        args["price_per_hour"] = plain(price.value)
        if covers := price_covers(r, price, args.get("count")):
            args["price_covers"] = covers
    elif at := placed_at(r):
        args |= at
    if off := r.amount("discount", kind="percent"):
        args["discount"] = plain(off.value)
    hours = span_hours(r)
    if hours is None and budget is not None and budget.per in HOURS:
        hours = HOURS[str(budget.per)]
    if hours is not None:
        args["hours"] = plain(hours)
    if count_asked(r) is not None:
        args.pop("count", None)
        args["aim"] = "chips"
    if kinds := pricing_kinds(r):
        args["pricing_model"] = kinds[0]
    return (Planned("rent_for_budget", args),)


INTENTS = (Intent("rent_for_budget", _weigh, _fill),)
