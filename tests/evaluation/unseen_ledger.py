"""A second example ledger, unlike the demo: three FOCUS versions, team names that are ordinary words, an empty month.

Daily rows from 1 November 2025 through 17 June 2026 without any in March 2026; OpenAI, Anthropic, Google and Oracle in
FOCUS 1.3 with `x_Model`, Microsoft, Mistral and Cohere in 1.2 with the model in `SkuMeter` or `ChargeDescription`, AWS
in 1.0. Mistral bills in euros. It holds credits, tax, a refund, a commitment purchase and untagged rows. The same bytes
every time; the company and its quantities are invented.
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

FIRST, LAST = date(2025, 11, 1), date(2026, 6, 17)
EMPTY_MONTH = date(2026, 3, 1)
PURCHASE_DAY, REFUND_DAY = date(2026, 1, 5), date(2026, 4, 14)
CREDIT, TAX, REFUND, PURCHASE = Decimal("-321.17"), Decimal("118.40"), Decimal("-89.40"), Decimal("40000.00")
CENT = Decimal("0.0001")
ACCESS = """\
everyone = "totals"
admins = ["U_CFO"]
[people]
U_ANN = ["growth"]
U_BOB = ["platform eng", "ml-infra"]
[channels]
C_GROWTH = ["growth"]
C_ALL = "all"
"""
"""An access.toml to lie in OUTLAY_HOME beside the imported ledger."""

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Stream:
    """What one team uses of one service, `daily` in USD (EUR with Mistral); a model means rows of tokens."""

    team: str
    provider: str
    service: str
    account: str
    model: str
    env: str
    center: str
    project: str
    daily: str


STREAMS = tuple(
    Stream(*(part.strip() for part in row.split("|")))
    for row in """\
