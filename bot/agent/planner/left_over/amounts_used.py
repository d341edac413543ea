"""Which amounts of a question no argument of the calls made for it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.agent.planner.intents.chips.counted import machines
from bot.agent.planner.intents.chips.rented_at import of_a_term
from bot.agent.planner.intents.models.ratios import ratio_numbers
from bot.agent.planner.intents.reports.companies import spoken
from bot.agent.planner.intents.supposed.portions_moved import cached_today
from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.words.running_time import running_time
from bot.agent.slots.amounts import Amount
from bot.agent.slots.lexing import touches
from tools.prices.text_tokens import tokens_of_words

LABEL = re.compile(r"\b(?:years?|quarters?|months?|option|project|step)\s+(?:\d+\s*(?:to|-|and|,)\s*)*$", re.IGNORECASE)
# An amount may reach a call in another unit: years as months, days as hours, megawatts as kilowatts.
TIMES = tuple(Decimal(n) for n in (7, 12, 24, 30, 52, 90, 168, 365, 730, 2190, 8760))
SCALES: dict[str, tuple[Decimal, ...]] = {
    **dict.fromkeys(("hour", "day", "week", "month", "quarter", "year", "token"), TIMES),
    **dict.fromkeys(("MWh", "Wh", "kilogram"), (Decimal(1000),)),
    "GWh": (Decimal(10**6),),
    "TB": (Decimal(1000),),
    "MW": (Decimal(1000), Decimal(10**6)),
    "kW": (Decimal(1000),),
    "money": (Decimal(10**6), Decimal(1000), *TIMES),
}
PERCENTS = {
    "input_share",
    *("cached_share", "mfu", "utilisation", "discount", "discount_rate", "price_change", "volume_change"),
    *("monthly_volume_growth", "monthly_price_change", "residual_share", "usage_falls_to"),
    *("coverage", "rate", "by", "hfu", "overhead", "usable_memory", "moved_share", "output_share"),
    *("portion", "batch_discount", "above_share", "below_share"),
}
CACHE_AFTER = re.compile(r"[\s-]*(?:prompt\s+)?cache\b", re.IGNORECASE)
CACHE_BEFORE = re.compile(
    r"\bcache(?:[\s-]+(?:writ\w+|creation|tokens?|price))*\s*(?:[(,]|for|at|with|of)?\s*(?:an?\s+)?$"
    r"|\b(?:ttl|lifetime)\s+(?:of\s+)?$",
    re.IGNORECASE,
)
SAID_AGAIN = re.compile(r"\b(?:that|those|these|the same|this)\s+$", re.IGNORECASE)
CHANGES = frozenset({"price_change", "volume_change", "monthly_volume_growth", "monthly_price_change"})
A_MILLION = frozenset({"token_prices_paid", "cost_at_throughput", "serving_cost", "token_energy"})
OF_TOKENS = frozenset({"tokens_a_day", "min_context", "tokens_per_second", "tokens_per_second_each", "above"})
SPANS = frozenset({"day", "week", "month", "year"})
OF_A_USE = frozenset({"price_usage", "compare_models", "cheapest_models", "model_at_providers"})
COUNTED = frozenset({"team", "model", "user", "document", "page", "image"})


def unused_amounts(r: Reading, calls: Sequence[Planned]) -> list[str]:
    """The amounts that no argument holds. An argument accounts for one amount, in its own kind and unit."""
    left = [(key, number) for call in calls for key, number in numbers_in("", call.args)]
    missed = []
    # "350k a year back" counts tokens only where tokens are spoken of.
    spoken = "token" in r.text.lower() or any(call.tool != "project_value" for call in calls)
    amounts = r.amounts if spoken else [replace(a, unit=None if a.unit == "token" else a.unit) for a in r.amounts]
    for amount in sorted(amounts, key=lambda a: a.unit != "token"):
        if _is_aside(amount, r, calls):
            continue
        fitting = [i for i, (key, number) in enumerate(left) if _holds(key, number, amount)]
        exact = [i for i in fitting if abs(left[i][1]) == abs(amount.value)]
        place = next(iter([*exact, *fitting]), None)
        if place is None or (amount.signed and amount.value < 0 and amount.unit == "token"):
            missed.append(amount.text)
        else:
            del left[place]
    return missed


def _is_aside(amount: Amount, r: Reading, calls: Sequence[Planned]) -> bool:
    """Whether an amount is no value of its own: a rank, a period's length, a label, part of an accelerator's name."""
    if any(call.tool == "company_figures" for call in calls) and (
        amount.unit in {"quarter", "year"} or touches(amount.start, amount.end, spoken(r.text))
    ):
        return True
    if amount.role in {"top", "period"} or (amount.worded and abs(amount.value) <= 3 and amount.unit is None):
        return True
    if amount.unit == "token" and any(_of_price(c, amount.value) for c in calls):
        return True
    if amount.worded and amount.value == 1 and amount.unit in SPANS and any(c.tool in OF_A_USE for c in calls):
        return True  # "one month has 45 million requests"
    instance = next((m for m in r.accelerators if m.gpus_per_instance and 0 <= m.start - amount.end <= 1), None)
    if instance and any(
        _is_number(c.args.get("count"), amount.value * (instance.gpus_per_instance or 1)) for c in calls
    ):
        return True
    if LABEL.search(r.text[: amount.start]):
        return True
    if (
        any(call.tool == "decode_speed" for call in calls)
        and amount.value == 1
        and amount.unit in {None, "request", "user"}
    ):
        return True  # one request at a time is what the ceiling is of
    told = {"input_tokens", "output_tokens"}
    if amount.unit == "word" and any(told <= call.args.keys() and "words_a_token" not in call.args for call in calls):
        return True
    if amount.kind == "factor" and any(
        a.kind == "factor" and a.value == amount.value and a.start < amount.start for a in r.amounts
    ):
        return True  # `to double its traffic ... at twice the volume`
    if _is_lifetime(amount, r, calls):
        return True
    if amount.kind == "factor" and any(c.args.get("lead") == "times" for c in calls):
        return True  # `at least four times cheaper`: how many times is told
    if (
        amount.kind == "percent"
        and any(call.tool == "spend_if" for call in calls)
        and any(a.kind == "percent" and a.value == amount.value and a.start < amount.start for a in r.amounts)
    ):
        return True  # `prices fell 8%. What would it have been at 8% less?`
    if any("cached_share" in call.args for call in calls) and amount in cached_today(r):
        return True
    if amount.kind == "factor" and any(c.tool == "compound_growth" and "end" in c.args for c in calls):
        return True  # `until it doubles` has become the amount at the end
    ratio = ratio_numbers(r) if any("output_share" in call.args for call in calls) else None
    if ratio and ratio[0] <= amount.start < ratio[1]:
        return True
    if (
        any(call.args.get("aim") == "ceiling" for call in calls)
        and amount.value == 1
        and amount.unit in {None, "request"}
    ):
        return True
    if any(str(call.args.get("pricing_model", "")).startswith("reserved") for call in calls) and of_a_term(r, amount):
        return True
    held = machines(r)
    if held and amount.value in held and any(_is_number(c.args.get("count"), held[0] * held[1]) for c in calls):
        return True
    used = running_time(r)
    if used and any(amount is one for one in used[1]) and any(_is_number(c.args.get("hours"), used[0]) for c in calls):
        return True
    if SAID_AGAIN.search(r.text[: amount.start]) and any(
        a.value == amount.value and a.unit == amount.unit and a.start < amount.start for a in r.amounts
    ):
        return True
    if r.top is not None and amount.value == r.top and amount.unit in {None, *COUNTED}:
        return True
    named = any(amount.text in str(call.args.get("accelerator", "")) for call in calls) and amount.unit == "GB"
    return named or any(m.start <= amount.start < m.end for m in r.accelerators)


def _is_lifetime(amount: Amount, r: Reading, calls: Sequence[Planned]) -> bool:
    """Whether a time says only which cache is written to: `5-minute cache`, `cache writes (1 hour)`."""
    if (amount.unit, amount.value) not in {("minute", Decimal(5)), ("minute", Decimal(60)), ("hour", Decimal(1))}:
        return False
    if CACHE_AFTER.match(r.text, amount.phrase_end) or CACHE_BEFORE.search(r.text[: amount.start]):
        short = amount.unit == "minute" and amount.value == 5
        told = [key for call in calls for key in (*call.args, str(call.args.get("component")))]
        return short or any(key.startswith("cache_write_1h") for key in told)
    return False


def _is_number(value: Any, number: Decimal) -> bool:
    return any(number == found for _, found in numbers_in("", value))


def _of_price(call: Planned, count: Decimal) -> bool:
    """Whether a call tells the price of that many tokens."""
    return call.tool in A_MILLION and count == Decimal(str(call.args.get("per", 10**6)))


def _holds(key: str, number: Decimal, amount: Amount) -> bool:
    if amount.kind == "factor" and key in CHANGES:
        return number == (amount.value - 1) * 100
    if amount.kind == "factor" and key == "output_share":
        return number in {amount.value * 100, 100 / amount.value if amount.value else None}
    if (amount.kind == "percent") != (key in PERCENTS):
        return False
    if key == "input_share" and number == 100 - amount.value:
        return True  # told of the output
    if key == "of_text":
        return amount.kind == "number" and number == abs(amount.value)
    if amount.unit == "word" and key.endswith("tokens"):
        return number == tokens_of_words(amount.value)
    if amount.unit == "token" and not (key.endswith("tokens") or key in OF_TOKENS):
        return False
    size, held = abs(amount.value), abs(number)
    if size == held:
        return True
    scales = SCALES.get(amount.unit or "", ()) if amount.kind == "number" else SCALES["money"] if amount.per else ()
    return bool(size and held) and any(held == size * scale or held * scale == size for scale in scales)


def numbers_in(key: str, value: Any) -> Iterator[tuple[str, Decimal]]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from numbers_in(str(name), item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from numbers_in(key, item)
    elif isinstance(value, str | int | Decimal) and not isinstance(value, bool):
        try:
            number = Decimal(value)
        except InvalidOperation:
            return
        if number.is_finite():
            yield key, number
