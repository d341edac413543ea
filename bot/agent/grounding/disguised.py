"""Figures in dress: words of vague size, Roman numerals, and names that stand where a number stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNIT = r"(?:dollars?|euros?|pounds?|cents?|bucks|usd|eur|gbp|percent|per\s+cent|%|tokens?|thousand|million|billion)"
_VAGUE = re.compile(
    r"\b(?:a\s+couple(?:\s+of)?|several|a\s+few|some|many|tens\s+of|dozens\s+of|hundreds\s+of|thousands\s+of)\s+"
    r"(?:hundreds?|thousands?|millions?|billions?|trillions?|grand)\b",
    re.IGNORECASE,
)
_ROMAN = re.compile(
    rf"\b(?=[MDCLXVI]{{2}})M{{0,9}}(?:CM|CD|D?C{{0,3}})(?:XC|XL|L?X{{0,3}})(?:IX|IV|V?I{{0,3}})\b(?=[ ]{_UNIT}\b)"
    r"|\b(?=[MDCLXVI]{5})M{0,9}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\b"
)
_NAMED = re.compile(rf"\b[A-Za-z]+[-_.]?\d+[ ](?={_UNIT}(?:\W|$))", re.IGNORECASE)


def disguised(flat: str) -> Iterator[tuple[int, int]]:
    """Where each one starts and ends."""
    for pattern in (_VAGUE, _ROMAN, _NAMED):
        for match in pattern.finditer(flat):
            if match[0].strip():
                yield match.span()
