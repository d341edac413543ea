"""Small FOCUS exports for the ledger's tests."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

Row = dict[str, str]


def charge(
    day: str | date,
    effective: str,
    *,
    team: str | None = None,
    provider: str = "AWS",
    service: str = "Amazon Bedrock",
    account: str = "111",
    billed: str | None = None,
    currency: str = "USD",
    category: str = "Usage",
    service_category: str = "AI and Machine Learning",
    **others: str,
) -> Row:
    """One daily charge; `others` are further FOCUS columns."""
    start = date.fromisoformat(day) if isinstance(day, str) else day
    month = start.replace(day=1)
    return {
        "BilledCost": effective if billed is None else billed,
        "EffectiveCost": effective,
        "ListCost": effective,
        "ContractedCost": effective,
        "BillingAccountId": account,
        "BillingCurrency": currency,
        "BillingPeriodStart": f"{month} 00:00:00",
        "BillingPeriodEnd": f"{(month + timedelta(32)).replace(day=1)} 00:00:00",
        "ChargePeriodStart": f"{start}T00:00:00Z",
        "ChargePeriodEnd": f"{start + timedelta(1)}T00:00:00Z",
        "ChargeCategory": category,
        "ChargeDescription": "",
        "ProviderName": provider,
        "ServiceName": service,
        "ServiceCategory": service_category,
        "SkuId": "",
        "ResourceId": "",
        "Tags": json.dumps({"team": team}) if team else "NULL",
        "x_Model": "",
    } | others


def write(path: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    """The rows as CSV; the header is every column any row has."""
    listed = list(rows)
    header = list(dict.fromkeys(name for row in listed for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="")
        writer.writeheader()
        writer.writerows(listed)
    return path
