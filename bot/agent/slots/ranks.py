"""How many of the largest a question wants."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.agent.slots.groupings import DIMENSIONS, MOST, TIMES
from bot.agent.slots.lexing import flatten
from bot.agent.slots.number_words import read_words
from bot.agent.slots.superlatives import EITHER

_KINDS = "|".join(words for name, words in DIMENSIONS.items() if name not in TIMES)
_SINGULAR_ASK = re.compile(
    r"\b(?:which|what)\s+(?:single\s+)?(?:\w+\s+)?(?P<noun>team|provider|vendor|service|model|account|project|subscription|region|day|week|month)\b(?!\s+(?:costs?\s+(?:what|how)))",
    re.I,
)
_COUNT = r"(?P<count>\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty)"
_TOP = re.compile(
    rf"\b(?:first|{EITHER})[\s-]{_COUNT}\b(?!\s*(?:%|percent|days?|weeks?|months?|years?|quarters?|half))"
    rf"|\b{_COUNT.replace('count', 'count2')}\s+(?:of\s+(?:our|the)\s+)?{EITHER}\b"
    rf"|\b(?:which|what|whose)\s+{_COUNT.replace('count', 'count3')}\s+(?:{_KINDS})\b"
    rf"(?=.*\b(?:most|least|{EITHER})\b)",
    re.IGNORECASE | re.DOTALL,
)
_THE_ONE = re.compile(
    r"(?:\b(?:the|our|my|single|whose)\s+|^\W*)(?:single\s+)?"
    rf"{EITHER}\s+"
    r"(?:spending\s+|single\s+|cost\s+)?(?:team|provider|vendor|service|model|account|project|subscription|region|resource|sku|spender|driver|item|day|week|month)\b",
    re.IGNORECASE,
)


def top_n(text: str) -> int | None:
    """How many of the largest are wanted: "top 5" 5, "the three biggest" 3, "the largest model" and "which team spent
    most" 1; None where nothing is ranked."""
    flat = flatten(text)
    if match := _TOP.search(flat):
        words = match["count"] or match["count2"] or match["count3"]
        read = (Decimal(words),) if words.isdigit() else read_words(words)
        return int(read[0]) or None if read else None
    if _THE_ONE.search(flat):
        return 1
    if (ask := _SINGULAR_ASK.search(flat)) and MOST.search(flat, ask.end()):
        return 1
    return 1 if re.search(r"\bwho\b.{0,20}\bmost\b", flat, re.IGNORECASE | re.DOTALL) else None
