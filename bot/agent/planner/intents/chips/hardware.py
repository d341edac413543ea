"""Questions about renting accelerators."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.agent.planner.intents.chips.chips_named import (
    BUY,
    MOST_AN_HOUR,
    PER_HOUR,
    bare,
    chip_hours,
    hardware,
    hourly_price,
    price_covers,
    span_hours,
)
from bot.agent.planner.intents.chips.rented_at import BOTH_TERMS, TERM, placed_at, pricing_kinds, renters
from bot.agent.planner.intents.models.apart import two_prices, with_difference
from bot.agent.planner.intents.own.held_against import ABOVE, BELOW
from bot.agent.planner.intents.own.own_spend import own
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from tools.money import plain

RESERVED = re.compile(r"\breserv\w*|\bcommit\w*", re.IGNORECASE)
WORTH = re.compile(r"\b(?:beats?|worth|better|pays?(?:\s+off)?|cheaper|sensible|make sense)\b", re.IGNORECASE)
TYPICAL = re.compile(
    r"\b(?:(?:going|market|street|usual|common|prevailing)\s+(?:\w+\s+)?(?:rates?|prices?)|typical(?:ly)?|usual(?:ly)?"
    r"|normal(?:ly)?|average|avg|mean|median|on average|in general|generally|ballpark)\b",
    re.IGNORECASE,
)
RANGE = re.compile(
    r"\b(?:range|spread|span)\b|\bfrom\s+(?:lowest|cheapest|the\s+(?:lowest|cheapest))\s+to\b"
    r"|\b(?:lowest|cheapest|min\w*)\s+(?:and|to|&)\s+(?:the\s+)?(?:highest|dearest|priciest|most expensive|max\w*)\b",
    re.IGNORECASE,
)
LOWEST = re.compile(
    r"\b(?:cheap\w*|lowest|least|minimum|min|best\s+(?:price|rate|deal|offer)s?|bargain|most affordable|bottom)\b", re.I
)
HIGHEST = re.compile(r"\b(?:most expensive|dearest|priciest|costliest|highest|maximum|max)\b", re.IGNORECASE)
EACH_GPU = re.compile(
    r"\b(?:each|apiece|per (?:gpu|card|chip|accelerator|unit)|(?:gpu|chip)[\s-]hour)\b", re.IGNORECASE
)
OVER_TERM = re.compile(
    r"\b(?:total|altogether|in all|whole term|over the (?:term|year|three|3)|full term|sum|bill)\b", re.IGNORECASE
)


def _weigh_rent(r: Reading) -> float | None:
    if r.has("train", "finetune", "serve", "energy", "headline") or BUY.search(r.text):
        return None
    if own(r) >= 0.45 and not _to_come(r):
        return None
    if RESERVED.search(r.text) and WORTH.search(r.text) and r.amount("utilisation", kind="percent") and r.money:
        return None  # whether a commitment pays at that use
    if two_prices(r, {}):
        return 0.9
    named = r.unit("GPU", "GPU hour") is not None or re.search(r"\bgpus?\b", r.text, re.IGNORECASE)
    priced = hourly_price(r) is not None and named
    if not r.accelerators:
        return 0.5 if priced else None
    return 0.25 * r.has("rent", "price", "cost", "cheapest") + 0.1


def _to_come(r: Reading) -> bool:
    """Whether some accelerators are priced for a length of time that is no past period, or at a price that is told:
    `24 H100s for 10 days`, `16 H100 at $2.80 an hour`."""
    spread = [g for g in r.groupings if g.dimension not in {"day", "week", "month", "quarter", "year"}]
    if r.periods or spread or not r.accelerators:
        return False
    counted = any(m.count for m in r.accelerators)
    return hourly_price(r) is not None or (not r.groupings and counted and span_hours(r) is not None)


def _rent(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = hardware(r, base)
    if two := two_prices(r, args):
        return two
    hours = chip_hours(r) or span_hours(r)
    if hours is not None and _of_the_term(r, args):
        hours = None
    if hours is None and "hours" not in args and _whole_hour(r, args):
        hours = Decimal(1)
    bound = _bound(r)
    if hours is not None and bound is None:
        args["hours"] = plain(hours)
    if bound is None and (
        price := hourly_price(r) or (r.money[0] if "price_per_hour" in base and len(r.money) == 1 else None)
    ):
        args["price_per_hour"] = plain(price.value)
        if covers := price_covers(r, price, args.get("count")):
            args["price_covers"] = covers
        if off := r.amount("discount", "commitment", kind="percent"):
            args["discount"] = plain(off.value)
        if used := r.amount("utilisation", kind="percent"):
            args["utilisation"] = plain(used.value)
    args |= placed_at(r)
    if "price_per_hour" not in args:
        args |= _aimed(r, args)
    if "price_per_hour" in args:
        return (Planned("rent_price", args),)
    others = {bare(m.text): m.count for m in r.accelerators[1:] if bare(m.text) != args.get("accelerator")}
    asked = [args, *({**args, "accelerator": name, **_counted(count)} for name, count in others.items())]
    asked += [{**args, "provider": host} for host in renters(r)[1:]]
    calls = tuple(
        Planned("rent_price", {**one, "pricing_model": kind} if kind else one)
        for one in asked
        for kind in (pricing_kinds(r) or [""])
    )
    return with_difference(r, calls)


def _aimed(r: Reading, args: Args) -> Args:
    """Which price on record is meant, and for which part of a time that is asked for the accelerators are used."""
    found: Args = {}
    if (bound := _bound(r)) is not None:
        return {bound[0]: plain(bound[1].value)}
    if RANGE.search(r.text) and "hours" not in args:
        found["aim"] = "range"
    elif TYPICAL.search(r.text):
        found["aim"] = "typical"
    elif HIGHEST.search(r.text):
        found["aim"] = "highest"
    elif LOWEST.search(r.text):
        found["aim"] = "lowest"
    if "hours" in args and (used := r.amount("utilisation", kind="percent")):
        found["utilisation"] = plain(used.value)
    return found


def _bound(r: Reading) -> tuple[str, Amount] | None:
    """`below` or `above` and the price an hour that the offers asked for keep within: `which H100 spot under $2`."""
    if len(r.money) != 1 or r.money[0].value >= MOST_AN_HOUR:
        return None
    before = r.text[: r.money[0].start].rstrip("$€£ ")
    way = "below" if BELOW.search(before) else "above" if ABOVE.search(before) else None
    return (way, r.money[0]) if way else None


def _of_the_term(r: Reading, args: Args) -> bool:
    """Whether a time is only the reservation's: `3-year reserved H100`, `reserved for a year, per hour`. What several
    cost, or what it comes to over the whole term, is asked for in money."""
    if BOTH_TERMS.search(r.text):
        return True
    short = any(a.unit in {"hour", "day", "week"} and a.kind == "number" for a in r.amounts)
    if not RESERVED.search(r.text) or chip_hours(r) is not None or short:
        return False
    whole = OVER_TERM.search(r.text) or Decimal(args.get("count", "1")) > 1
    if whole and hourly_price(r) is not None:
        return False
    return PER_HOUR.search(r.text) is not None or (TERM.search(r.text) is not None and not whole)


def _whole_hour(r: Reading, args: Args) -> bool:
    """Whether what several accelerators, or an instance of several, cost an hour is asked for, not the price of one."""
    several = r.accelerators and Decimal(args.get("count", "1")) > 1
    return bool(several and PER_HOUR.search(r.text) and not EACH_GPU.search(r.text))


def _counted(count: int | None) -> Args:
    return {"count": str(count)} if count else {}


INTENTS = (Intent("rent_price", _weigh_rent, _rent),)
