"""A made-up company's facts, in the SEC's format: a fiscal year that ends on 30 June, cash flows year to date."""

from __future__ import annotations

import json
from typing import Any


def fact(start: str | None, end: str, value: int, accession: str, form: str, filed: str, fy: int) -> dict[str, Any]:
    row: dict[str, Any] = {"end": end, "val": value, "accn": accession, "fy": fy, "form": form, "filed": filed}
    return row | ({"start": start} if start else {})


YEAR_TO_DATE = [
    fact("2023-07-01", "2024-06-30", 1000, "a-24-1", "10-K", "2024-08-01", 2024),
    fact("2024-07-01", "2024-09-30", 100, "a-24-2", "10-Q", "2024-10-30", 2025),
    fact("2024-07-01", "2024-12-31", 250, "a-25-1", "10-Q", "2025-01-30", 2025),
    fact("2024-07-01", "2025-03-31", 460, "a-25-2", "10-Q", "2025-04-30", 2025),
    fact("2024-07-01", "2025-06-30", 700, "a-25-3", "10-K", "2025-08-01", 2025),
]
OLD_TAG = [
    fact("2022-07-01", "2023-06-30", 900, "a-23-1", "10-K", "2023-08-01", 2023),
    fact("2023-07-01", "2024-06-30", 999, "a-24-1", "10-K", "2024-08-01", 2024),
]
RESTATED = fact("2023-07-01", "2024-06-30", 1010, "a-25-3", "10-K", "2025-08-01", 2025)
PROXY = fact("2024-07-01", "2025-06-30", 1, "p-25", "DEF 14A", "2025-10-01", 2025)
CASH = [
    fact(None, "2025-03-31", 70, "a-25-2", "10-Q", "2025-04-30", 2025),
    fact(None, "2025-06-30", 80, "a-25-3", "10-K", "2025-08-01", 2025),
]


def companyfacts(**extra: list[dict[str, Any]]) -> str:
    """The JSON document; `extra` adds tags."""
    tags = {
        "PaymentsToAcquireProductiveAssets": [*YEAR_TO_DATE, RESTATED, PROXY],
        "PaymentsToAcquirePropertyPlantAndEquipment": OLD_TAG,
        "NetCashProvidedByUsedInOperatingActivities": YEAR_TO_DATE,
        "CashAndCashEquivalentsAtCarryingValue": CASH,
        **extra,
    }
    concepts = {tag: {"label": tag, "units": {"USD": rows}} for tag, rows in tags.items()}
    return json.dumps({"cik": 1234, "entityName": "Made Up Inc", "facts": {"us-gaap": concepts}})
