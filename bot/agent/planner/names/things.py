"""A name that only says what kind of thing is spoken of, and is of nobody: `a support bot`, `each search ticket`."""

from __future__ import annotations

import re

A_THING = re.compile(
    r"\s+(?:bots?|chatbots?|assistants?|agents?|app|tool|pipeline|copilot|feature|tickets?|widget|system)\b",
    re.IGNORECASE,
)
ONE = re.compile(r"\b(?:an?|each|every|one)\s+$", re.IGNORECASE)


def of_a_thing(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` says the kind of one thing."""
    return ONE.search(text[:start]) is not None and A_THING.match(text, end) is not None
