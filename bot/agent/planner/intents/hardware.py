"""Questions about renting, buying and powering accelerators."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.agent.planner.intents.own_spend import own
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from tools.money import plain

PRICING = (
    ("spot", re.compile(r"\b(?:spot|pre-?emptible|interruptible)\b", re.IGNORECASE)),
    ("reserved_3y", re.compile(r"\b(?:3|three)[\s-]?(?:y\b|yr|year)s?[\s-]*(?:reserv|commit|term)\w*|reserved.{0,20}\b(?:3|three)[\s-]?(?:y\b|year)", re.IGNORECASE)),
    ("reserved_1y", re.compile(r"\breserv\w*|\bcommit\w*", re.IGNORECASE)),
    ("on_demand", re.compile(r"\bon[\s-]?demand\b|\bpay as you go\b", re.IGNORECASE)),
)  # fmt: skip
HOURS = {"hour": Decimal(1), "day": Decimal(24), "week": Decimal(168), "month": Decimal(730), "year": Decimal(8760)}
A_TIME = re.compile(r"\b(?:for\s+)?(?:a|an|one|per|each)\s+(?P<unit>hour|day|week|month|year)\b", re.IGNORECASE)
BUY = re.compile(r"\b(?:buy|purchas|own(?:ing)?\b|acquir)\w*", re.IGNORECASE)
RENT = re.compile(r"\b(?:rent|leas|hir|cloud|reserv)\w*", re.IGNORECASE)


def hardware(r: Reading, base: Mapping[str, Any]) -> Args:
    """Arguments that every hardware tool takes: which accelerator, how many."""
    args: Args = dict(base)
    if r.accelerators:
        first = r.accelerators[0]
        args["accelerator"] = first.text
        if first.count is not None:
            args["count"] = str(first.count)
    if "count" not in args or not (r.accelerators and r.accelerators[0].count):
        counted = r.unit("GPU")
        if counted is not None:
            args["count"] = plain(counted.value)
    return args


def span_hours(r: Reading) -> Decimal | None:
    """For how long, in hours: `for 3 days`, `a month`; None where the question says no time or only `per hour`."""
    for amount in r.amounts:
        if amount.kind == "number" and amount.unit in HOURS and amount.role not in {"period"}:
            return amount.value * HOURS[amount.unit]
    spoken = [m["unit"].lower() for m in A_TIME.finditer(r.text)]
    longer = [HOURS[unit] for unit in spoken if unit != "hour"]
    return longer[0] if longer else None


def _weigh_rent(r: Reading) -> float | None:
    if not r.accelerators or r.has("train", "finetune", "serve", "energy") or own(r) >= 0.45:
        return None
    if BUY.search(r.text):
        return None
    return 0.25 * r.has("rent", "price", "cost", "cheapest") + 0.1


def _rent(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = hardware(r, base)
    hours = span_hours(r)
    if hours is not None:
        args["hours"] = plain(hours)
    if providers := r.of("provider"):
        args["provider"] = providers[0]
    elif named := [u.name for u in r.unread if not u.team]:
        args["provider"] = named[0]
    kinds = [name for name, pattern in PRICING if pattern.search(r.text)]
    if "reserved_3y" in kinds:
        kinds = [kind for kind in kinds if kind != "reserved_1y"]
    accelerators = list(dict.fromkeys(m.text for m in r.accelerators)) or [args["accelerator"]]
    counts = {m.text: m.count for m in r.accelerators}
    return tuple(
        Planned(
            "rent_price",
            {
                **args,
                "accelerator": name,
                **({"count": str(counts[name])} if counts.get(name) else {}),
                **({"pricing_model": kind} if kind else {}),
            },
        )
        for name in accelerators
        for kind in (kinds or [None])
    )


def _weigh_purchase(r: Reading) -> float | None:
    if not r.accelerators or not BUY.search(r.text) or RENT.search(r.text):
        return None
    return 0.35


def _purchase(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    return (Planned("purchase_price", hardware(r, base)),)


def _weigh_rent_or_buy(r: Reading) -> float | None:
    if not (r.accelerators or r.unit("GPU")) or not BUY.search(r.text) or not (RENT.search(r.text) or " or " in r.text):
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
    if price := next((a for a in r.money if a.per and "hour" in a.per), None):
        args["rent_per_hour"] = plain(price.value)
    if price := next((a for a in r.money if a.role == "purchase" or (not a.per and a.role is None)), None):
        args["purchase_price"] = plain(price.value)
    if price := r.amount("electricity", kind="money"):
        args["electricity_per_kwh"] = plain(price.value)
    return (Planned("rent_or_buy", args),)


def _weigh_energy(r: Reading) -> float | None:
    if not r.has("energy") or not (r.accelerators or r.unit("GPU", "kW", "MW")):
        return None
    return 0.4


def _energy(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = hardware(r, base)
    hours = span_hours(r)
    if hours is not None:
        args["hours"] = plain(hours)
    if power := r.unit("kW", "MW"):
        args["power_kw"] = plain(power.value * (1000 if power.unit == "MW" else 1))
    if pue := r.amount("pue"):
        args["pue"] = plain(pue.value)
    if price := r.amount("electricity", kind="money"):
        args["electricity_per_kwh"] = plain(price.value)
    if load := r.amount("utilisation", kind="percent"):
        args["utilisation"] = plain(load.value)
    return (Planned("energy", args),)


INTENTS = (
    Intent("rent_price", _weigh_rent, _rent),
    Intent("purchase_price", _weigh_purchase, _purchase),
    Intent("rent_or_buy", _weigh_rent_or_buy, _rent_or_buy),
    Intent("energy", _weigh_energy, _energy),
)
