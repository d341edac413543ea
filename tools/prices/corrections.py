"""Our dated corrections to the price library: prices it lacks or has stale, and models that were withdrawn."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

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
class Ending:
    """A model that its provider deprecated or withdrew, as seen on `observed_on`. `ends_on` is the first day without
    it, None where the day is not known."""

    provider: str
    model: str
    status: Literal["deprecated", "withdrawn"]
    ends_on: date | None
    source: str
    observed_on: date

    def ended(self, on: date) -> bool:
        return on >= self.ends_on if self.ends_on else self.status == "withdrawn"


@dataclass(frozen=True, slots=True)
class Corrections:
    prices: tuple[Correction, ...] = ()
    endings: Mapping[tuple[str, str], Ending] = field(default_factory=dict)
    data_dates: Mapping[str, date] = field(default_factory=dict)
    aliases: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """By provider and API name, the model that the name stands for, where the library has it elsewhere."""

    def in_force(self, provider: str, model: str, on: date, *, batch: bool) -> dict[str, Correction]:
        """By component, the newest row that had started by `on`."""
        rows = [
            row
            for row in self.prices
            if (row.provider, row.model, row.batch) == (provider, model, batch) and row.valid_from <= on
        ]
        return {row.component: row for row in sorted(rows, key=lambda row: row.valid_from)}


def read_corrections(table: Mapping[str, Any], endings: str = "") -> Corrections:
    """From the parsed `corrections.toml` and the text of `lifecycle.csv`; BadInput names the row it cannot use."""
    return Corrections(
        prices=tuple(_price(row, number) for number, row in enumerate(_rows(table, "price"), 1)),
        endings={
            (row["provider"], row["model"]): _ending(row, line)
            for line, row in enumerate(csv.DictReader(endings.splitlines()), 2)
        },
        aliases={(row["provider"], row["name"]): row["model"] for row in _rows(table, "alias")},
        data_dates={version: row["data_date"] for version, row in table.get("library", {}).items()},
    )


def _rows(table: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    rows = table.get(name, [])
    return rows if isinstance(rows, list) else []


def _ending(row: Mapping[str, str], line: int) -> Ending:
    status: Literal["deprecated", "withdrawn"] = "withdrawn" if row["status"] == "withdrawn" else "deprecated"
    if row["status"] != status:
        raise BadInput(f"{row['status']!r} is neither deprecated nor withdrawn", file="lifecycle.csv", line=line)
    ends_on = date.fromisoformat(row["ends_on"]) if row["ends_on"] else None
    observed_on = date.fromisoformat(row["observed_on"])
    return Ending(row["provider"], row["model"], status, ends_on, row["source"], observed_on)


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
