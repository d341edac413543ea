"""Machine hours at two prices: so many committed to, or paid upfront, against those needed on demand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from tools.money import plain

COMMIT = re.compile(r"\b(?:commit\w*|reserv\w*|guarante\w*|minimum)\b", re.IGNORECASE)
ON_DEMAND_AFTER = re.compile(
    r"\s*(?:(?:an?|per|/)\s?(?:gpu[\s-]?)?(?:hour|hr|h)\s*)?,?\s*(?:on[\s-]demand|without|with\s+no|no\s+(?:commit|contract)|pay[\s-]as[\s-]you|flexib\w+|as\s+(?:we|you)\s+go|uncommitted)",
    re.IGNORECASE,
)
ON_DEMAND_BEFORE = re.compile(
    r"\b(?:on[\s-]demand|pay[\s-]as[\s-]you[\s-]go|without\s+(?:a\s+|any\s+)?(?:commit\w*|contract))(?:\s+(?:at|is|costs?|for|of|rate|price))*\s*[:=]?\s*[$€£]?$",
    re.I,
)
NEEDED = re.compile(
    r"\b(?:need|use|expect|require|want|burn)(?:s|ing)?(?:\s+(?:only|just|about|around|roughly|to\s+use))*\s*$",
    re.IGNORECASE,
)
UPFRONT = re.compile(
    r"\s*(?:(?:flat|all)\s+)?(?:up\s?-?front|prepaid|pre-?paid|in\s+advance|flat|at\s+once|for\s+all)\b", re.IGNORECASE
)
A_YEAR = re.compile(r"\b(?:for|over)\s+(?:a|one|the)\s+(?:full\s+|whole\s+)?year\b", re.IGNORECASE)
MOST_AN_HOUR = 200
HOURS = frozenset({"hour", "GPU hour"})
A_SPAN = {"month": Decimal(12), "year": Decimal(1), "week": Decimal(52), "quarter": Decimal(4)}
OTHER = re.compile(r"\b(?:utili[sz]\w*|percent|overage|beyond|tier\w*|tax|grow\w*)\b|%", re.IGNORECASE)


def hours_offered(r: Reading) -> Planned | None:
    """The two costs side by side; None where an amount of the question has no place in them."""
    if r.models or r.periods or r.percents or OTHER.search(r.text):
        return None
    amounts = [a for a in r.amounts if not (a.worded and a.unit is None and a.value <= 3)]
    if any(a.bound or a.value <= 0 for a in amounts) or len({a.unit for a in r.money}) > 1:
        return None
    hours = [a for a in amounts if a.kind == "number" and a.unit in HOURS]
    needed = [
        a
        for a in amounts
        if a.kind == "number" and (a.unit is None or a.unit in HOURS) and NEEDED.search(r.text[: a.start])
    ]
    told = [a for a in hours if a not in needed]
    rates = [a for a in amounts if _is_rate(a) and a not in needed]
    flat = [
        a
        for a in amounts
        if a not in needed and a not in rates and _is_sum(a) and UPFRONT.match(r.text, max(a.end, a.phrase_end))
    ]
    terms = [a for a in amounts if a.kind == "number" and a.unit in A_SPAN and a.per is None]
    if len(told) != 1 or len(needed) > 1 or len(terms) > 1:
        return None
    if len(told) + len(needed) + len(rates) + len(flat) + len(terms) != len(amounts):
        return None
    args = (
        _committed(r, told[0], needed, rates, terms)
        if COMMIT.search(r.text) and not flat
        else _upfront(r, told[0], needed, rates, flat, terms)
    )
    if args is None:
        return None
    code = next((a.unit for a in r.money), None) or "USD"
    return Planned("compare_costs", {**args, "currency": code})


def _is_rate(a: Amount) -> bool:
    small = a.value < MOST_AN_HOUR and (a.value % 1 != 0 or a.kind == "money" or a.per in HOURS)
    return (
        (a.kind == "money" or (a.kind == "number" and a.unit is None)) and small and (a.per is None or a.per in HOURS)
    )


def _is_sum(a: Amount) -> bool:
    return a.kind == "money" or (a.kind == "number" and a.unit is None)


def _committed(r: Reading, told: Amount, needed: list[Amount], rates: list[Amount], terms: list[Amount]) -> Args | None:
    """So many hours paid whether used or not, against those needed at the dearer rate; what is needed beyond them is
    paid at that rate, too."""
    if len(rates) != 2 or len(needed) != 1 or terms or (needed[0].per or told.per) != told.per:
        return None
    demand = [a for a in rates if _on_demand(r, a)]
    if len(demand) != 1:
        return None
    low = next(a for a in rates if a is not demand[0])
    committed = f"{plain(told.value)} * {plain(low.value)}"
    more = needed[0].value - told.value
    if more > 0:
        committed += f" + {plain(more)} * {plain(demand[0].value)}"
    options = (
        {"name": "The commitment", "expression": committed},
        {"name": "on demand", "expression": f"{plain(needed[0].value)} * {plain(demand[0].value)}"},
    )
    return {"options": options, "over": f"a {told.per.split(' ')[-1]}" if told.per else ""}


def _on_demand(r: Reading, a: Amount) -> bool:
    return ON_DEMAND_AFTER.match(r.text, a.end) is not None or ON_DEMAND_BEFORE.search(r.text[: a.start]) is not None


def _upfront(
    r: Reading, told: Amount, needed: list[Amount], rates: list[Amount], flat: list[Amount], terms: list[Amount]
) -> Args | None:
    """So many hours by the hour, against one sum for all of them."""
    if len(flat) != 1 or len(rates) != 1 or needed:
        return None
    times = _times(r, told, terms)
    if times is None:
        return None
    by_hour = f"{plain(told.value)}{'' if times == 1 else f' * {plain(times)}'} * {plain(rates[0].value)}"
    options = ({"name": "Upfront", "expression": plain(flat[0].value)}, {"name": "by the hour", "expression": by_hour})
    over = f"over {plain(terms[0].value)} {terms[0].unit}s" if terms else "over a year" if A_YEAR.search(r.text) else ""
    return {"options": options, "over": over}


def _times(r: Reading, told: Amount, terms: list[Amount]) -> Decimal | None:
    """How often the hours are used in the time that is told; once where they are of no span."""
    span = (told.per or "").split(" ")[-1]
    year = A_YEAR.search(r.text) is not None
    if not span:
        return Decimal(1) if not terms and not year else None
    if span not in A_SPAN or bool(terms) == year:
        return None
    length = terms[0].value / A_SPAN[str(terms[0].unit)] if terms else Decimal(1)
    return length * A_SPAN[span]


def _weigh(r: Reading) -> float | None:
    return None if hours_offered(r) is None else 2.0


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    found = hours_offered(r)
    return () if found is None else (found,)


INTENTS = (Intent("told_flows", _weigh, _fill),)
