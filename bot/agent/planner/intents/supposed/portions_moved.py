"""How much of our traffic is supposed to be cached, and how much of it moves."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.agent.planner.intents.models.workload import NO_CACHE
from bot.agent.planner.intents.supposed.moved_to import MOVES
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount

UNCACHED = re.compile(
    rf"{NO_CACHE.pattern}|\bcach(?:ed|ing)\s+(?:of\s+)?nothing\b|\b(?:nothing|none)\s+(?:\w+\s+){{0,5}}cached\b"
    r"|\b(?:not|never|n['’]t)\s+(?:have\s+|been\s+)*cach(?:ed|e)\b|\bcach\w+\s+(?:\w+\s+){0,2}(?:off|disabled)\b"
    r"|\b(?:turn\w*|switch\w*)\s+off\s+(?:the\s+|prompt\s+)*cach\w*|\bdisabl\w+\s+(?:the\s+|prompt\s+)*cach\w*"
    r"|\bcach\w+\s+(?:share|rate|hits?|part)\s+(?:\w+\s+){0,3}?(?:zero|nil|0\s*%?)(?!\w)|\b(?:zero|no)\s+cach\w+",
    re.IGNORECASE,
)
PARTS = {"half": 2, "a third": 3, "one third": 3, "a quarter": 4, "one quarter": 4, "a fifth": 5, "a tenth": 10}
MORE_PARTS = {"two thirds": Decimal(200) / 3, "two-thirds": Decimal(200) / 3, "three quarters": Decimal(75)}
NAMED = "|".join([*PARTS, *MORE_PARTS])
A_PART = re.compile(
    rf"\b(?P<part>{NAMED})\s+(?:of\s+)?"
    r"(?=(?:the|our|its|their|that|those|this|it|them|all)\b|[\w-]+(?:\s+[\w-]+)?['’]s?\s)"
    r"|\bthe\s+(?:other\s+)?half\b|(?<![\w-])half\s+(?:of\s+)?(?=[\w-]+)",
    re.IGNORECASE,
)
# `had half its input been cached`, `cache a third of the prompts`.
PART_CACHED = re.compile(
    rf"\b(?P<part>{NAMED})\s+(?:of\s+)?(?:[\w'’-]+\s+){{0,3}}?(?:inputs?|prompts?|tokens?|it)\b[^,;.?]*\bcach\w+"
    rf"|\bcach\w+\s+(?:\w+\s+){{0,2}}?(?P<after>{NAMED})\b",
    re.IGNORECASE,
)
PART_AFTER = re.compile(rf"\s*(?:of\b|were\b|was\b|had\b|went\b|ran\b|goes\b|go\b|run\b|{MOVES}\b)", re.IGNORECASE)
OF_THE_INPUT = re.compile(r"\s*of\s+(?:\S+\s+){0,3}?(?:inputs?|prompts?)\b", re.IGNORECASE)
CACHES = re.compile(r"\bcach\w*", re.IGNORECASE)
# What is cached today, beside what is supposed: `has about 27% cached; with 60% ...`.
TODAY = re.compile(r"\b(?:has|have|had|is|are|currently|now|today|already)\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
HALF_PRICE = re.compile(r"\s*(?:the\s+)?(?:price|cost|rates?)\b", re.IGNORECASE)


def cached_share(r: Reading) -> Decimal | None:
    """Percent of the input that is to be read from the cache; 0 where nothing is to be cached."""
    if share := _cached(r):
        return share.value
    if said := PART_CACHED.search(r.text):
        return _percent(said["part"] or said["after"])
    return Decimal(0) if UNCACHED.search(r.text) else None


def cached_today(r: Reading) -> tuple[Amount, ...]:
    """The cached shares that are told of how it is, where another is supposed."""
    told = [a for a in r.percents if a.role == "cached" and TODAY.search(r.text[: a.start])]
    return tuple(told) if len([a for a in r.percents if a.role == "cached"]) > len(told) else ()


def _cached(r: Reading) -> Amount | None:
    now = cached_today(r)
    if said := [a for a in r.percents if a.role == "cached" and a not in now]:
        return said[-1]
    rest = [a for a in r.percents if a not in now and a.role in {None, "input", "share"} and not a.signed]
    if len(rest) == len(r.percents) - len(now) == 1 and CACHES.search(r.text) and not of_the_traffic(r, rest[0]):
        return rest[0]
    return None


def part(r: Reading) -> Decimal | None:
    """Percent of the traffic that moves: `half of it`, `30% of the calls`, `if 40% moved`."""
    if found := next((a for a in r.percents if of_the_traffic(r, a)), None):
        return found.value
    if PART_CACHED.search(r.text):
        return None
    said = next((m for m in A_PART.finditer(r.text) if not HALF_PRICE.match(r.text, m.end())), None)
    return None if said is None else _percent(said["part"] or "half")


def of_the_traffic(r: Reading, amount: Amount) -> bool:
    if amount.role not in {None, "share"} or amount.signed:
        return False
    after = r.text[amount.end :]
    return PART_AFTER.match(after) is not None and OF_THE_INPUT.match(after) is None


def _percent(word: str) -> Decimal:
    word = word.lower()
    return MORE_PARTS[word] if word in MORE_PARTS else Decimal(100) / PARTS[word]
