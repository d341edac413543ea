"""What an amount is counted by: `per seat per month`, `/hour`, `a day`, `per 1,000 pages`."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.agent.planner.quantities.dimensions import TIMES
from bot.agent.planner.quantities.nouns import PEOPLE, STOP, WORD, canonical
from bot.agent.slots.units import unit_named

SCALES = {"k": 3, "thousand": 3, "m": 6, "million": 6, "b": 9, "billion": 9, "hundred": 2}
RATE = re.compile(
    r"\s*(?:(?P<every>/|-?\bper\b|\bevery\b|\beach\b|\bfor\s+(?:each|every)\b|\ban?\b)\s*(?:(?P<count>\d[\d,]*(?:\.\d+)?)\s?)?"
    r"(?:(?P<scale>k|m|thousand|million|hundred|billion)\b\s*)?(?P<noun>[A-Za-z])"
    r"|(?P<adverb>\b(?:hourly|daily|weekly|monthly|quarterly|yearly|annually|p\.?a\.?(?!\w))))",
    re.IGNORECASE,
)
ADVERBS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter"}
OF_A = re.compile(r"\s+of\s+(?:an?\s+|one\s+|our\s+)?(?P<noun>[a-z]+)\b", re.IGNORECASE)
ASIDE = re.compile(r"\s+(?:in|of|on)\s+(?:[a-z-]+\s+){0,2}?[a-z-]+(?=\s+(?:a|per|each|every)\s|/)", re.IGNORECASE)


def put(dims: dict[str, int], unit: str, power: int, machines: bool) -> None:
    """A unit taken into `dims`; an accelerator's hour is one of each where accelerators are counted, else an hour."""
    for one in (("GPU", "hour") if machines else ("hour",)) if unit == "GPU hour" else (unit,):
        dims[one] = dims.get(one, 0) + power


def rates(text: str, at: int, dims: dict[str, int], machines: bool) -> tuple[Decimal, int]:
    """By how many the rates after `at` count, and where they end; what they count by is put into `dims`."""
    scale = Decimal(1)
    for _ in range(3):
        found = RATE.match(text, at)
        if found is None and (aside := ASIDE.match(text, at)):
            found = RATE.match(text, aside.end())
            found = found if found and (found["adverb"] or noun_of(text, found.start("noun"))[0] in TIMES) else None
        if found is None:
            break
        if found["adverb"]:
            unit, end = ADVERBS.get(found["adverb"].lower(), "year"), found.end()
        else:
            unit, end = noun_of(text, found.start("noun"))
            loose = (found["every"] or "").strip().lower() in {"a", "an", "each", "every"}
            if loose and not (unit in TIMES or known(text[found.start("noun") : end])):
                break
            if found["count"] or found["scale"]:
                count = Decimal((found["count"] or "1").replace(",", ""))
                scale *= count.scaleb(SCALES.get((found["scale"] or "").lower(), 0))
        put(dims, unit, -1, machines)
        at = end
        if unit in TIMES and (whose := OF_A.match(text, end)) and PEOPLE.fullmatch(whose["noun"]):
            put(dims, "person", -1, machines)
            at = whose.end()
    return scale, at


def noun_of(text: str, at: int) -> tuple[str, int]:
    """What a rate counts by, canonical, and where that ends: `support ticket`, `working day`, `page`."""
    first = WORD.match(text, at)
    assert first is not None
    end, position = first.end(), first.end()
    if known(first[0]) and not re.compile(r"[\s-]hours?\b", re.IGNORECASE).match(text, end):
        return canonical(first[0]), end
    for _ in range(2):
        after = re.compile(r"[\s-]+([A-Za-z][A-Za-z'-]*)").match(text, position)
        if after is None or after[1].lower() in STOP:
            break
        position = after.end()
        if known(text[at:position]) or known(after[1]):
            return canonical(text[at:position]), position
    return canonical(first[0]), end


def known(words: str) -> bool:
    return unit_named(words) not in {None, "x"} or PEOPLE.fullmatch(words.split()[-1]) is not None
