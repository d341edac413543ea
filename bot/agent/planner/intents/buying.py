"""Questions about buying accelerators, and about renting or buying them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.agent.planner.intents.chips_named import BUY, MOST_AN_HOUR, RENT, hardware, hourly_price
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.running_time import hours_a_span
from bot.agent.slots.amounts import Amount
from tools.money import plain

RUNNING = re.compile(
    r"\b(?:running|run|operating|operate|powering)\s+(?:(?:it|them|one|costs?|at|for|is)\s+)*$", re.IGNORECASE
)
RUN_AFTER = re.compile(r"\s*(?:to\s+(?:run|operate|power)|(?:in\s+)?(?:running|operating|opex))\b", re.IGNORECASE)
EVEN = re.compile(
    r"\bbreak[\s-]?even|\bpays? (?:off|back|for itself)\b|\bpay-?back\b|\brecoup|\bamorti[sz]", re.IGNORECASE
)
EACH_AFTER = re.compile(
    r"\s*(?:each|apiece|(?:per|a|for (?:each|one|a))\s+(?:gpu|card|chip|piece|unit|accelerator|[habl]\d+s?))\b"
    r"|\s*/\s?(?:gpu|card)",
    re.IGNORECASE,
)
EACH_BEFORE = re.compile(r"\b(?:each|every|per (?:gpu|card|chip)|a (?:gpu|card|chip))\b[^.;?]{0,25}$", re.IGNORECASE)
MACHINE_BEFORE = re.compile(
    r"\b(?:servers?|node|box|machine|rack|system|cluster|dgx|hgx|rig|(?:all|the lot|together|in total))\b[^.;?]{0,45}$",
    re.I,
)
MOST_FOR_ONE = 100_000
LEAST_PRICE = 1000
NO_POWER = re.compile(
    r"\b(?:ignor(?:e|ing)|leav(?:e|ing) out|without|excluding|no"
    r"|not counting)\s+(?:the\s+)?(?:cost of\s+)?(?:power|electricity|energy)\b",
    re.IGNORECASE,
)
BREAK_EVEN = (
    (
        "months",
        re.compile(
            r"\b(?:how many|number of|(?:in|after|by) (?:which|what)|which|what|after how many)\s+(?:\w+\s+)?months?\b"
            r"|\bin months\b|\bhow (?:long|soon|quickly|fast)\b|\bwhen (?:does|do|would|will|is)\b|\bpay-?back\b",
            re.IGNORECASE,
        ),
    ),
    (
        "utilisation",
        re.compile(r"\b(?:what|which|how (?:much|high))\s+(?:\w+\s+)?utili[sz]ation\b|\bbreak-?\s?even utili", re.I),
    ),
    (
        "hours",
        re.compile(
            r"\b(?:how many|number of|after .{0,20})\s*(?:\w+\s+)?hours\b|\bbreak[\s-]?even(?: point)?(?: in)? hours\b"
            r"|\bin hours\b",
            re.I,
        ),
    ),
)


def _weigh_purchase(r: Reading) -> float | None:
    if not r.accelerators or not BUY.search(r.text) or RENT.search(r.text):
        return None
    return 0.35


def _purchase(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    return (Planned("purchase_price", hardware(r, base)),)


def _weigh_rent_or_buy(r: Reading) -> float | None:
    named = r.accelerators or r.unit("GPU") or re.search(r"\bgpus?\b|\bcards?\b|\bchips?\b", r.text, re.IGNORECASE)
    priced = hourly_price(r) is not None and len(r.money) > 1
    if EVEN.search(r.text) and priced and any(a.role == "purchase" or a.value > MOST_AN_HOUR for a in r.money):
        return (0.95 if RENT.search(r.text) else 0.7) if named else 0.3
    if not (named or priced) or not BUY.search(r.text) or not (RENT.search(r.text) or " or " in r.text):
        return None
    return 0.45


def _rent_or_buy(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = hardware(r, base)
    if (term := r.unit("year", "month")) is not None:
        args["months"] = plain(term.value * (12 if term.unit == "year" else 1))
    for name, role in (
        ("utilisation", "utilisation"),
        ("residual_share", "residual"),
        ("discount_rate", "discount_rate"),
    ):
        if amount := r.amount(role, kind="percent"):
            args[name] = plain(amount.value)
    hourly = [a for a in r.money if a.per and "hour" in a.per]
    unsigned = [a for a in r.amounts if a.kind == "number" and a.unit is None and a.per in {"hour", "GPU hour"}]
    running = next(
        (
            a
            for a in (*hourly, *unsigned)
            if a.role in {"running_cost", "electricity"}
            or RUNNING.search(r.text[: a.start])
            or RUN_AFTER.match(r.text, a.phrase_end)
        ),
        None,
    )
    if running is not None:
        args["running_per_hour"] = plain(running.value)
    if price := next((a for a in hourly if a is not running), None):
        args["price_per_hour"] = plain(price.value)
    if (bought := _bought_for(r)) is not None:
        of_all = _of_all(r, bought, args.get("count"))
        args["purchase_total" if of_all else "purchase_price"] = plain(bought.value)
    rates = [a for a in r.amounts if a.per in {"kWh", "MWh"} and (a.money or a.unit is None)]
    bare = [a for a in r.money if a.role == "electricity" and a.per is None and a.value <= 1]
    if price := next(iter([*rates, *bare]), None):
        args["electricity_per_kwh"] = plain(price.value / (1000 if price.per == "MWh" else 1))
    elif NO_POWER.search(r.text):
        args["electricity_per_kwh"] = "0"
    if pue := r.amount("pue"):
        args["pue"] = plain(pue.value)
    if (daily := hours_a_span(r)) is not None and daily.per == "day":
        args["hours_a_day"] = plain(daily.value)
    if aim := next((name for name, words in BREAK_EVEN if words.search(r.text)), None):
        args["aim"] = aim
    return (Planned("rent_or_buy", args),)


def _bought_for(r: Reading) -> Amount | None:
    """What is paid to own them: a sum that is said to be, else one of no span and too large for an hour's rent."""
    told = [a for a in r.money if a.role == "purchase" and not a.per]
    sums = [a for a in r.money if not a.per and (a.role is None or a.value > MOST_AN_HOUR)]
    bare = [a for a in r.amounts if a.kind == "number" and a.unit is None and a.per is None and a.value >= LEAST_PRICE]
    return next(iter([*told, *sums, *bare]), None)


def _of_all(r: Reading, price: Amount, count: str | None) -> bool:
    """Whether a price is that of all of them together: a server's, or more than one could cost."""
    if count is None or Decimal(count) <= 1 or EACH_AFTER.match(r.text, max(price.end, price.phrase_end)):
        return False
    if EACH_BEFORE.search(r.text[: price.start]):
        return False
    return MACHINE_BEFORE.search(r.text[: price.start]) is not None or price.value >= MOST_FOR_ONE


INTENTS = (
    Intent("purchase_price", _weigh_purchase, _purchase),
    Intent("rent_or_buy", _weigh_rent_or_buy, _rent_or_buy),
)
