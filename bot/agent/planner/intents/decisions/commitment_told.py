"""A commitment told in percents: off so much, used so much, for a term; what use or what discount makes it pay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from tools.money import plain

COMMITTED = re.compile(
    r"\b(?:commit\w*|reserv\w*|savings?[\s-]plans?|lock(?:ed|ing)?[\s-]?in|pre-?pa(?:y|id)\w*|CUDs?|RIs?|(?:year|month)s?\s+(?:deal|contract|term)"
    r"|(?:deal|contract)s?|term)\b",
    re.IGNORECASE,
)
OFF_AFTER = re.compile(
    r"\s*(?:off\b|below\b|under\b|cheaper|less\b|lower\b|discount\w*|saving|reduction|(?:[A-Z]\w+\s+)?(?:commit\w*|reserv\w*|savings?\s+plans?))",
    re.I,
)
OFF_BEFORE = re.compile(
    r"\b(?:discount(?:\s+rate)?|off|saves?|saving|cheaper|reduction)\s*(?:us\s+)?(?:of|is|at|by|:|=)?\s*(?:about\s+)?$",
    re.IGNORECASE,
)
USED_AFTER = re.compile(
    r"\s*(?:average\s+)?(?:utili[sz]\w+|us(?:e|ed|age)\b|busy|load\b|occupan\w+|of\s+(?:the\s+|our\s+|its\s+|all\s+|that\s+|this\s+)?"
    r"(?:time|hours|capacity|day|commitment|reservation|plan|it|them)\b)",
    re.IGNORECASE,
)
USED_BEFORE = re.compile(
    r"\b(?:utili[sz]\w+|us(?:e|ed|es|age|ing)|busy|need|run(?:s|ning)?|load)\b(?:\s+(?:is|of|at|it|them|that|the|only|about|just|around|will|be|rate"
    r"|expected|would|average|machines?|plan|commitment|reservation|gpus?|stands?|runs?|for))*\s*[:=]?\s*$",
    re.IGNORECASE,
)
WHAT_USE = re.compile(
    r"\b(?:what|which|how\s+(?:much|low|little|high|heavily|far)|minimum|least|lowest|from\s+(?:what|which)|where)\b.*\b(?:utili[sz]\w*|us(?:e|ed|age|ing)"
    r"|busy|load)\b|\bbreak[\s-]?even\b|\b(?:utili[sz]\w+|use)\b.*\bbreak",
    re.IGNORECASE | re.DOTALL,
)
WHAT_DISCOUNT = re.compile(
    r"\b(?:what|which|how\s+(?:much|big|large|high))\b.*\b(?:discount|off|cheaper|reduction|saving)\b",
    re.IGNORECASE | re.DOTALL,
)
ELSE = re.compile(
    r"\b(?:cover\w*|blend\w*|esr|effective\s+sav\w+|fall(?:s|ing)?\s+to|drops?\s+to|grow\w*|mix(?:ed)?|portion|half|part|spot)\b",
    re.IGNORECASE,
)
LOOKED_UP = re.compile(
    r"\b(?:did|was|were|last\s+(?:month|year|quarter|week)|so\s+far|unused|wasted|idle)\b", re.IGNORECASE
)


def told(r: Reading) -> Args | None:
    """The arguments, each percent of the question in its place; None where one has none."""
    percents = [a for a in r.amounts if a.kind == "percent"]
    terms = [a for a in r.amounts if a.kind == "number" and a.unit in {"year", "month"} and not a.per]
    if (
        not percents
        or len(percents) + len(terms) != len(r.amounts)
        or len(terms) > 1
        or any(a.bound for a in r.amounts)
    ):
        return None
    if r.models or r.periods or not COMMITTED.search(r.text) or ELSE.search(r.text) or LOOKED_UP.search(r.text):
        return None
    used = [a for a in percents if _is_used(r, a)]
    off = [a for a in percents if a not in used and _is_off(r, a)]
    if len({a.value for a in used}) > 1 or len({a.value for a in off}) > 1 or len(used) + len(off) != len(percents):
        return None
    args: Args = {}
    if terms:
        args["term_months"] = plain(terms[0].value * (12 if terms[0].unit == "year" else 1))
    if off:
        args["discount"] = plain(off[0].value)
    if used:
        args["utilisation"] = plain(used[0].value)
    if used and off:
        return args
    if off:
        return args if WHAT_USE.search(r.text) else None
    return {**args, "aim": "discount"} if WHAT_DISCOUNT.search(r.text) else None


def _is_used(r: Reading, a: Amount) -> bool:
    if OFF_AFTER.match(r.text, a.end) or OFF_BEFORE.search(r.text[: a.start]):
        return False
    return USED_AFTER.match(r.text, a.end) is not None or USED_BEFORE.search(r.text[: a.start]) is not None


def _is_off(r: Reading, a: Amount) -> bool:
    return OFF_AFTER.match(r.text, a.end) is not None or OFF_BEFORE.search(r.text[: a.start]) is not None


def commitment(r: Reading) -> Planned | None:
    found = told(r)
    return None if found is None else Planned("commitment_worth", found)


def _weigh(r: Reading) -> float | None:
    return None if told(r) is None else 1.9


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    found = commitment(r)
    return () if found is None else (found,)


INTENTS = (Intent("commitment", _weigh, _fill),)
