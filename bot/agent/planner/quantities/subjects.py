"""Of what an amount is told where its rate does not say: `a ticket costs $5`, `each run uses 14 calls`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.agent.planner.quantities.dimensions import TIMES, Quantity
from bot.agent.planner.quantities.nouns import WORD, canonical

NO_THING = frozenset(
    ("it", "that", "this", "which", "who", "we", "they", "one", "each", "of", "to", "is", "total", "us")
)
VERB = (
    r"(?:costs?|takes?|needs?|requires?|is|runs?|earns?|makes?|handles?|uses?|sends?|process(?:es)?|charges?|saves?|closes?"
    r"|resolves?|works?|reviews?|writes?|generates?|produces?|gets?|burns?|consumes?|answers?|asks?|files?|opens?|creates?|submits?|receives?|reads?|does|buys?|orders?|writes|translates?|spends?|(?:is|are)\s+(?:paid|billed|charged|priced))"
    r"(?:\s+(?:us|you|out|at|to|about|around|roughly|on\s+average|an?\s+average\s+of|only|up\s+to))*\s*[$€£~]?\s?"
)
SMALL = r"and|or|then|also|if|when|while|the|our|my|we|they|it|is|are|for|at|on|in|of|to|with|that|which|who|a|an"
TIME_WORDS = "hour|day|week|month|quarter|year"
OF_ONE = re.compile(
    rf"\b(?:an?|each|every|one|per|1|the\s+average|the\s+typical)\s+(?!of\b)(?:(?!(?:{TIME_WORDS}|{SMALL})\b)[A-Za-z-]+\s+){{0,3}}?"
    rf"(?P<noun>(?!(?:{SMALL}|{TIME_WORDS})\b)[A-Za-z-]+)\s+(?:{VERB}|(?:for|in)\s+[$€£]?)$",
    re.IGNORECASE,
)
ALSO_ONE = re.compile(
    rf"(?:\band|,|;|\bvs\.?|\bversus|\bbut|\bagainst)\s+(?:an?|each|one)\s+(?:[a-z-]+\s+)?(?P<noun>(?!{TIME_WORDS})[a-z-]+)\s+[$€£]?$",
    re.IGNORECASE,
)
GOES_FOR = re.compile(r"\b(?:for|in)\s+[$€£]?$", re.IGNORECASE)
# What is asked, not what the amount behind it is of: `cost per user: $18,600 monthly bill`.
HEADING = re.compile(
    r"\b(?:cost|price|spend|fee|rate)s?\s+per\s+[A-Za-z-]+\s*(?:[:=,]|if|when|for|of|with|on|at)\s*[$€£]?$",
    re.IGNORECASE,
)
SAME_SUBJECT = re.compile(rf"(?:\band\b|,)\s+(?:{VERB})$", re.IGNORECASE)
NAMED_PRICE = re.compile(
    r"\b(?:an?|each|every|one|per)\s+(?P<noun>[A-Za-z-]+)\s*(?:[:=]|\(|@)\s*[$€£]?$", re.IGNORECASE
)


def subject(text: str, at: int, money: bool, before: Sequence[Quantity]) -> tuple[str, int] | None:
    """The thing that the amount at `at` is told of one of, canonical, and where it is named; that of the amount before
    where the sentence goes on with it."""
    head = text[:at]
    if money and HEADING.search(head):
        return None
    if one := (OF_ONE.search(head) or (money and (NAMED_PRICE.search(head) or ALSO_ONE.search(head))) or None):
        if GOES_FOR.search(one[0]) and before and one.start() < before[-1].end:
            return None  # the rate of the amount before: `2.99 per GPU-hour for 90 days`
        noun = canonical(one["noun"])
        named = noun not in TIMES and one["noun"].lower() not in NO_THING
        return (noun, one.start()) if named else None
    goes_on = SAME_SUBJECT.search(head) and before and not re.search(r"[.;?!]", text[before[-1].end : at])
    return (before[-1].of_one()[0], at) if goes_on and before[-1].of_one() else None


def without_strangers(text: str, found: list[Quantity]) -> list[Quantity]:
    """The amounts without the subject that one is told of where nothing else is said of it: `a human needs $7.20`."""
    if any("them" in q.dims for q in found):
        return found
    said = Counter(canonical(word[0]) for word in WORD.finditer(text))
    kept = []
    for q in found:
        lone = [
            unit for unit in q.of_one()
            if said[unit] <= 1 and not any(unit in other.dims for other in found if other is not q)
            and unit == q.subject
        ]  # fmt: skip
        kept.append(replace(q, dims={unit: p for unit, p in q.dims.items() if unit not in lone}))
    return kept


def with_them(found: list[Quantity]) -> list[Quantity] | None:
    """The amounts, `3 of them` being of the one thing that a rate is told of, or that is counted."""
    if not any("them" in q.dims for q in found):
        return found
    of_one = {unit for q in found for unit in q.of_one()}
    if len(of_one) != 1:
        return None
    unit = of_one.pop()
    return [
        Quantity(
            q.value,
            q.written,
            q.kind,
            {unit if name == "them" else name: p for name, p in q.dims.items()},
            q.start,
            q.end,
            q.each,
        )
        for q in found
    ]


def each_of_asked(found: Sequence[Quantity], of: str | None) -> list[Quantity]:
    """The amounts, a price of each being of what is counted: `how many essays for $5,000 at $0.04 each`."""
    money = [q for q in found if q.kind == "money"]
    each = [q for q in money if q.each and len(q.dims) == 1]
    if of is None or len(money) != len(found) or len(money) != 2 or len(each) != 1:
        return list(found)
    return [replace(q, dims={**q.dims, of: -1}) if q is each[0] else q for q in found]


def proportional(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """The amounts, what so many cost being the price of one: `1,000 answers cost $1.70, what do 2.6 million cost?`"""
    for one, price in pairwise(found):
        things = [unit for unit, power in one.dims.items() if power > 0 and unit not in TIMES]
        if price.kind != "money" or one.kind != "count" or len(things) != 1 or price.of_one() or price.each:
            continue
        others = [q for q in found if q is not one and q.dims.get(things[0]) == 1]
        if len(others) == 1 and COST.fullmatch(text[one.end : price.start]):
            rate = replace(price, written=f"{price.written} / {one.written}", dims={**price.dims, things[0]: -1})
            return [rate if q is price else q for q in found if q is not one]
    return list(found)


COST = re.compile(r"\s*(?:costs?|cost\s+us|come\s+to|run\s+us|are|is|for|=|take)\s*(?:about\s+)?", re.IGNORECASE)
