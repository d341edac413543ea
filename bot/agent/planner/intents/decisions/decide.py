"""Questions of a decision: is it worth it, what does the bill become."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from bot.agent.planner.intents.decisions.flows import listed
from bot.agent.planner.intents.own.own_spend import own
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from tools.money import plain

MEASURES = (
    ("discounted payback", r"discounted\s+(?:pay[\s-]?back|break[\s-]?even)"),
    ("npv", r"\bnpv\b|net present value|present value"),
    ("irr", r"\birr\b|internal rate"),
    (
        "payback",
        r"pa(?:y|ys|ying|id)[\s-]?(?:it(?:self)?\s+)?(?:back|off)|pays? for itself|recover\w* (?:the|our|its)"
        r"|break[\s-]?even|recoup|how long until|how soon",
    ),
    ("roi", r"\broi\b|return on (?:the )?invest"),
)
AT_BOTH = re.compile(r"%\D{0,30}\b(?:and|or|vs\.?|versus|to|against)\b\D{0,30}\d", re.IGNORECASE)
OF_COMMITMENT = re.compile(r"\s*(?:\w+\s+)?(?:commit|reserv|savings?\s+plan)\w*", re.IGNORECASE)
COMMITTED = re.compile(r"\breserv|\bcommit", re.IGNORECASE)
LEAST_USE = re.compile(
    r"\b(?:how (?:low|little)|what utili|which utili|minimum utili|least utili|break[\s-]?even)\w*", re.IGNORECASE
)
IN_UNITS = re.compile(
    r"^\W*(?:and\s+|what(?: is|'s) (?:that|it)\s+)?in (?P<unit>year|quarter|month|week)s\W*$", re.IGNORECASE
)
PERIODS = ("year", "quarter", "month", "week")
PRESENT = re.compile(r"(?<!net )\bpresent value\b|(?<!n)\bpv of\b", re.IGNORECASE)
A_YEAR = {"year": 1, "quarter": 4, "month": 12, "week": 52}
EACH = re.compile(
    r"\b(?:per|a|each|every)\s+(year|quarter|month)(?=$|[^\w-])|\b(year|quarter|month)ly\b", re.IGNORECASE
)
UTILISED = re.compile(r"\butili[sz]ation\b|\bbreak[\s-]?even", re.IGNORECASE)
USED = re.compile(r"\butili[sz]ation\b", re.IGNORECASE)
COST_AFTER = re.compile(
    r"\s*(?:of\s+|in\s+)?(?:costs?|investments?|invested|outlay|spend|spent|paid(?!\s+back)|up\s?front|initially|today"
    r"|now|down)\b(?!\s*[$€£]?\d)",
    re.IGNORECASE,
)
BENEFIT_AFTER = re.compile(
    r"\s*(?:of\s+|in\s+)?(?:benefits?|returns?|savings?|gains?|revenue|profit|back)\b(?!\s+(?:of\s+|about\s+"
    r")?[$€£]?\d)",
    re.IGNORECASE,
)
RUNNING_AFTER = re.compile(
    r"\s*(?:(?:in|of|for)\s+)?(?:running|operating|maintenance|upkeep|opex|hosting|licen[cs]e|staff"
    r")\b|\s*to\s+(?:run|operate|maintain|keep|host)\b",
    re.IGNORECASE,
)
PAID = re.compile(
    r"\b(?:spen[dt]|spending|costs?|costing|invest(?:s|ed|ing|ment of)?|pay(?:s|ing)?|paid|outlay(?: of)?"
    r"|price of|upfront|put in|put)"
    r"(?:\s+(?:us|of|about|around|is|in))*\W*$",
    re.IGNORECASE,
)
RETURNED = re.compile(
    r"\b(?:returns?|returning|saves?|saving|brings?(?: in)?|bringing(?: in)?|earns?|earning|benefits?|generat\w+"
    r"|yields?|gives?|giving|frees?(?: up)?|freeing(?: up)?|avoids?|cuts?|inflows?|(?:get|gets|got|getting)(?: back)?"
    r"|receiv\w+|worth|gains?|makes?)(?:\s+(?:us|of|in|about|around|is))*\W*$",
    re.IGNORECASE,
)


YEARLY = re.compile(r"\s*(?:(?:a|per|each)\s+(?:year|annum)|annual(?:ly)?|yearly|p\.?\s?a\b)", re.IGNORECASE)
YEARLY_BEFORE = re.compile(
    r"\b(?:annual|yearly)\s+(?:discount\s+|interest\s+|hurdle\s+)?(?:rate|wacc|cost of capital)?\s*(?:of|is|at|:)?\s*$",
    re.I,
)


def measure_of(r: Reading) -> str | None:
    """The measure of a project that is named first."""
    found = [(m.start(), name) for name, words in MEASURES if (m := re.search(words, r.text, re.IGNORECASE))]
    return min(found)[1] if found else None


def _weigh_project(r: Reading) -> float | None:
    measure = measure_of(r)
    if USED.search(r.text) and COMMITTED.search(r.text) and len(r.money) == 2:
        return None
    if (r.has("commitment") or USED.search(r.text)) and r.amount("discount", kind="percent") and not r.money:
        return None
    if (
        not (r.money or listed(r) or (measure in {"npv", "irr", "roi"} and r.has("ours")) or (measure and r.amounts))
        or r.accelerators
        or r.models
    ):
        return None
    if measure is None and not r.has("project"):
        return None
    return 0.6 if measure else 0.1


def _project(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = dict(base)
    if measure := measure_of(r):
        args["measure"] = measure
    if not args.get("investment") and PRESENT.search(r.text):
        args["investment"] = "0"
    rates = [a for a in r.percents if a.role in {"discount_rate", None, "share", "discount"}]
    if rates:
        args["discount_rate"] = plain(rates[0].value)
        if YEARLY.match(r.text, rates[0].end) or YEARLY_BEFORE.search(r.text[: rates[0].start]):
            args["rate_per"] = "year"
    if len(rates) == 2 and len(r.percents) == 2 and args.get("measure") == "npv" and AT_BOTH.search(r.text):
        one, other = (replace(r, amounts=tuple(a for a in r.amounts if a is not rate)) for rate in rates)
        return (*_project(other, base), *_project(one, base))
    unit = IN_UNITS.match(r.text)
    if unit and base.get("benefit"):
        into, was = unit["unit"].lower(), str(base.get("period", "year"))
        args |= {"period": into, "benefit": plain(Decimal(base["benefit"]) * A_YEAR[was] / A_YEAR[into])}
        return (Planned("project_value", args),)
    if flows := listed(r):
        args["flows"] = flows
        return (Planned("project_value", args),)
    cost, benefit, running = _roles(r, by_order=not base.get("investment"))
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


def _roles(r: Reading, *, by_order: bool = True) -> tuple[Amount | None, Amount | None, Amount | None]:
    """What is paid now, what comes in each period, what it costs to run: by the verb beside it, by role, by rate, and
    only then by order."""
    tokens = (
        {None} if "token" in r.text.lower() else {None, "token"}
    )  # "80k back" counts tokens only where there are any
    sums = [a for a in r.amounts if a.kind == "money" or (a.kind == "number" and a.unit in tokens)]
    cost = next((a for a in sums if COST_AFTER.match(r.text[a.end :])), None)
    cost = cost or next((a for a in sums if PAID.search(r.text[: a.start]) and not a.per), None)
    back = [a for a in sums if BENEFIT_AFTER.match(r.text[a.end :]) or BENEFIT_AFTER.match(r.text, a.phrase_end)]
    benefit = next((a for a in back if a is not cost), None)
    benefit = benefit or next((a for a in sums if RETURNED.search(r.text[: a.start]) and a is not cost), None)
    left = [a for a in sums if a not in (cost, benefit)]
    running = next((a for a in left if a.role == "running_cost" or RUNNING_AFTER.match(r.text, a.phrase_end)), None)
    left = [a for a in left if a is not running]
    if benefit is None:
        benefit = next((a for a in left if a.role in {"saving", "revenue"}), None) or next(
            (a for a in left if a.per), None
        )
        left = [a for a in left if a is not benefit]
    if cost is None:
        cost = next((a for a in left if a.role in {"investment", "purchase"}), None) or (
            left[0] if left and by_order else None
        )
        left = [a for a in left if a is not cost]
    if benefit is None and left and by_order:
        benefit = left[0]
    if cost is not None and benefit is not None and cost.per and not benefit.per:
        cost, benefit = benefit, cost  # what is paid once has no rate
    return cost, benefit, running


def _weigh_commitment(r: Reading) -> float | None:
    rates = [a for a in r.money if a.per and a.per.endswith("hour")]
    both = len(r.money) == 2 == len(r.amounts) and rates
    if UTILISED.search(r.text) and both and COMMITTED.search(r.text):
        return 1.2
    committed = r.has("commitment") or (r.amount("discount", kind="percent") and UTILISED.search(r.text))
    if USED.search(r.text) and r.amount("discount", kind="percent") and not r.money and own(r) < 0.6:
        return 0.9
    return 0.35 if committed and (r.percents or r.has("project") or len(r.money) == 2) and own(r) < 0.6 else None


def _commitment(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = dict(base)
    of_it = next((a for a in r.percents if OF_COMMITMENT.match(r.text, a.end)), None)
    used = next((a for a in r.percents if a.role == "utilisation" and a is not of_it), None)
    off = r.amount("discount", kind="percent") or of_it
    spare = [a for a in r.percents if a.role not in {"utilisation", "discount"} and a is not of_it]
    if off is None and spare and LEAST_USE.search(r.text):
        off = spare.pop(0)
    if used is None and spare:
        used = spare[0]
    if used is not None:
        args["utilisation"] = plain(used.value)
    if off is not None:
        args["discount"] = plain(off.value)
    if (term := r.unit("year", "month")) is not None:
        args["term_months"] = plain(term.value * (12 if term.unit == "year" else 1))
    rates = [a for a in r.money if a.per and a.per.endswith("hour")]
    if len(r.money) == 2:
        low, high = sorted(r.money, key=lambda a: a.value)
        args |= {"reserved_per_hour": plain(low.value), "on_demand_per_hour": plain(high.value)}
    elif rates:
        args["on_demand_per_hour"] = plain(rates[0].value)
    return (Planned("commitment_worth", args),)


INTENTS = (
    Intent("project_value", _weigh_project, _project),
    Intent("commitment", _weigh_commitment, _commitment),
)
