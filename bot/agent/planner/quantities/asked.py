"""Which figure a question asks for: of what unit, by what, and over which time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.agent.planner.quantities.dimensions import TIMES, Quantity
from bot.agent.planner.quantities.nouns import STOP, WORD, canonical, counted
from bot.agent.planner.quantities.rates import SCALES, known, noun_of
from bot.agent.slots.lexing import blanked

ASKS = re.compile(
    r"\?|=\s*$|\b(?:what|how|calculate|compute|work\s+out|total|totals|annual\w*|yearly|monthly|cost|costs|per|average"
    r"|tco|difference|split|divide|worth)\b",
    re.IGNORECASE,
)
HOW_MANY = re.compile(r"\b(?:how\s+many|number\s+of|#\s*of)\s+", re.IGNORECASE)
HOW_LONG = re.compile(r"\bhow\s+long\b|\bfor\s+how\s+long\b", re.IGNORECASE)
PER = re.compile(
    r"(?:/|\bper[\s-])\s*(?:(?P<count>\d[\d,]*)\s?)?(?:(?P<scale>k|m|thousand|million|hundred|billion)\b\s*)?(?=[A-Za-z])",
    re.IGNORECASE,
)
A_TIME = re.compile(
    r"\b(?:an?|each|every|in\s+one|one|full|whole)\s+(?:full\s+|whole\s+|calendar\s+)?(?P<span>hour|day|week|month|quarter|year)\b"
    r"(?!\s+(?:ago|earlier|later))|\b(?P<adverb>hourly|daily|weekly|monthly|quarterly|yearly|annual(?:ly|i[sz]ed)?|p\.?a\.?(?!\w))",
    re.IGNORECASE,
)
ADVERBS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter"}
ONE = re.compile(
    r"\b(?:one|a|an|each|every|a\s+single)\s+(?P<noun>(?:[a-z-]+\s+){0,2}?[a-z-]+)\s+(?:costs?\b|come\s+to|comes\s+to|run\s+us)"
    r"|\b(?:cost|price)\s+(?:of|for)\s+(?:one|a|an|each|every|a\s+single)\s+(?P<of>(?:[a-z-]+\s+){0,2}?[a-z-]+)(?=\W*(?:$|\?|for|in|at|with|if))"
    r"|\b(?:does|will|would|did)\s+(?:it\s+)?(?:one|a|an|each|every|a\s+single)\s+(?P<does>(?:[a-z-]+\s+){0,2}?[a-z-]+)\s+(?:then\s+)?(?:cost|come)",
    re.IGNORECASE,
)
SPLIT = re.compile(
    r"\b(?:split|divide[ds]?|spread|shared?|allocate[ds]?|apportion\w*)\b.*\b(?:across|among|amongst|between|by|over|into)\b",
    re.IGNORECASE | re.DOTALL,
)
HOURS = re.compile(
    r"\bin\s+hours\b|\bhow\s+(?:many|much)\s+(?:working\s+|total\s+)?(?:hours|time)\b|\bhours\s+(?:saved|in\s+total)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """`dims` are the units of the figure; without a time among them, that of the amounts is taken and told. `of` is
    what is counted, None for money. `free` is the text without the amounts; `scale` is how many of what it is counted
    by the figure is for: 1,000 of `per 1,000 requests`."""

    dims: dict[str, int]
    of: str | None
    free: str
    scale: Decimal = Decimal(1)


def asked(text: str, quantities: Sequence[Quantity]) -> Asked | None:
    """What is asked, from the words outside the amounts; None where that is unclear."""
    free = blanked(text, [(q.start, q.end) for q in quantities])
    if not (ASKS.search(free) or re.search(r"\w\s*[x×*]\s*[$€£]?\d", text)) or HOW_LONG.search(free):
        return None
    codes = {code for q in quantities if (code := q.currency)}
    if len(codes) > 1:
        return None
    dims: dict[str, int] = {}
    of = None
    if many := HOW_MANY.search(free):
        thing = counted(free, many.end() - 1)
        word = WORD.match(free, many.end())
        of = thing[0] if thing else canonical(word[0]) if word else None
        if of is None:
            return None
        dims[of] = 1
    elif codes:
        dims[codes.pop()] = 1
    elif HOURS.search(free) and any(q.dims.get("hour") == 1 or q.dims.get("minute") == 1 for q in quantities):
        dims["hour"] = 1
        of = "hour"
    else:
        return None
    taken: list[tuple[int, int]] = []
    scale = Decimal(1)
    for found in PER.finditer(free):
        unit, end = noun_of(free, found.end())
        if found["count"] or found["scale"]:
            told_for = Decimal((found["count"] or "1").replace(",", ""))
            scale *= told_for.scaleb(SCALES.get((found["scale"] or "").lower(), 0))
        if unit not in TIMES and not _meant(unit, quantities) and not known(free[found.end() : end]):
            return None
        dims[unit] = -1
        taken.append((found.start(), end))
    for found in A_TIME.finditer(free):
        if any(start <= found.start() < end for start, end in taken):
            continue
        unit = (found["span"] or ADVERBS.get(found["adverb"].lower(), "year")).lower()
        dims[unit] = -1
    if (
        (one := ONE.search(free))
        and (noun := one["noun"] or one["of"] or one["does"])
        and noun.split()[-1].lower() not in STOP
    ):
        unit = canonical(noun)
        if unit not in TIMES and _meant(unit, quantities):
            dims[unit] = -1
    if SPLIT.search(text):
        things = [
            unit
            for q in quantities
            if q.kind == "count"
            for unit, power in q.dims.items()
            if power > 0 and unit not in TIMES
        ]
        if len(things) == 1:
            dims[things[0]] = -1
    if len([unit for unit in dims if unit in TIMES and dims[unit] < 0]) > 1:
        return None
    return Asked({unit: power for unit, power in dims.items() if power}, of, free, scale)


def _meant(unit: str, quantities: Sequence[Quantity]) -> bool:
    return any(unit in q.dims for q in quantities)
