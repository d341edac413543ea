"""Ways of spelling one tag key: a company whose AWS bill says `CostCenter`, whose Google bill says `cost-center` and
whose Azure bill says `cost_center` has one cost-center tag."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

ONE_TAG = (
    ("environment", "env"),
    ("application", "app"),
    ("department", "dept"),
    ("cost-center", "costcenter", "cost-centre", "costcentre"),
    ("business-unit", "businessunit"),
)
"""Keys that say the same in different words, and compounds in which no separator shows where a word ends."""
BETWEEN = re.compile(r"[\s_-]+")
MOST_WORDS = 4


def plain_key(key: str) -> str:
    """What all spellings of a key have in common: `cost_center` and `Cost-Center` as `costcenter`."""
    return BETWEEN.sub("", key.casefold())


@lru_cache(maxsize=4096)
def spellings(key: str) -> tuple[str, ...]:
    """Every spelling of a lower-case key under which a row may carry the tag, itself first."""
    found = {key: None}
    for same in (key, *_family(key)):
        words = [word for word in BETWEEN.split(same) if word]
        found[same] = None
        if 1 < len(words) <= MOST_WORDS:
            found |= {joint.join(words): None for joint in ("-", "_", " ", "")}
    return tuple(found)


def one_of_each(keys: Iterable[str]) -> tuple[str, ...]:
    """The tags among the keys in use, sorted: of several spellings of one, the one that shows its words apart."""
    chosen: dict[str, str] = {}
    for key in sorted(keys, key=lambda name: (-len(BETWEEN.findall(name)), -len(name), name)):
        chosen.setdefault(plain_key((*_family(key), key)[0]), key)
    return tuple(sorted(chosen.values()))


def _family(key: str) -> tuple[str, ...]:
    plain = plain_key(key)
    return next((same for same in ONE_TAG if plain in map(plain_key, same)), ())
