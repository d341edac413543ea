"""An example company's bills as FOCUS 1.2 CSV, made the same every time: six teams, five providers, thirteen months.

Token rows are priced at the models' public list prices below; GPU and storage prices are the clouds' on-demand prices.
The company, its teams and its quantities are invented.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

MILLION = Decimal(1_000_000)
MONTHS = 13
CENT = Decimal("0.000001")

TEAMS = ("atlas", "orion", "search", "support", "growth", "research")
BY_WEEKDAY = (1.06, 1.1, 1.12, 1.09, 1.0, 0.48, 0.42)
ANOMALY_DAYS_BACK = 5
ANOMALY = ("search", "Anthropic", "claude-sonnet-4-5")
ANOMALY_FACTOR = 6


@dataclass(frozen=True)
class TokenPrice:
    """USD per million tokens: input, cached input (read), output."""

    model: str
    input: str
    cached: str
    output: str


TOKEN_PRICES = (
    TokenPrice("gpt-4o", "2.50", "1.25", "10.00"),
    TokenPrice("gpt-4o-mini", "0.15", "0.075", "0.60"),
    TokenPrice("gpt-5", "1.25", "0.125", "10.00"),
    TokenPrice("claude-sonnet-4-5", "3.00", "0.30", "15.00"),
    TokenPrice("claude-haiku-4-5", "1.00", "0.10", "5.00"),
    TokenPrice("gemini-2.5-flash", "0.30", "0.03", "2.50"),
    TokenPrice("gemini-2.5-pro", "1.25", "0.125", "10.00"),
)
"""Public list prices: platform.openai.com, docs.claude.com and ai.google.dev pricing pages, as kept by genai-prices
0.2.3, read 2026-11-01."""
PRICES = {price.model: price for price in TOKEN_PRICES}

HOURLY = {"p5.48xlarge": "55.04", "g5.12xlarge": "5.672"}
"""USD an instance-hour, on demand, us-east-1: aws.amazon.com/ec2/pricing/on-demand, read 2026-11-01."""
STORAGE_GB_MONTH = "0.023"
"""S3 Standard, first 50 TB, us-east-1: aws.amazon.com/s3/pricing, read 2026-11-01."""

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


@dataclass(frozen=True)
class Seller:
    """A provider as it appears on a bill, and the service that serves models there."""

    provider: str
    account: str
    service: str
    region: str | None


SELLERS = {
    "OpenAI": Seller("OpenAI", "org-7Q2", "OpenAI API", None),
    "Anthropic": Seller("Anthropic", "ant-5512", "Claude API", None),
    "AWS": Seller("AWS", "210987654321", "Amazon Bedrock", "us-east-1"),
    "Google Cloud": Seller("Google Cloud", "01A7C2-44D1F0-93BE77", "Vertex AI", "us-central1"),
    "Microsoft": Seller("Microsoft", "ea-8841207", "Azure OpenAI Service", "eastus2"),
}

TRAFFIC = (
    ("atlas", "OpenAI", "gpt-4o", 150, 0.3),
    ("atlas", "Anthropic", "claude-sonnet-4-5", 110, 0.4),
    ("orion", "OpenAI", "gpt-4o", 130, 0.2),
    ("orion", "OpenAI", "gpt-4o-mini", 420, 0.2),
    ("orion", "Microsoft", "gpt-4o", 90, 0.2),
    ("search", "Anthropic", "claude-sonnet-4-5", 120, 0.5),
    ("search", "Google Cloud", "gemini-2.5-flash", 800, 0.3),
    ("support", "OpenAI", "gpt-4o", 160, 0.4),
    ("support", "Anthropic", "claude-haiku-4-5", 240, 0.5),
    ("support", "Microsoft", "gpt-4o-mini", 500, 0.1),
    ("growth", "OpenAI", "gpt-5", 140, 0.3),
    ("growth", "Google Cloud", "gemini-2.5-pro", 120, 0.2),
    ("research", "AWS", "claude-sonnet-4-5", 130, 0.3),
    ("research", "Google Cloud", "gemini-2.5-pro", 150, 0.1),
    (None, "OpenAI", "gpt-4o-mini", 260, 0.0),
    (None, "AWS", "claude-haiku-4-5", 45, 0.0),
)
"""Team (None is untagged), provider, model, million input tokens a weekday at the start, share of input that is cached.
Output is a sixth of input."""

MACHINES = (
    ("research", "p5.48xlarge", 48, Decimal("0.62")),
    ("atlas", "g5.12xlarge", 120, Decimal(1)),
    (None, "g5.12xlarge", 24, Decimal(1)),
)
"""Team, instance, hours a day, effective over list: research's GPUs are under a savings plan."""

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
