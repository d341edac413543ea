"""What no reading of a text took: digits left over, and names that could hide a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.agent.grounding.evidence import Evidence
from bot.agent.slots.amounts import Amount
from bot.agent.slots.calendar_words import ORDINAL
from bot.agent.slots.lexing import Span
from bot.agent.slots.numerals import Name, scan

ASIDE = re.compile(
    r"\[\^?\d{1,3}(?:\s*[,-]\s*\d{1,3})*\](?!\()|^[ \t>]*\d{1,3}[.)](?=[ \t])|(?<=\]\()[^)\s]*(?=\))|https?://[^\s)>\]]+|<https?://[^>|]*",
    re.MULTILINE,
)
"""Marks of citations and of list items, and addresses, which are checked elsewhere."""
_DIGITS = re.compile(r"[^\W\d_]*\d[\d.,]*[^\W_]*")
_HARMLESS = re.compile(
    rf"\d{{1,3}}{ORDINAL}|[A-Za-z]{{1,12}}\d{{1,4}}[A-Za-z]{{0,3}}\d?|\d{{1,3}}[a-z]|\d{{1,2}}-[A-Z]", re.IGNORECASE
)
_LONG = re.compile(r"\d{5,}")


def read_span(amount: Amount) -> Span:
    """What the reading of an amount took: with "per 1,000 requests" the count that it is told by, which is checked as
    part of its unit."""
    return amount.start, amount.phrase_end if amount.per_count != 1 else amount.end


def leftover(flat: str, masked: Sequence[Span], covered: list[Span], evidence: Evidence) -> Iterator[tuple[int, str]]:
    """Digits that no reading took; names pass when they are in the evidence or too short to hide a figure."""
    for item in scan(flat, masked):
        if isinstance(item, Name):
            covered.append((item.start, item.end))
            name = flat[item.start : item.end]
            if not _is_name(name, evidence):
                yield item.start, name
    taken = bytearray(len(flat))
    for first, last in covered:
        taken[first:last] = b"\x01" * (min(last, len(flat)) - first)
    for match in _DIGITS.finditer(flat):
        word = match[0].rstrip(".,")
        start, end = match.start(), match.start() + len(word)
        if any(taken[start:end]):
            continue
        if not (_HARMLESS.fullmatch(word) or evidence.names(word)):
            yield start, word
    if not flat.isascii():
        for start, char in enumerate(flat):
            if char > "\x7f" and char.isnumeric() and not taken[start]:
                yield start, char


def _is_name(name: str, evidence: Evidence) -> bool:
    if evidence.names(name) or any(evidence.names(part) for part in name.split()):
        return True
    digits = [
        run for run in re.findall(r"\d+", name) if len(run) >= 5 and not re.fullmatch(r"20[12]\d[01]\d[0-3]\d", run)
    ]
    return not digits and ":" not in name and len(re.findall(r"\d", name)) <= 12
