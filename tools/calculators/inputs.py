"""What the calculators take: chips, prices, and defaults that carry their source and range.

A share is a Decimal between 0 and 1 (0.55 is 55%); a rate of change is a share too (0.10 is +10%).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tools.errors import BadInput
from tools.money import Money, plain

HOURS_A_YEAR = Decimal(8760)
HOURS_A_MONTH = Decimal(730)
DAYS_A_MONTH = HOURS_A_MONTH / 24
SECONDS_AN_HOUR = Decimal(3600)
GIVEN = "as given"
LARGEST = Decimal("1e30")


@dataclass(frozen=True, slots=True)
class ChipSpec:
    """One accelerator. Memory in GB (10^9 bytes), bandwidth in bytes/s, peaks in dense FLOP/s, board power in watts.

    `peak_flops` is of `precision`: bf16, or fp16 on a chip without bf16 (V100), unless another was asked for."""

    name: str
    memory_gb: Decimal
    bandwidth_bytes_s: Decimal
    peak_flops: Decimal
    peak_flops_fp8: Decimal | None = None
    power_w: Decimal | None = None
    source: str = GIVEN
    precision: str = "bf16"

    def __post_init__(self) -> None:
        for name, value in (
            ("memory", self.memory_gb),
            ("bandwidth", self.bandwidth_bytes_s),
            ("peak FLOP/s", self.peak_flops),
        ):
            positive(f"the {name} of {self.name}", value)

    def peak_at(self, bits: int) -> Decimal:
        """Peak dense FLOP/s for weights of `bits` bits; the bf16 peak where the chip has no faster one."""
        return self.peak_flops_fp8 if bits <= 8 and self.peak_flops_fp8 else self.peak_flops


@dataclass(frozen=True, slots=True)
class Price:
    """A price of one unit, who said so and when; `as_of` None where the asker gave it."""

    money: Money
    source: str = GIVEN
    as_of: date | None = None

    def __post_init__(self) -> None:
        if self.money.amount < 0:
            raise BadInput(f"A price cannot be negative, and this one is {self.money.shown()}.")

    def stated(self, what: str) -> str:
        """The sentence for a Result's assumptions: `Price of an H100-hour: $2.50 (..., as of 2026-09-06)`."""
        dated = f", as of {self.as_of.isoformat()}" if self.as_of else ""
        return f"{what}: {self.money.shown()} ({self.source}{dated})"


@dataclass(frozen=True, slots=True)
class Default:
    """What is taken where the asker says nothing: value, likely range, unit, its source and when that was read."""

    what: str
    value: Decimal
    low: Decimal
    high: Decimal
    unit: str
    source: str
    observed_on: date

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise ValueError(f"The default of {self.what} is outside its own range.")

    def stated(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        return (
            f"{self.what}: {plain(self.value)}{unit} by default, range {plain(self.low)} to {plain(self.high)} "
            f"({self.source}, read {self.observed_on.isoformat()})"
        )


@dataclass(frozen=True, slots=True)
class Chosen:
    """A value with the sentence that tells whether it was given or is a default, and the range to show beside it."""

    value: Decimal
    sentence: str
    low: Decimal
    high: Decimal
    given: bool


def chosen(given: Decimal | None, default: Default) -> Chosen:
    """The given value, else the default; the range is the default's, or the given value alone."""
    if given is None:
        return Chosen(default.value, default.stated(), default.low, default.high, False)
    unit = f" {default.unit}" if default.unit else ""
    return Chosen(given, f"{default.what}: {plain(given)}{unit}, {GIVEN}", given, given, True)


def positive(what: str, value: Decimal) -> Decimal:
    """`value`; BadInput unless it is a Decimal above zero of a size that anything real has."""
    if not isinstance(value, Decimal) or not value.is_finite() or value <= 0:
        raise BadInput(f"{_capital(what)} must be a number above zero, not {_as_said(value)}.")
    return _of_real_size(what, value)


def not_negative(what: str, value: Decimal) -> Decimal:
    if not isinstance(value, Decimal) or not value.is_finite() or value < 0:
        raise BadInput(f"{_capital(what)} must be zero or more, not {_as_said(value)}.")
    return _of_real_size(what, value)


def share(what: str, value: Decimal, *, zero: bool = True) -> Decimal:
    """`value`; BadInput unless it is between 0 and 1, where 1 is 100%. With `zero` False zero is refused too."""
    if not isinstance(value, Decimal) or not value.is_finite() or not 0 <= value <= 1 or (value == 0 and not zero):
        low = "0%" if zero else "above 0%"
        said = f"{_as_said(value * 100)}%" if isinstance(value, Decimal) and value.is_finite() else str(value)
        raise BadInput(f"{_capital(what)} must be {low} to 100%, not {said}.")
    return _of_real_size(what, value)


def between(what: str, value: Decimal, low: Decimal, high: Decimal) -> Decimal:
    """`value`; BadInput unless it is from `low` to `high`, both included."""
    if not isinstance(value, Decimal) or not value.is_finite() or not low <= value <= high:
        raise BadInput(f"{_capital(what)} must be from {plain(low)} to {plain(high)}, not {_as_said(value)}.")
    return value


def whole(what: str, value: int) -> int:
    """`value`; BadInput unless it is a whole number above zero."""
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        raise BadInput(f"{_capital(what)} must be a whole number above zero, not {value}.")
    return value


def _of_real_size(what: str, value: Decimal) -> Decimal:
    if value and not -30 <= value.adjusted() < LARGEST.adjusted():
        raise BadInput(f"{_capital(what)} is {value:.3e}, which nothing real is.")
    return value


def _as_said(value: object) -> str:
    if isinstance(value, Decimal) and value.is_finite():
        return plain(value) if abs(value.adjusted()) < 30 else f"{value:.3e}"
    return str(value)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
