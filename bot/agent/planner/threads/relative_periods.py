"""Periods told from the period of the answer before: the month before, the same month a year earlier."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.agent.planner.reading import Reading
from bot.agent.planner.threads.history import Earlier
from bot.agent.toolbox.arguments import ISO_SPAN, as_text
from tools.period import Period, months_after

UNIT = r"(?P<{}>day|week|month|quarter|year|period|one)"
RELATIVE = re.compile(
    r"(?:\bin\s+|\bfor\s+|\bto\s+|\bof\s+)?(?:"
    rf"\bthe\s+{UNIT.format('a')}\s+(?P<a_way>before|earlier|prior|previous|preceding|after|later|following)(?:\s+(?:that|it|this|then))?"
    rf"|\b(?:the\s+)?(?P<b_way>previous|prior|preceding|following)\s+{UNIT.format('b')}"
    rf"|\bthe\s+(?P<c_way>next)\s+{UNIT.format('c')}"
    rf"|\b(?:a|one)\s+{UNIT.format('d')}\s+(?P<d_way>before|earlier|later|after)(?:\s+(?:that|it|this))?"
    r"|\b(?:the\s+)?same\s+(?:month|quarter|week|period|time|days?)\s+(?:of\s+)?(?P<e_way>(?:the\s+)?(?:previous|prior)\s+year|a\s+year\s+(?:ago|earlier|before)|one\s+year\s+(?:ago|earlier|before)|(?:the\s+)?year\s+before)"
    r")(?![\w-])",
    re.IGNORECASE,
)
LATER = frozenset({"after", "later", "following", "next"})
MONTHS = {"month": 1, "quarter": 3, "year": 12}


def base_period(args: Mapping[str, Any]) -> Period | None:
    """The period that a call was made for, where it was given as days."""
    exact = ISO_SPAN.fullmatch(str(args.get("period", "")))
    if exact is None:
        return None
    first, last = (date.fromisoformat(day) for day in exact.groups())
    return Period(first, last + timedelta(1))


def in_place_of_relative(text: str, args: Mapping[str, Any]) -> str | None:
    """`text` with the relative period in it as days, None where it names none or the call before had no period."""
    found = RELATIVE.search(text)
    base = base_period(args)
    if found is None or base is None:
        return None
    return f"{text[: found.start()]} in {as_text(_shifted(base, found))} {text[found.end() :]}".strip()


def ahead(r: Reading, call: Earlier) -> Reading:
    """The reading with a month or quarter without a year taken as the one that comes, after an answer that looks ahead:
    `and September?` after where August will end."""
    base = base_period(call.args)
    if call.tool not in {"forecast", "budget_status"} or base is None or len(r.periods) != 1:
        return r
    said = r.periods[0]
    if re.search(r"\d\d|\b(?:last|ago|year|previous)\b", said.text) or said.period.end > base.start:
        return r
    later = Period(months_after(said.period.start, 12), months_after(said.period.end, 12))
    if later.start < base.start or later.start > months_after(base.end, 6):
        return r
    return replace(r, periods=(replace(said, period=later),))


def _shifted(base: Period, found: re.Match[str]) -> Period:
    if found["e_way"]:
        return base.year_before()
    way = next(found[f"{name}_way"] for name in "abcd" if found[f"{name}_way"]).lower()
    unit = next(found[name] for name in "abcd" if found[name]).lower()
    later = way in LATER
    months = MONTHS.get(unit)
    if unit in {"one", "period"} or (months and base.whole_months == months):
        return _after(base) if later else base.previous()
    if unit == "year":
        return Period(months_after(base.start, 12), months_after(base.end, 12)) if later else base.year_before()
    if months:
        start = months_after(base.end.replace(day=1), 0) if later else months_after(base.start.replace(day=1), -months)
        return Period(start, months_after(start, months))
    days = 7 if unit == "week" else 1
    return Period(base.end, base.end + timedelta(days)) if later else Period(base.start - timedelta(days), base.start)


def _after(base: Period) -> Period:
    if months := base.whole_months:
        return Period(base.end, months_after(base.end, months))
    return Period(base.end, base.end + timedelta(base.days))
