"""Values of tags that have very many of them, found in a question by looking its words up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from bot.agent.slots.groupings import tag_mentions
from bot.agent.slots.lexing import Span, touches

WORD = re.compile(r"[^\s\"'`,;?!()]+")
MOST_WORDS = 4
SHORTEST = 3
BESIDE = " :=\"'`"


def long_values(
    text: str, long: Mapping[str, Sequence[str]], english: frozenset[str], masked: Sequence[Span] = ()
) -> list[tuple[str, str, int, int]]:
    """Dimension, value, start and end (exclusive) of each value in `text` outside `masked`, the longest first where
    they overlap, in order. A value that is an ordinary word, a number or short is one only beside its tag's key."""
    if not long:
        return []
    keys = [(tag.dimension, tag.start, tag.end) for tag in tag_mentions(text, tuple(long))]
    words = [(m.start(), m.start() + len(m[0].rstrip(".:"))) for m in WORD.finditer(text)]
    found: list[tuple[str, str, int, int]] = []
    for count in range(MOST_WORDS, 0, -1):
        for first, last in zip(words, words[count - 1 :], strict=False):
            start, end = first[0], last[1]
            said = " ".join(text[start:end].casefold().split())
            if touches(start, end, [*masked, *((s, e) for _, _, s, e in found)]):
                continue
            plain = said in english or len(said) < SHORTEST or not re.search(r"[^\W\d]", said)
            for key, values in long.items():
                value = _by_form(tuple(values)).get(said)
                near = any(
                    dimension == f"tag:{key}" and not text[min(end, stop) : max(start, begin)].strip(BESIDE)
                    for dimension, begin, stop in keys
                )
                if value is not None and (near or not plain):
                    found.append((f"tag:{key}", value, start, end))
                    break
    return sorted(found, key=lambda one: one[2])


@lru_cache(maxsize=16)
def _by_form(values: tuple[str, ...]) -> dict[str, str]:
    return {" ".join(value.casefold().split()): value for value in reversed(values)}
