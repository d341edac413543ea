"""What every tool returns, whoever called it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from tools.money import Money

Cell = str | int | Decimal | date | None
ChartKind = Literal["line", "bar", "pie"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One named number. `value` is exact and in `unit` ("USD", "%", "GPU hours", "USD per GPU hour", "tokens");
    `as_of` is the date of the price or of the data behind it, None for pure arithmetic. A share is in percent."""

    label: str
    value: Decimal
    unit: str
    as_of: date | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.value, Decimal) or not self.value.is_finite():
            raise TypeError(f"The figure {self.label!r} needs a finite Decimal, not {self.value!r}.")

    @classmethod
    def of(cls, label: str, amount: Money, as_of: date | None = None) -> Figure:
        return cls(label, amount.amount, amount.currency, as_of)


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` name each cell of a row, with the unit where it is a number: "EffectiveCost (USD)". None is unknown."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"A row of {len(row)} cells in the {len(self.columns)}-column table {self.title!r}.")


@dataclass(frozen=True, slots=True)
class Series:
    """One value per label of the chart; None is a gap (no data), never zero."""

    name: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    kind: ChartKind
    title: str
    unit: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """`summary` is the answer in one to three sentences, with unit, period and freshness; every number in it is in
    `figures`, in the table, or in the assumptions. `figures` come headline first. `data_through` is the last day
    that the ledger has data for, None where no ledger was read."""

    summary: str
    figures: tuple[Figure, ...] = ()
    table: Table | None = None
    chart: Chart | None = None
    assumptions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    data_through: date | None = None


def listed(names: Sequence[str], most: int = 8) -> str:
    """`a, b and c`; past `most` names, how many more there are."""
    shown = list(names[:most])
    if len(names) > most:
        return f"{', '.join(shown)} and {len(names) - most} more"
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)
