"""One cell of an export -> an exact value. Each raises ValueError with the reason, in words for the importer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from decimal import Context, Decimal
from functools import lru_cache
from typing import Any, cast

from tools.ledger.columns import SCALE, WHOLE_DIGITS

NULLS = frozenset({"", "null", "none", "\\n"})
FIRST_YEAR, LAST_YEAR = 2000, 2100
NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII)
ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*"
    r"(Z|z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?",
    re.ASCII,
)
AMERICAN = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp][Mm])?)?", re.ASCII
)
WIDE = Context(prec=80)
STEP = Decimal(1).scaleb(-SCALE)
NOTHING: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=65536)
def text(cell: str | None) -> str | None:
    """The cell without surrounding space; None for an empty one or a written-out `NULL`."""
    if cell is None:
        return None
    stripped = cell.strip()
    return None if stripped.casefold() in NULLS else stripped


@lru_cache(maxsize=65536)
def amount(cell: str) -> Decimal:
    """An exact plain decimal (`12.50`, `-3`, `4.0E-7`) that DECIMAL(38, 22) holds; nothing is rounded."""
    if not NUMBER.fullmatch(cell):
        raise ValueError(f"{_short(cell)} is not a number")
    value = Decimal(cell)
    if value == 0:
        return Decimal(0)
    if value.adjusted() >= WHOLE_DIGITS:
        raise ValueError(f"{_short(cell)} has more than {WHOLE_DIGITS} digits before the point")
    exponent = cast(int, value.as_tuple().exponent)
    if -SCALE <= exponent <= 0:
        return value
    if exponent < -SCALE and value != value.quantize(STEP, context=WIDE):
        raise ValueError(f"{_short(cell)} has more than {SCALE} decimals, which would have to be rounded")
    return value.quantize(STEP, context=WIDE)


@lru_cache(maxsize=65536)
def instant(cell: str) -> datetime:
    """A moment in UTC, without zone. ISO 8601 with or without time and offset, or month/day/year; no zone means UTC."""
    if found := ISO.fullmatch(cell):
        year, month, day, hour, minute, second, fraction, zone = found.groups()
        parts = [int(part or 0) for part in (year, month, day, hour, minute, second)]
        moment = _datetime(cell, *parts).replace(microsecond=int((fraction or "0")[:6].ljust(6, "0")), tzinfo=UTC)
        if zone and zone[0] in "+-":
            moment = moment.replace(tzinfo=timezone(_offset(zone))).astimezone(UTC)
        return moment.replace(tzinfo=None)
    if found := AMERICAN.fullmatch(cell):
        month, day, year, hour, minute, second, half = found.groups()
        hours = int(hour or 0)
        if half:
            hours = hours % 12 + (12 if half.casefold() == "pm" else 0)
        full_year = int(year) + (2000 if len(year) == 2 else 0)
        return _datetime(cell, full_year, int(month), int(day), hours, int(minute or 0), int(second or 0))
    raise ValueError(f"{_short(cell)} is not a date")


@lru_cache(maxsize=65536)
def tags(cell: str) -> tuple[tuple[str, str], ...]:
    """Tag keys (casefolded, without a leading `user:`) with their values, sorted. Reads a JSON object, or the list of
    `{"Key": ..., "Value": ...}` that AWS writes. Anything else has no tags: a charge is never dropped for its tags."""
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        return NOTHING
    return tag_pairs(found)


def tag_pairs(found: Any) -> tuple[tuple[str, str], ...]:
    if isinstance(found, Mapping):
        return _tidy(found.items())
    if not isinstance(found, list):
        return NOTHING
    if all(isinstance(item, Mapping) for item in found):
        lowered = [{str(key).casefold(): value for key, value in item.items()} for item in found]
        return _tidy((item.get("key"), item.get("value")) for item in lowered)
    return _tidy(item for item in found if isinstance(item, tuple | list) and len(item) == 2)


def _tidy(pairs: Iterable[Any]) -> tuple[tuple[str, str], ...]:
    kept: dict[str, str] = {}
    for key, value in pairs:
        if not isinstance(key, str) or value is None:
            continue
        name = key.strip().casefold().removeprefix("user:")
        shown = value.strip() if isinstance(value, str) else json.dumps(value, sort_keys=True)
        if name and shown and shown.casefold() != "null":
            kept.setdefault(name, shown)
    return tuple(sorted(kept.items()))


def _datetime(cell: str, year: int, month: int, day: int, hour: int, minute: int, second: int) -> datetime:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{_short(cell)} is not in the years {FIRST_YEAR} to {LAST_YEAR}")
    try:
        extra = timedelta(1) if hour == 24 and minute == second == 0 else timedelta(0)
        return datetime(year, month, day, 0 if extra else hour, minute, min(second, 59)) + extra  # noqa: DTZ001
    except ValueError:
        raise ValueError(f"{_short(cell)} is not a date") from None


def _offset(zone: str) -> timedelta:
    digits = zone[1:].replace(":", "").ljust(4, "0")
    span = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if span >= timedelta(hours=24):
        raise ValueError(f"{zone} is not an offset from UTC")
    return -span if zone[0] == "-" else span


def _short(cell: str) -> str:
    return repr(cell if len(cell) <= 40 else cell[:37] + "...")
