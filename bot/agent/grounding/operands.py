"""The numbers that a chat model hands to a calculation: each must have an origin, or a calculation would give one to
whatever the model makes up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from bot.agent.grounding.evidence import Evidence
from bot.agent.slots.lexing import flatten

PLAIN = frozenset(map(Decimal, (360, 365, 366, 730, 8760, 8784, 1024)))
"""Of the calendar and of computing, without need of an origin; nor has one of two digits or fewer before its zeros."""
LEAST_DIGITS = 3
_TOKEN = re.compile(r"[^\s+*/()=;:|$€£%,]+(?:,\d{3}(?:\.\d+)?)*")
_NUMBER = re.compile(r"-?(\d[\d,_]*(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?(?:\s?[kKmMbBtT]|bn)?")


def unfounded(args: Mapping[str, Any], evidence: Evidence) -> str | None:
    """The first number among the arguments that is not in the evidence, however scaled; None when all are."""
    known = {_digits(size) for size in evidence.sizes}
    for text in _texts(args):
        for written in _numbers(text):
            value = Decimal(written.replace(",", "").replace("_", ""))
            digits = _digits(value)
            if len(digits) < LEAST_DIGITS or value in PLAIN or digits in known:
                continue
            half = Decimal(1).scaleb(int(value.as_tuple().exponent)) / 2
            if not any(abs(size - value) <= half for size in evidence.sizes):
                return written
    return None


def _numbers(text: str) -> Iterator[str]:
    """The numbers that stand alone; those inside a name, such as a model's, are part of the name."""
    for token in _TOKEN.findall(flatten(text)):
        parts = re.split(r"(?<=\d)-(?=[\d.])", token) if not re.fullmatch(r"\d{4}(?:-\d\d){1,2}", token) else []
        for part in parts:
            if found := _NUMBER.fullmatch(part):
                yield found[1]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
    elif value is not None and not isinstance(value, bool):
        yield format(value, "f") if isinstance(value, float | Decimal) else str(value)


def _digits(value: Decimal) -> str:
    return "".join(map(str, value.as_tuple().digits)).strip("0")
