"""By how many percent a question moves list prices."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.agent.planner.names.catalogue_models import BATCH
from bot.agent.planner.reading import Reading

PRICES = re.compile(r"\b(?:pric\w*|rates?|list|discount\w*|cheaper|dearer|expensive|off)\b", re.IGNORECASE)
VOLUME = re.compile(r"\b(?:traffic|volumes?|usage|requests?|tokens?|users?|calls?|growth)\b", re.IGNORECASE)
CUTS = re.compile(r"\b(?:cut(?:s|ting)?|lower(?:s|ed)?|reduc\w+|drop\w*|slash\w*|fall\w*|fell|decreas\w+)\b", re.I)
HIKES = re.compile(r"\b(?:rais\w+|hik\w+|increas\w+|ris\w+|rose|go(?:es)? up|went up)\b", re.IGNORECASE)
LOWER = frozenset({"discount", "decline"})


def price_change(r: Reading) -> Decimal | None:
    """By how many percent list prices are to move, negative downwards; None where no such change is described."""
    moved = CUTS.search(r.text) or HIKES.search(r.text)
    roles = {"growth", "decline", "discount", *([None] if moved else [])}
    found = next((a for a in r.percents if a.role in roles), None)
    if found is None or BATCH.search(r.text) or r.amount("cached", kind="percent"):
        return None
    after = re.split(r"[,;:?.]", r.text[found.end : found.end + 25])[0]
    if VOLUME.search(after) or not PRICES.search(r.text[max(0, found.start - 30) : found.start] + after):
        return None
    falls = found.role in LOWER or found.value < 0 or (found.role is None and CUTS.search(r.text))
    return -abs(found.value) if falls else found.value
