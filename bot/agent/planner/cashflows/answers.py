"""The call that answers a question from the cash flows it tells; None where a part of it has no certain meaning."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.agent.planner.cashflows.asked import COMPARE, measures
from bot.agent.planner.cashflows.cases import cases
from bot.agent.planner.cashflows.flows import Length, Told, spoken_for, told
from bot.agent.planner.cashflows.one_project import project
from bot.agent.planner.cashflows.payments import for_ever, loan, needed, total_cost
from bot.agent.planner.cashflows.side_by_side import compared
from bot.agent.planner.cashflows.sides import one_currency
from bot.agent.planner.cashflows.words import ELSE, ONE_SPAN
from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from bot.agent.slots.lexing import blanked

# Bills that are looked up, not told, and what is worked out of tables.
LOOKED_UP = re.compile(
    r"\b(?:did|have|has|had)\s+(?:the\s+|our\s+)?[\w-]+\s+(?:team\s+)?(?:spen[dt]|paid|pay|cost|us(?:e|ed)|burn\w*)\b"
    r"|\b(?:last|this|next)\s+(?:month|quarter|year|week)(?:['’]s)?\b|\bso\s+far\b|\bforecast\b|\bcurrent(?:ly)?\b",
    re.IGNORECASE,
)
# Which of several fit a sum is chosen by a tool of its own.
WITHIN = re.compile(
    r"\bbudget\b|\bto\s+(?:spend|invest|allocate|spare)\b|\bwe\s+have\s*\.|\bfits?\b|\bavailable\b|\bafford\b",
    re.IGNORECASE,
)
COUNTED_TIMES = re.compile(
    r"\s*(?:x|×|times)\s*[$€£]?|\s+(?:equal\s+|even\s+)?(?:annual|yearly|monthly|quarterly|weekly)\s+(?:[a-z]+\s+){0,3}?(?:of\s+)?[$€£]?",
    re.IGNORECASE,
)


def answered(r: Reading) -> Planned | None:
    """The one call for what the question tells, every amount of it used."""
    if r.models or r.accelerators or r.periods or LOOKED_UP.search(r.text):
        return None
    found = told(r.text, r.amounts)
    if found is None or not found.flows:
        return None
    code = one_currency(found.flows)
    free = blanked(r.text, [(a.start, a.end) for a in r.amounts])
    if code is None or ELSE.search(free) or WITHIN.search(free):
        return None
    parts = cases(r.text, found)
    if len([part for part in parts if part.flows]) > 1 and COMPARE.search(free):
        if set_apart := compared(r, parts, free, code):
            return set_apart
        if any(part.name for part in parts):
            return None
    count = _counted(r, found)
    if any(b is not count[1] for b in found.bare):
        return None
    length, read = (count[0], True) if count[0] else _length(r, found)
    if not read:
        return None
    beside = [span for flow in found.flows for span in spoken_for(r.text, flow, r.amounts)]
    asked = measures(blanked(free, beside))
    return (
        loan(found, length, free, code)
        or needed(r, found, length, free, asked, code)
        or for_ever(found, free, code)
        or project(r, found, length, free, asked, code)
        or total_cost(found, length, free, asked, code)
    )


def _counted(r: Reading, found: Told) -> tuple[Length | None, Amount | None]:
    """How often an amount comes, told before it: `4 x 85,000 per year`, `five annual returns of 350,000`."""
    for bare in found.bare:
        flow = next((f for f in found.flows if f.amount.start >= bare.end), None)
        if flow is None:
            continue
        if flow.every and COUNTED_TIMES.fullmatch(r.text[bare.end : flow.amount.start]):
            return Length(bare, bare.value, flow.every), bare
    return None, None


def _length(r: Reading, found: Told) -> tuple[Length | None, bool]:
    """The one time that is told, and whether no other is."""
    spans = list(found.lengths)
    one = ONE_SPAN.search(r.text)
    if one is not None and not spans:
        return Length(found.flows[0].amount, Decimal(1), one["span"].lower()), True
    if len({s.months() for s in spans}) > 1 or (one is not None and spans):
        return None, False
    return (spans[0] if spans else None), True
