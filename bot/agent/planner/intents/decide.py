"""Questions of a decision: is it worth it, what does the bill become."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from bot.agent.planner.intents.own_spend import filters, is_workload, own
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from bot.agent.toolbox.arguments import as_text
from tools.money import plain
from tools.period import Period

MEASURES = (
    ("npv", r"\bnpv\b|net present value|present value"),
    ("irr", r"\birr\b|internal rate"),
    (
        "payback",
        r"pa(?:y|ys|ying|id)[\s-]?(?:it(?:self)?\s+)?(?:back|off)|pays? for itself|recover\w* (?:the|our|its)"
        r"|break[\s-]?even|recoup|how long until|how soon",
    ),
    ("roi", r"\broi\b|return on (?:the )?invest"),
)
PERIODS = ("year", "quarter", "month", "week")
A_YEARLY = re.compile(
    r"%\s*(?:a|per|each|every|/)\s*(?:year|quarter|week|day)|\b(?:yearly|annual\w*|quarterly|weekly|yoy|cagr)\b", re.I
)
HORIZON = re.compile(
    r"\b(?:in|after|within|over|for|by the end of)\s+(?:a|an|one|the|next|the next|a whole|a full)\s+"
    r"(?P<span>year|quarter|month)\b"
    r"|\ba (?P<later>year|quarter) (?:from now|later|on)\b",
    re.IGNORECASE,
)
MONTHS = {"year": 12, "quarter": 3, "month": 1}
A_YEAR = {"year": 1, "quarter": 4, "month": 12, "week": 52}
EACH = re.compile(
    r"\b(?:per|a|each|every)\s+(year|quarter|month)(?=$|[^\w-])|\b(year|quarter|month)ly\b", re.IGNORECASE
)
LABEL = re.compile(r"\b(?:years?|quarters?|months?)\s+(?:\d+\s*(?:to|-|and|,)\s*)*$", re.IGNORECASE)
UTILISED = re.compile(r"\butili[sz]ation\b|\bbreak[\s-]?even", re.IGNORECASE)
COST_AFTER = re.compile(r"\s*(?:of\s+|in\s+)?(?:costs?|investment|outlay|spend|upfront)\b", re.IGNORECASE)
BENEFIT_AFTER = re.compile(r"\s*(?:of\s+|in\s+)?(?:benefits?|returns?|savings?|gains?|revenue|profit)\b", re.IGNORECASE)
PAID = re.compile(
    r"\b(?:spen[dt]|spending|costs?|costing|invest(?:s|ed|ing|ment of)?|pay(?:s|ing)?|paid|outlay(?: of)?"
    r"|price of|upfront|put in)"
    r"(?:\s+(?:us|of|about|around|is|in))*\W*$",
    re.IGNORECASE,
)
RETURNED = re.compile(
    r"\b(?:returns?|returning|saves?|saving|brings?(?: in)?|bringing(?: in)?|earns?|earning|benefits?|generat\w+"
    r"|yields?|gives?|giving|inflows?|gets? back|worth|gains?|makes?)(?:\s+(?:us|of|in|about|around|is))*\W*$",
    re.IGNORECASE,
)
FALLS = re.compile(r"\b(?:fall|fell|drop|decline|decrease|down|cut|cheaper|lower|less|shrink|reduc)\w*", re.IGNORECASE)
RISES = re.compile(r"\b(?:ris|rais|hik|rose|grow|grew|increas|up\b|climb|higher|more|dearer|jump)\w*", re.IGNORECASE)
VOLUME = re.compile(
    r"\b(?:usage|volume|traffic|use|tokens?|requests?|demand|consumption|growth|grows?)\b", re.IGNORECASE
)
MONTHLY = re.compile(r"%\s*(?:a|per|each|every|/)\s*month|\bmonthly\b|month over month", re.IGNORECASE)
DOUBLES = re.compile(r"\b(?P<verb>doubl|tripl|halv)\w*", re.IGNORECASE)
MULTIPLES = {"doubl": Decimal(100), "tripl": Decimal(200), "halv": Decimal(-50)}


def _measure(r: Reading) -> str | None:
    found = [(m.start(), name) for name, words in MEASURES if (m := re.search(words, r.text, re.IGNORECASE))]
    return min(found)[1] if found else None


def _flows(r: Reading) -> tuple[str, ...]:
    """A plain list of amounts, three or more, joined by commas; else none."""
    listed = [a for a in r.amounts if a.kind in {"money", "number"} and a.unit not in {"year", "month", "quarter", "x"}]
    paid = next((a for a in listed if PAID.search(r.text[: a.start]) and not a.per), None)
    after = [a for a in listed if paid is not None and a.start > paid.end and not LABEL.search(r.text[: a.start])]
    if paid is not None and len(after) >= 2 and _in_a_row(r, after) and not any(a.per for a in after):
        return (plain(-abs(paid.value)), *(plain(a.value) for a in after))
    if len(listed) < 3 or any(a.per for a in listed) or not _in_a_row(r, listed):
        return ()
    return tuple(plain(a.value) for a in listed)


def _in_a_row(r: Reading, listed: Sequence[Amount]) -> bool:
    for one, other in pairwise(listed):
        if not re.fullmatch(r"\s*(?:,|;|and|then|,\s*(?:and|then))\s*[$€£]?\s*", r.text[one.end : other.start]):
            return False
    return True


def _weigh_project(r: Reading) -> float | None:
    measure = _measure(r)
    if (
        not (r.money or _flows(r) or (measure in {"npv", "irr", "roi"} and r.has("ours")) or (measure and r.amounts))
        or r.accelerators
        or r.models
    ):
        return None
    if measure is None and not r.has("project"):
        return None
    return 0.6 if measure else 0.1


def _project(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = dict(base)
    if measure := _measure(r):
        args["measure"] = measure
    rates = [a for a in r.percents if a.role in {"discount_rate", None, "share", "discount"}]
    if rates:
        args["discount_rate"] = plain(rates[0].value)
    if flows := _flows(r):
        args["flows"] = flows
        return (Planned("project_value", args),)
    cost, benefit, running = _roles(r)
    for name, amount in (("investment", cost), ("benefit", benefit), ("running_cost", running)):
        if amount is not None:
            args[name] = plain(abs(amount.value))
            if amount.money is not None:
                args["currency"] = amount.money.currency
    if benefit is not None and (period := (benefit.per or "").split(" ")[-1] or _only_period(r)) in PERIODS:
        args["period"] = period
    length = next((a for a in r.amounts if a.unit in PERIODS and a.kind == "number"), None)
    if length is not None:
        args["periods"] = str(_in_periods(length, args.get("period")))
        args.setdefault("period", str(length.unit))
    return (Planned("project_value", args),)


def _only_period(r: Reading) -> str:
    """The one period that anything is said to come in; empty where there is none, or more."""
    found = {str(found[1] or found[2]).lower() for found in EACH.finditer(r.text)}
    return found.pop() if len(found) == 1 else ""


def _in_periods(length: Amount, period: str | None) -> Decimal:
    counted = period or str(length.unit)
    return length.value * A_YEAR[counted] / A_YEAR[str(length.unit)]


def _roles(r: Reading) -> tuple[Amount | None, Amount | None, Amount | None]:
    """What is paid now, what comes in each period, what it costs to run: by the verb beside it, by role, by rate, and
    only then by order."""
    sums = [a for a in r.amounts if a.kind == "money" or (a.kind == "number" and a.unit is None)]
    cost = next((a for a in sums if COST_AFTER.match(r.text[a.end :])), None)
    cost = cost or next((a for a in sums if PAID.search(r.text[: a.start]) and not a.per), None)
    benefit = next((a for a in sums if BENEFIT_AFTER.match(r.text[a.end :]) and a is not cost), None)
    benefit = benefit or next((a for a in sums if RETURNED.search(r.text[: a.start]) and a is not cost), None)
    left = [a for a in sums if a not in (cost, benefit)]
    running = next((a for a in left if a.role == "running_cost"), None)
    left = [a for a in left if a is not running]
    if benefit is None:
        benefit = next((a for a in left if a.role in {"saving", "revenue"}), None) or next(
            (a for a in left if a.per), None
        )
        left = [a for a in left if a is not benefit]
    if cost is None:
        cost = next((a for a in left if a.role in {"investment", "purchase"}), None) or (left[0] if left else None)
        left = [a for a in left if a is not cost]
    if benefit is None and left:
        benefit = left[0]
    return cost, benefit, running


def _weigh_commitment(r: Reading) -> float | None:
    committed = r.has("commitment") or (r.amount("discount", kind="percent") and UTILISED.search(r.text))
    return 0.35 if committed and (r.percents or r.has("project")) and own(r) < 0.6 else None


def _commitment(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = dict(base)
    if used := r.amount("utilisation", kind="percent"):
        args["utilisation"] = plain(used.value)
    if off := r.amount("discount", kind="percent"):
        args["discount"] = plain(off.value)
    spare = [a for a in r.percents if a.role not in {"utilisation", "discount"}]
    if spare and "utilisation" not in args:
        args["utilisation"] = plain(spare[0].value)
    if (term := r.unit("year", "month")) is not None:
        args["term_months"] = plain(term.value * (12 if term.unit == "year" else 1))
    if rate := next((a for a in r.money if a.per and a.per.endswith("hour")), None):
        args["on_demand_per_hour"] = plain(rate.value)
    return (Planned("commitment_worth", args),)


def _weigh_scenario(r: Reading) -> float | None:
    moved = bool(r.percents) or DOUBLES.search(r.text)
    if not moved or r.has("project") or (r.models and (is_workload(r) or not own(r))) or A_YEARLY.search(r.text):
        return None
    if not (r.has("scenario", "change", "whatif") and (r.money or own(r) >= 0.2 or r.accelerators)):
        return None
    return 0.3 + 0.35 * r.has("scenario", "whatif")


def _scenario(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = dict(base)
    moved = next((a for a in r.percents), None)
    if moved is not None:
        size, volume = (
            moved.value,
            VOLUME.search(r.text) is not None and not re.search(r"\bprices?\b|\brates?\b", r.text, re.I),
        )
        falls, rises = FALLS.search(r.text) is not None, RISES.search(r.text) is not None
        monthly = MONTHLY.search(r.text) is not None
        name = ("monthly_volume_growth" if monthly else "volume_change") if volume else (
            "monthly_price_change" if monthly else "price_change"
        )  # fmt: skip
        args[name] = str(-abs(size) if falls and not rises else size)
        if not (falls or rises or moved.signed) and not volume:
            args["either_way"] = True
    elif doubled := DOUBLES.search(r.text):
        name = "price_change" if re.search(r"\bprices?\b", r.text, re.IGNORECASE) else "volume_change"
        args[name] = str(MULTIPLES[doubled["verb"].lower()])
    if months := r.unit("month", "year"):
        args["months"] = plain(months.value * (12 if months.unit == "year" else 1))
    elif (ahead := HORIZON.search(r.text)) and MONTHLY.search(r.text):
        args["months"] = str(MONTHS[(ahead["span"] or ahead["later"]).lower()])
    if r.money:
        args["amount"] = plain(r.money[0].value)
        args["currency"] = r.money[0].unit or "USD"
        return (Planned("bill_after_change", args),)
    if "amount" in args:
        return (Planned("bill_after_change", args),)
    scope = filters(r, {})
    if r.accelerators:
        scope["accelerator"] = tuple(dict.fromkeys(m.text for m in r.accelerators))
    past = [mention for mention in r.periods if not mention.is_future]
    scope["period"] = as_text(past[0].period if past else Period.last_month(r.today))
    return (Planned("spend_total", scope), Planned("bill_after_change", args, amount_from="amount"))


def _weigh_percent_of(r: Reading) -> float | None:
    if len(r.amounts) != 2 or r.has("ours") or r.values or r.models or r.accelerators or r.periods:
        return None
    one, other = r.amounts
    between = r.text[one.end : other.start]
    return 0.6 if one.kind == "percent" and other.kind != "percent" and re.fullmatch(r"\s+of\s+", between) else None


def _percent_of(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    share, whole = r.amounts
    return (Planned("calculate", {"expression": f"{plain(share.value)}% * {plain(whole.value)}"}),)


INTENTS = (
    Intent("arithmetic", _weigh_percent_of, _percent_of),
    Intent("project_value", _weigh_project, _project),
    Intent("commitment", _weigh_commitment, _commitment),
    Intent("scenario", _weigh_scenario, _scenario),
)
