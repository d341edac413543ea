"""Several names each with a time of its own: `core in November, and search in December`."""

from __future__ import annotations

import re

from bot.agent.planner.reading import Reading

BETWEEN = re.compile(
    r"[\s,;]*(?:(?:in|for|during|over|and|&|plus|also|then|spend|spent|costs?|bill|team|the|of|how about|what about)"
    r"[\s,;]*)*[\s,;]*",
    re.IGNORECASE,
)
DIMENSIONS = frozenset({"team", "provider", "service"})
Pair = tuple[str, str, int]


def paired(r: Reading) -> list[Pair]:
    """Each name's dimension, the name, and the place of its period in the reading; empty unless names and periods take
    turns from the first to the last with nothing but joining words between them."""
    named = [v for v in r.values if not v.excluded]
    if len(named) < 2 or len(named) != len(r.periods) or len({v.dimension for v in named}) > 1 or r.groupings:
        return []
    if named[0].dimension not in DIMENSIONS or r.models or len(r.values) != len(named):
        return []
    names = sorted(named, key=lambda v: v.start)
    times = sorted(enumerate(r.periods), key=lambda found: found[1].start)
    pairs: list[Pair] = []
    at = 0
    for name, (place, time) in zip(names, times, strict=True):
        one, other = sorted(((name.start, name.end), (time.start, time.end)))
        if (pairs and one[0] < at) or not _joined(r.text, one[1], other[0]) or (at and not _joined(r.text, at, one[0])):
            return []
        pairs.append((name.dimension, name.value, place))
        at = other[1]
    return pairs


def _joined(text: str, start: int, end: int) -> bool:
    return start <= end and BETWEEN.fullmatch(text[start:end].replace("'s", "").replace("’s", "")) is not None
