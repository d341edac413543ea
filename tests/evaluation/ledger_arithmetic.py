"""The example ledger read with csv and Decimal alone: rows, and sums over them."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Charge:
    """One row of the export; `day` is the UTC day its charge period starts. Absent names are empty."""

    day: date
    category: str
    effective: Decimal
    billed: Decimal
    listed: Decimal
    provider: str
    service: str
    service_category: str
    team: str
    model: str
    sku: str
    tokens: Decimal
    """0 where the row counts none."""


Charges = list[Charge]
OCTOBER, SEPTEMBER, AUGUST = ("2026-10-01", "2026-11-01"), ("2026-09-01", "2026-10-01"), ("2026-08-01", "2026-09-01")
QUARTER_2, QUARTER_3 = ("2026-04-01", "2026-07-01"), ("2026-07-01", "2026-10-01")
MODEL_PROVIDERS = {"openai", "anthropic", "mistral ai", "mistral", "cohere", "openrouter", "deepseek", "xai"}
ACCELERATOR = re.compile(r"\b(p[345]\w*|g[456]\w*|trn\d\w*|inf\d\w*|a[23]-\w+|\w*N[CDV]\d*\w*v\d|TPU|[ABH][123]00)\b")
Key = Callable[[Charge], str]


def read_charges(folder: Path) -> Charges:
    """Every row of every CSV file under `folder`."""
    return [charge(row) for path in sorted(folder.rglob("*.csv")) for row in rows(path)]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return [{name: "" if value == "NULL" else value for name, value in row.items()} for row in csv.DictReader(file)]


def charge(row: dict[str, str]) -> Charge:
    tags = {name.casefold(): value for name, value in json.loads(row.get("Tags") or "{}").items()}
    return Charge(
        day=date.fromisoformat(row["ChargePeriodStart"][:10]),
        category=row["ChargeCategory"],
        effective=Decimal(row["EffectiveCost"]),
        billed=Decimal(row["BilledCost"]),
        listed=Decimal(row["ListCost"] or 0),
        provider=row.get("ServiceProviderName") or row.get("ProviderName", ""),
        service=row["ServiceName"],
        service_category=row["ServiceCategory"],
        team=(row.get("x_Team") or tags.get("team", "")).casefold(),
        model=row.get("x_Model", ""),
        sku=" ".join(row.get(name) or "" for name in ("SkuId", "SkuMeter", "ResourceName", "ChargeDescription")),
        tokens=Decimal(row["ConsumedQuantity"]) if row.get("ConsumedUnit") == "tokens" else Decimal(0),
    )


def is_ai(charge: Charge) -> bool:
    """The ledger's definition: the service category, a provider of models, or an accelerator by its SKU or resource."""
    return (
        charge.service_category == "AI and Machine Learning"
        or charge.provider.casefold() in MODEL_PROVIDERS
        or bool(ACCELERATOR.search(charge.sku))
    )


def between(charges: Iterable[Charge], first: str, end: str) -> Charges:
    """Rows from the day `first` up to and without the day `end`, both YYYY-MM-DD."""
    return [c for c in charges if date.fromisoformat(first) <= c.day < date.fromisoformat(end)]


def effective(charges: Iterable[Charge]) -> Decimal:
    return sum((c.effective for c in charges), Decimal(0))


def billed(charges: Iterable[Charge]) -> Decimal:
    return sum((c.billed for c in charges), Decimal(0))


def listed(charges: Iterable[Charge]) -> Decimal:
    return sum((c.listed for c in charges), Decimal(0))


def tokens(charges: Iterable[Charge], meter: str = "") -> Decimal:
    """Tokens of the rows whose meter is `input`, `cached input` or `output`; of all where none is named."""
    return sum((c.tokens for c in charges if not meter or f" {c.model} {meter} tokens" in f" {c.sku}"), Decimal(0))


def by(charges: Iterable[Charge], key: Key) -> dict[str, Decimal]:
    """Effective cost by key, largest first."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for one in charges:
        sums[key(one)] += one.effective
    return dict(sorted(sums.items(), key=lambda item: (-item[1], item[0])))


def teams(charges: Charges) -> list[str]:
    """Team tags, the largest spender of all months first."""
    return [name for name in by(charges, lambda c: c.team) if name]


def models(charges: Charges) -> list[str]:
    return [name for name in by(charges, lambda c: c.model) if name]


def ai_providers(charges: Charges) -> list[str]:
    return list(by((c for c in charges if is_ai(c)), lambda c: c.provider))


def of_service(charges: Charges, service: str) -> Charges:
    return [c for c in charges if c.service == service]


def of_team(charges: Charges, team: str) -> Charges:
    return [c for c in charges if c.team == team]


def of_provider(charges: Charges, provider: str) -> Charges:
    return [c for c in charges if c.provider == provider]


def of_model(charges: Charges, model: str) -> Charges:
    return [c for c in charges if c.model == model]
