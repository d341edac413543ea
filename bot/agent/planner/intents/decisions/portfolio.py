"""Which projects, each told with a cost and what it brings, fit a budget."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from tools.money import plain

BUDGET_AFTER = re.compile(
    r"\s*(?:(?:usd|eur|gbp|dollars?|euros?)\s+)?(?:of\s+|in\s+)?(?:(?:total|annual|overall|our)\s+)*(?:budget"
    r"|to\s+(?:spend|invest|allocate|work with|give out|distribute)|available|in\s+total|in\s+all|overall"
    r"|altogether|cap\b|left\b|on\s+hand"
    r"|limit|envelope|pot)\b",
    re.IGNORECASE,
)
BUDGET_BEFORE = re.compile(
    r"\b(?:budget|fits?\s+in(?:to)?|within|under|up\s+to|have|got|has|only|at\s+most|limit|cap|envelope|pot|spend"
    r"|maximum|max"
    r"|total\s+of|with)"
    r"(?:\s*[:=]|\s+(?:is|of|are|at|just|only|about|a|an|the|our|total|for|this|year|quarter|available|money|we"
    r"|have))*\s*[$€£]?\s*$",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"\b(?:which|what|pick|choose|select|fund|fits?|afford|best|optimal|combination|mix|prioriti[sz]e|requests?"
    r"|options?"
    r"|projects?|initiatives?|proposals?|bids?|candidates?|portfolio)\b",
    re.IGNORECASE,
)
BRINGS = re.compile(
    r"\b(?:values?|valued|worth|benefits?|returns?|returning|npv|saves?|savings?|saving|brings?|bringing|gains?"
    r"|profits?|revenue|yields?|yielding|pays?\s+back"
    r"|payoff|impact|upside|generat\w+|earns?|makes?)\b",
    re.IGNORECASE,
)
COSTS = re.compile(r"\b(?:costs?|costing|needs?|price[ds]?|invest\w*|requires?|budget|spend|asks?|outlay|for)\b", re.I)
GLUE = re.compile(
    r"^(?:\W|\b(?:and|or|then|also|projects?|options?|the|a|an|we|have|are|is|our|for|following|these|candidates"
    r"|requests?|proposals?"
    r"|initiatives?|ideas?|budget|to|spend|of|with|choose|from|between|among|which|should|fund|i|on|in|total|each|do"
    r"|pick|fits?|best|can"
    r"|available|this|year|quarter|month|it|us|has|under|within|there|team)\b)+"
    r"|(?:\W|\b(?:costs?|costing|needs?|at|price|priced|requires?|for|with|is|wants?|asks?|investment|brings?"
    r"|returns?|saves?|worth|value[ds]?|a|of|npv"
    r"|benefit|yields?)\b)+$",
    re.IGNORECASE,
)
FITS = re.compile(r"\b(?:fits?|within|under|afford|best)\b", re.IGNORECASE)
BEST = re.compile(r"\b(?:best|which|pick|choose|choice|fund|optimal|mix)\b", re.IGNORECASE)
NAMED = re.compile(
    r"(?P<name>[A-Za-z][\w-]*(?:\s+[A-Z]\w*)?)\s*(?:\(|:|,|costs?|costing|at|for|needs?|is|with)?\s*"
    r"(?:costs?|costing)?\s*$"
)
NOT_ELSE = re.compile(
    r"\b(?:must|exclusive|either|depends?|requires? project|mandatory|at least|per (?:month|year)|twice)\b", re.I
)


def sums(r: Reading) -> list[Amount]:
    """The amounts that may be costs, values or the budget."""
    return [a for a in r.amounts if a.kind == "money" or (a.kind == "number" and (a.unit is None or a.unit == "token"))]


def split(r: Reading) -> tuple[Amount, list[tuple[str, Amount, Amount]]] | None:
    """The budget, and each project's name, cost and value; None where the amounts cannot be told apart."""
    found = [a for a in sums(r) if a.scaled or a.money is not None or a.value >= 100]
    counts = [a for a in r.amounts if a.unit is None and a.kind == "number" and a.value == (len(found) - 1) // 2]
    if len(found) + len(counts[:1]) != len(r.amounts) and len(found) != len(r.amounts):
        return None
    if len(found) < 5 or len(found) % 2 == 0:
        return None
    budget = next((a for a in found if BUDGET_AFTER.match(r.text[a.end :])), None)
    ends = (found[0], found[-1])
    budget = budget or next((a for a in ends if a.role == "budget" or BUDGET_BEFORE.search(r.text[: a.start])), None)
    if budget is None:
        return None
    rest = [a for a in found if a is not budget]
    named, swapped = [], set()
    for i in range(0, len(rest), 2):
        first, second = rest[i], rest[i + 1]
        begin = max([a.end for a in found if a.end <= first.start], default=0)
        before, between = r.text[begin : first.start], r.text[first.end : second.start]
        after = re.split(
            r"[,;.\n]", r.text[second.end : min((a.start for a in found if a.start >= second.end), default=len(r.text))]
        )[0]
        swapped.add(_value_first(before, between, after))
        named.append((_name(before, i // 2), first, second))
    if len(swapped) > 1 or len({name for name, _, _ in named}) < len(named):
        return None
    return budget, [(n, b, a) if swapped == {True} else (n, a, b) for n, a, b in named]


def _value_first(before: str, between: str, after: str) -> bool:
    """Whether what it brings is told before what it costs."""
    last = re.split(r"[,;:(]", before)[-1]
    return bool(BRINGS.search(last) and not BRINGS.search(between) and (COSTS.search(between) or COSTS.search(after)))


def _name(before: str, place: int) -> str:
    """The words before a cost, those around the name left out."""
    part = re.split(r"[,;:.?\n|/]\s|\)", before.rstrip(" :(,=-–$€£"))[-1]
    kept, last = part, ""
    while kept != last:
        last, kept = kept, GLUE.sub("", kept)
    letter = re.search(r"\b(?P<name>A)\W*(?:(?:costs?|needs?|at|for)\W*)*$", part)
    return kept.strip(" :(,=-–\"'") or (letter["name"] if letter else "") or f"Project {place + 1}"


def chosen(r: Reading) -> Planned | None:
    """The call where every amount has its place: a budget, and each project's cost and value."""
    if not ASKS.search(r.text) or r.percents or r.models or r.periods or NOT_ELSE.search(r.text) or split(r) is None:
        return None
    return _choose(r, {})[0]


def _weigh_choose(r: Reading) -> float | None:
    if chosen(r):
        return 1.5
    plural = re.search(r"\b(?:projects|initiatives|investments|options)\b", r.text, re.IGNORECASE)
    fits = plural and (FITS.search(r.text) or r.has("budget"))
    paired = len(_plain_sums(r)) >= 5 and len(_plain_sums(r)) % 2 and BEST.search(r.text) and r.has("budget", "choose")
    if not (r.has("choose") or fits or paired) or (len(r.money) < 3 and len(_plain_sums(r)) < 5 and not plural):
        return None
    return 0.45 if len(r.money) >= 5 or (plural and len(_plain_sums(r)) >= 5) or paired else 0.15


def _choose(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = dict(base)
    if found := split(r):
        whole, projects = found
        args["budget"] = plain(whole.value)
        args["projects"] = tuple(
            {"name": name, "cost": plain(cost.value), "value": plain(value.value)} for name, cost, value in projects
        )
        if whole.money is not None:
            args["currency"] = whole.money.currency
        return (Planned("choose_projects", args),)
    told = _plain_sums(r)
    budget = next(
        (a for a in told if BUDGET_AFTER.match(r.text[a.end :]) or BUDGET_BEFORE.search(r.text[: a.start])),
        next((a for a in told if a.role == "budget"), None),
    )
    if budget is not None:
        args["budget"] = plain(budget.value)
    rest = [a for a in told if a is not budget]
    if rest and len(rest) % 2 == 0:
        args["projects"] = tuple(_option(r, rest, i) for i in range(0, len(rest), 2))
    return (Planned("choose_projects", args),)


def _option(r: Reading, rest: list[Amount], at: int) -> dict[str, str]:
    """The project whose cost and value are two amounts in a row, named by the word before its cost."""
    begin = rest[at - 1].end if at else 0
    found = NAMED.search(r.text[begin : rest[at].start])
    name = found["name"] if found else f"Project {at // 2 + 1}"
    return {"name": name, "cost": plain(rest[at].value), "value": plain(rest[at + 1].value)}


def _plain_sums(r: Reading) -> list[Amount]:
    return [a for a in r.amounts if a.kind == "money" or (a.kind == "number" and a.unit is None)]


INTENTS = (Intent("choose_projects", _weigh_choose, _choose),)
