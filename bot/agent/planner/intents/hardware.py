"""Questions about renting accelerators, and which of them, how many and for how long any question names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from bot.agent.planner.intents.apart import two_prices, with_difference
from bot.agent.planner.intents.own_spend import own
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.running_time import hours_a_span, running_time
from bot.agent.slots.amounts import Amount
from tools.hardware.offers import ALIASES as PROVIDER_ALIASES
from tools.hardware.offers import load_offers, provider_key
from tools.money import plain

PRICING = (
    ("spot", re.compile(r"\b(?:spot|pre-?emptible|interruptible)\b", re.IGNORECASE)),
    ("reserved_3y", re.compile(
        r"\b(?:3|three)[\s-]?(?:y\b|yr|year)s?[\s-]*(?:reserv|commit|term)\w*|reserved.{0,20}\b(?:3"
        r"|three)[\s-]?(?:y\b|year)", re.IGNORECASE,
    )),
    ("reserved_1y", re.compile(r"\breserv\w*|\bcommit\w*", re.IGNORECASE)),
    ("on_demand", re.compile(r"\bon[\s-]?demand\b|\bpay as you go\b", re.IGNORECASE)),
)  # fmt: skip
REGION = re.compile(
    r"\b(?:(?:us|eu|ap|sa|ca|me|af|il|uk)-(?:gov-)?(?:north|south|east|west|central)\w*-?\d|(?:us|europe|asia)-\w+\d"
    r"|(?:east|west|north|south|central)(?:us|europe|asia)\d?)\b",
    re.IGNORECASE,
)
CLOUDS = (
    ("AWS", re.compile(r"(?:p[2-6]|g[4-7]|trn\d|inf\d)\w*[.-]", re.IGNORECASE)),
    ("Google Cloud", re.compile(r"a[23]-|g2-", re.IGNORECASE)),
    ("Azure", re.compile(r"standard_|n[cdv]\d", re.IGNORECASE)),
)
RESERVED = re.compile(r"\breserv\w*|\bcommit\w*", re.IGNORECASE)
ENDS_IN_S = re.compile(r"l40s$", re.IGNORECASE)
LEADING = re.compile(r"\d[\d,]*")
HOURS_AFTER = re.compile(r"[\s-]*(?:gpu|chip)?[\s-]*(?:hours?|hrs?|h)\b", re.IGNORECASE)
PER_HOUR = re.compile(r"\b(?:(?:per|an|each|every|one)\s+(?:hour|hr)|hourly)\b|/\s?h(?:ou)?rs?\b", re.IGNORECASE)
EACH_GPU = re.compile(
    r"\b(?:each|apiece|per (?:gpu|card|chip|accelerator|unit)|(?:gpu|chip)[\s-]hour)\b", re.IGNORECASE
)
HOURS = {"hour": Decimal(1), "day": Decimal(24), "week": Decimal(168), "month": Decimal(730), "year": Decimal(8760)}
ADVERBS = {
    "yearly": "year",
    "annual": "year",
    "annually": "year",
    "all year": "year",
    "year-round": "year",
    "monthly": "month",
    "all month": "month",
    "weekly": "week",
    "daily": "day",
}
A_TIME = re.compile(
    r"\b(?:for\s+)?(?:a|an|one|per|each)\s+(?P<unit>hour|day|week|month|year)\b"
    r"|\b(?P<adverb>yearly|annual|annually|monthly|weekly|daily|all year|year-round|all month)\b",
    re.IGNORECASE,
)
AT = re.compile(r"(?:\bat|@)\s*(?:about\s+)?$", re.IGNORECASE)
MOST_AN_HOUR = 100
HOUR_COSTS = re.compile(r"\bhours?\s+(?:\w+\s+){0,2}?(?:costs?|is|at|priced at|for|=)\s*(?:about\s+)?$", re.IGNORECASE)
BUY = re.compile(r"\b(?:buy|purchas|own(?:ing)?\b|acquir)\w*", re.IGNORECASE)
RENT = re.compile(r"\b(?:rent|leas|hir|cloud|reserv)\w*", re.IGNORECASE)


def hardware(r: Reading, base: Mapping[str, Any]) -> Args:
    """Arguments that every hardware tool takes: which accelerator, how many."""
    args: Args = dict(base)
    if r.accelerators:
        first = r.accelerators[0]
        memory = next((a for a in r.amounts if a.unit == "GB" and 0 <= first.start - a.phrase_end <= 1), None)
        args["accelerator"] = f"{_bare(first.text)} {plain(memory.value)}GB" if memory else _bare(first.text)
        if first.count is not None:
            args["count"] = str(first.count)
        elif base and "accelerator" in base and base.get("count") and first.gpus_per_instance is None:
            args["count"] = base["count"]
    if "count" not in args or not (r.accelerators and r.accelerators[0].count):
        counted = r.unit("GPU")
        if counted is not None:
            args["count"] = plain(counted.value)
    return args


def _bare(text: str) -> str:
    """The name without the count before it and without a plural, where it is none of the name: `L40S`."""
    return re.sub(
        r"(?<=\d)s$",
        "" if not ENDS_IN_S.search(text) else "s",
        re.sub(r"^\d[\d,]*\s*(?:x\s*|×\s*)?(?=[A-Za-z])", "", text),
    )


def hourly_price(r: Reading) -> Amount | None:
    """A price an hour that the question gives: `$2.20 per GPU hour`, `a GPU hour costs $2`, `on H100 at $2`."""
    return next((a for a in r.money if _an_hour(r, a)), None)


def _an_hour(r: Reading, amount: Amount) -> bool:
    before = r.text[max(0, amount.start - 40) : amount.start]
    if (amount.per and "hour" in amount.per) or HOUR_COSTS.search(before):
        return True
    chip = any(0 <= amount.start - m.end <= len(" at about ") for m in r.accelerators)
    chip = chip or bool(r.accelerators and len(r.money) == 1 and amount.role is None and not BUY.search(r.text))
    return chip and amount.per is None and amount.value < MOST_AN_HOUR and AT.search(before) is not None


def span_hours(r: Reading) -> Decimal | None:
    """For how long, in hours: `for 3 days`, `a month`; None where the question says no time or only `per hour`."""
    if hours_a_span(r) is not None:
        used = running_time(r)
        return used[0] if used else None
    for amount in r.amounts:
        if amount.kind == "number" and amount.unit in HOURS and amount.role not in {"period"}:
            return amount.value * HOURS[amount.unit]
    spoken = [(m["unit"] or ADVERBS[m["adverb"].lower()]).lower() for m in A_TIME.finditer(r.text)]
    longer = [HOURS[unit] for unit in spoken if unit != "hour"]
    return longer[0] if longer else None


def _weigh_rent(r: Reading) -> float | None:
    if r.has("train", "finetune", "serve", "energy", "headline") or own(r) >= 0.45 or BUY.search(r.text):
        return None
    if two_prices(r, {}):
        return 0.9
    priced = hourly_price(r) is not None and (r.unit("GPU", "GPU hour") is not None)
    if not r.accelerators:
        return 0.5 if priced else None
    return 0.25 * r.has("rent", "price", "cost", "cheapest") + 0.1


def _rent(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = hardware(r, base)
    if two := two_prices(r, args):
        return two
    hours = chip_hours(r) or span_hours(r)
    if PER_HOUR.search(r.text) and RESERVED.search(r.text):
        hours = None  # the year is that of the reservation
    if hours is None and "hours" not in args and _whole_hour(r, args):
        hours = Decimal(1)
    if hours is not None:
        args["hours"] = plain(hours)
    if price := hourly_price(r) or (r.money[0] if "price_per_hour" in base and len(r.money) == 1 else None):
        args["price_per_hour"] = plain(price.value)
        if off := r.amount("discount", "commitment", kind="percent"):
            args["discount"] = plain(off.value)
    region = REGION.search(r.text)
    if region:
        args["region"] = region[0].lower()
    hosts = renters(r)
    if hosts:
        args["provider"] = hosts[0]
    elif named := [u.name for u in r.unread if not u.team and u.name[0].isalpha() and not REGION.fullmatch(u.name)]:
        args["provider"] = named[0]
    elif cloud := next(
        (c for c, names in CLOUDS if r.accelerators and names.match(_bare(r.accelerators[0].text))), None
    ):
        args["provider"] = cloud
    kinds = [name for name, pattern in PRICING if pattern.search(r.text)]
    if "reserved_3y" in kinds:
        kinds = [kind for kind in kinds if kind != "reserved_1y"]
    others = {_bare(m.text): m.count for m in r.accelerators[1:] if _bare(m.text) != args.get("accelerator")}
    if "price_per_hour" in args:
        return (Planned("rent_price", args),)
    asked = [args, *({**args, "accelerator": name, **_counted(count)} for name, count in others.items())]
    asked += [{**args, "provider": host} for host in hosts[1:]]
    calls = tuple(
        Planned("rent_price", {**one, "pricing_model": kind} if kind else one)
        for one in asked
        for kind in (kinds or [""])
    )
    return with_difference(r, calls)


@lru_cache(maxsize=1)
def _renters() -> re.Pattern[str]:
    names = {*(offer.provider.casefold() for offer in load_offers()), *PROVIDER_ALIASES}
    joined = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])", re.IGNORECASE)


def _cloud_of(instance: str) -> str | None:
    return next((cloud for cloud, names in CLOUDS if names.match(instance)), None)


def renters(r: Reading) -> tuple[str, ...]:
    """The providers named that rent accelerators out, each once, and those of the ledger that are named."""
    said = list(_renters().findall(r.text))
    keys = {provider_key(name) for name in said}
    return tuple(dict.fromkeys([*said, *(name for name in r.of("provider") if provider_key(name) not in keys)]))


def chip_hours(r: Reading) -> Decimal | None:
    """How many hours of one accelerator are asked for: `100 A100 hours`, `5,000 GPU hours`."""
    for mention in r.accelerators:
        if mention.count is None and (said := LEADING.match(mention.text)) and HOURS_AFTER.match(r.text, mention.end):
            return Decimal(said[0].replace(",", ""))
    hours = r.unit("GPU hour")
    return hours.value if hours is not None and not hours.per else None


def _whole_hour(r: Reading, args: Args) -> bool:
    """Whether what several accelerators, or an instance of several, cost an hour is asked for, not the price of one."""
    several = r.accelerators and Decimal(args.get("count", "1")) > 1
    return bool(several and PER_HOUR.search(r.text) and not EACH_GPU.search(r.text))


def _counted(count: int | None) -> Args:
    return {"count": str(count)} if count else {}


INTENTS = (Intent("rent_price", _weigh_rent, _rent),)
