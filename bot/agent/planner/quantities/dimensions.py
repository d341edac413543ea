"""Units of what a question tells, and what is left of them when amounts are multiplied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Kind = Literal["money", "count", "share"]
Each = Literal["", "at", "each"]
Dims = Mapping[str, int]
"""Unit -> power: `$19 per seat and month` is {USD: 1, person: -1, month: -1}."""

TIMES = ("second", "minute", "hour", "day", "week", "month", "quarter", "year")
# What costs may be added up over; hours are what is paid for.
LONG_TIMES = frozenset({"day", "week", "month", "quarter", "year"})
# How many of the first are in one of the second, as an expression. A day of a month or a year is one of the calendar.
IN_ONE: dict[tuple[str, str], str] = {
    ("second", "minute"): "60",
    ("second", "hour"): "3600",
    ("minute", "hour"): "60",
    ("hour", "day"): "24",
    ("hour", "month"): "730",
    ("hour", "year"): "8760",
    ("day", "week"): "7",
    ("day", "month"): "30",
    ("day", "quarter"): "90",
    ("day", "year"): "365",
    ("week", "month"): "52 / 12",
    ("week", "quarter"): "13",
    ("week", "year"): "52",
    ("month", "quarter"): "3",
    ("month", "year"): "12",
    ("quarter", "year"): "4",
    ("Wh", "kWh"): "1000",
    ("kWh", "MWh"): "1000",
    ("kWh", "GWh"): "1000000",
}


def is_currency(unit: str) -> bool:
    return len(unit) == 3 and unit.isupper() and unit != "GPU"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One amount with its units, from `start` to `end` of the text, rate and noun included; `written` is its value as
    a part of an expression. `each`: it is told of each of what another amount counts, in that word or by `at`.
    `subject` is what it is told of one of where no rate says so: `a human needs $7.20`."""

    value: Decimal
    written: str
    kind: Kind
    dims: Dims = field(default_factory=dict)
    start: int = 0
    end: int = 0
    each: Each = ""
    subject: str = ""

    @property
    def currency(self) -> str | None:
        return next((unit for unit in self.dims if is_currency(unit)), None)

    @property
    def span(self) -> str | None:
        """The time that it is counted by: `month` of $5 a month."""
        return next((unit for unit in self.dims if unit in TIMES and self.dims[unit] < 0), None)

    def of_one(self) -> tuple[str, ...]:
        """What it is counted by but for time: `person` of $5 per user."""
        return tuple(unit for unit, power in self.dims.items() if power < 0 and unit not in TIMES)


def balance(*per: str | None) -> bool:
    """Whether amounts counted by these may be added or taken from one another: all by one span of time, where one
    that says none is of that of the others. What is paid by the hour, seat or token is a price, never such a sum."""
    told = {(one or "").split(" ")[-1] for one in per} - {""}
    return not told or (len(told) == 1 and told <= LONG_TIMES)


def product(parts: Iterable[tuple[Quantity, int]]) -> dict[str, int]:
    """The units of a product of amounts, each to the power of 1 or -1."""
    found: Counter[str] = Counter()
    for quantity, power in parts:
        for unit, own in quantity.dims.items():
            found[unit] += own * power
    return {unit: power for unit, power in found.items() if power}


def conversions(left: Dims, *, working: bool) -> tuple[list[str], dict[str, int]]:
    """The factors that cancel pairs of units of one kind (`/ 60` of minutes told by the hour), and what is left. Days
    that are worked are no days of the calendar: then only what holds of both is converted."""
    rest = dict(left)
    factors: list[str] = []
    for (small, large), many in IN_ONE.items():
        if working and (small, large) not in OF_BOTH:
            continue
        while rest.get(small, 0) * rest.get(large, 0) < 0:
            way = 1 if rest[large] > 0 else -1
            factors.append(f"* {many}" if way > 0 else f"/ ({many})" if " " in many else f"/ {many}")
            rest[small] += way
            rest[large] -= way
    return factors, {unit: power for unit, power in rest.items() if power}


OF_BOTH = frozenset(pair for pair in IN_ONE if "day" not in pair and pair[1] not in {"month", "year"}) | {
    ("week", "month"),
    ("week", "year"),
    ("month", "year"),
}
