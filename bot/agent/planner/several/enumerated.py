"""Several questions told as a list: `1) ... 2) ...`, `For September: total and top model`, `what ..., which ...`."""

from __future__ import annotations

import re
from itertools import pairwise

NUMBERED = re.compile(r"(?:(?<=\s)|^)[(\[]?(?P<n>[1-9]|[a-e])[)\].](?=\s+[A-Za-z])")
LETTERS = "abcde"
AMOUNT = (
    r"(?:totals?|sum|spend|shares?|split|breakdown|top|biggest|largest|smallest|cheapest|priciest|average|avg|untagged|bill"
    r"|costs?|trend|change|by\s+\w+|per\s+\w+|vs\.?|highest|lowest|most expensive|credits?|tax|how much|which|what)"
)
UNDER_A_HEAD = re.compile(r"^\W*(?P<head>[^?:\n]{3,80}?)\s*:\s*(?P<items>[^:\n]{6,})$")
BETWEEN = re.compile(r"\s*,\s*(?:and\s+|plus\s+)?|\s+(?:and|plus)\s+", re.IGNORECASE)
ITEM = re.compile(rf"\b{AMOUNT}\b", re.IGNORECASE)
ASKED_IN_HEAD = re.compile(
    r"\b(?:i|i['’]m|we|we['’]re|my|need|writing|working|prepping|want|please|sorry|question|what|how|which|who|spen[dt]\w*|costs?|compare|prices?|if|train|serve|rent|buy)\b",
    re.IGNORECASE,
)
ASKS = re.compile(r"(?:what|how|who|when|why|did|do|does|was|were|is|are|compare|show|give)\b", re.IGNORECASE)
FILLS = re.compile(r"^\W*(?:(?:ok|okay|so|hmm+|hi|hey|hello|and|now|pls|please)\b\W*)+(?=\w)", re.IGNORECASE)
LEADS = re.compile(r"(?:per|by|in|at|for|with|on|using|if|over|during)\b", re.IGNORECASE)
# One of several to be chosen is one question: `which of the two and why`.
CHOOSES = re.compile(r"\b(?:which|who|what)\s+(?:one\s+)?of\b|\bbetween\b|\bcompare\b", re.IGNORECASE)
LEADS_IN = re.compile(r"^(?:for|in|during|over|on|about|of)\b", re.IGNORECASE)
FIRST_ASKS = re.compile(r"^\W*(?:\w+\W+){0,6}?(?:what|how|which|who|show|give)\b", re.IGNORECASE)
OF_MONEY = re.compile(r"\b(?:spen[dt]\w*|costs?|bills?|budget\w*|burn\w*|paid|pay|untagged|spender)\b", re.IGNORECASE)
NEXT_ASKS = re.compile(
    r"\s*,\s*(?:and\s+|plus\s+)?(?=(?:which\s+(?:team|model|provider|vendor|service|product|project|month|day|week|env\w*|region"
    r"|customer|account|one)s?\s|who\s+(?:spen|was|is|'s|were)|how\s+much\s|what(?:'s|\s+is|\s+was|\s+share|\s+did|\s+part"
    r"|\s+percent\w*)\s))",
    re.IGNORECASE,
)
POINTS_BACK = re.compile(
    r"\b(?:that|this|it|those|these|them|cheaper|difference|save[sd]?|more|less)\b|\bif\b", re.IGNORECASE
)


def numbered(text: str) -> list[str] | None:
    """The parts of `two things: 1) ... 2) ...`, without what only counts them; None where nothing is numbered."""
    marks = list(NUMBERED.finditer(text))
    said = [mark["n"] for mark in marks]
    counted = [str(i + 1) for i in range(len(said))]
    if len(marks) < 2 or said not in (counted, list(LETTERS[: len(said)])):
        return None
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    parts = [text[mark.end() : end].strip(" ;,\n") for mark, end in zip(marks, ends, strict=True)]
    return [re.sub(r"[,;]?\s+(?:and|plus|&)$", "", part) for part in parts]


def under_a_head(text: str) -> list[str] | None:
    """`For September: total, anthropic share, and top model?` as `total for September`, ...; None where what follows a
    colon is no list of figures."""
    found = UNDER_A_HEAD.match(text.strip(" ?"))
    if found is None or ASKED_IN_HEAD.search(found["head"]) or CHOOSES.search(found["items"]):
        return None
    items = [item.strip(" ?.") for item in BETWEEN.split(found["items"])]
    if len(items) < 2 or not all(ITEM.search(item) and len(item.split()) <= 6 for item in items):
        return None
    if any(map(POINTS_BACK.search, items[1:])):
        return None  # what points back at the item before it is told with it
    asked = [ASKS.match(item) is not None for item in items]
    if any(one and not other for one, other in pairwise(asked)) or (any(asked) and LEADS.match(items[0])):
        return None  # one question: `what did search and support spend`, `per 1M tokens, what does gpt-5 cost`
    head = FILLS.sub("", found["head"]).strip(" ,")
    joint = f"{head[0].lower()}{head[1:]}" if LEADS_IN.match(head) else f"for {head}"
    return [f"{item} {joint}?" for item in items]


def one_after_another(text: str) -> list[str]:
    """`What was total spend in Q3, which team was the biggest, and how much was untagged?` question by question; whole
    where a later part speaks of the one before it."""
    parts = NEXT_ASKS.split(text)
    whole = len(parts) == 1 or any(len(part.split()) < 3 or not OF_ASKING.search(part) for part in parts)
    if whole or not FIRST_ASKS.match(parts[0]) or not OF_MONEY.search(text) or any(map(POINTS_BACK.search, parts)):
        return [text]
    return [f"{part.strip(' ?')}?" for part in parts]


OF_ASKING = re.compile(
    rf"{OF_MONEY.pattern}|\b(?:most|biggest|largest|top|highest|share|percent\w*|total)\b", re.IGNORECASE
)