core|OpenAI|OpenAI API|org-main|gpt-4o|prod|CC-100|falcon|61.20
Core|OpenAI|OpenAI API|org-main|gpt-4.1-mini|staging|CC-100|falcon|9.75
growth|OpenAI|OpenAI API|org-labs|gpt-5|prod|CC-200|heron|44.10
Growth|Anthropic|Claude API|ant-prod|claude-sonnet-4-5|prod|CC-200|heron|38.60
data|Google Cloud|Vertex AI|gcp-data|gemini-2.5-pro|prod|CC-300|kestrel|52.35
data|Google Cloud|Vertex AI|gcp-data|gemini-2.5-flash|dev|CC-300|kestrel|7.05
data|Google Cloud|BigQuery|gcp-data||prod|CC-300|kestrel|18.90
search|Cohere|Cohere Platform|coh-1|command-r-plus|prod|CC-400|osprey|21.15
search|Anthropic|Claude API|ant-prod|claude-haiku-4-5|prod|CC-400|osprey|33.30
platform eng|Microsoft|Azure OpenAI Service|Payments|gpt-4o-mini|prod|CC-500|falcon|27.45
platform eng|Microsoft|Azure OpenAI Service|Sandbox|gpt-4.1|dev|CC-500|falcon|11.85
ML-Infra|AWS|Amazon EC2|aws-ml||prod|CC-600|condor|196.64
ML-Infra|AWS|Amazon Bedrock|aws-ml|claude-3-5-haiku|prod|CC-600|condor|30.15
ML-Infra|Oracle|OCI Generative AI|oci-root|llama-3.3-70b|dev|CC-600|condor|12.60
q3-launch|Mistral AI|La Plateforme|mis-1|mistral-large-latest|prod|CC-700|osprey|16.20
q3-launch|Oracle|OCI Generative AI|oci-root|llama-3.3-70b|prod|CC-700|osprey|8.55
R&D|Anthropic|Claude API|ant-lab|claude-opus-4-1|dev|CC-800|condor|47.70
|OpenAI|OpenAI API|org-labs|gpt-4o|dev|||13.05
|AWS|Amazon S3|aws-ml||prod|||22.95""".splitlines()
)
PRICES = {
    "gpt-4o": ("2.50", "10"),
    "gpt-4.1-mini": ("0.40", "1.60"),
    "gpt-5": ("1.25", "10"),
    "claude-sonnet-4-5": ("3", "15"),
    "gemini-2.5-pro": ("1.25", "10"),
    "gemini-2.5-flash": ("0.30", "2.50"),
    "command-r-plus": ("2.50", "10"),
    "claude-haiku-4-5": ("1", "5"),
    "gpt-4o-mini": ("0.15", "0.60"),
    "gpt-4.1": ("2", "8"),
    "claude-3-5-haiku": ("0.80", "4"),
    "llama-3.3-70b": ("0.72", "0.72"),
    "mistral-large-latest": ("2", "6"),
    "claude-opus-4-1": ("15", "75"),
}
"""USD (EUR with Mistral) per million input and output tokens, as these invented bills charge them."""
SPOKEN = {"claude-3-5-haiku": "Claude 3.5 Haiku"}
OTHER = {"Amazon EC2": "Compute", "Amazon S3": "Storage", "BigQuery": "Databases"}
VERSIONS = {"AWS": "1.0", "Microsoft": "1.2", "Mistral AI": "1.2", "Cohere": "1.2"}
COMMON = next(
    csv.reader(
        [
            "BilledCost,BillingAccountId,BillingAccountName,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,"
            "ChargeCategory,ChargeClass,ChargeDescription,ChargePeriodEnd,ChargePeriodStart,ConsumedQuantity,"
            "ConsumedUnit,ContractedCost,EffectiveCost,InvoiceIssuerName,ListCost,PricingQuantity,PricingUnit,"
            "PublisherName,ResourceName,ServiceCategory,ServiceName,SkuId,SubAccountId,SubAccountName,Tags"
        ]
    )
)
COLUMNS = {
    "1.0": [*COMMON, "ProviderName"],
    "1.2": [*COMMON, "ProviderName", "SkuMeter"],
    "1.3": [*COMMON, "ServiceProviderName", "HostProviderName", "SkuMeter", "x_Model"],
}


def write_unseen_export(folder: Path) -> list[Path]:
    """One CSV a FOCUS version, written into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, list[Row]] = {version: [] for version in COLUMNS}
    for row in _rows():
        version = VERSIONS.get(row["PublisherName"], "1.3")
        name = "ServiceProviderName" if version == "1.3" else "ProviderName"
        files[version].append({**row, name: row["PublisherName"]})
    paths = []
    for version, rows in files.items():
        path = folder / f"unseen-focus-{version}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(
                file, COLUMNS[version], restval="NULL" if version == "1.2" else "", extrasaction="ignore"
            )
            writer.writeheader()
            writer.writerows(rows)
        paths.append(path)
    return paths


def _rows() -> Iterator[Row]:
    chance = random.Random(77)
    for number in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(number)
        if day.replace(day=1) == EMPTY_MONTH:
            continue
        for stream in STREAMS:
            load = (0.55 if day.weekday() > 4 else 1.0) * (1 + 0.002 * number) * chance.uniform(0.9, 1.1)
            yield from _usage(day, stream, (Decimal(stream.daily) * Decimal(str(round(load, 4)))).quantize(CENT))
        yield from _other_charges(day)


