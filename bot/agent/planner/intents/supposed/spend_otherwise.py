"""Own spend as it would have been without a discount, at another price of an hour, or running other hours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from bot.agent.planner.intents.own.own_spend import own
from bot.agent.planner.intents.own.spend_scope import accelerators_named, filters, spans
from bot.agent.planner.intents.supposed.part_moved import DIFFERENCE
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from bot.agent.slots.machines import INSTANCE
from bot.agent.toolbox.arguments import as_text
from tools.money import plain
from tools.period import Period

DISCOUNT = r"(?:discounts?|rebates?|edp|savings?\s+plans?|commitments?|reserved\s+instances?|committed[\s-]use)"
GONE = (
    r"(?:withdr[ae]w\w*|withdrawn|lose|loses|losing|lost|end(?:s|ed|ing)?|expir\w+|cancel\w*|remov\w+|scrap\w*|stop\w*|disappear\w*"
    r"|vanish\w*|fall(?:s|en)?\s+away|fell\s+away|run(?:s)?\s+out|r[au]n\s+out|taken?\s+away|took\s+away|gone|revok\w+|axe[ds]?)"
)
WITHDRAWN = re.compile(
    rf"\b(?:without|if\s+not\s+for|but\s+for|had\s+it\s+not\s+been\s+for|no\s+longer\s+(?:get|got|have|had))\s+(?:[\w%'’.,-]+\s+){{0,7}}?{DISCOUNT}\b"
    rf"|\b{GONE}\s+(?:[\w%'’.-]+\s+){{0,6}}?{DISCOUNT}\b|\b{DISCOUNT}\s+(?:[\w'’]+\s+){{0,5}}?{GONE}\b"
    rf"|\bhad\s+(?:no|not\s+had\s+(?:the|our|any|an?))\s+(?:[\w%'’.-]+\s+){{0,4}}?{DISCOUNT}\b",
    re.IGNORECASE,
)
COMMITTED = re.compile(r"\b(?:savings?\s+plans?|commitments?|reserved|committed)\b", re.IGNORECASE)
# Prices that are told for what is ours to come, not a loss of what was: `without a discount, 10% off ...`.
UNUSED = re.compile(r"\b(?:unused|untouched|utili[sz]\w+|wast\w+|idle|worth\s+it)\b", re.IGNORECASE)
CAPPED = re.compile(
    r"\b(?:limit\w*|cap(?:ped|s)?|restrict\w*|at\s+most|no\s+more\s+than|not\s+more\s+than|keeps?\s+(?:to|within|under)|kept\s+(?:to|within"
    r"|under)|stay\w*\s+(?:within|under|below)|max(?:imum)?(?:\s+of)?|up\s+to)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
MACHINES = re.compile(
    r"\b(?:machines?|servers?|instances?|boxes|box|nodes?|gpus?|cards?|cluster|rigs?)\b", re.IGNORECASE
)
A_GPU = re.compile(
    r"\b(?:per|a|an|each)\s+(?:gpu|chip|card|accelerator)\b|\b(?:gpu|chip|card)[\s-]?hours?\b", re.IGNORECASE
)
RUNS = re.compile(
    r"\b(?:r[au]n\w*|on|up|use[ds]?|using|work\w*|kept|keep\w*|limit\w*|operat\w+|cap\w*|only)\b", re.IGNORECASE
)
RATHER = re.compile(
    r"\s*(?:[\w.-]+\s+){0,4}?(?:instead\s+of|rather\s+than|and\s+not|not|in\s+place\s+of)\s+(?:the\s+|our\s+)?",
    re.IGNORECASE,
)
SUPPOSED = re.compile(
    r"\b(?:how\s+much|sav\w+|with|if|would|suppos\w+|imagine|assum\w+|had|instead|say|at)\b", re.IGNORECASE
)
OFF = re.compile(
    r"\b(?:off|shut(?:\s+down)?|stopped|stop|idle|down|asleep|park(?:ed)?)\s+(?:at|on|over|during|every|for)?\s*(?:the\s+|all\s+)?"
    r"(?:weekends?|weekdays?)\b",
    re.IGNORECASE,
)
WEEKDAYS = re.compile(r"\bweekdays?\b", re.IGNORECASE)
OF_HOURS = ("at_most", "hours", "hours_a_day", "so_many", "of_now", "price_per_hour", "per_gpu", "gpus", "first")
WHAT_IS_OURS = 0.3


def _scope(r: Reading, base: Mapping[str, Any]) -> Args:
    """What is meant, in a past month: nothing is left out of it by `without the Anthropic discount`."""
    args = filters(replace(r, values=tuple(replace(v, excluded=False) for v in r.values)), base)
    args = {
        key: value for key, value in args.items() if key not in {"without", "cost", "commitment_type", "charge_kind"}
    }
    args.pop("pricing_category", None)
    month = as_text(Period.last_month(r.today))
    return {**args, "period": spans(r, base)[0] or args.get("period") or month}


def _without_discount(r: Reading) -> float | None:
    said = WITHDRAWN.search(r.text)
    if said is None or UNUSED.search(r.text) or len(r.percents) > 1 or r.money:
        return None
    if not (r.periods or r.values or own(r) >= WHAT_IS_OURS) or any(p.is_future for p in r.periods):
        return None
    return 1.6 + own(r)


def _at_list(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = _scope(r, base)
    args |= {key: base[key] for key in ("discount", "withdrawn", "first") if key in base}
    if r.percents:
        args["discount"] = plain(r.percents[0].value)
    if COMMITTED.search(r.text):
        args["withdrawn"] = "commitment"
    if DIFFERENCE.search(r.text):
        args["first"] = "difference"
    return (Planned("spend_at_list", args),)


def _price(r: Reading) -> Amount | None:
    """The one price of an hour that is told."""
    told = [a for a in r.amounts if a.per in {"hour", "GPU hour"} and a.unit in {None, *r.currencies}]
    return told[0] if len(told) == 1 else None


def _hours(r: Reading) -> Amount | None:
    """The one number of hours that is told."""
    told = [a for a in r.amounts if a.unit == "hour" and a.kind == "number" and a.per in {None, "day", "month"}]
    return told[0] if len(told) == 1 else None


def _instead(r: Reading) -> tuple[Amount, Amount] | None:
    """So many machines, or hours a day, and how many there were: `8 hours a day instead of 16`."""
    for one, other in pairwise(sorted(r.amounts, key=lambda a: a.start)):
        counted = one.kind == other.kind == "number" and not (one.per == "hour" or other.per == "hour")
        if counted and other.value and RATHER.fullmatch(r.text[one.phrase_end : other.start]):
            return one, other
    return None


def _hours_changed(r: Reading) -> float | None:
    named = accelerators_named(r)[0] or MACHINES.search(r.text) or r.of("team")
    both = _instead(r)
    price, hours = _price(r), None if both else _hours(r)
    told = [a for a in r.amounts if a not in (price, hours, *(both or ())) and a.unit != "GPU"]
    if not named or not (price or hours or both) or told or not r.periods or any(p.is_future for p in r.periods):
        return None
    if not SUPPOSED.search(r.text) or (price is None and not both and not RUNS.search(r.text)):
        return None
    return 1.7 + own(r)


def _at_hours(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = {key: value for key, value in _scope(r, base).items() if key != "ai_only"}
    args |= {key: base[key] for key in OF_HOURS if key in base}
    if price := _price(r):
        args["price_per_hour"] = plain(price.value)
        chips = r.accelerators and not all(INSTANCE.match(m.text) or m.gpus_per_instance for m in r.accelerators)
        if price.per == "GPU hour" or A_GPU.search(r.text) or (chips and not INSTANCE.search(r.text)):
            args["per_gpu"] = True
    each = r.unit("GPU")
    if each is not None:
        args["gpus"], args["per_gpu"] = plain(each.value), True
    if both := _instead(r):
        args["so_many"], args["of_now"] = plain(both[0].value), plain(both[1].value)
    elif hours := _hours(r):
        capped = CAPPED.search(r.text[: hours.start]) is not None
        args["hours_a_day" if hours.per == "day" else "at_most" if capped else "hours"] = plain(hours.value)
    if "accelerator" not in args and "team" in args:
        args["accelerator"] = ("gpu",)
    if DIFFERENCE.search(r.text):
        args["first"] = "difference"
    return (Planned("spend_hours_if", args),)


def _off_at_weekends(r: Reading) -> float | None:
    named = accelerators_named(r)[0] or MACHINES.search(r.text)
    if not named or not OFF.search(r.text) or r.amounts or any(p.is_future for p in r.periods):
        return None
    return 1.9 + own(r)


def _without_weekends(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args = {key: value for key, value in _scope(r, base).items() if key not in {"part_of_week", "ai_only"}}
    args["accelerator"] = args.get("accelerator") or ("gpu",)
    kind = "weekday" if WEEKDAYS.search(r.text) else "weekend"
    first = "difference" if DIFFERENCE.search(r.text) else "bill"
    return (Planned("spend_if", {**args, "part": (f"part_of_week={kind}",), "volume_change": "-100", "first": first}),)


INTENTS = (
    Intent("spend_off", _off_at_weekends, _without_weekends),
    Intent("spend_at_list", _without_discount, _at_list),
    Intent("spend_hours_if", _hours_changed, _at_hours),
)
