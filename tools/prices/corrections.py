"""Our dated corrections to the price library: prices it lacks or has stale, and models that were withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from tools.errors import BadInput

UNIT = "USD per million tokens"


@dataclass(frozen=True, slots=True)
class Correction:
    """`value` is in USD per million tokens, in force from `valid_from` until a later row of the same component."""

    provider: str
    model: str
    component: str
    value: Decimal
    valid_from: date
    source: str
    observed_on: date
    batch: bool = False


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The provider stopped serving the model on `on` under that name; `note` says what is known."""

    provider: str
    model: str
    on: date
    note: str
    source: str
    observed_on: date


@dataclass(frozen=True, slots=True)
class Corrections:
    prices: tuple[Correction, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    data_dates: Mapping[str, date] = field(default_factory=dict)

    def in_force(self, provider: str, model: str, on: date, *, batch: bool) -> dict[str, Correction]:
        """By component, the newest row that had started by `on`."""
        rows = [
            row
            for row in self.prices
            if (row.provider, row.model, row.batch) == (provider, model, batch) and row.valid_from <= on
        ]
        return {row.component: row for row in sorted(rows, key=lambda row: row.valid_from)}

    def withdrawal(self, provider: str, model: str) -> Withdrawal | None:
        return next((row for row in self.withdrawals if (row.provider, row.model) == (provider, model)), None)


def read_corrections(table: Mapping[str, Any]) -> Corrections:
    """From the parsed TOML; BadInput names the row that cannot be used."""
    return Corrections(
        prices=tuple(_price(row, number) for number, row in enumerate(_rows(table, "price"), 1)),
        withdrawals=tuple(
            Withdrawal(row["provider"], row["model"], row["on"], row["note"], row["source"], row["observed_on"])
            for row in _rows(table, "withdrawn")
        ),
        data_dates={version: row["data_date"] for version, row in table.get("library", {}).items()},
    )


def _rows(table: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    rows = table.get(name, [])
    return rows if isinstance(rows, list) else []


def _price(row: Mapping[str, Any], number: int) -> Correction:
    missing = {"provider", "model", "component", "value", "unit", "valid_from", "source", "observed_on"} - row.keys()
    if missing:
        raise BadInput(f"price row {number} lacks {', '.join(sorted(missing))}", file="corrections.toml")
    if row["unit"] != UNIT:
        raise BadInput(f"price row {number} is in {row['unit']!r}, not {UNIT!r}", file="corrections.toml")
    try:
        value = Decimal(row["value"])
    except (InvalidOperation, TypeError):
        raise BadInput(f"price row {number}: {row['value']!r} is not a decimal", file="corrections.toml") from None
    if not value.is_finite() or value <= 0:
        raise BadInput(f"price row {number}: a price must be above zero, not {value}", file="corrections.toml")
    return Correction(
        row["provider"],
        row["model"],
        row["component"],
        value,
        row["valid_from"],
        row["source"],
        row["observed_on"],
        bool(row.get("batch", False)),
    )
