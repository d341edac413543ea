"""How a told budget stands at the pace of what is spent: `31k of 48k by day 20 of 30`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.quantities.dimensions import LONG_TIMES
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from tools.money import plain

SPENT = re.compile(
    r"\b(?:spen[dt]|used|gone|burn(?:ed|t)|consumed|paid|already|at|so\s+far)(?:\s+(?:is|was|so\s+far|about"
    r"|already|up|have|we|us|of|has))*\s*[:=]?\s*[$€£]?$",
    re.I,
)
SPENT_AFTER = re.compile(
    r"\s*(?:(?:is|are|was|has\s+been|have\s+been|already)\s+)*(?:spent|used|gone|burn(?:ed|t)|consumed|in\b"
    r"|so\s+far|down)\b",
    re.IGNORECASE,
)
OF_A_BUDGET = re.compile(
    r"\s*(?:of|out\s+of|from|against)\s+(?:a|an|our|the)?\s*(?:budget\s+of\s+)?[$€£]?$", re.IGNORECASE
)
BUDGET_AFTER = re.compile(
    r"\s*(?:(?:monthly|quarterly|annual|yearly)\s+)?(?:budget|cap|limit|allowance|envelope)\b", re.IGNORECASE
)
BUDGET_BEFORE = re.compile(
    r"\b(?:budget|cap|limit|allowance|envelope)(?:\s+(?:of|is|was|for\s+the\s+month|at))*\s*[:=]?\s*[$€£]?$",
    re.IGNORECASE,
)
OF_DAYS = re.compile(
    r"\b(?P<unit>day|week|month)s?\s+(?P<done>\d+)\s*(?:of|out\s+of|/)\s*(?:the\s+|a\s+)?(?P<all>\d+)\b"
    r"|\b(?P<done2>\d+)\s*(?:of|out\s+of|/)\s*(?:the\s+|a\s+)?(?P<all2>\d+)\s+(?P<unit2>day|week|month)s?\b"
    r"|\b(?P<done3>\d+)\s+(?P<unit3>day|week|month)s?\s+(?:in(?:to)?|of|out\s+of)\s+(?:a\s+|the\s+"
    r"|our\s+)?(?P<all3>\d+)(?:[\s-]+(?:day|week|month)s?)?\b",
    re.IGNORECASE,
)
ELSE = re.compile(
    r"\b(?:tax\w*|grow\w*|slow\w*|if|without|except|excluding|twice|double|half)\b|n['’]t\b", re.IGNORECASE
)


def told(r: Reading) -> Args | None:
    """What is spent, of how much, after how many days of how many; None where another amount is told."""
    days = OF_DAYS.search(r.text)
    if days is None or r.models or r.accelerators or r.percents or ELSE.search(r.text):
        return None
    of_days = [a for a in r.amounts if days.start() <= a.start < days.end()]
    if any(a.unit not in {None, "day", "week", "month"} for a in of_days):
        return None  # `12 weeks of 40 hours` are no 12 weeks of 40
    sums = [a for a in r.amounts if a not in of_days]
    if len(sums) not in {1, 2} or any(not _is_money(a) for a in sums) or len({a.unit for a in sums if a.unit}) > 1:
        return None
    budget = next(
        (a for a in sums if BUDGET_AFTER.match(r.text, a.end) or BUDGET_BEFORE.search(r.text[: a.start])), None
    )
    spent = next((a for a in sums if a is not budget and _is_spent(r, a)), None)
    if spent is None or len(sums) != 1 + (budget is not None or _of_it(r, sums, spent)):
        return None
    budget = budget or next((a for a in sums if a is not spent), None)
    done, whole = (int(next(days[name] for name in names if days[name])) for names in NAMES)
    if not 0 < done <= whole:
        return None
    unit = next(days[name] for name in ("unit", "unit2", "unit3") if days[name])
    args: Args = {"spent": plain(spent.value), "done": str(done), "of": str(whole), "unit": unit.lower()}
    if budget is not None:
        args["budget"] = plain(budget.value)
    code = next((a.unit for a in sums if a.kind == "money" and a.unit), None)
    return args | ({"currency": code} if code else {})


NAMES = (("done", "done2", "done3"), ("all", "all2", "all3"))


def _is_money(a: Amount) -> bool:
    bare = a.kind == "number" and a.unit in {None, "token"} and (a.scaled or a.value >= 100)
    return (a.kind == "money" or bare) and a.bound is None and a.value > 0 and (a.per is None or a.per in LONG_TIMES)


def _is_spent(r: Reading, a: Amount) -> bool:
    return SPENT.search(r.text[: a.start]) is not None or SPENT_AFTER.match(r.text, a.end) is not None


def _of_it(r: Reading, sums: list[Amount], spent: Amount) -> bool:
    """Whether the other sum is what it is spent of: `31k of 48k`."""
    other = next((a for a in sums if a is not spent), None)
    return other is not None and OF_A_BUDGET.fullmatch(r.text[spent.end : other.start]) is not None


def pace(r: Reading) -> Planned | None:
    found = told(r)
    return None if found is None else Planned("spend_pace", found)


def _weigh(r: Reading) -> float | None:
    return None if told(r) is None else 2.0


def _fill(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    found = pace(r)
    return () if found is None else (found,)


INTENTS = (Intent("spend_pace", _weigh, _fill),)
