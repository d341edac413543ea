"""Questions about buying accelerators, and about renting or buying them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.chips.chips_named import BUY, MOST_AN_HOUR, RENT, hardware, hourly_price
from bot.agent.planner.intents.chips.owning import bought_for, of_all, rent_an_hour, running_cost
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.words.running_time import hours_a_span
from tools.money import plain

EVEN = re.compile(
    r"\bbreak[\s-]?even|\bpa(?:ys?|id) (?:off|back|for (?:itself|themselves))\b|\bpay-?back\b|\brecoup|\bamorti[sz]",
    re.IGNORECASE,
)
BEATS = re.compile(
    r"\bbeats?\b|\bpays?\b|\bcheaper\b|\bworth\b|\bbetter\b|\bwins?\b|\butili[sz]ation\b|\bat what\b|\bfrom what\b",
    re.IGNORECASE,
)
OF_ALL_AFTER = re.compile(
    r"^[^.;?]*?\b(?:in total|in all|altogether|together"
    r"|(?:for|run) (?:all|both|the (?:lot|box|server|node|machine|rig|system|whole)))\b",
    re.IGNORECASE,
)
NO_POWER = re.compile(
    r"\b(?:ignor(?:e|ing)|leav(?:e|ing) (?:out|aside)|without|excluding|no"
    r"|not counting)\s+(?:the\s+|any\s+|all\s+)?(?:cost of\s+)?"
    r"(?:power|electricity|energy|running|operating|other|opex|hosting)\b",
    re.IGNORECASE,
)
BREAK_EVEN = (
    (
        "rent",
        re.compile(
            r"\bwhat\s+(?:does|would|will|do)\s+(?:the\s+)?rent(?:ing|al)?\s+(?:them\s+)?(?:alone\s+)?(?:costs?|come\s+to)\b"
            r"|\b(?:cost|price)\s+of\s+renting\b|\bhow\s+much\s+(?:is|does|would|will)\s+rent(?:ing|al)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "buy",
        re.compile(
            r"\bwhat\s+(?:does|would|will|do)\s+(?:buying|owning|the\s+purchase)\s+(?:them\s+)?(?:alone\s+)?(?:costs?|come\s+to)\b"
            r"|\bcost\s+of\s+(?:buying|owning)\b|\bhow\s+much\s+(?:is|does|would|will)\s+(?:buying|owning)\b",
            re.IGNORECASE,
        ),
    ),
    ("years", re.compile(r"\bhow many (?:\w+\s+)?years\b|\bin years\b|\bafter how many years\b", re.IGNORECASE)),
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
            r"\b(?:how many|number of|after .{0,20})\s*(?:\w+\s+)?hours\b(?! (?:of use )?(?:a|per) )"
            r"|\bbreak[\s-]?even(?: point)?(?: in)? hours\b"
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
    if BEATS.search(r.text) and rent_an_hour(r, running_cost(r)) is not None and bought_for(r) is not None:
        return 1.2
    told = rent_an_hour(r, running_cost(r)) is not None and bought_for(r) is not None
    return 0.8 if told and named else 0.45


def _rent_or_buy(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = hardware(r, base)
    counts = {m.count for m in r.accelerators if m.count and m.count > 1}
    if "count" not in args and len(counts) == 1:
        args["count"] = str(counts.pop())
    if (term := next((a for a in r.amounts if a.unit in {"year", "month"} and a.kind == "number"), None)) is not None:
        args["months"] = plain(term.value * (12 if term.unit == "year" else 1))
    for name, role in (
        ("utilisation", "utilisation"),
        ("residual_share", "residual"),
        ("discount_rate", "discount_rate"),
    ):
        if amount := r.amount(role, kind="percent"):
            args[name] = plain(amount.value)
    running = running_cost(r)
    if running is not None:
        args["running_per_hour"] = plain(running.value)
        if "count" in args and OF_ALL_AFTER.search(r.text[running.end : running.end + 45]):
            args["running_covers"] = args["count"]
    if (price := rent_an_hour(r, running)) is not None:
        args["price_per_hour"] = plain(price.value)
    if (bought := bought_for(r)) is not None:
        together = of_all(r, bought, args.get("count"))
        args["purchase_total" if together else "purchase_price"] = plain(bought.value)
    rates = [a for a in r.amounts if a.per in {"kWh", "MWh"} and (a.money or a.unit is None)]
    bare = [a for a in r.money if a.role == "electricity" and a.per is None and a.value <= 1]
    if price := next(iter([*rates, *bare]), None):
        args["electricity_per_kwh"] = plain(price.value / (1000 if price.per == "MWh" else 1))
    elif NO_POWER.search(r.text) and running is None:
        args["running_per_hour"] = "0"
    if pue := r.amount("pue"):
        args["pue"] = plain(pue.value)
    if (daily := hours_a_span(r)) is not None and daily.per == "day":
        args["hours_a_day"] = plain(daily.value)
    if aim := next((name for name, words in BREAK_EVEN if words.search(r.text)), None):
        args["aim"] = aim
    return (Planned("rent_or_buy", args),)


INTENTS = (
    Intent("purchase_price", _weigh_purchase, _purchase),
    Intent("rent_or_buy", _weigh_rent_or_buy, _rent_or_buy),
)
