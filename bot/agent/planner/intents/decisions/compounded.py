"""The steady growth that leads from one amount to another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.agent.planner.intents.decisions.told import ELSE, alike
from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.reading import Reading
from tools.money import plain

STEADY = re.compile(
    r"\bcagr\b|\b(?:compound\w*|annual(?:ised|ized)?|yearly|monthly|average|mean|steady)\s+(?:annual\s+|yearly\s+"
    r"|monthly\s+)?(?:growth|rate|increase|decline)|\bgrowth\s+rate\b"
    r"|\b(?:grow|grew|growth|grown|rise|rose|increase\w*|decline\w*|fell|fall)\b.*\b(?:per|a|each|every)\s+(?:year"
    r"|month|quarter)\b",
    re.IGNORECASE | re.DOTALL,
)
EVERY = re.compile(
    r"\b(?:per|a|each|every)\s+(?P<span>year|quarter|month)\b(?!\s+(?:ago|earlier|later|over|after))", re.I
)


def compound(r: Reading) -> Planned | None:
    """The steady growth a year, quarter or month that leads from one amount to another in a time that is told."""
    sums = tuple(a for a in r.amounts if a.unit not in {"year", "quarter", "month"})
    spans = [a for a in r.amounts if a.unit in {"year", "quarter", "month"} and a.kind == "number"]
    years = [p.period for p in r.periods if p.period.whole_months == 12]
    two = alike(sums)
    if two is None or len(r.amounts) - 2 != len(spans) or not STEADY.search(r.text) or two[0].value <= 0:
        return None
    if len(years) != len(r.periods) or (len(spans), len(years)) not in {(1, 0), (0, 2)}:
        return None
    held = Decimal(12 * (years[1].start.year - years[0].start.year)) if years else spans[0].value
    told_in = "month" if years else str(spans[0].unit)
    first, last = two
    if last.value <= 0 or held <= 0:
        return None
    every = EVERY.search(r.text)
    span = every["span"].lower() if every else "year" if years else told_in
    if re.search(r"\bmonthly\b", r.text, re.IGNORECASE):
        span = "month"
    if re.search(r"\bcagr\b|\bannual|\byearly\b", r.text, re.IGNORECASE):
        span = "year"
    months = {"year": 12, "quarter": 3, "month": 1}
    if years:  # no argument of the calculator holds them
        length = plain(held)
        expression = f"(({plain(last.value)} / {plain(first.value)}) ** ({months[span]} / {length}) - 1) * 100"
        return Planned("calculate", {"expression": expression, "label": f"Compound growth a {span}", "unit": "%"})
    args = {
        "start": plain(first.value),
        "end": plain(last.value),
        "length": plain(held),
        "over": told_in,
        "every": span,
    }
    unit = first.unit if first.kind == "money" and first.unit else last.unit if last.kind == "money" else first.unit
    return Planned("compound_growth", {**args, "unit": unit or ""})


def _weigh(r: Reading) -> float | None:
    return 1.7 if not ELSE.search(r.text) and compound(r) else None


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    found = compound(r)
    return () if found is None else (found,)


INTENTS = (Intent("growth", _weigh, _fill),)
