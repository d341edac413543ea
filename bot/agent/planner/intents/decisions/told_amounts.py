"""Arithmetic in words: amounts that the question tells, multiplied along their units, added up or set side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.agent.planner.plan import Intent, Planned
from bot.agent.planner.quantities.asked import Asked, asked
from bot.agent.planner.quantities.bare_money import with_bare_money
from bot.agent.planner.quantities.differences import apart
from bot.agent.planner.quantities.dimensions import TIMES, is_currency
from bot.agent.planner.quantities.doubling import doubled
from bot.agent.planner.quantities.lists import listed, margin
from bot.agent.planner.quantities.nouns import shown
from bot.agent.planner.quantities.parted import REST, parted
from bot.agent.planner.quantities.recouped import recouped
from bot.agent.planner.quantities.shares import before_it, spared
from bot.agent.planner.quantities.solve import Solved, solve
from bot.agent.planner.quantities.subjects import each_of_asked, proportional
from bot.agent.planner.quantities.terms import added
from bot.agent.planner.quantities.told import told
from bot.agent.planner.reading import Reading
from tools.money import plain

# What would change the figure and is not read here.
ELSE = re.compile(
    r"\b(?:excluding|except|without|unless|not(?!\s+counting\s+tax)|n[o']t|inflation|instead|double|twice|triple|half|free\b(?!\s+up)"
    r"|minimum|maximum|at\s+least|at\s+most|up\s+to|tiers?|tiered|overage|beyond|above|below|npv|irr|roi|return\s+on|payback|pay\s?s?\s+back"
    r"|pays?\s+(?:off|for\s+itself)|break[\s-]?even|depreciat\w+|present\s+value|discount\s+rate|compound\w*|grow(?:s|th|ing)?\s+(?:by\s+)?\d"
    r"|every\s+other|first\s+\d|after\s+tax|before\s+tax|pro[\s-]?rat\w+|per\s+cent\s+of\s+what|if\s+only|additional|weekends?|(?:what|which)\s+utili[sz]ation|beats?|reserv\w+|commit\w*|on[\s-]demand|spot)\b|n['’]t\b",
    re.IGNORECASE,
)
# Bills that are looked up, not told: `what did search spend`.
LOOKED_UP = re.compile(
    r"\b(?:did|have|has|had)\s+(?:the\s+|our\s+)?[\w-]+\s+(?:team\s+)?(?:spen[dt]|paid|pay|cost|us(?:e|ed)|burn\w*)\b",
    re.I,
)
# What grows step by step is compounded, by a tool of its own.
GROWING = re.compile(
    r"\b(?:grow(?:s|n|th|ing)?|grew|ris(?:es?|ing)|rose|increas\w+|climb\w*|shrink\w*|fall(?:s|ing)?|declin\w+)\b.*"
    r"(?:\b(?:per|an?|each|every)\s+(?:week|month|quarter|year)\b|\b(?:weekly|monthly|quarterly|yearly|annually)\b)",
    re.IGNORECASE | re.DOTALL,
)
MARGIN = re.compile(r"\bmargins?\b|\bprofits?\b|\bis\s+left\b|\bleft\s+over\b", re.IGNORECASE)
ALWAYS_ON = re.compile(
    r"\b24\s?/\s?7\b|\baround the clock\b|\bnon-?stop\b|\balways[\s-]on\b|\bcontinuous\w*|\ball day\b|\b24\s+hours\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Sum:
    expression: str
    label: str
    unit: str
    notes: tuple[str, ...] = ()


def of_told(r: Reading) -> Sum | None:
    """The sum that answers a question from its own amounts alone, each of them used once; None where there is none."""
    if LOOKED_UP.search(r.text) or r.models or GROWING.search(r.text):
        return None
    r = with_bare_money(r)
    if found := margin(r) or doubled(r) or listed(r):
        return Sum(*found)
    if r.periods or len(r.amounts) + len(r.accelerators) < 2:
        return None
    quantities = told(r)
    if quantities and (turn := recouped(r.text, quantities)):
        return Sum(turn.expression, "Break-even after", f"{turn.span}s", turn.notes)
    if ELSE.search(r.text):
        return None
    if not quantities or not any(q.kind != "share" for q in quantities):
        return None
    wanted = asked(r.text, quantities)
    if wanted is None:
        return None
    on = ALWAYS_ON.search(r.text) is not None or any("GPU" in q.dims for q in quantities)
    if grossed := before_it(r.text, wanted.free, quantities):
        found_whole = solve(grossed, wanted.dims, always_on=on)
        return _shown(r.text, found_whole, wanted, "The whole sum") if found_whole else None
    quantities = proportional(r.text, each_of_asked(spared(wanted.free, quantities), wanted.of))
    if (prices := apart(r.text, quantities)) and (found_apart := solve(prices, wanted.dims, always_on=on)):
        return _shown(r.text, found_apart, wanted, "Difference")
    if found_parts := parted(r.text, quantities, wanted.dims):
        return _shown(r.text, found_parts, wanted, "In all")
    if REST.search(r.text):
        return None
    found_one = solve(quantities, wanted.dims, always_on=on)
    if found_one and wanted.of in {"GPU", "node"} and found_one.value != found_one.value.to_integral_value():
        return None
    if found_one:
        return _shown(r.text, found_one, wanted, "")
    if found_sum := added(r.text, quantities, wanted):
        return _shown(r.text, found_sum, wanted, "In all")
    return None


def _shown(text: str, found: Solved, wanted: Asked, label: str) -> Sum:
    """The sum with what it is and its unit: `Cost`, USD per ticket; for 1,000 tickets, a thousand times as much."""
    dims = wanted.dims
    of = next(unit for unit, power in dims.items() if power > 0)
    money = is_currency(of)
    several = wanted.scale != 1
    things = [shown(unit, text, several=several) for unit, power in dims.items() if power < 0 and unit not in TIMES]
    span = next((unit for unit in dims if unit in TIMES and dims[unit] < 0), None) or found.span
    name = label or ("Cost" if things else "In all" if money else f"Number of {shown(of, text, several=True)}")
    many = (
        {Decimal(10**6): "million ", Decimal(1000): "1,000 "}.get(wanted.scale, f"{plain(wanted.scale)} ")
        if several
        else ""
    )
    rated = "".join(f" per {many}{thing}" for thing in things) + (f" per {span}" if span and money else "")
    if not money and span:
        name += f" a {span}" if span != "hour" else " an hour"
    unit = of if money else shown(of, text, several=True)
    expression = f"{found.expression} * {plain(wanted.scale)}" if several else found.expression
    return Sum(expression, name, f"{unit}{rated if money else ''}", found.notes)


def left_over(r: Reading) -> Planned | None:
    """The call for what a price leaves over its cost, both told: a margin, a profit."""
    return next(iter(_fill(r, {})), None) if MARGIN.search(r.text) else None


def _weigh(r: Reading) -> float | None:
    if of_told(r) is None:
        return None
    if r.accelerators or r.unit("GPU", "node"):
        return 0.7  # what is rented, powered or served has tools of its own, whose arguments can be changed afterwards
    return 1.9 if doubled(r) else 1.5


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    found = of_told(r)
    if found is None:
        return ()
    args: dict[str, Any] = {"expression": found.expression, "label": found.label, "unit": found.unit}
    if found.notes:
        args["notes"] = found.notes
    return (Planned("calculate", {name: value for name, value in args.items() if value}),)


INTENTS = (Intent("told_amounts", _weigh, _fill),)
