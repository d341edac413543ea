"""The numbers that a chat model hands to a calculation: each must have an origin, or a calculation would give one to
whatever the model makes up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from bot.agent.grounding.evidence import Evidence
from bot.agent.slots.lexing import flatten

CONSTANTS = frozenset(
    map(Decimal, (0, 1, 4, 7, 12, 24, 28, 29, 30, 31, 52, 60, 90, 100, 168, 360, 365, 366, 730, 3600, 8760, 8784))
) | frozenset(map(Decimal, (1000, 1024, 10**6, 10**9, 10**12)))
"""Of the calendar, of percentages and of units, which change how a number is told and not what it says. They need no
origin, but a calculation of nothing else says nothing that anybody asked."""
SCALES = tuple(map(Decimal, (1, 100, 10**3, 10**6, 10**9, 10**12)))
LENGTHS = tuple(map(Decimal, (7, 12, 24, 30, 52, 60, 365, 730, 8760)))
HUNDRED = Decimal(100)
LEAST_DIGITS = 3
# How many rows to show: no figure comes of it.
NO_OPERANDS = frozenset({"top"})
_TOKEN = re.compile(r"[^\s+*/()=;:|$€£%,]+(?:,\d{3}(?:\.\d+)?)*")
_NUMBER = re.compile(r"-?(\d[\d,_]*(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?(?:\s?[kKmMbBtT]|bn)?")


def unfounded(args: Mapping[str, Any], evidence: Evidence, *, constants: bool = True) -> str | None:
    """The first number among the arguments that has no origin in the evidence, in whatever unit of size or time. With
    `constants` False, those of units need one number beside them that has an origin, else the first of them is it. None
    when all is well."""
    sizes = frozenset(evidence.sizes)
    digits = {_digits(size) for size in sizes}
    alone: str | None = None
    rested = False
    for text in _texts(args):
        for written in _numbers(text):
            value = Decimal(written.replace(",", "").replace("_", ""))
            if evidence.names(written) or _from(value, sizes) or _shown(value, digits, evidence):
                rested = True
            elif value in CONSTANTS:
                alone = alone or (written if value not in (0, 1) else None)
            else:
                return written
    return None if rested or constants else alone


def _from(value: Decimal, sizes: frozenset[Decimal]) -> bool:
    """Whether `value` is a known size, in thousands, as a fraction of a hundred, in another length of time, as what
    is left of a hundred, or as the percent that a factor adds (1.5 times is 50% more)."""
    if value != 0 and (HUNDRED - value in sizes or abs(1 + value / HUNDRED) in sizes):
        return True
    return any(value * scale in sizes or value / scale in sizes for scale in (*SCALES, *LENGTHS))


def _shown(value: Decimal, digits: set[str], evidence: Evidence) -> bool:
    """Whether a number of three digits or more is a known one, scaled or as it may be shown rounded."""
    told = _digits(value)
    if len(told) < LEAST_DIGITS:
        return False
    half = Decimal(1).scaleb(int(value.as_tuple().exponent)) / 2
    return told in digits or any(abs(size - value) <= half for size in evidence.sizes)


def _numbers(text: str) -> Iterator[str]:
    """The numbers that stand alone; those inside a name, such as a model's, are part of the name."""
    for token in _TOKEN.findall(flatten(text)):
        parts = re.split(r"(?<=\d)-(?=[\d.])", token) if not re.fullmatch(r"\d{4}(?:-\d\d){1,2}", token) else []
        for part in parts:
            if found := _NUMBER.fullmatch(part):
                yield found[1]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name not in NO_OPERANDS:
                yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
    elif value is not None and not isinstance(value, bool):
        yield format(value, "f") if isinstance(value, float | Decimal) else str(value)


def _digits(value: Decimal) -> str:
    return "".join(map(str, value.as_tuple().digits)).strip("0")
