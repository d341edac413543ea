"""Which kind of tokens a question is about: input, output, read from a cache or written to one."""

from __future__ import annotations

import re

SIDES = (
    (
        "cache_write",
        re.compile(
            r"\bcache[\s-]?(?:writ\w+|creation)\b|\b(?:written|wrote|writes?) (?:in)?to (?:the |a )?cache\b", re.I
        ),
    ),
    ("uncached", re.compile(r"\b(?:un|non-?\s?)cached\b", re.IGNORECASE)),
    (
        "cached",
        re.compile(
            r"(?<!un)(?<!non)(?<!non-)(?<!non )cached\b|\bcache[\s-]?(?:reads?|hits?)\b"
            r"|\b(?:from|hit) (?:the |a )?cache\b",
            re.IGNORECASE,
        ),
    ),
    (
        "input",
        re.compile(
            r"\b(?:input|prompt)\b(?=\s+(?:(?:and|or) output\s+)?tokens?|\s+(?:only|alone))"
            r"|\b(?:only|just)\s+(?:the\s+)?input\b",
            re.I,
        ),
    ),
    (
        "output",
        re.compile(
            r"\b(?:output|completion|generated)\b(?=\s+tokens?|\s+(?:only|alone))"
            r"|\b(?:only|just)\s+(?:the\s+)?output\b",
            re.I,
        ),
    ),
)


def token_side(text: str) -> str | None:
    """The one kind of tokens that `text` names, as the ledger tools take it; None for none or several."""
    named = [name for name, words in SIDES if words.search(text)]
    if named[1:] == ["input"]:
        named.pop()  # cached input, uncached input
    return named[0] if len(named) == 1 else None
