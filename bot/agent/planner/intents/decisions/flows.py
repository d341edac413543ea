"""A row of cash flows as people list it: an outlay now, then an amount for each period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from tools.money import plain

LABEL = re.compile(
    r"(?:\b(?:years?|yr|quarters?|months?|y|q|m)[\s#]*|\b[yqm])(?:\d+\s*(?:to|-|and|,|&)\s*)*$", re.IGNORECASE
)
ORDINAL = r"(?:first|second|third|fourth|fifth|sixth|1st|2nd|3rd|[4-9]th|last|final|next|following)"
# What may stand between two amounts of a row without giving one of them another meaning.
GLUE = re.compile(
    r"(?:[\s,;:()&+$€£|/>.-]|\b(?:and|then|in|of|the|a|after|afterwards|that|this|followed|by|by\s+the\s+end\s+of"
    r"|for|we|it|get|gets|getting|cash"
    r"|flows?|inflows?|cashflows?|returns?|returning|returned|yields?|yielding|benefits?|savings?|saves?|saving"
    r"|brings?|bringing|earns?|generat\w+|pays?|paying|paid|receiv\w+|back|out|come|comes|coming|from|with"
    r"|today|now|up\s?front|initially|initial|outlay|investment|invested|cost|costs|once|one-?off|immediately"
    r"|at\s+the\s+start|t\s?=?\s?\d"
    rf"|{ORDINAL}|years?|yr|quarters?|months?|y|q|year\s*\d+|yr\s*\d+|quarter\s*\d+|month\s*\d+|y\d+|q\d+|m\d+"
    r"|expected|usd|eur|gbp)\b)*",
    re.IGNORECASE,
)
NOW_AFTER = re.compile(
    r"\W*(?:(?:usd|eur|gbp)\s+)?(?:is\s+|are\s+|as\s+|of\s+|in\s+)?(?:today|now|up\s?-?front|initial(?:ly)?|outlay"
    r"|investment|invested|at\s+the\s+start|capex|to\s+(?:start|build|buy|set\s*up)"
    r"|spent|down|out|paid\s+now|cost\b|in\s+year\s+0|at\s+t\s?=?\s?0)",
    re.IGNORECASE,
)
NOW_BEFORE = re.compile(
    r"\b(?:spen[dt]|spending|costs?|costing|invest(?:s|ed|ing|ment)?|pay(?:s|ing)?|paid|outlay|price|upfront"
    r"|up\s+front|initial(?:ly)?|put(?:ting)?\s+in|capex|year\s+0|yr\s*0|y0|t0|today|now|buy(?:ing)?|for)"
    r"(?:\s+(?:us|of|about|around|is|in|are|costs?|outlay|investment|payment))*[\s:=(]*[-–−]?\s*[$€£]?$",
    re.IGNORECASE,
)
RANGE = re.compile(r"\b(?:years?|months?|quarters?)\s+1\s*(?:to|-|–|through)\s*\d+\b", re.IGNORECASE)
EACH = re.compile(r"\b(?:each|every|per|annual(?:ly)?|yearly|monthly|quarterly|apiece)\b", re.IGNORECASE)
SPANS = frozenset({"year", "month", "quarter", "week", "day", "hour", "x"})


def listed(r: Reading) -> tuple[str, ...]:
    """The flows, the first now: three or more amounts in a row, the first an outlay where it is negative or said to be
    paid; nothing where they are rates, or labels of years are out of order."""
    found = [a for a in r.amounts if a.kind in {"money", "number"} and a.unit not in SPANS and not _is_label(r, a)]
    labels = [int(a.value) for a in r.amounts if _is_label(r, a) and a.value == a.value.to_integral_value()]
    ranged = labels == [1, len(found) - 1] and RANGE.search(r.text)
    if not ranged and labels not in (list(range(1, len(labels) + 1)), list(range(len(labels)))):
        return ()
    for at in range(max(1, len(found) - 2)):
        row = found[at:]
        if len(row) >= 3 and _in_a_row(r, row) and (at == 0 or not any(a.per for a in found[:at])):
            first = row[0]
            paid = first.value < 0 or NOW_AFTER.match(r.text[first.end :]) or NOW_BEFORE.search(r.text[: first.start])
            if at or any(a.per for a in row) or EACH.search(r.text[first.start :]):
                return ()
            return (plain(-abs(first.value) if paid else first.value), *(plain(a.value) for a in row[1:]))
    return ()


def _is_label(r: Reading, amount: Amount) -> bool:
    return amount.kind == "number" and amount.value < 100 and LABEL.search(r.text[: amount.start]) is not None


def _in_a_row(r: Reading, row: Sequence[Amount]) -> bool:
    return all(GLUE.fullmatch(r.text[one.end : other.start]) is not None for one, other in pairwise(row))
