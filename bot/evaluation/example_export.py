"""The example company's bills as FOCUS CSV, the same every time: six teams, five providers, thirteen months."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from bot.evaluation.example_company import (
    ANOMALY,
    ANOMALY_DAYS_BACK,
    ANOMALY_FACTOR,
    BY_WEEKDAY,
    HOURLY,
    MACHINES,
    MONTHS,
    PRICES,
    SELLERS,
    STORAGE_GB_MONTH,
    TRAFFIC,
    Seller,
)

MILLION = Decimal(1_000_000)
CENT = Decimal("0.000001")
HEADER = next(
    csv.reader(
        [
            "BilledCost,BillingAccountId,BillingAccountName,BillingCurrency,BillingPeriodEnd,"
            "BillingPeriodStart,ChargeCategory,ChargeClass,ChargeDescription,ChargeFrequency,"
            "ChargePeriodEnd,ChargePeriodStart,CommitmentDiscountId,CommitmentDiscountStatus,"
            "ConsumedQuantity,ConsumedUnit,ContractedCost,ContractedUnitPrice,EffectiveCost,"
            "InvoiceIssuerName,ListCost,ListUnitPrice,PricingCategory,PricingQuantity,PricingUnit,"
            "ProviderName,PublisherName,RegionId,ResourceId,ResourceName,ResourceType,ServiceCategory,"
            "ServiceName,SkuId,SkuMeter,SubAccountId,SubAccountName,Tags,x_Model"
        ]
    )
)

Row = dict[str, str]


def write_example_export(folder: Path, last_day: date) -> list[Path]:
    """One CSV a provider, thirteen months ending with `last_day`, written into `folder`; the same bytes each time."""
    folder.mkdir(parents=True, exist_ok=True)
    first = _months_before(last_day.replace(day=1), MONTHS - 1)
    days = [first + timedelta(n) for n in range((last_day - first).days + 1)]
    chance = random.Random(20261101)
    files: dict[str, list[Row]] = {name: [] for name in SELLERS}
    for number, day in enumerate(days):
        growth = 1 + 0.6 * number / len(days)
        for team, seller, model, millions, cached in TRAFFIC:
            load = growth * BY_WEEKDAY[day.weekday()] * chance.gauss(1, 0.05)
            if (team, seller, model) == ANOMALY and day == last_day - timedelta(ANOMALY_DAYS_BACK):
                load *= ANOMALY_FACTOR
            files[seller] += _token_rows(day, team, SELLERS[seller], model, millions * load, cached)
        for team, machine, hours, paid in MACHINES:
            files["AWS"].append(
                _machine_row(day, team, machine, round(hours * growth * chance.gauss(1, 0.03), 2), paid)
            )
        files["AWS"].append(_storage_row(day, 180_000 * growth))
    for month in sorted({day.replace(day=1) for day in days}):
        files["OpenAI"].append(_credit_row(month, SELLERS["OpenAI"], "Volume credit", "-750.00"))
    double = _months_before(last_day.replace(day=1), 2)
    refund = _credit_row(double, SELLERS["Anthropic"], "Refund of a double charge", "-1240.5", "support")
    files["Anthropic"].append(refund)
    paths = []
    for name, rows in files.items():
        path = folder / f"{name.lower().replace(' ', '-')}-focus.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, HEADER, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        paths.append(path)
    return paths


def _token_rows(
    day: date, team: str | None, seller: Seller, model: str, millions: float, cached: float
) -> Iterator[Row]:
    price = PRICES[model]
    total = int(millions * 1_000_000)
    read = int(total * cached)
    meters = (
        ("input", total - read, price.input),
        ("cached input", read, price.cached),
        ("output", total // 6, price.output),
    )
    for meter, tokens, unit_price in meters:
        if not tokens:
            continue
        cost = Decimal(tokens) * Decimal(unit_price) / MILLION
        row = _row(day, team, seller, seller.service, "AI and Machine Learning", cost, cost)
        yield row | {
            "ChargeDescription": f"{model} {meter} tokens",
            "ConsumedQuantity": str(tokens),
            "ConsumedUnit": "tokens",
            "ListUnitPrice": str(Decimal(unit_price) / MILLION),
            "ContractedUnitPrice": str(Decimal(unit_price) / MILLION),
            "PricingQuantity": str(tokens),
            "PricingUnit": "tokens",
            "SkuId": f"{model}-{meter.replace(' ', '-')}",
            "SkuMeter": f"{model} {meter} tokens",
            "x_Model": model,
        }


def _machine_row(day: date, team: str | None, machine: str, hours: float, paid: Decimal) -> Row:
    listed = Decimal(str(hours)) * Decimal(HOURLY[machine])
    row = _row(day, team, SELLERS["AWS"], "Amazon Elastic Compute Cloud", "Compute", listed, listed * paid)
    committed = {"CommitmentDiscountId": "sp-0f31", "CommitmentDiscountStatus": "Used", "PricingCategory": "Committed"}
    return (
        row
        | {
            "ChargeDescription": f"${HOURLY[machine]} per On Demand Linux {machine} Instance Hour",
            "ConsumedQuantity": str(hours),
            "ConsumedUnit": "Hours",
            "ListUnitPrice": HOURLY[machine],
            "PricingQuantity": str(hours),
            "PricingUnit": "Hours",
            "ResourceId": f"i-{team or 'shared'}-{machine}",
            "ResourceType": "Instance",
            "SkuId": f"EC2-{machine}",
            "SkuMeter": f"BoxUsage:{machine}",
        }
        | (committed if paid < 1 else {})
    )


def _storage_row(day: date, gigabytes: float) -> Row:
    quantity = Decimal(int(gigabytes))
    cost = (quantity * Decimal(STORAGE_GB_MONTH) / 30).quantize(CENT)
    return _row(day, "atlas", SELLERS["AWS"], "Amazon Simple Storage Service", "Storage", cost, cost) | {
        "ChargeDescription": "S3 Standard storage",
        "ConsumedQuantity": str(quantity),
        "ConsumedUnit": "GB",
        "PricingQuantity": str(quantity),
        "PricingUnit": "GB",
        "SkuId": "S3-STANDARD",
        "SkuMeter": "TimedStorage-ByteHrs",
    }


def _credit_row(month: date, seller: Seller, why: str, amount: str, team: str | None = None) -> Row:
    cost = Decimal(amount)
    return _row(month, team, seller, seller.service, "AI and Machine Learning", cost, cost) | {
        "ChargeCategory": "Credit",
        "ChargeClass": "Correction" if "Refund" in why else "",
        "ChargeDescription": why,
        "ChargeFrequency": "One-Time",
        "PricingCategory": "",
    }


def _row(
    day: date, team: str | None, seller: Seller, service: str, category: str, listed: Decimal, effective: Decimal
) -> Row:
    month = day.replace(day=1)
    billed = listed if listed == effective else effective
    return {
        "BilledCost": _plain(billed),
        "BillingAccountId": seller.account,
        "BillingAccountName": "Example company",
        "BillingCurrency": "USD",
        "BillingPeriodStart": f"{month}T00:00:00Z",
        "BillingPeriodEnd": f"{_months_before(month, -1)}T00:00:00Z",
        "ChargeCategory": "Usage",
        "ChargeFrequency": "Usage-Based",
        "ChargePeriodStart": f"{day}T00:00:00Z",
        "ChargePeriodEnd": f"{day + timedelta(1)}T00:00:00Z",
        "ContractedCost": _plain(billed),
        "EffectiveCost": _plain(effective),
        "InvoiceIssuerName": seller.provider,
        "ListCost": _plain(listed),
        "PricingCategory": "Standard",
        "ProviderName": seller.provider,
        "PublisherName": seller.provider,
        "RegionId": seller.region or "",
        "ServiceCategory": category,
        "ServiceName": service,
        "SubAccountId": f"{seller.account}/{team or 'shared'}",
        "SubAccountName": f"{team or 'shared'}-prod",
        "Tags": json.dumps({"team": team, "environment": "prod"}) if team else "",
    }


def _plain(value: Decimal) -> str:
    return format(value, "f")


def _months_before(day: date, months: int) -> date:
    index = 12 * day.year + day.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)
