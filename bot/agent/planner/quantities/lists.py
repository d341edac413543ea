"""Amounts of one kind set beside each other: their sum, mean, difference, ratio, and the change between two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from tools.money import plain

SUM = re.compile(r"\b(?:total|sum|altogether|in\s+all|add(?:ed)?\s+up|together|combined|overall)\b", re.IGNORECASE)
MEAN = re.compile(r"\b(?:average|mean|avg)\b", re.IGNORECASE)
GAP = re.compile(
    r"\b(?:difference|gap|delta)\s+between\b|\bhow\s+much\s+(?:more|less|higher|lower|cheaper|dearer)\b|\b(?:difference|gap|delta)\b",
    re.IGNORECASE,
)
RATIO = re.compile(r"\bhow\s+many\s+times\b|\bratio\s+(?:of|between)\b|\bby\s+what\s+factor\b", re.IGNORECASE)
CHANGE = re.compile(
    r"\b(?:grow\w*|grew|increase\w*|rise|rose|change\w*|up|jump\w*|went|drop\w*|fell|fall\w*|decreas\w*|declin\w*|down|cheaper|less"
    r"|cut|trim|mom|m/m|qoq|yoy|y/y|shr[aiu]nk\w*|sav\w+|reduc\w+|more|higher|lower|difference)\b",
    re.IGNORECASE,
)
FALLS = re.compile(
    r"\b(?:cut|trim|drop\w*|fell|fall\w*|decreas\w*|declin\w*|reduc\w+|sav\w+|cheaper|less|lower|down)\b", re.IGNORECASE
)
PERCENT = re.compile(r"%|\bpercent\w*|\bper\s+cent\b|\bpct\b", re.IGNORECASE)
FROM_TO = re.compile(r"\b(?:from|was|were|used\s+to\s+be|previously|before)\b|->|=>|→", re.IGNORECASE)
UP_FROM = re.compile(
    r"\b(?:(?:up|down)\s+from|against|compared\s+(?:to|with)|vs\.?|versus|it\s+was|than)\s+(?:[\w']+\s+){0,3}?[$€£]?$",
    re.I,
)
SEQUENCE = re.compile(r"\b(?:and|then|now|to|after|later|becomes?|became|next|followed)\b|->|=>|→|;|,", re.IGNORECASE)
IN_A_ROW = re.compile(r"[\s,;/]*(?:and|&|plus|then|to|or|vs\.?|versus|against|\+|->|→)?[\s$€£]*", re.IGNORECASE)
OTHER = re.compile(
    r"\b(?:weighted|median|per\s+(?:user|seat|person|day|week|month|year)|compound\w*|cagr|annuali[sz]\w+)\b",
    re.IGNORECASE,
)


def listed(r: Reading) -> tuple[str, str, str] | None:
    """The expression, its label and unit, where a question lists amounts of one kind and asks one figure of them."""
    alike = [a for a in r.amounts if not _counts_them(a, r.amounts)]
    if len(alike) < 2 or any(a.kind == "percent" for a in alike) or OTHER.search(r.text):
        return None
    bare = [a for a in alike if a.kind == "number" and a.unit is None and a.per is None]
    if (
        r.money
        and len(bare) + len(r.money) == len(alike)
        and alike[-1].kind == "money"
        and len({a.unit for a in r.money}) == 1
        and all(IN_A_ROW.fullmatch(r.text[a.end : b.start]) for a, b in pairwise(alike))
    ):
        alike = [replace(a, kind="money", unit=r.money[0].unit) for a in alike]  # `3,200, 4,150 and 980 dollars`
    kinds = {(a.kind, a.unit, a.per, a.per_count) for a in alike}
    if len(kinds) != 1 or any(a.value <= 0 for a in alike):
        return None
    kind, unit, per, count = kinds.pop()
    if kind not in {"money", "number"} or count != 1 or not r.text.strip():
        return None
    free = _free(r.text, alike)
    if any(a.bound for a in alike) and not (GAP.search(free) or PERCENT.search(free)):
        return None
    if len(alike) == 2 and (found := _of_two(r, alike, free)):
        expression, label, shown = found
        return expression, label, shown or _unit(kind, unit, per)
    said = " + ".join(plain(a.value) for a in alike)
    if MEAN.search(free) and not SUM.search(free):
        return f"({said}) / {len(alike)}", "Average", _unit(kind, unit, per)
    if SUM.search(free) and not MEAN.search(free):
        return said, "Total", _unit(kind, unit, per)
    return None


def margin(r: Reading) -> tuple[str, str, str] | None:
    """The share of a price that its cost leaves: (price - cost) / price, both of one customer, unit or time."""
    if len(r.amounts) != 2 or len(r.money) != 2 or not re.search(r"\bmargins?\b", r.text, re.IGNORECASE):
        return None
    if re.search(r"\bmark-?up\b|\btarget\b|\bneed\b|\bafter\s+tax\b|\bnet\s+margin\b", r.text, re.IGNORECASE):
        return None
    first, second = r.money
    told = [r.text[: first.start], r.text[first.end : second.start]]
    sold = [SOLD.search(part) is not None and SPENT.search(part) is None for part in told]
    spent = [SPENT.search(part) is not None for part in told]
    if first.unit != second.unit or sold == [True, True] or spent == [True, True] or not (any(sold) or any(spent)):
        return None
    price, cost = (first, second) if sold[0] or spent[1] else (second, first)
    spans = {(a.per or "").split(" ")[-1] for a in (first, second)} & {"day", "week", "month", "year"}
    if not price.value > 0 or len(spans) > 1:
        return None
    return f"({plain(price.value)} - {plain(cost.value)}) / {plain(price.value)} * 100", "Gross margin", "%"


SOLD = re.compile(
    r"\b(?:pays?|paying|charg\w+|pric\w+|sell\w*|sold|revenue|arpu|bills?|bring\w*|earn\w*|subscription)\b", re.I
)
SPENT = re.compile(r"\b(?:costs?|costing|cogs|inference|spend\w*|serv(?:e|es|ing)|compute|run\w*)\b", re.IGNORECASE)


def _of_two(r: Reading, two: Sequence[Amount], free: str) -> tuple[str, str, str] | None:
    first, second = two
    low, high = sorted(two, key=lambda a: a.value)
    if RATIO.search(free):
        return f"{plain(high.value)} / {plain(low.value)}", "Ratio", "x"
    if PERCENT.search(free) and CHANGE.search(free):
        pair = _in_order(r, first, second)
        if pair is None or pair[0].value == pair[1].value:
            return None
        old, new = pair
        if new.value < old.value and FALLS.search(free):
            return f"({plain(old.value)} - {plain(new.value)}) / {plain(old.value)} * 100", "Decrease", "%"
        return f"({plain(new.value)} - {plain(old.value)}) / {plain(old.value)} * 100", "Change", "%"
    if GAP.search(free):
        return f"{plain(high.value)} - {plain(low.value)}", "Difference", ""
    return None


def _in_order(r: Reading, first: Amount, second: Amount) -> tuple[Amount, Amount] | None:
    """The earlier of two amounts and the later: by the periods told beside them, by `from`, by the order of telling."""
    if len(r.periods) == 2:
        one, other = r.periods
        if one.period.start == other.period.start or not (first.end <= second.start):
            return None
        return (first, second) if one.period.start < other.period.start else (second, first)
    if r.periods:
        return None
    if UP_FROM.search(r.text[: second.start]):
        return second, first
    between = r.text[first.end : second.start]
    return (first, second) if FROM_TO.search(r.text[: first.start]) or SEQUENCE.search(between) else None


def _counts_them(amount: Amount, amounts: Sequence[Amount]) -> bool:
    """Whether a number only says how many amounts follow: `Three invoices: ...`."""
    rest = [a for a in amounts if a is not amount]
    return (
        amount.kind == "number"
        and amount.value == len(rest)
        and len({a.kind for a in rest}) == 1
        and rest[0].kind == "money"
    )


def _free(text: str, amounts: Sequence[Amount]) -> str:
    for amount in reversed(amounts):
        text = f"{text[: amount.start]} {text[amount.end :]}"
    return text


def _unit(kind: str, unit: str | None, per: str | None) -> str:
    named = unit or ""
    return f"{named} per {per}" if per else named if kind == "money" else f"{named}s" if named else ""
