"""A slip put right in mid-sentence: of two mentions of one kind around "no, sorry" only the later is meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

MARKER = re.compile(
    r"\b(?:no,?\s+(?:sorry|wait|i\s+mean(?:t)?)|sorry,?\s+(?:no\b|i\s+mean(?:t)?)|(?:oh\s+)?wait,?\s+(?:no\b|i\s+mean(?:t)?)"
    r"|i\s+mean(?:t)?|scratch\s+that|correction|make\s+that|or\s+rather|sorry)\b|,\s*actually\b|\bno,",
    re.IGNORECASE,
)


class Placed(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


M = TypeVar("M", bound=Placed)


def kept_of(text: str, mentions: Sequence[M], kind: Callable[[M], str]) -> tuple[M, ...]:
    """The mentions without those that a correction takes back: the last of a kind before a marker, where another of
    that kind follows it."""
    gone: set[int] = set()
    for marker in MARKER.finditer(text):
        for name in {kind(mention) for mention in mentions}:
            same = [(i, m) for i, m in enumerate(mentions) if kind(m) == name]
            before = [i for i, m in same if m.end <= marker.start()]
            after = [i for i, m in same if m.start >= marker.end()]
            if before and after:
                gone.add(before[-1])
    return tuple(mention for i, mention in enumerate(mentions) if i not in gone)
