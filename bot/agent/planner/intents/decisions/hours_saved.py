"""Working time that a tool saves: how many full-time people that is, and what it is worth against what it costs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from tools.money import plain

SAVES = re.compile(
    r"\bsav(?:e|es|ed|ing|ings)\b|\bfrees?\b|\bfreed\b|\bgains?\b|\bback\b|\bless\b|\bfaster\b|\bcuts?\b", re.I
)
FTES = re.compile(
    r"\bftes?\b|\bfull[\s-]time\b|\bheadcount\b|\bhow many (?:people|employees|heads|staff|engineers|analysts)\b", re.I
)
TOTAL = re.compile(
    r"\b(?:in total|altogether|in all|combined|the (?:whole )?team|across the|together)\b", re.IGNORECASE
)
NET = re.compile(
    r"\bnet\b|\bworth (?:it|the)\b|\bpay(?:s)? (?:off|for itself)\b|\bafter (?:the )?(?:cost|licen[cs]e)"
    r"|\bjustif\w+|\bbenefit\b",
    re.I,
)
ROI = re.compile(r"\broi\b|\breturn on\b", re.IGNORECASE)
AN_HOUR = re.compile(
    r"\b(?:(?:an|per|one|each)\s+(?:working\s+)?hour|hourly\s+(?:rate|cost|wage)s?)\s+(?:\w+\s+){0,3}$", re.IGNORECASE
)
HOURS_AT = re.compile(r"\b(?:hours?|hrs?)\s+(?:(?:each\s+)?(?:at|@|x|×))\s+(?:about\s+)?[$€£]?$", re.IGNORECASE)
PLURAL = re.compile(r"\s+(?:[a-z-]+\s+){0,2}?[a-z]+s\b|\s+(?:people|staff)\b", re.IGNORECASE)
NOT_ELSE = re.compile(r"\b(?:excluding|except|without|unless|half|only|npv|irr|payback|discount\w*)\b", re.IGNORECASE)
ASKED = (
    ("year", re.compile(r"\b(?:a|per|each|every)\s+year\b|\byearly\b|\bannual\w*\b|\bper\s+annum\b", re.IGNORECASE)),
    ("month", re.compile(r"\b(?:a|per|each|every)\s+month\b|\bmonthly\b", re.IGNORECASE)),
    ("week", re.compile(r"\b(?:a|per|each|every)\s+week\b|\bweekly\b", re.IGNORECASE)),
    ("day", re.compile(r"\b(?:a|per|each|every)\s+day\b|\bdaily\b", re.IGNORECASE)),
)
TIMES = {
    ("day", "week"): "5", ("week", "year"): "52", ("week", "month"): "52 / 12", ("month", "year"): "12",
    ("year", "month"): "1 / 12", ("month", "week"): "12 / 52", ("year", "week"): "1 / 52",
}  # fmt: skip


def _an_hour(text: str, a: Amount) -> bool:
    return (AN_HOUR.search(text[: a.start]) or (a.per is None and HOURS_AT.search(text[: a.start]))) is not None


class _Told:
    """The amounts of a question by what they are; `whole` where each of them has a place."""

    def __init__(self, r: Reading) -> None:
        self.text = r.text
        found = [a for a in r.amounts if not (a.worded and a.value <= 1)]
        self.hours = [a for a in found if a.kind == "number" and a.unit in {"hour", "minute"}]
        self.rates = [a for a in r.money if a.per in {"hour", "user hour"} or _an_hour(r.text, a)]
        self.days = [a for a in found if a.kind == "number" and a.unit in {"day", "week"} and a.per]
        self.costs = [a for a in r.money if a not in self.rates]
        self.costs += [a for a in found if a.kind == "number" and a.unit is None and a.per in {"year", "month"}]
        used = [*self.hours, *self.rates, *self.days, *self.costs]
        rest = [a for a in found if not any(a is one for one in used)]
        self.people = [
            a for a in rest
            if a.kind == "number" and (a.unit in {"user", "seat"} or (a.unit is None and PLURAL.match(r.text[a.end :])))
        ]  # fmt: skip
        self.whole = len(rest) == len(self.people)


def _span(amount: Amount) -> str:
    return (amount.per or "").split(" ")[-1]


def _asked(r: Reading, default: str) -> str:
    """The span of time that the figure is asked for: one that belongs to no amount."""
    taken = [(a.start, a.phrase_end) for a in r.amounts]
    for name, words in ASKED:
        if any(not any(s < m.end() and m.start() < e for s, e in taken) for m in words.finditer(r.text)):
            return name
    return default


def _ftes(r: Reading) -> Args | None:
    """Hours over the hours of one full-time person, both told, of one span of time."""
    told = _Told(r)
    each = [a for a in told.hours if _of_one(r, a)]
    hours = [a for a in told.hours if a not in each]
    if not FTES.search(r.text) or len(each) != 1 or len(hours) != 1 or not told.whole or told.rates or told.costs:
        return None
    spans = {_span(a) for a in told.hours} - {"", "user"}
    if len(spans) > 1 or told.days or {a.unit for a in told.hours} != {"hour"}:
        return None
    count = f"{plain(told.people[0].value)} * " if len(told.people) == 1 and told.people[0].value > 1 else ""
    if len(told.people) > 1:
        return None
    return {
        "expression": f"{count}{plain(hours[0].value)} / {plain(each[0].value)}",
        "label": "That is",
        "unit": "FTEs",
    }


def _of_one(r: Reading, amount: Amount) -> bool:
    """Whether hours are those of one full-time person."""
    after = r.text[amount.end : amount.end + 40]
    before = r.text[max(0, amount.start - 40) : amount.start]
    one = r"(?:fte|full[\s-]time\w*(?:\s+\w+)?|person|employee|head|position|engineer|worker)\b"
    return bool(
        amount.per == "user"
        or re.match(rf"\s*(?:hours?|hrs?|h)?\s*(?:a|per|/|each|every)\s*{one}", after, re.IGNORECASE)
        or re.search(
            r"(?<!many )\b(?:fte|full[\s-]time\w*(?:\s+\w+)?|one person|each (?:person|employee))\s*(?:is|=|works?"
            r"|of|at"
            r"|being|as|has|does)?\s*(?:about\s+)?$",
            before,
            re.IGNORECASE,
        )
        or re.match(r"\s*(?:hours?|hrs?|h)?[\s-]*(?:year|week|month)\b", after, re.IGNORECASE)
    )


def _value(r: Reading) -> tuple[Args, ...]:
    """What the hours saved are worth and, where its cost is told, what is left of that."""
    told = _Told(r)
    if (
        len(told.hours) != 1
        or len(told.rates) != 1
        or len(told.people) > 1
        or len(told.costs) > 1
        or len(told.days) > 1
    ):
        return ()
    if not told.whole or not SAVES.search(r.text) or (told.people and TOTAL.search(r.text)):
        return ()
    saved, cost = told.hours[0], next(iter(told.costs), None)
    span = _span(saved) or (_span(told.days[0]) and "day" if told.days else "")
    cost_span = _span(cost) if cost is not None else ""
    cost_span = cost_span if cost_span in {"day", "week", "month", "year"} else ""
    span = span or cost_span  # one time is told for both
    asked = _asked(r, cost_span or (_span(told.days[0]) if told.days else span))
    times = _times(span, asked, told.days)
    if not span or not asked or times is None:
        return ()
    parts = [plain(told.people[0].value)] if told.people else []
    parts += [plain(saved.value) + (" / 60" if saved.unit == "minute" else ""), *times, plain(told.rates[0].value)]
    worth, unit = " * ".join(parts), told.rates[0].unit or "USD"
    gross: Args = {"expression": worth, "label": f"Time saved a {asked} is worth", "unit": unit}
    if cost is None:
        return () if NET.search(r.text) and ROI.search(r.text) else (gross,)
    each = cost.per is not None and cost.per.split(" ")[0] in {"user", "seat"}
    if each and not told.people:
        return ()
    every = _times(cost_span or "month", asked, []) if (cost_span or each) else None
    if every is None:
        return ()
    paid = " * ".join([*([plain(told.people[0].value)] if each else []), plain(cost.value), *every])
    costs: Args = {"expression": paid, "label": f"It costs a {asked}", "unit": unit}
    if ROI.search(r.text):
        share = {"expression": f"({worth} - {paid}) / ({paid}) * 100", "label": "Return on investment", "unit": "%"}
        return share, gross, costs
    net: Args = {"expression": f"{worth} - {paid}", "label": f"Net benefit a {asked}", "unit": unit}
    return (net, gross, costs) if told.people else (net,)


def _times(span: str, asked: str, days: Sequence[Amount]) -> list[str] | None:
    """The factors from a span to the one asked for; None where the days to count are not told."""
    if span == asked:
        return [] if not days else None
    if days:
        counted, of = days[0], _span(days[0])
        if counted.unit != span or of not in {"week", "month", "year"}:
            return None
        rest = [] if of == asked else [TIMES[of, asked]] if (of, asked) in TIMES else None
        return None if rest is None else [plain(Decimal(counted.value)), *rest]
    if span == "day":
        return None
    return [TIMES[span, asked]] if (span, asked) in TIMES else None


def _read(r: Reading) -> tuple[Args, ...]:
    if (
        r.periods
        or any(v.dimension != "part_of_week" for v in r.values)
        or r.models
        or r.accelerators
        or r.percents
        or NOT_ELSE.search(r.text)
    ):
        return ()
    ftes = _ftes(r)
    return (ftes,) if ftes else _value(r)


def _weigh(r: Reading) -> float | None:
    return 1.75 if _read(r) else None


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    return tuple(Planned("calculate", args) for args in _read(r))


INTENTS = (Intent("hours_saved", _weigh, _fill),)
