"""What grows by a factor every so often: `doubles every 6 months`, `halves each year`."""

from __future__ import annotations

import re

from bot.agent.planner.quantities.dimensions import IN_ONE
from bot.agent.planner.reading import Reading
from tools.money import plain

EVERY = re.compile(
    r"\b(?P<how>doubl\w*|tripl\w*|halv\w*)\s+(?:in\s+\w+\s+)?(?:every|each)\s+(?:(?P<n>\d+|\w+)\s+)?"
    r"(?P<span>day|week|month|quarter|year)s?\b",
    re.IGNORECASE,
)
FACTORS = {"d": "2", "t": "3", "h": "0.5"}
THEN = re.compile(r"\b(?:in|after|from\s+now|over|for|later|next)\b", re.IGNORECASE)
SPANS = frozenset({"day", "week", "month", "quarter", "year"})


def doubled(r: Reading) -> tuple[str, str, str] | None:
    """An amount after a time in which it has doubled, tripled or halved again and again; None where it is not told."""
    found = EVERY.search(r.text)
    if found is None or r.percents or r.models or not THEN.search(r.text):
        return None
    inside = [a for a in r.amounts if a.start < found.end() and found.start() < a.end]
    rest = [a for a in r.amounts if a not in inside and a.kind != "factor"]
    spans = [a for a in rest if a.kind == "number" and a.unit in SPANS and not a.per]
    sums = [a for a in rest if a not in spans]
    if len(spans) != 1 or len(sums) != 1 or sums[0].value <= 0:
        return None
    if found["n"] and not (found["n"].isdigit() and int(found["n"])):
        return None
    step = found["n"] or "1"
    of, told = found["span"].lower(), str(spans[0].unit)
    length = plain(spans[0].value)
    if of != told:
        many = IN_ONE.get((of, told)) or IN_ONE.get((told, of))
        if many is None:
            return None
        length = f"{length} * {many}" if (of, told) in IN_ONE else f"{length} / ({many})"
    unit = sums[0].unit or ""
    shown = f"{unit} per {sums[0].per}" if sums[0].per and sums[0].kind == "money" else unit
    return f"{plain(sums[0].value)} * {FACTORS[found['how'][0].lower()]} ** ({length} / {step})", "Then", shown