def _usage(day: date, stream: Stream, amount: Decimal) -> Iterator[Row]:
    """A row of a machine or a service, or one row of input and one of output tokens, 6 to 4 in money."""
    if not stream.model:
        covered = stream.service == "Amazon EC2" and day >= PURCHASE_DAY
        listed = (amount * Decimal("1.6")).quantize(CENT) if stream.service == "Amazon EC2" else amount
        machine = "p4d.24xlarge" if stream.service == "Amazon EC2" else ""
        row = _row(day, stream, "Usage", f"{machine or stream.service} usage", amount, listed)
        yield {**row, "BilledCost": "0" if covered else str(amount), "ResourceName": machine}
        return
    for kind, share, price in zip(("input", "output"), ("0.6", "0.4"), map(Decimal, PRICES[stream.model]), strict=True):
        tokens = int(amount * Decimal(share) / price * 1_000_000)
        listed = (price * tokens / 1_000_000).quantize(CENT)
        paid = (listed * Decimal("0.9")).quantize(CENT) if stream.provider == "Microsoft" else listed
        spoken = f"{SPOKEN.get(stream.model, stream.model)} {kind} tokens"
        plain = f"{kind} tokens"
        in_meter = stream.provider in {"Microsoft", "Cohere"}
        yield {
            **_row(day, stream, "Usage", spoken if stream.provider in {"AWS", "Mistral AI"} else plain, paid, listed),
            "SkuMeter": spoken if in_meter else plain,
            "x_Model": stream.model,
            "ConsumedQuantity": str(tokens),
            "ConsumedUnit": "Tokens",
            "PricingQuantity": str(Decimal(tokens) / 1_000_000),
            "PricingUnit": "1M Tokens",
        }


def _other_charges(day: date) -> Iterator[Row]:
    nobody = {"team": "", "model": "", "env": "", "center": "", "project": "", "daily": "0"}
    if day.day == 1:
        credit = Stream(provider="OpenAI", service="OpenAI API", account="org-main", **nobody)
        yield {**_row(day, credit, "Credit", "Volume credit", CREDIT, Decimal(0)), "x_Model": ""}
        tax = Stream(provider="AWS", service="Tax", account="aws-ml", **nobody)
        yield {**_row(day, tax, "Tax", "VAT", TAX, Decimal(0)), "ServiceCategory": "Other"}
    if day == REFUND_DAY:
        refund = Stream(provider="Cohere", service="Cohere Platform", account="coh-1", **{**nobody, "team": "search"})
        yield {**_row(day, refund, "Credit", "Refund of outage hours", REFUND, Decimal(0)), "ChargeClass": "Correction"}
    if day == PURCHASE_DAY:
        plan = Stream(provider="AWS", service="Savings Plans", account="aws-ml", **{**nobody, "team": "ML-Infra"})
        row = _row(day, plan, "Purchase", "1 year compute savings plan, upfront", Decimal(0), PURCHASE)
        yield {**row, "BilledCost": str(PURCHASE), "ServiceCategory": "Compute"}


def _row(day: date, stream: Stream, category: str, description: str, paid: Decimal, listed: Decimal) -> Row:
    at = "{} 00:00:00" if stream.provider == "AWS" else "{}T00:00:00Z"
    month = day.replace(day=1)
    tags = {
        "Team" if stream.provider in {"Microsoft", "Oracle"} else "team": stream.team,
        "env": stream.env,
        "cost-center": stream.center,
        "project": stream.project,
    }
    return {
        "BilledCost": str(paid),
        "EffectiveCost": str(paid),
        "ContractedCost": str(listed),
        "ListCost": str(listed),
        "BillingAccountId": f"{stream.provider[:3].upper()}-1",
        "BillingAccountName": stream.provider,
        "BillingCurrency": "EUR" if stream.provider == "Mistral AI" else "USD",
        "BillingPeriodStart": at.format(month),
        "BillingPeriodEnd": at.format((month + timedelta(32)).replace(day=1)),
        "ChargePeriodStart": at.format(day),
        "ChargePeriodEnd": at.format(day + timedelta(1)),
        "ChargeCategory": category,
        "ChargeDescription": description,
        "InvoiceIssuerName": stream.provider,
        "PublisherName": stream.provider,
        "HostProviderName": stream.provider,
        "ServiceCategory": OTHER.get(stream.service, "AI and Machine Learning"),
        "ServiceName": stream.service,
        "SkuId": f"{stream.account}-{category}".upper(),
        "SubAccountId": stream.account,
        "SubAccountName": stream.account,
        "Tags": json.dumps({key: value for key, value in tags.items() if value}),
    }
