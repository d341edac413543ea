"""The second example ledger read back with csv and Decimal alone: rows, and sums over them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.evaluation.unseen_ledger import PRICES, SPOKEN, Row

Keep = Callable[["Charge"], bool]
MONTHS = {
    "november": ("2025-11-01", "2025-12-01"),
    "december": ("2025-12-01", "2026-01-01"),
    "january": ("2026-01-01", "2026-02-01"),
    "february": ("2026-02-01", "2026-03-01"),
    "april": ("2026-04-01", "2026-05-01"),
    "may": ("2026-05-01", "2026-06-01"),
    "june": ("2026-06-01", "2026-07-01"),
}
"""First day and the day after the last of each month that has rows."""


@dataclass(frozen=True, slots=True)
class Charge:
    """One row, read back; absent names are empty, `team` is lower case, `tokens` 0 where the row counts none."""

    day: date
    currency: str
    category: str
    effective: Decimal
    billed: Decimal
    listed: Decimal
    provider: str
    service: str
    is_ai: bool
    team: str
    model: str
    account: str
    env: str
    center: str
    project: str
    tokens: Decimal
    is_output: bool


def read_unseen(folder: Path) -> list[Charge]:
    """Every row of the files that `write_unseen_export` wrote, by csv and Decimal alone."""
    found = []
    for path in sorted(folder.glob("unseen-focus-*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += [_charge({k: "" if v == "NULL" else v for k, v in row.items()}) for row in csv.DictReader(file)]
    return found


def _charge(row: Row) -> Charge:
    tags = {key.casefold(): value for key, value in json.loads(row["Tags"]).items()}
    meter = f"{row.get('SkuMeter', '')} {row['ChargeDescription']}"
    provider = row.get("ServiceProviderName") or row["ProviderName"]
    named = [name for name in PRICES if re.search(rf"(?<![\w.-]){re.escape(SPOKEN.get(name, name))}(?![\w.-])", meter)]
    return Charge(
        day=date.fromisoformat(row["ChargePeriodStart"][:10]),
        currency=row["BillingCurrency"],
        category=row["ChargeCategory"],
        effective=Decimal(row["EffectiveCost"]),
        billed=Decimal(row["BilledCost"]),
        listed=Decimal(row["ListCost"]),
        provider=provider,
        service=row["ServiceName"],
        is_ai=row["ServiceCategory"] == "AI and Machine Learning" or row["ResourceName"] == "p4d.24xlarge",
        team=tags.get("team", "").casefold(),
        model=row.get("x_Model") or "".join(named),
        account=row["SubAccountName"],
        env=tags.get("env", ""),
        center=tags.get("cost-center", ""),
        project=tags.get("project", ""),
        tokens=Decimal(row["ConsumedQuantity"]) if row["ConsumedUnit"] == "Tokens" else Decimal(0),
        is_output="output" in meter,
    )


def spent(
    charges: Iterable[Charge],
    keep: Keep = lambda c: True,
    *,
    since: str = "2025-11-01",
    before: str = "2026-07-01",
    cost: str = "effective",
    currency: str = "USD",
) -> Decimal:
    """The sum of `cost` (or of `tokens`) over the rows to `keep` from `since` up to and without `before`."""
    first, end = date.fromisoformat(since), date.fromisoformat(before)
    rows = (c for c in charges if first <= c.day < end and c.currency == currency and keep(c))
    return sum((getattr(c, cost) for c in rows), Decimal(0))


def of(**values: str) -> Keep:
    """Rows where each named field reads as given."""
    return lambda c: all(getattr(c, field) == value for field, value in values.items())


def without(**values: str) -> Keep:
    return lambda c: all(getattr(c, field) != value for field, value in values.items())
